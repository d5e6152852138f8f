"""Key files keep a key under its passphrase, 0600, and say what is wrong with a file without showing what is in it."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from referral_proto.adapters import keyfiles
from referral_proto.adapters.keyfiles import KeyFileVault
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.keytext import opening_key_text, signing_key_text
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import ReferralError
from referral_proto.ids import AgencyId
from referral_proto.ports import KeyVault

AGENCY = AgencyId("xa.shelter")
PASSPHRASE = "correct horse battery staple"
CHEAP = 64
SIGNING = SigningKeyset.from_seeds(AGENCY, b"\x31" * 32, b"\x32" * 32)
OPENING = OpeningKey.from_seed(AGENCY, b"\x33" * 32)


def failure(call: object) -> str:
    with pytest.raises(ReferralError) as caught:
        call()  # type: ignore[operator]  # a lambda of any type
    told = f"{caught.value} {caught.value.__cause__} {caught.value.where}"
    assert PASSPHRASE not in told
    assert (b"\x31" * 8).hex() not in told
    return caught.value.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keyfiles.save_signing_key(tmp_path / "signing.key", SIGNING, PASSPHRASE, CHEAP)
    keyfiles.save_opening_key(tmp_path / "opening-1.key", OPENING, PASSPHRASE, CHEAP)
    return tmp_path


def test_a_key_comes_back_as_it_went_in(folder: Path) -> None:
    assert keyfiles.load_signing_key(folder / "signing.key", PASSPHRASE).seeds() == SIGNING.seeds()
    assert keyfiles.load_opening_key(folder / "opening-1.key", PASSPHRASE).seed == OPENING.seed
    assert keyfiles.load_key(folder / "signing.key", PASSPHRASE).id == SIGNING.id
    assert keyfiles.load_key(folder / "opening-1.key", PASSPHRASE).id == OPENING.id


def test_a_key_file_is_for_its_owner_alone(folder: Path) -> None:
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_key_file_shows_no_secret(folder: Path) -> None:
    for path, secrets in (("signing.key", SIGNING.seeds()), ("opening-1.key", (OPENING.seed,))):
        data = (folder / path).read_bytes()
        assert not any(secret in data for secret in secrets)


def test_a_key_file_is_never_written_over(folder: Path) -> None:
    before = (folder / "signing.key").read_bytes()
    assert failure(lambda: keyfiles.save_signing_key(folder / "signing.key", SIGNING, "x", CHEAP)) == "file.exists"
    assert (folder / "signing.key").read_bytes() == before


def test_a_wrong_passphrase_and_a_damaged_file_are_told_apart(folder: Path) -> None:
    path = folder / "signing.key"
    assert failure(lambda: keyfiles.load_signing_key(path, "correct horse battery stable")) == "key.wrong-passphrase"
    whole = path.read_bytes()
    for cut in (0, 1, 20, 60, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert failure(lambda: keyfiles.load_signing_key(path, PASSPHRASE)) == "key.damaged"
    for place in (0, 40, 70, len(whole) - 40, len(whole) - 1):
        path.write_bytes(whole[:place] + bytes((whole[place] ^ 1,)) + whole[place + 1 :])
        assert failure(lambda: keyfiles.load_signing_key(path, PASSPHRASE)) == "key.damaged"


def test_a_key_of_another_kind_is_refused(folder: Path) -> None:
    assert failure(lambda: keyfiles.load_opening_key(folder / "signing.key", PASSPHRASE)) == "key.kind"
    assert failure(lambda: keyfiles.load_secret(folder / "signing.key", "tls", PASSPHRASE)) == "key.kind"
    keyfiles.save_secret(folder / "kek.key", "key-encryption-key", bytes(32), PASSPHRASE, CHEAP)
    assert failure(lambda: keyfiles.load_key(folder / "kek.key", PASSPHRASE)) == "key.kind"


@pytest.mark.parametrize("payload", [b"", b"\0\0\0\x0axa.shelter", b"\0\0\0\x0bxa.shelter" + bytes(64), b"\xff" * 80])
def test_a_payload_of_another_shape_is_damage(tmp_path: Path, payload: bytes) -> None:
    keyfiles.save_secret(tmp_path / "odd.key", keyfiles.SIGNING, payload, PASSPHRASE, CHEAP)
    assert failure(lambda: keyfiles.load_signing_key(tmp_path / "odd.key", PASSPHRASE)) == "key.damaged"


def test_a_public_key_is_read_from_its_text(folder: Path) -> None:
    for public, text in ((SIGNING.public, signing_key_text), (OPENING.public, opening_key_text)):
        (folder / "x.pub").write_text(f"  {text(public)}\r\n", encoding="ascii")  # type: ignore[operator]  # pairs fit
        found = keyfiles.load_public_key(folder / "x.pub")
        assert found is not None and found.id == public.id
    assert keyfiles.load_public_key(folder / "signing.key") is None
    (folder / "x.pub").write_bytes(b"\xff\xfe")
    assert failure(lambda: keyfiles.load_public_key(folder / "x.pub")) == "key.text-malformed"


def test_a_vault_holds_what_its_folder_holds(folder: Path) -> None:
    vault: KeyVault = KeyFileVault(folder, PASSPHRASE)
    assert vault.agency == AGENCY
    assert vault.signing_keyset().id == SIGNING.id
    assert list(vault.keyring()) == [OPENING.id]
    newer = OpeningKey.from_seed(AGENCY, b"\x34" * 32)
    keyfiles.save_opening_key(folder / "opening-2.key", newer, PASSPHRASE, CHEAP)
    assert set(vault.keyring()) == {OPENING.id, newer.id}
    (folder / "opening-1.key").unlink()
    assert list(vault.keyring()) == [newer.id], "a destroyed key is forgotten"


def test_a_vault_unwraps_each_file_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = KeyFileVault(folder, PASSPHRASE)
    monkeypatch.setattr(keyfiles, "unwrap_key", lambda data, passphrase: pytest.fail("unwrapped again"))
    assert list(vault.keyring()) == [OPENING.id]


def test_a_vault_reads_other_secrets_of_its_folder(folder: Path) -> None:
    keyfiles.save_secret(folder / "kek.key", "key-encryption-key", b"\x35" * 32, PASSPHRASE, CHEAP)
    assert KeyFileVault(folder, PASSPHRASE).secret("kek.key", "key-encryption-key") == b"\x35" * 32


def test_a_vault_opens_only_as_a_whole(folder: Path) -> None:
    assert failure(lambda: KeyFileVault(folder, "wrong")) == "key.wrong-passphrase"
    stranger = OpeningKey.from_seed(AgencyId("xb.police"), b"\x36" * 32)
    keyfiles.save_opening_key(folder / "opening-9.key", stranger, PASSPHRASE, CHEAP)
    assert failure(lambda: KeyFileVault(folder, PASSPHRASE)) == "key.other-agency"
    (folder / "signing.key").unlink()
    assert failure(lambda: KeyFileVault(folder, PASSPHRASE)) == "file.not-found"


def test_a_vault_shows_nothing_and_is_not_copied(folder: Path) -> None:
    vault = KeyFileVault(folder, PASSPHRASE)
    assert repr(vault) == "KeyFileVault(xa.shelter)"
    for copied in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            copied(vault)
