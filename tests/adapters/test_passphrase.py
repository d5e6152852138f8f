"""Where the passphrase is looked for, in which order, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from referral_proto.adapters import find_passphrase
from referral_proto.errors import CallerError, ReferralError


def file(path: Path, text: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(text)
    path.chmod(mode)
    return path


def test_the_order_is_option_environment_credential_question(tmp_path: Path) -> None:
    named = file(tmp_path / "named", b"from the option")
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert find_passphrase(None, environment, lambda: "asked") == "asked"
    file(tmp_path / "referral-passphrase", b"from systemd")
    assert find_passphrase(None, environment, lambda: "asked") == "from systemd"
    environment["REFERRAL_PASSPHRASE_FILE"] = str(file(tmp_path / "other", b"from the environment"))
    assert find_passphrase(None, environment, lambda: "asked") == "from the environment"
    assert find_passphrase(named, environment, lambda: "asked") == "from the option"


def test_without_anybody_to_ask_it_is_refused() -> None:
    with pytest.raises(CallerError, match=r"key\.no-passphrase"):
        find_passphrase(None, {})


@pytest.mark.parametrize(
    ("written", "meant"),
    [(b"four words\n", "four words"), (b"four words\r\n", "four words"), (b" spaces count \n\n", " spaces count \n")],
)
def test_one_line_break_at_the_end_does_not_count(tmp_path: Path, written: bytes, meant: str) -> None:
    assert find_passphrase(file(tmp_path / "x", written), {}) == meant


@pytest.mark.parametrize(
    ("written", "mode", "code"),
    [
        (b"readable", 0o644, "key.passphrase-shown"),
        (b"\xff\xfe", 0o600, "key.passphrase"),
        (b"", 0o600, "key.passphrase"),
        (b"x" * 5000, 0o600, "file.too-large"),
    ],
)
def test_a_file_that_is_no_passphrase_is_refused(tmp_path: Path, written: bytes, mode: int, code: str) -> None:
    with pytest.raises(ReferralError) as caught:
        find_passphrase(file(tmp_path / "x", written, mode), {}, lambda: "asked")
    assert caught.value.code == code


def test_a_file_that_is_missing_is_not_asked_for_instead(tmp_path: Path) -> None:
    with pytest.raises(CallerError, match=r"file\.not-found"):
        find_passphrase(None, {"REFERRAL_PASSPHRASE_FILE": str(tmp_path / "x")}, lambda: "asked")


def test_a_pipe_of_a_shell_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"through a pipe\n")
    os.close(writing)
    try:
        assert find_passphrase(Path(f"/dev/fd/{reading}"), {}) == "through a pipe"
    finally:
        os.close(reading)
