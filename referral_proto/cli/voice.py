"""The voice: the only file of this command line that prints. How it speaks:

1. What was asked for goes to stdout, everything else to stderr; stdout can be piped and read by a program.
2. Plain sentences, the news first. No greeting, nothing that a script would have to skip; progress goes to a terminal's
   stderr alone, and leaves nothing behind.
3. An error is two lines on stderr: `error [code]: what happened (at where)` and `do: what to do`. Never a traceback.
4. With --json stdout holds exactly one JSON document, also when the command fails.
5. A person's data is shown by `open` alone, and on stdout alone. Secret keys and passphrases are never shown.
6. What others wrote is shown without control characters: a name cannot move the cursor or turn the text around.
7. Colour only on a terminal, only if `rich` is installed, never if NO_COLOR is set, and never as the only sign.
"""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from referral_proto.errors import Explanation, ReferralError

__all__ = [
    "Style",
    "Unheard",
    "ask_passphrase",
    "clean",
    "complain",
    "confirm",
    "document",
    "finish",
    "note",
    "progress",
    "refuse_usage",
    "say",
]

_JOINERS: Final = "\u200b\u200c\u200d"  # Khmer and Thai are written with them


class Unheard(Exception):
    """What was said cannot be written. `left`: the reader had enough and went away, as `head` does."""

    def __init__(self, *, left: bool) -> None:
        self.left = left


class Style(StrEnum):
    """How a line looks on a terminal."""

    PLAIN = ""
    HEAD = "bold"
    GOOD = "green"
    BAD = "bold red"
    MARK = "yellow"
    QUIET = "dim"


def say(text: str = "", style: Style = Style.PLAIN) -> None:
    """A line that was asked for."""
    _line(sys.stdout, text, style)


def note(text: str, style: Style = Style.PLAIN) -> None:
    """A line beside what was asked for."""
    _line(sys.stderr, text, style)


def progress(done: int, total: int, what: str = "") -> None:
    """How far long work has come; `done` equal to `total` wipes the line away."""
    if not sys.stderr.isatty():
        return
    width = 30 * done // max(total, 1)
    bar = "" if done >= total else f"[{'#' * width}{'.' * (30 - width)}] {done:,} of {total:,}{what}"
    sys.stderr.write(f"\r\033[K{bar}")
    sys.stderr.flush()


def document(value: Any) -> None:
    """The one JSON document of a --json command; other scripts stand as themselves, what `clean` hides as numbers."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if clean(line := text.replace("\n", " ")) != line:
        text = "".join(sign if sign == "\n" or clean(sign) == sign else json.dumps(sign)[1:-1] for sign in text)
    _write(sys.stdout, text)


def complain(error: ReferralError, *, as_json: bool = False) -> None:
    """An error of the tree: two lines, and with --json the document."""
    _error(error.code, error.explanation, error.where, as_json=as_json)


def refuse_usage(what: str, do: str, *, as_json: bool = False) -> None:
    """A command line that cannot be understood; the words are click's."""
    from referral_proto.errors import Explanation, Fault

    _error("cli.usage", Explanation(Fault.CALLER, what.rstrip("."), do), "", as_json=as_json)


def _error(code: str, explanation: Explanation, where: str, *, as_json: bool) -> None:
    what, do = _translated(code, explanation)
    place = f" (at {where})" if where else ""
    note(f"error [{code}]: {what}{place}", Style.BAD)
    note(f"do: {do}")
    if as_json:
        fields = {"code": code, "fault": explanation.fault.value, "where": where}
        document({"error": {**fields, "what": explanation.what, "do": explanation.do}})


def _translated(code: str, explanation: Explanation) -> tuple[str, str]:
    language = os.environ.get("REFERRAL_LANG", "en")
    # click's own words about a command line exist in English only, and are more exact than a label.
    if language == "en" or code == "cli.usage":
        return explanation.what, explanation.do
    from referral_proto.model.codes.wording import LANGUAGES, labels

    known = labels(language) if language in LANGUAGES else {}
    return known.get(f"error.{code}.what", explanation.what), known.get(f"error.{code}.do", explanation.do)


def ask_passphrase(prompt: str, *, twice: bool = False) -> str:
    """Ask at the terminal, unseen. CallerError key.no-passphrase without a terminal, key.passphrases-differ."""
    from getpass import getpass

    from referral_proto.errors import CallerError

    if not sys.stdin.isatty():
        raise CallerError("key.no-passphrase")
    typed = getpass(f"{prompt}: ")
    if twice and getpass(f"{prompt}, again: ") != typed:
        raise CallerError("key.passphrases-differ")
    return typed


def confirm(question: str) -> bool:
    """Whether somebody at the terminal types yes; without a terminal nobody does."""
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() == "yes"


def finish() -> None:
    """Hand over what was said. Unheard if it cannot be."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise Unheard(left=isinstance(error, BrokenPipeError)) from None


def clean(text: str) -> str:
    """One line without control characters, line breaks and marks that change the direction of writing."""
    from unicodedata import category

    return "".join(
        "\ufffd" if category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") and sign not in _JOINERS else sign for sign in text
    )


def _line(stream: TextIO, text: str, style: Style) -> None:
    text = text if text.isascii() and text.isprintable() else clean(text)
    if style and stream.isatty() and "NO_COLOR" not in os.environ:
        try:
            from rich.console import Console
            from rich.text import Text
        except ImportError:
            pass
        else:
            Console(file=stream, highlight=False, soft_wrap=True).print(Text(text, style=str(style)))
            return
    _write(stream, text)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text + "\n")
    except UnicodeEncodeError:
        # A terminal of another alphabet: what it cannot show is shown as its number, not as nothing.
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    except OSError as error:
        raise Unheard(left=isinstance(error, BrokenPipeError)) from None
