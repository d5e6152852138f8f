"""What the relay shows and whom it lets in, exchanged while it runs: its own certificate, and those of its desks.

A new certificate of the relay waits until the records pin it: before that no peer would believe it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reference_node.keys import TlsIdentity, certificates, fingerprint, load_tls
from reference_node.observe import Log
from reference_node.relay.trust import Trust
from reference_node.settings import DeskPin, RelaySettings
from reference_node.trust.renewal import Exchanged
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId

__all__ = ["OwnCertificate", "PinnedDesks", "desks_of"]


class OwnCertificate:
    """The relay's TLS identity."""

    def __init__(self, settings: RelaySettings, passphrase: str, log: Log) -> None:
        """Raises as `load_tls`."""
        key, certificate = settings.tls_key, settings.tls_certificate
        self._settings, self._log = settings, log
        self._trust: Trust | None = None
        self._changed: list[Callable[[], None]] = []
        self._files = Exchanged((key, certificate), lambda: load_tls(key, certificate, passphrase), log)
        self._waiting = b""
        self.identity: TlsIdentity = self._files.value

    def go_by(self, trust: Trust) -> None:
        """What says which certificates are pinned. Raises CallerError settings.not-in-records."""
        self._trust = trust
        self._must_agree(self.identity)

    def on_change(self, tell: Callable[[], None]) -> None:
        """`tell` is called when another identity is in use."""
        self._changed.append(tell)

    def look(self, asked: bool) -> None:
        """Take up what is new on the disk, if the records pin it. Raises nothing."""
        self._files.look(anew=asked)
        new = self._files.value
        if new.der == self.identity.der:
            return
        try:
            self._must_agree(new)
        except CallerError as error:
            if self._waiting != new.der:
                self._waiting = new.der
                self._log.warning("a new certificate waits until the records pin it", code=error.code)
            return
        self.identity = new
        for tell in self._changed:
            tell()
        self._log.info("a new certificate is in use", peer=new.fingerprint)

    def _must_agree(self, identity: TlsIdentity) -> None:
        if self._trust is not None:
            self._trust.must_agree(self._settings.operator, self._settings.agencies, identity.der)


class PinnedDesks:
    """The desks' certificates as the settings file has them now. again: reads that file."""

    def __init__(self, settings: RelaySettings, file: Path, again: Callable[[], RelaySettings], trust: Trust, log: Log):
        self._trust, self._log = trust, log
        files = (file, *(pin.certificate for pin in settings.desks))
        self._files = Exchanged(files, lambda: desks_of(again().desks), log)

    def look(self, asked: bool) -> None:
        """Whoever is pinned no more is cut off. Raises nothing."""
        if self._files.look(anew=asked):
            self._trust.pin(self._files.value)
            self._trust.refresh()
            self._log.info("changed desk certificates are in force", count=len(self._files.value))


def desks_of(pins: Sequence[DeskPin]) -> tuple[tuple[AgencyId, bytes], ...]:
    """Each desk's certificates (DER), which the fingerprints must name, each and all.

    Raises as `certificates`; CallerError settings.pin.
    """
    found: list[tuple[AgencyId, bytes]] = []
    for pin in pins:
        held = certificates(pin.certificate)
        if {fingerprint(der) for der in held} != set(pin.fingerprints):
            raise CallerError("settings.pin", pin.certificate.name)
        found += [(pin.agency, der) for der in held]
    return tuple(found)
