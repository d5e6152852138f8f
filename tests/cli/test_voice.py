"""The rules at the top of `cli/voice.py`, each shown at work."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from referral_proto.cli import voice
from tests.cli.stage import PASSPHRASE, referral

AT = "2026-11-22T08:00:00Z"
VERIFY = ("verify", "offer.referral", "--records", "records", "--at", AT)


@pytest.mark.usefixtures("folder")
class TestOneDocument:
    """With --json stdout holds one JSON document, whatever happens."""

    @pytest.mark.parametrize(
        "command",
        [
            (*VERIFY, "--json"),
            ("verify", "offer.referral", "--records", "nowhere", "--json"),
            ("verify", "readdressed.referral", "--records", "records", "--at", AT, "--json"),
            ("inspect", "offer.referral", "--json"),
            ("inspect", "records", "--json"),
            ("inspect", "--json"),
            ("nonsense", "--json"),
            ("keys", "fingerprint", "kh.mosvy.key", "--json"),
            ("keys", "record", "show", "records/kh.mosvy.record", "--json"),
        ],
        ids=" ".join,
    )
    def test_and_nothing_else(self, command: tuple[str, ...]) -> None:
        ran = referral(*command)
        assert isinstance(json.loads(ran.out), dict)
        assert (ran.code == 0) == (ran.err == "")


def test_an_error_is_two_lines(folder: Path) -> None:
    lines = referral("inspect", "nothing").err.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["error", "do:"]
    assert str(folder) not in "".join(lines)


def test_errors_speak_the_officers_language(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    english = referral("verify", "readdressed.referral", "--records", "records", "--at", AT).err
    for language in ("th", "km"):
        monkeypatch.setenv("REFERRAL_LANG", language)
        said = referral("verify", "readdressed.referral", "--records", "records", "--at", AT).err
        assert said.startswith("error [signature.invalid]: ")
        assert said != english
    monkeypatch.setenv("REFERRAL_LANG", "xx")
    assert referral("verify", "readdressed.referral", "--records", "records", "--at", AT).err == english


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[2Jgone", "\ufffd[2Jgone"),
        ("two\nlines\r", "two\ufffdlines\ufffd"),
        ("\u202eevil", "\ufffdevil"),
        ("ស្រី\u200bល័ក្ខណ៍ เชือน", "ស្រី\u200bល័ក្ខណ៍ เชือน"),
    ],
)
def test_what_others_wrote_moves_no_cursor(written: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    voice.say(written)
    assert capsys.readouterr().out == f"{shown}\n"


def test_a_terminal_of_another_alphabet_shows_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))
    voice.say("เชือน")
    voice.document({"name": "ឈឿន"})
    voice.finish()
    assert raw.getvalue().decode("ascii").startswith("\\u0e40\\u0e0a\\u0e37")


def at_a_terminal(folder: Path, answers: list[str], *arguments: str, **environment: str) -> tuple[int, str]:
    """Run the command at a terminal of its own, answer each question; exit code and everything on its screen."""
    master, slave = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "referral_proto.cli", *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        start_new_session=True,
        env={"PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8"} | environment,
    ) as run:
        os.close(slave)
        screen, left = b"", list(answers)
        # A terminal whose other side is closed answers with an error, not with nothing.
        with suppress(OSError):
            while block := os.read(master, 65_536):
                screen += block
                # What is typed before the question is thrown away, as for every passphrase.
                if left and screen.endswith(b": "):
                    os.write(master, f"{left.pop(0)}\n".encode())
        os.close(master)
    return run.returncode, screen.decode()


def test_colour_is_for_terminals_only(folder: Path) -> None:
    assert "\x1b[" not in referral(*VERIFY).out
    code, screen = at_a_terminal(folder, [], *VERIFY)
    assert code == 0
    assert "\x1b[32m" in screen
    code, plain = at_a_terminal(folder, [], *VERIFY, NO_COLOR="1")
    assert code == 0
    assert "\x1b[" not in plain
    assert plain.replace("\r\n", "\n") == referral(*VERIFY).out


def test_a_passphrase_is_asked_for_unseen(folder: Path) -> None:
    code, screen = at_a_terminal(folder, [PASSPHRASE], "keys", "fingerprint", "kh.mosvy.key")
    assert code == 0
    assert "Passphrase of the key files: " in screen
    assert "fingerprint: e58d" in screen
    assert PASSPHRASE not in screen


def test_a_new_passphrase_is_asked_for_twice(folder: Path) -> None:
    new = ("keys", "new-opening", "th.example", "--kdf-memory-kib", "64", "-o", "new.key")
    code, screen = at_a_terminal(folder, ["four words", "five words"], *new)
    assert code == 2
    assert "error [key.passphrases-differ]" in screen
    assert not (folder / "new.key").exists()
    code, _ = at_a_terminal(folder, ["four words", "four words"], *new)
    assert code == 0
    assert (folder / "new.key").stat().st_mode & 0o777 == 0o600


def test_without_a_terminal_nothing_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFERRAL_PASSPHRASE_FILE")
    monkeypatch.setattr(sys, "stdin", io.StringIO("a passphrase of four words\n"))
    assert "error [key.no-passphrase]" in referral("keys", "fingerprint", "kh.mosvy.key").err


def test_a_document_says_hidden_signs_as_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"name": "ខ្មែរ \u200b \u009b31m \u202e \x1b[2J \x7f \U000e0041"}
    voice.document(value)
    said = capsys.readouterr().out
    assert json.loads(said) == value
    assert "ខ្មែរ \u200b" in said
    assert voice.clean(said.replace("\n", "")) == said.replace("\n", "")
