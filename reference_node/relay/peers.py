"""Who may call: certificate fingerprints → what their holder is. Pure; the certificates come from records and settings.

A relay is known by the operator whose record pins its certificate, a desk by the settings of its own relay. Nobody else
is anybody.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId
from referral_proto.trust.directory import Directory

__all__ = ["Peer", "Peers"]


@dataclass(frozen=True, slots=True)
class Peer:
    """What a certificate makes its holder: the relay of `operator`, or the desk of `agency`; never both."""

    fingerprint: str
    operator: AgencyId | None = None
    agency: AgencyId | None = None


@dataclass(frozen=True, slots=True)
class Peers:
    """roots: all pinned certificates in PEM, for the handshake. `by` fingerprint (SHA-256 of the DER, hex)."""

    roots: bytes
    by: Mapping[str, Peer]

    @classmethod
    def of(cls, directory: Directory, desks: Iterable[tuple[AgencyId, bytes]]) -> Peers:
        """desks: (agency, certificate in DER). Raises CallerError settings.shared-certificate."""
        by: dict[str, Peer] = {}
        pem: list[str] = []
        for relay in directory.relays():
            for der in relay.tls_certificates:
                mark = sha256(der).hexdigest()
                by[mark] = Peer(mark, operator=AgencyId(relay.operator))
                pem.append(ssl.DER_cert_to_PEM_cert(der))
        for agency, der in desks:
            mark = sha256(der).hexdigest()
            if mark in by:
                raise CallerError("settings.shared-certificate", agency)
            by[mark] = Peer(mark, agency=agency)
            pem.append(ssl.DER_cert_to_PEM_cert(der))
        return cls("".join(pem).encode("ascii"), by)

    def known(self, der: bytes) -> Peer:
        """The peer that shows this certificate. Raises PeerError relay.not-allowed."""
        peer = self.by.get(sha256(der).hexdigest())
        if peer is None:
            raise PeerError("relay.not-allowed")
        return peer
