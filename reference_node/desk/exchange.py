"""Keys of the desk that are exchanged while it runs: what it shows to its relay, and what it signs with.

A new signing keyset is used once the records have known it as good for some time; until then the old one goes on. A
relay that has not seen those records yet puts off what the new one signs, and nobody can ask them all. The relay must
have pinned a new certificate before it is put here: the desk cannot ask.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from reference_node.keys import TlsIdentity, certificates, load_tls
from reference_node.observe import Log
from reference_node.settings import DeskSettings
from reference_node.trust.keeper import TrustKeeper
from reference_node.trust.renewal import Exchanged
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, KeysetId
from referral_proto.moment import Moment
from referral_proto.ports import Clock
from referral_proto.trust.standing import Status

__all__ = ["KeyExchange", "SigningVault"]


class SigningVault(Protocol):
    """Where the signing keyset lies."""

    @property
    def agency(self) -> AgencyId: ...

    def signing_keyset(self) -> SigningKeyset: ...

    def look_at_signing(self) -> SigningKeyset: ...

    def use(self, keys: SigningKeyset) -> None: ...


class KeyExchange:
    """show: shows another identity to a relay with these certificates (DER). used: told when anything changed."""

    def __init__(
        self,
        settings: DeskSettings,
        passphrase: str,
        vault: SigningVault,
        keeper: TrustKeeper,
        show: Callable[[TlsIdentity, Sequence[bytes]], None],
        used: Callable[[], None],
        clock: Clock,
        log: Log,
    ) -> None:
        """Raises as `load_tls`, `certificates` and the vault."""
        self._vault, self._keeper, self._show, self._used = vault, keeper, show, used
        self._clock, self._log = clock, log
        key, own, relay = settings.tls_key, settings.tls_certificate, settings.relay.certificate
        self._tls = Exchanged((key, own, relay), lambda: (load_tls(key, own, passphrase), certificates(relay)), log)
        self._signing = Exchanged((_signing_file(settings),), vault.look_at_signing, log)
        self._settles = settings.keyset_settles_seconds
        self._waiting: KeysetId | None = None
        self._known: tuple[KeysetId, Moment] | None = None

    @property
    def certificate(self) -> bytes:
        """What is shown now, in DER."""
        return self._tls.value[0].der

    def look(self, asked: bool) -> None:
        """Take up what is new on the disk, if it is good. Raises nothing."""
        if asked:
            self._keeper.refresh()
        changed = self._tls.look(anew=asked)
        if changed:
            identity, relay = self._tls.value
            self._show(identity, relay)
            self._log.info("another certificate is shown, or expected of the relay", peer=identity.fingerprint)
        self._signing.look(anew=asked)
        if self._take_up(self._signing.value) or changed:
            self._used()

    def _take_up(self, new: SigningKeyset) -> bool:
        old = self._vault.signing_keyset()
        if new.id == old.id:
            return False
        if not self._good(new):
            if self._waiting != new.id:
                self._waiting = new.id
                self._log.warning("a new signing keyset waits until the records know it", code="doctor.not-enrolled")
            return False
        now = self._clock.now()
        if self._known is None or self._known[0] != new.id or now < self._known[1]:
            self._known = (new.id, now)
            self._log.info("a new signing keyset is known to the records", seconds=self._settles)
        if self._good(old) and now < self._known[1].plus(self._settles):
            return False
        self._vault.use(new)
        self._log.info("a new signing keyset is in use")
        return True

    def _good(self, keys: SigningKeyset) -> bool:
        try:
            standing = self._keeper.directory.standing(self._vault.agency, keys.id, self._clock.now())
        except PeerError:
            return False
        return standing.status is Status.VALID


def _signing_file(settings: DeskSettings) -> Path:
    return settings.keys / "signing.key"
