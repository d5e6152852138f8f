"""How a command finds the desk it talks to, and the message it is about. Prints nothing, opens no section."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from referral_proto.cli import options

if TYPE_CHECKING:
    from reference_node.rpc.desk_client import DeskClient
    from referral_proto import Leaf, ReferralError, ThreadId

__all__ = ["desk_options", "error_of", "find_case", "find_message", "reach"]

F = TypeVar("F", bound=Callable[..., Any])
_SHORTEST: Final = 6
"""Hexadecimal digits that name a message or a case."""


def desk_options(command: F) -> F:
    """`--dir` and `--socket`, the same for every command that talks to a desk."""
    command = click.option("--socket", type=options.FILE, help="The desk's socket, instead of where desk.toml says.")(
        command
    )
    return click.option(
        "--dir",
        "folder",
        type=options.FILE,
        default=Path(),
        envvar="REFERRAL_DESK",
        help="The desk's folder. Else the environment's REFERRAL_DESK, else this folder.",
    )(command)


def reach(folder: Path, socket: Path | None) -> DeskClient:
    """A client of the desk. Raises CallerError settings.*; whether the desk answers shows at the first call."""
    from reference_node.rpc.desk_client import DeskClient

    if socket is None:
        from reference_node.settings import DeskSettings, load

        socket = load(DeskSettings, folder / "desk.toml").socket
    # Whoever becomes the desk's user to ask it is named behind that user in the access log.
    actor = os.environ.get("REFERRAL_OFFICER") or os.environ.get("SUDO_USER")
    return DeskClient(socket.absolute(), actor)


def find_message(desk: DeskClient, text: str) -> Leaf:
    """The one message whose leaf begins like that. Raises CallerError desk.no-message."""
    leaves = {message.leaf for case in desk.cases().cases for message in case.messages}
    found: Leaf = _only(leaves, text, "desk.no-message")
    return found


def find_case(desk: DeskClient, text: str) -> ThreadId:
    """The one case whose thread begins like that. Raises CallerError desk.no-case."""
    found: ThreadId = _only({case.thread for case in desk.cases().cases}, text, "desk.no-case")
    return found


def error_of(code: str) -> ReferralError:
    """A code that came as a value, as the error it stands for."""
    from referral_proto import CallerError, Fault, OurError, PeerError, WorldError, explain

    fault = explain(code).fault
    classes: dict[Fault, type[ReferralError]] = {
        Fault.CALLER: CallerError,
        Fault.PEER: PeerError,
        Fault.WORLD: WorldError,
        Fault.OURS: OurError,
    }
    return classes[fault](code)


def _only(known: Any, text: str, code: str) -> Any:
    from referral_proto import CallerError

    wanted = text.replace(" ", "").lower()
    if len(wanted) < _SHORTEST:
        raise CallerError(code, f"fewer than {_SHORTEST} digits")
    fitting = [one for one in known if one.hex().startswith(wanted)]
    if len(fitting) != 1:
        raise CallerError(code, f"{len(fitting)} fit" if len(fitting) > 1 else "")
    return fitting[0]
