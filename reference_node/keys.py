"""Passphrases and TLS keys: read from their files, held in memory, never written in the clear. Decides no trust.

TLS keys are ECDSA P-256 (gRPC refuses Ed25519 certificates) in Argon2id-wrapped files; certificates are self-signed,
because records and settings pin the certificate itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from getpass import getpass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from reference_node import faults
from referral_proto.crypto import unwrap_key, wrap_key
from referral_proto.errors import CallerError, WorldError
from referral_proto.moment import DAY, Moment

__all__ = [
    "TLS_KIND",
    "TlsIdentity",
    "certificates",
    "fingerprint",
    "load_tls",
    "make_tls",
    "passphrase",
    "read",
    "save_tls",
    "write_new",
]

assert faults.FILES  # the codes below are declared there

TLS_KIND: Final = "tls"
"""Kind of a key file that holds a TLS key (PKCS #8, DER)."""
_LARGEST_FILE: Final = 1024 * 1024


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
    """Write the wrapped key (0600) and the certificate. Raises as `write_new`."""
    key = serialization.load_pem_private_key(identity.private_key, None)
    payload = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_new(key_file, wrap_key(TLS_KIND, payload, passphrase, memory_kib=memory_kib), secret=True)
    write_new(certificate_file, identity.certificate)


def load_tls(key_file: Path, certificate_file: Path, passphrase: str) -> TlsIdentity:
    """Unwrap the key in memory and match it with its certificate. Raises WorldError file.*, key.damaged; CallerError
    key.wrong-passphrase, key.kind, tls.certificate.
    """
    kind, payload = unwrap_key(read(key_file), passphrase)
    if kind != TLS_KIND:
        raise CallerError("key.kind", key_file.name)
    try:
        key = serialization.load_der_private_key(payload, None)
        certificate = x509.load_pem_x509_certificate(read(certificate_file))
        # P-256 only: the server's refusal of TLS 1.2 rests on it (see rpc/server.py).
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
    """The certificates of a PEM file, in DER. Raises WorldError file.*, CallerError tls.certificate."""
    try:
        found = x509.load_pem_x509_certificates(read(file))
    except ValueError:
        raise CallerError("tls.certificate", file.name) from None
    return tuple(one.public_bytes(serialization.Encoding.DER) for one in found)


def _identity(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> TlsIdentity:
    return TlsIdentity(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        certificate.public_bytes(serialization.Encoding.PEM),
        certificate.public_bytes(serialization.Encoding.DER),
    )


def passphrase(file: Path | None, environment: Mapping[str, str], *, ask: str = "Passphrase: ") -> str:
    """The passphrase from `file`, else the file that REFERRAL_PASSPHRASE_FILE names, else the systemd credential
    `referral-passphrase`, else asked at the terminal. One line break at the end of a file does not count.
    """
    credentials = environment.get("CREDENTIALS_DIRECTORY")
    found = file
    if found is None and (named := environment.get("REFERRAL_PASSPHRASE_FILE")):
        found = Path(named)
    if found is None and credentials and (credential := Path(credentials, "referral-passphrase")).exists():
        found = credential
    if found is not None:
        try:
            return read(found).decode().removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError:
            raise CallerError("key.passphrase", "passphrase file") from None
    if not sys.stdin.isatty():
        raise CallerError("key.no-passphrase")
    return getpass(ask)


def read(file: Path) -> bytes:
    """The bytes of a small file. Raises WorldError file.missing, file.unreadable; names the file, not its folder."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise WorldError("file.missing", file.name) from None
    except OSError:
        raise WorldError("file.unreadable", file.name) from None
    if len(data) > _LARGEST_FILE:
        raise WorldError("file.unreadable", file.name)
    return data


def write_new(file: Path, data: bytes, *, secret: bool = False) -> None:
    """Write a file that was not there, whole or not at all, durable on return; `secret`: 0600 from the first byte.

    Raises CallerError file.exists, WorldError file.unwritable.
    """
    scratch = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
            # A link, unlike a rename, never replaces what came in between.
            os.link(scratch, file)
        finally:
            scratch.unlink()
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except FileExistsError:
        raise CallerError("file.exists", file.name) from None
    except OSError:
        raise WorldError("file.unwritable", file.name) from None
