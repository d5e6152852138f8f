"""TLS keys: wrapped on disk, P-256 only, and a certificate that does not fit its key is refused before it is shown.

Log keys: made once, wrapped, and never replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from reference_node.keys import (
    certificates,
    fingerprint,
    keys_of_logs,
    load_log_keys,
    load_tls,
    log_key_file,
    make_log_keys,
    make_tls,
    save_tls,
)
from referral_proto.adapters import save_secret
from referral_proto.errors import CallerError, WorldError
from referral_proto.ids import AgencyId
from tests.relay.world import MEMORY_KIB, PASSPHRASE, SHELTER, START, TH

MADE = make_tls("relay.th.dsdw", START)


def saved(folder: Path) -> tuple[Path, Path]:
    places = folder / "tls.key", folder / "tls.crt"
    save_tls(MADE, *places, PASSPHRASE, MEMORY_KIB)
    return places


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    key, certificate = saved(tmp_path)
    assert load_tls(key, certificate, PASSPHRASE) == MADE
    assert key.stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE" not in key.read_bytes()
    assert MADE.private_key[40:80] not in key.read_bytes()
    assert certificates(certificate) == (MADE.der,)
    assert (
        MADE.fingerprint
        == fingerprint(MADE.der)
        == x509.load_der_x509_certificate(MADE.der)
        .fingerprint(
            x509.load_der_x509_certificate(MADE.der).signature_hash_algorithm  # type: ignore[arg-type]
        )
        .hex()
    )


def test_the_certificate_says_who_and_no_more() -> None:
    certificate = x509.load_der_x509_certificate(MADE.der)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["relay.th.dsdw"]
    assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    assert isinstance(certificate.public_key().curve, ec.SECP256R1)  # type: ignore[union-attr]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    key, certificate = saved(tmp_path)
    before = key.read_bytes()
    with pytest.raises(CallerError) as caught:
        saved(tmp_path)
    assert caught.value.code == "file.exists"
    assert (key.read_bytes(), certificate.read_bytes()) == (before, MADE.certificate)


def test_a_wrong_passphrase_a_damaged_file_and_another_kind(tmp_path: Path) -> None:
    key, certificate = saved(tmp_path)
    with pytest.raises(CallerError, match=r"key\.wrong-passphrase"):
        load_tls(key, certificate, "another")
    key.write_bytes(key.read_bytes()[:-1])
    with pytest.raises(WorldError, match=r"key\.damaged"):
        load_tls(key, certificate, PASSPHRASE)
    key.unlink()
    with pytest.raises(CallerError, match=r"file\.not-found"):
        load_tls(key, certificate, PASSPHRASE)
    save_secret(key, "opening-key", b"not a TLS key", PASSPHRASE, MEMORY_KIB)
    with pytest.raises(CallerError, match=r"key\.kind"):
        load_tls(key, certificate, PASSPHRASE)
    key.unlink()
    save_secret(key, "tls", b"not a TLS key", PASSPHRASE, MEMORY_KIB)
    with pytest.raises(CallerError, match=r"tls\.certificate"):
        load_tls(key, certificate, PASSPHRASE)


def test_a_certificate_of_another_key(tmp_path: Path) -> None:
    key, certificate = saved(tmp_path)
    for content in (make_tls("relay.th.dsdw", START).certificate, b"no certificate"):
        certificate.write_bytes(content)
        with pytest.raises(CallerError, match=r"tls\.certificate"):
            load_tls(key, certificate, PASSPHRASE)
    with pytest.raises(CallerError, match=r"tls\.certificate"):
        certificates(certificate)


def test_the_private_key_does_not_show() -> None:
    assert "PRIVATE" not in repr(MADE)
    assert isinstance(load_pem_private_key(MADE.private_key, None), ec.EllipticCurvePrivateKey)


def test_the_keys_of_a_log_are_made_once_and_wrapped(tmp_path: Path) -> None:
    made = make_log_keys(tmp_path, TH, PASSPHRASE, MEMORY_KIB)
    file = log_key_file(tmp_path, TH)
    assert file.name == "log-th.dsdw.key" and file.stat().st_mode & 0o777 == 0o600
    data = file.read_bytes()
    assert not any(seed in data for seed in made.seeds())
    assert load_log_keys(tmp_path, TH, PASSPHRASE).seeds() == made.seeds()
    wrong: list[tuple[str, Callable[[], object]]] = [
        ("file.exists", lambda: make_log_keys(tmp_path, TH, PASSPHRASE, MEMORY_KIB)),
        ("file.not-found", lambda: load_log_keys(tmp_path, SHELTER, PASSPHRASE)),
        ("key.wrong-passphrase", lambda: load_log_keys(tmp_path, TH, "another passphrase than that")),
    ]
    for code, call in wrong:
        with pytest.raises(CallerError) as caught:
            call()
        assert caught.value.code == code
    assert file.read_bytes() == data


def test_only_what_is_missing_is_made_at_the_start_and_told(tmp_path: Path) -> None:
    made = make_log_keys(tmp_path, TH, PASSPHRASE, MEMORY_KIB)
    told: list[str] = []
    first = keys_of_logs(tmp_path, [TH, SHELTER], PASSPHRASE, lambda agency, _: told.append(agency))
    again = keys_of_logs(tmp_path, [TH, SHELTER], PASSPHRASE, lambda agency, _: told.append(agency))
    assert told == [SHELTER]
    assert first[TH].seeds() == again[TH].seeds() == made.seeds()
    assert first[SHELTER].seeds() == again[SHELTER].seeds()
    save_secret(log_key_file(tmp_path, TH).with_name("log-kh.mosvy.key"), "tls", b"x" * 64, PASSPHRASE, MEMORY_KIB)
    with pytest.raises(CallerError, match=r"key\.kind"):
        load_log_keys(tmp_path, AgencyId("kh.mosvy"), PASSPHRASE)
