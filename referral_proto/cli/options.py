"""Options that several commands share, and how their text becomes typed values. Opens no file, prints nothing.

Top level: click alone; the protocol is loaded when a value is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from referral_proto.cli import voice

if TYPE_CHECKING:
    from referral_proto.moment import Moment
    from referral_proto.trust.directory import Directory

    Kind = click.ParamType[Any]
else:
    # Older versions of click have no type parameter there.
    Kind = click.ParamType

__all__ = [
    "AGENCY",
    "AS_JSON",
    "AT",
    "FILE",
    "FORCE",
    "MOMENT",
    "PASSPHRASE_FILE",
    "RECORDS",
    "CodeName",
    "Hex",
    "Pair",
    "directory",
    "moment",
    "passphrase",
]

F = TypeVar("F", bound=Callable[..., Any])

FILE: Final = click.Path(path_type=Path)
"""A path, not looked at: whatever reads it says what is wrong with it in the project's own words."""


class _Agency(Kind):
    name = "agency"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002 - click's
        from referral_proto.ids import agency_id

        return agency_id(value)


class _Moment(Kind):
    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002 - click's
        from referral_proto.moment import Moment

        return value if isinstance(value, Moment) else Moment.parse(value)


class CodeName(Kind):
    """A member of a code list by its name, in any case, with hyphens or underscores."""

    def __init__(self, code_list: str) -> None:
        self.name = "".join(f"-{sign}" if sign.isupper() else sign for sign in code_list).strip("-")
        self._list = code_list

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from referral_proto.model import codes

        members = getattr(codes, self._list).__members__
        found = members.get(str(value).upper().replace("-", "_"))
        if found is None:
            names = ", ".join(name.lower().replace("_", "-") for name in members)
            self.fail(f"choose one of: {names}", param, ctx)
        return found


class Hex(Kind):
    """Bytes of one length in hexadecimal; spaces between groups are welcome."""

    name = "hex"

    def __init__(self, size: int) -> None:
        self._size = size

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            data = bytes.fromhex(value)
        except ValueError:
            data = b""
        if len(data) != self._size:
            self.fail(f"write {2 * self._size} hexadecimal digits", param, ctx)
        return data


class Pair(Kind):
    """`KEY=VALUE`, each side of a type of its own."""

    def __init__(self, key: Kind, value: Kind, name: str) -> None:
        self.name = name
        self._key, self._value = key, value

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        key, equals, rest = str(value).partition("=")
        if not key or not equals or not rest:
            self.fail(f"write {self.name}", param, ctx)
        return self._key.convert(key, param, ctx), self._value.convert(rest, param, ctx)


AGENCY: Final = _Agency()
MOMENT: Final = _Moment()

RECORDS: Final = click.option(
    "--records",
    type=FILE,
    required=True,
    envvar="REFERRAL_RECORDS",
    help="Folder of the trust records (*.record). Else the environment's REFERRAL_RECORDS.",
)
PASSPHRASE_FILE: Final = click.option(
    "--passphrase-file",
    type=FILE,
    help="File with the passphrase of the key files. Else REFERRAL_PASSPHRASE_FILE, a systemd credential, or a prompt.",
)
AT: Final = click.option(
    "--at",
    type=MOMENT,
    metavar="TIME",
    help="The moment to judge by, as 2026-11-21T12:00:00Z. Else this machine's clock.",
)
AS_JSON: Final = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
FORCE: Final = click.option("--force", is_flag=True, help="Write over a file that is there already.")


def moment(at: Moment | None) -> Moment:
    """`--at`, or now."""
    from referral_proto.adapters.clock import SystemClock

    return SystemClock().now() if at is None else at


def directory(records: Path) -> Directory:
    """The trust records as they stand now; what is not in force is noted on stderr."""
    from referral_proto.adapters.records import damaged, load_directory
    from referral_proto.errors import CallerError
    from referral_proto.trust.folding import FEDERATION

    try:
        found = load_directory(records, moment(None))
    except CallerError as error:
        # The federation record itself may be among them.
        if error.code == "trust.no-federation":
            _not_in_force("trust.record-malformed", *damaged(records))
        raise
    for code, agency in sorted(set(found.problems)):
        whose = "a federation record" if agency == FEDERATION else f"a record of {agency}"
        _not_in_force(code, *([whose] if agency else damaged(records)))
    return found


def _not_in_force(code: str, *what: str) -> None:
    for one in what:
        voice.note(f"not in force [{code}]: {one}", voice.Style.MARK)


def passphrase(file: Path | None, *, new: bool = False) -> str:
    """The passphrase, asked for at the terminal if no file holds it, twice if it is a new one."""
    from referral_proto.adapters.passphrase import find_passphrase

    return find_passphrase(file, os.environ, lambda: voice.ask_passphrase("Passphrase of the key files", twice=new))
