"""What a signer is shown of a record is everything that stands in it; relay records are made and followed by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from referral_proto.cli import record_facts
from referral_proto.model import records as model
from referral_proto.trust.issue import read_record
from referral_proto.trust.signed import record_digest
from tests.cli.stage import referral

SHOWN = (
    model.FederationRecord,
    model.Registrar,
    model.AgencyRecord,
    model.AgencyName,
    model.SectionVersion,
    model.SigningKeysetEntry,
    model.EndedKey,
    model.LogEntry,
    model.WitnessEntry,
    model.Recovery,
    model.RelayRecord,
    model.OpeningKeyRecord,
)
RELAY = ("keys", "record", "relay", "--key", "kh.mosvy.key", "--certificate", "tls.crt", "--endpoint")


@pytest.mark.parametrize("record", SHOWN, ids=lambda record: record.__name__)
def test_no_field_of_a_record_is_kept_from_its_signer(record: type[model.Noun]) -> None:
    source = Path(record_facts.__file__).read_text(encoding="utf-8")
    # Proofs of possession are checked before anything is signed, and mean nothing to a reader.
    fields = [name for name in record.model_fields if not name.startswith("possession_")]
    assert [name for name in fields if f".{name}" not in source] == []


@pytest.fixture
def certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.kh.mosvy")])
    begins = datetime(2026, 11, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=100))
        .sign(key, hashes.SHA256())
    )
    path = folder / "tls.crt"
    path.write_bytes(made.public_bytes(Encoding.PEM))
    return path


@pytest.mark.usefixtures("certificate")
def test_a_relay_record_follows_the_one_before() -> None:
    assert referral(*RELAY, "relay.example:7443", "-o", "first.record").code == 0
    ran = referral(*RELAY, "relay.example:8443", "--previous", "first.record", "-o", "second.record")
    assert "  sequence: 1\n" in ran.out
    first, _ = read_record(Path("first.record").read_bytes())
    _, second = read_record(Path("second.record").read_bytes())
    assert isinstance(second, model.RelayRecord)
    assert second.previous == record_digest(first.kind, first.record)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("not an endpoint", "-o", "x.record"), "issue.invalid"),
        (("relay.example:7443", "--previous", "records/kh.mosvy.record", "-o", "x.record"), "issue.invalid"),
        (("relay.example:7443", "--certificate", "referral.json", "-o", "x.record"), "issue.invalid"),
        (("relay.example:7443", "-o", "records/kh.mosvy.record"), "file.exists"),
    ],
)
@pytest.mark.usefixtures("certificate")
def test_a_relay_record_that_cannot_be_is_not_made(arguments: tuple[str, ...], code: str) -> None:
    ran = referral(*RELAY, *arguments)
    assert ran.code == 2
    assert f"error [{code}]" in ran.err
    assert not Path("x.record").exists()
