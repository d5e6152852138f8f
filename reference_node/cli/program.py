"""Which command runs and how it ends: the table of commands, the exit codes. Loads a command only when it is asked for.

Not even click is imported for `referral-node --help`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from reference_node.cli import voice

__all__ = ["COMMANDS", "main"]

COMMANDS: Final = {
    "init": ("init", "make a node: folders, keys, certificates, settings"),
    "relay": ("run", "run a relay until it is told to stop"),
    "desk": ("run", "run a desk until it is told to stop"),
    "witness": ("witness", "run a witness of logs until it is told to stop"),
    "refer": ("casework", "send a referral, or one step of it"),
    "cases": ("viewing", "list the cases and their messages"),
    "show": ("viewing", "open a message and show it"),
    "answer": ("casework", "answer a message: accept, decline, ask, a result"),
    "status": ("viewing", "how the desk stands with its relay"),
    "alarms": ("inspecting", "what the desk found in its relay's log, and what was seen to"),
    "evidence": ("inspecting", "write evidence about a message, for an auditor"),
    "access-log": ("inspecting", "who opened, passed on or exported what; export it for an inspector"),
    "doctor": ("doctor", "look a half over: keys, certificates, trust data, clock, disk, relay"),
    "records-checked": ("checked", "say that records that come by hand are the newest"),
    "export": ("by_hand", "take a sealed message out of the desk as a file"),
    "import": ("by_hand", "bring a sealed file to the desk"),
    "relay-export": ("by_hand", "take a sealed message out of the relay as a file"),
    "relay-import": ("by_hand", "bring a sealed file to the relay"),
    "relay-log": ("relay_log", "how the relay's logs stand, a log's successor, proof against logs"),
    "demo": ("demo", "a referral between two countries, on this machine, with invented data"),
}
"""Command → its module, which holds it as `NAME_command`, and one line about it."""
_INTERRUPTED: Final = 130
_CONTEXT: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
_OURS: Final = 1
_CALLER: Final = 2
_WORLD: Final = 4
_OWN: Final = ("", "reference_node", "referral_proto")


def main(arguments: Sequence[str] | None = None, **_: Any) -> int:
    """Run one command. The exit code: 0 done, 1 our fault, 2 the caller's, 3 the peer's, 4 the world's, 130 interrupted
    (docs/exit-codes.md).
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
        voice.finish()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except voice.Unheard as unheard:
        # What the interpreter would write at its end goes nowhere, instead of into a second error.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the interpreter ends
        if not unheard.left:
            voice.complain_of("cli.output")
        return _WORLD
    return code


def _run(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help"):
        voice.say(_help())
        return 0
    if given[0] == "--version":
        from referral_proto import __version__

        voice.say(f"referral-node {__version__}")
        return 0
    if given[0] not in COMMANDS:
        voice.refuse_usage("There is no such command", "See referral-node --help", as_json="--json" in given)
        return 2
    return _command(given[0], given[1:])


def _command(name: str, rest: list[str]) -> int:
    import click

    from reference_node import faults
    from referral_proto.errors import CallerError, ReferralError, WorldError

    assert faults.DESK  # codes that a command may raise are declared there
    as_json = "--json" in rest
    try:
        module = import_module(f"reference_node.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name.replace('-', '_')}_command")
        code = command.main(rest, prog_name=f"referral-node {name}", standalone_mode=False, **_CONTEXT)
        return code if isinstance(code, int) else 0
    except ReferralError as error:
        voice.complain(error, as_json=as_json)
        return error.fault.exit_code
    except click.Abort:
        return _INTERRUPTED
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        see = f"See {context.command_path if context else 'referral-node'} --help"
        voice.refuse_usage(error.format_message(), see, as_json=as_json)
        return 2
    except voice.Unheard:
        raise
    except OSError as error:
        told = "file.permission" if isinstance(error, PermissionError) else "file.failed"
        voice.complain(WorldError(told), as_json=as_json)
        return _WORLD
    except ModuleNotFoundError as error:
        if (missing := (error.name or "").partition(".")[0]) in _OWN:
            return _broken(error, as_json=as_json)
        voice.complain(CallerError("cli.extra-missing", missing), as_json=as_json)
        return _CALLER
    except Exception as error:  # noqa: BLE001 - the last net: its message may hold content, so only its place is told
        return _broken(error, as_json=as_json)


def _broken(error: Exception, *, as_json: bool) -> int:
    from referral_proto.errors import OurError

    voice.complain(OurError("ours.broken-promise", _place(error)), as_json=as_json)
    return _OURS


def _place(error: Exception) -> str:
    """Type and innermost line of our own; nothing of the message, which may hold a person's data."""
    place, trace = "", error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith(("referral_proto", "reference_node")):
            place = f"{module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} in {place}"


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {what}" for name, (_, what) in COMMANDS.items())
    return (
        "referral-node: run a node of the Referral Protocol and work with its cases\n\n"
        f"{lines}\n\n"
        "`referral-node COMMAND --help` says more. Start with `referral-node demo`.\n"
        "Exit codes: 0 done, 1 a mistake of this program, 2 of the caller, 3 data refused, 4 disk, network or machine."
    )
