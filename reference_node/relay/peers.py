"""Who may call: certificate fingerprints → what their holder is. Pure; the certificates come from records and settings.

A relay is known by the operator whose record pins its certificate, a desk by the settings of its own relay. Nobody else
is anybody.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId
from referral_proto.moment import Moment
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
    """roots: all pinned certificates in PEM, for the handshake. `by` fingerprint (SHA-256 of the DER, hex). confused:
    operators whose record pins the certificate of a desk. unfit: operators whose record pins what is no certificate of
    their relay.
    """

    roots: bytes
    by: Mapping[str, Peer]
    confused: tuple[AgencyId, ...] = ()
    unfit: tuple[AgencyId, ...] = ()

    @classmethod
    def of(cls, directory: Directory, desks: Iterable[tuple[AgencyId, bytes]], at: Moment) -> Peers:
        """desks: (agency, certificate in DER). Whoever has left by `at` is nobody. A desk's certificate in a relay's
        record does not make it a relay's: a record is written by strangers, and must neither lend them a desk nor shut
        it out.
        """
        by: dict[str, Peer] = {}
        pem: dict[str, str] = {}
        gone = {agency for agency in directory.agencies() if directory.withdrawn(agency, at)}
        taken: set[str] = set()
        for agency, der in desks:
            mark = sha256(der).hexdigest()
            taken.add(mark)
            if agency not in gone:
                by[mark], pem[mark] = Peer(mark, agency=agency), ssl.DER_cert_to_PEM_cert(der)
        confused: list[AgencyId] = []
        unfit: list[AgencyId] = []
        for relay in directory.relays():
            operator = AgencyId(relay.operator)
            if operator in gone:
                continue
            for der in relay.tls_certificates:
                mark = sha256(der).hexdigest()
                if mark in taken:
                    confused.append(operator)
                    continue
                if not _names(der, f"relay.{operator}"):
                    unfit.append(operator)
                    continue
                by[mark], pem[mark] = Peer(mark, operator=operator), ssl.DER_cert_to_PEM_cert(der)
        return cls("".join(pem.values()).encode("ascii"), by, tuple(confused), tuple(unfit))

    def lost(self, before: Peers) -> bool:
        """Whether somebody was known before and is nobody now."""
        return not before.by.keys() <= self.by.keys()

    def known(self, der: bytes) -> Peer:
        """The peer that shows this certificate. Raises PeerError relay.not-allowed."""
        peer = self.by.get(sha256(der).hexdigest())
        if peer is None:
            raise PeerError("relay.not-allowed")
        return peer


def _names(der: bytes, name: str) -> bool:
    """Is it a self-signed P-256 certificate for `name`, which is also all that its subject says?

    A record is written by a stranger, and all records share one list of roots: gRPC stops reading it at the first
    that is no certificate, and of two with one subject finds only one.
    """
    try:
        found = x509.load_der_x509_certificate(der)
        key = found.public_key()
        said = [(one.oid, one.value) for one in found.subject]
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            return False
        found.verify_directly_issued_by(found)
    except (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature):
        return False
    except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return False
    return said == [(NameOID.COMMON_NAME, name)] and names.get_values_for_type(x509.DNSName) == [name]
