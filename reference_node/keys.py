"""Keys of a node's halves: TLS keys with their certificates, and the keys of the relay's logs. Made, written, and read
into memory; never written in the clear. Decides no trust.

All stand in Argon2id-wrapped files. TLS keys are ECDSA P-256 (gRPC refuses Ed25519 certificates); certificates are
self-signed, because records and settings pin the certificate itself. A log's keys are one file for each tenant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
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
from referral_proto.adapters.keyfiles import MEMORY_KIB
from referral_proto.crypto.logkeys import SEED_SIZE, LogKeys, WitnessKeys
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId
from referral_proto.log.head import desk_origin
from referral_proto.model.records import LogEntry
from referral_proto.moment import DAY, Moment
from referral_proto.trust.logs import log_entry
from referral_proto.wire import decode, encode

__all__ = [
    "KEK",
    "TLS_KIND",
    "TlsIdentity",
    "certificates",
    "desk_log_keys",
    "ends_at",
    "fingerprint",
    "keys_of_logs",
    "load_log_keys",
    "load_tls",
    "load_witness_keys",
    "log_entry_file",
    "log_key_file",
    "make_log_keys",
    "make_tls",
    "make_witness_keys",
    "save_log_entry",
    "save_tls",
]

assert faults.TLS  # the codes below are declared there

KEK: Final = ("kek.key", "case-kek")
"""Name and kind of the key file that holds the key-encryption key of a desk's cases, 32 bytes."""
DESK_LOG_KEY: Final = "log.key"
"""Name of the key file of a desk's own log, in the desk's folder of keys."""
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


def log_key_file(folder: Path, agency: AgencyId) -> Path:
    """Where the keys of an agency's log lie in its relay's folder."""
    return folder / f"log-{agency}.key"


def log_entry_file(folder: Path, origin: str) -> Path:
    """Where the public half of a log's keys lies beside them: `log-AGENCY.entry`, `log-AGENCY-2.entry` of a successor,
    `desk-log.entry` of a desk's own log.
    """
    agency, _, rest = origin.partition("/")
    return folder / ("desk-log.entry" if rest == "desk" else f"log-{agency}{'-' if rest else ''}{rest}.entry")


def save_log_entry(folder: Path, origin: str, keys: LogKeys, at: Moment) -> Path:
    """Write what the agency's record is to say of a log, a wire-encoded LogEntry. It holds the signed checkpoint of the
    empty log: to be made before the log signs anything else, and an entry of these keys that is there stays. Raises as
    `disk.write`.
    """
    file = log_entry_file(folder, origin)
    if _entered(file) != (origin, keys.ed25519.data, keys.mldsa44.data):
        disk.write(file, encode(log_entry(origin, keys, at)), "log entry", replace=True)
    return file


def _entered(file: Path) -> tuple[str, bytes, bytes] | None:
    """Origin and keys of the entry that lies there."""
    if not file.exists():
        return None
    try:
        entry = decode(LogEntry, disk.read(file, "log entry", _LARGEST))
    except PeerError:
        return None
    return entry.origin, entry.ed25519, entry.mldsa44


def make_log_keys(folder: Path, agency: AgencyId, passphrase: str, memory_kib: int = MEMORY_KIB) -> LogKeys:
    """New keys for an agency's log, written wrapped (0600). Raises as `save_secret`; CallerError file.exists above all:
    keys that signed once are never replaced.
    """
    keys = LogKeys.create()
    save_secret(log_key_file(folder, agency), LogKeys.KIND, b"".join(keys.seeds()), passphrase, memory_kib)
    return keys


def load_log_keys(folder: Path, agency: AgencyId, passphrase: str) -> LogKeys:
    """The keys of an agency's log. Raises as `load_secret`: CallerError file.not-found if none were made yet."""
    file = log_key_file(folder, agency)
    seeds = load_secret(file, LogKeys.KIND, passphrase, f"key file {file.name}")
    return LogKeys.from_seeds(seeds[:SEED_SIZE], seeds[SEED_SIZE:])


def keys_of_logs(
    folder: Path, agencies: Iterable[AgencyId], passphrase: str, made: Callable[[AgencyId, LogKeys], object]
) -> dict[AgencyId, LogKeys]:
    """The keys of every agency's log; those that are missing are made, and told to `made`: nobody can verify what they
    sign before the agency's record names them. Raises as `load_log_keys` and `make_log_keys`.
    """
    found: dict[AgencyId, LogKeys] = {}
    for agency in agencies:
        try:
            found[agency] = load_log_keys(folder, agency, passphrase)
            continue
        except CallerError as error:
            if error.code != "file.not-found":
                raise
        with suppress(CallerError):
            # Another process of the same relay may have been quicker.
            make_log_keys(folder, agency, passphrase)
        found[agency] = load_log_keys(folder, agency, passphrase)
        made(agency, found[agency])
    return found


def desk_log_keys(keys: Path, agency: AgencyId, passphrase: str, at: Moment) -> tuple[LogKeys, bool]:
    """The keys of a desk's own log in its folder of keys, and whether they had to be made: then their public half lies
    beside that folder, for the agency's record. Raises as `load_secret`, `save_secret` and `disk.write`.
    """
    file = keys / DESK_LOG_KEY
    try:
        seeds = load_secret(file, LogKeys.KIND, passphrase, f"key file {file.name}")
    except CallerError as error:
        if error.code != "file.not-found":
            raise
    else:
        return LogKeys.from_seeds(seeds[:SEED_SIZE], seeds[SEED_SIZE:]), False
    made = LogKeys.create()
    save_secret(file, LogKeys.KIND, b"".join(made.seeds()), passphrase)
    with suppress(CallerError):
        # An entry of keys that are lost: whoever enrols looks at its date.
        save_log_entry(keys.parent, desk_origin(agency), made, at)
    return made, True


def make_witness_keys(file: Path, passphrase: str, memory_kib: int = MEMORY_KIB) -> WitnessKeys:
    """New keys of a witness, written wrapped (0600). Raises as `save_secret`."""
    keys = WitnessKeys.create()
    save_secret(file, WitnessKeys.KIND, b"".join(keys.seeds()), passphrase, memory_kib)
    return keys


def load_witness_keys(file: Path, passphrase: str) -> WitnessKeys:
    """Raises as `load_secret`."""
    seeds = load_secret(file, WitnessKeys.KIND, passphrase, f"key file {file.name}")
    return WitnessKeys.from_seeds(seeds[:SEED_SIZE], seeds[SEED_SIZE:])


def _identity(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> TlsIdentity:
    return TlsIdentity(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        certificate.public_bytes(serialization.Encoding.PEM),
        certificate.public_bytes(serialization.Encoding.DER),
    )
