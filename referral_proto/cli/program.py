"""Which command runs and how it ends: the table of commands, the exit codes. Loads a command only when it is asked for.

Not even click is imported for `referral --help`: on an old laptop the answer comes at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from referral_proto.cli import voice

__all__ = ["COMMANDS", "INTERRUPTED", "main"]

COMMANDS: Final = {
    "keys": "make, show and compare keys; make and sign trust records",
    "seal": "minimise a referral, seal it, write a sealed file",
    "open": "open a sealed file that came for your agency, and show it",
    "inspect": "show what anybody can see of a sealed file; verifies nothing",
    "verify": "check evidence, a sealed file or a cover, without any key",
    "evidence": "put together what an auditor may verify",
    "trust": "found a federation, enrol agencies, change and end keys, publish",
}
"""Command → one line. The module of the same name holds it as `command`."""
INTERRUPTED: Final = 130
_CONTEXT: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
_OURS: Final = 1
_WORLD: Final = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. The exit code: 0 done, 1 our fault, 2 the caller's, 3 the peer's, 4 the world's, 130 interrupted
    (docs/exit-codes.md).
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
        voice.finish()
    except KeyboardInterrupt:
        return INTERRUPTED
    except voice.Unheard as unheard:
        return _unheard(left=unheard.left)
    return code


def _run(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help"):
        return _explain(_help())
    if given[0] == "--version":
        from referral_proto import __version__

        voice.say(f"referral {__version__}")
        return 0
    if given[0] not in COMMANDS:
        voice.refuse_usage("There is no such command", "See referral --help", as_json="--json" in given)
        return 2
    return _command(given[0], given[1:])


def _command(name: str, rest: list[str]) -> int:
    import click

    from referral_proto.errors import OurError, ReferralError, WorldError

    as_json = "--json" in rest
    try:
        command: click.Command = import_module(f"referral_proto.cli.{name}").command
        code = command.main(rest, prog_name=f"referral {name}", standalone_mode=False, **_CONTEXT)
        return code if isinstance(code, int) else 0
    except ReferralError as error:
        voice.complain(error, as_json=as_json)
        return error.fault.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
            return _explain(error.format_message())
        context = getattr(error, "ctx", None)
        voice.refuse_usage(
            error.format_message(), f"See {context.command_path if context else 'referral'} --help", as_json=as_json
        )
        return 2
    except voice.Unheard:
        raise
    except OSError as error:
        told = "file.permission" if isinstance(error, PermissionError) else "file.failed"
        voice.complain(WorldError(told), as_json=as_json)
        return _WORLD
    except Exception as error:  # noqa: BLE001 - the last net: its message may hold content, so only its place is told
        voice.complain(OurError("ours.broken-promise", _place(error)), as_json=as_json)
        return _OURS


def _explain(text: str) -> int:
    for line in text.splitlines():
        voice.say(line)
    return 0


def _place(error: Exception) -> str:
    """Type and innermost line of our own; nothing of the message, which may hold a person's data."""
    place, trace = "", error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("referral_proto"):
            place = f"{module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} in {place}"


def _unheard(*, left: bool) -> int:
    from referral_proto.errors import WorldError

    # What the interpreter would write at its end goes nowhere, instead of into a second error.
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the interpreter ends
    if not left:
        voice.complain(WorldError("cli.output"))
    return _WORLD


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {what}" for name, what in COMMANDS.items())
    return (
        "referral: seal, open and verify referrals as files, without any network\n\n"
        f"{lines}\n\n"
        "`referral COMMAND --help` says more; docs/cli.md shows each at work.\n"
        "Exit codes: 0 done, 1 a mistake of this program, 2 of the caller, 3 data refused, 4 disk or machine."
    )
