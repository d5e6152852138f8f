"""Law: a key of the repository is kept under a passphrase, has one role, and never shows its secret."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.signer import SSlibKey

from referral_proto.adapters.keyfiles import save_secret
from referral_proto.adapters.trust_keys import HOLDER, KeyRole, RepositoryKey, RepositoryPublicKey, public_bytes
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.ids import agency_id

HOLDER_ID = agency_id("xa.ministry")
KEY = RepositoryKey(KeyRole.ROOT, HOLDER_ID, bytes(range(32)))


def test_a_key_file_gives_the_key_back_to_its_role_only(tmp_path: Path) -> None:
    path = tmp_path / "root.key"
    KEY.save(path, "correct horse", memory_kib=8)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert RepositoryKey.load(path, KeyRole.ROOT, "correct horse") == KEY
    for role, passphrase, code in (
        (KeyRole.TARGETS, "correct horse", "key.kind"),
        (KeyRole.ROOT, "wrong", "key.wrong-passphrase"),
    ):
        with pytest.raises(CallerError) as caught:
            RepositoryKey.load(path, role, passphrase)
        assert caught.value.code == code
    with pytest.raises(CallerError) as exists:
        KEY.save(path, "correct horse", memory_kib=8)
    assert exists.value.code == "file.exists"


@pytest.mark.parametrize("payload", [b"", b"\0\0\0\4th.a" + bytes(31), b"\0\0\0\5th.a" + bytes(32), b"\xff" * 60])
def test_a_key_file_with_something_else_in_it_is_damaged(tmp_path: Path, payload: bytes) -> None:
    save_secret(tmp_path / "root.key", "tuf-root", payload, "p", memory_kib=8)
    with pytest.raises(WorldError) as caught:
        RepositoryKey.load(tmp_path / "root.key", KeyRole.ROOT, "p")
    assert caught.value.code == "key.damaged"


def test_the_secret_is_in_no_repr() -> None:
    assert KEY.seed.hex() not in repr(KEY) and repr(KEY.seed) not in repr(KEY)
    assert RepositoryKey.create(KeyRole.ONLINE, HOLDER_ID).seed != RepositoryKey.create(KeyRole.ONLINE, HOLDER_ID).seed


def test_the_public_half_travels_as_a_file() -> None:
    public = RepositoryPublicKey.parse(KEY.public.to_bytes())
    assert public == KEY.public
    assert public.key.unrecognized_fields == {HOLDER: "xa.ministry"}
    assert public.id == KEY.signer.public_key.keyid
    public.key.verify_signature(KEY.signer.sign(b"statement"), b"statement")
    assert public_bytes(public.key) == public.ed25519


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b'"root"', b'"king"'), "trust.repository-malformed"),
        ((b'key": 1', b'key": 2'), "trust.repository-malformed"),
        ((b"xa.ministry", b"XA"), "trust.repository-malformed"),
        ((b'"role"', b'"more"'), "trust.repository-malformed"),
        ((KEY.public.ed25519.hex().encode(), b"00" * 31), "key.malformed"),
        ((KEY.public.ed25519.hex().encode(), b"zz" * 32), "trust.repository-malformed"),
        ((KEY.public.ed25519.hex().encode(), b"00" * 32), "key.weak"),
        ((KEY.public.ed25519.hex().encode(), (1).to_bytes(32, "little").hex().encode()), "key.weak"),
    ],
)
def test_a_public_key_that_is_none_is_refused(change: tuple[bytes, bytes], code: str) -> None:
    with pytest.raises(PeerError) as caught:
        RepositoryPublicKey.parse(KEY.public.to_bytes().replace(*change))
    assert caught.value.code == code


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(junk: bytes) -> None:
    with pytest.raises(PeerError):
        RepositoryPublicKey.parse(junk)
    with pytest.raises(PeerError):
        RepositoryPublicKey.parse(KEY.public.to_bytes() * 40)


@pytest.mark.parametrize(
    ("scheme", "public"),
    [(("ecdsa", "ecdsa-sha2-nistp256"), "00" * 32), (("ed25519", "ed25519"), "zz")],
)
def test_only_ed25519_keys_count_in_metadata(scheme: tuple[str, str], public: str | None) -> None:
    with pytest.raises(ReferralError) as caught:
        public_bytes(SSlibKey("id", *scheme, {"public": public}))
    assert caught.value.code == "trust.repository-layout"
