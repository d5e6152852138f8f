"""TLS keys and certificates: made, written, and read into memory. Never written in the clear; decides no trust.

TLS keys are ECDSA P-256 (gRPC refuses Ed25519 certificates) in Argon2id-wrapped files; certificates are self-signed,
because records and settings pin the certificate itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from reference_node import faults
from referral_proto.adapters import disk, load_secret, save_secret
from referral_proto.errors import CallerError, PeerError
from referral_proto.moment import DAY, Moment

__all__ = [
    "KEK",
    "TLS_KIND",
    "TlsIdentity",
    "certificates",
    "ends_at",
    "fingerprint",
    "load_tls",
    "make_tls",
    "save_tls",
]

assert faults.TLS  # the codes below are declared there

KEK: Final = ("kek.key", "case-kek")
"""Name and kind of the key file that holds the key-encryption key of a desk's cases, 32 bytes."""
TLS_KIND: Final = "tls"
"""Kind of a key file that holds a TLS key (PKCS #8, DER)."""
_ROLE: Final = "TLS certificate"
_LARGEST: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class TlsIdentity:
    """A private key (PEM PKCS #8, not encrypted: keep it in memory) and its certificate (PEM and DER)."""

    private_key: bytes = field(repr=False)
    certificate: bytes = field(repr=False)
    der: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """What settings pin."""
        return fingerprint(self.der)


def fingerprint(der: bytes) -> str:
    """SHA-256 of a certificate in DER, 64 hex digits."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(der)
    return digest.finalize().hex()


def ends_at(der: bytes) -> Moment:
    """When a certificate (DER) stops being valid."""
    return Moment(int(x509.load_der_x509_certificate(der).not_valid_after_utc.timestamp()))


def make_tls(name: str, at: Moment, days: int = 825) -> TlsIdentity:
    """A new P-256 key and self-signed certificate for the DNS name `name` (`relay.th.dsdw`), from a day before `at`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.fromtimestamp(at - DAY, UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        # Old and new certificate of one name stand side by side while they rotate; these two tell them apart.
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _identity(key, certificate)


def save_tls(identity: TlsIdentity, key_file: Path, certificate_file: Path, passphrase: str, memory_kib: int) -> None:
    """Write the wrapped key (0600) and the certificate. Raises as `disk.write`, CallerError file.exists above all."""
    key = serialization.load_pem_private_key(identity.private_key, None)
    payload = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    save_secret(key_file, TLS_KIND, payload, passphrase, memory_kib)
    disk.write(certificate_file, identity.certificate, _ROLE)


def load_tls(key_file: Path, certificate_file: Path, passphrase: str) -> TlsIdentity:
    """Unwrap the key in memory and match it with its certificate. Raises as `load_secret` and `disk.read`; CallerError
    tls.certificate.
    """
    payload = load_secret(key_file, TLS_KIND, passphrase, f"key file {key_file.name}")
    data = disk.read(certificate_file, _ROLE, _LARGEST)
    try:
        key = serialization.load_der_private_key(payload, None)
        certificate = x509.load_pem_x509_certificate(data)
        # P-256 only: the server's refusal of TLS 1.2 rests on it (see reference_node/__init__.py).
        if (
            isinstance(key, ec.EllipticCurvePrivateKey)
            and isinstance(key.curve, ec.SECP256R1)
            and certificate.public_key() == key.public_key()
        ):
            return _identity(key, certificate)
    except (ValueError, UnsupportedAlgorithm):
        pass
    raise CallerError("tls.certificate", certificate_file.name)


def certificates(file: Path) -> tuple[bytes, ...]:
    """The certificates of a PEM file, in DER. Raises as `disk.read`; CallerError tls.certificate."""
    try:
        found = x509.load_pem_x509_certificates(disk.read(file, _ROLE, _LARGEST))
    except (ValueError, PeerError):
        raise CallerError("tls.certificate", file.name) from None
    return tuple(one.public_bytes(serialization.Encoding.DER) for one in found)


def _identity(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> TlsIdentity:
    return TlsIdentity(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        certificate.public_bytes(serialization.Encoding.PEM),
        certificate.public_bytes(serialization.Encoding.DER),
    )
