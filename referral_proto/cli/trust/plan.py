"""Plan before act: what a command will do, said before it does it, and the yes it needs. Judges nothing, writes files.

The plan goes to stderr. With --yes the command goes on; at a terminal it asks; otherwise it ends with cli.unconfirmed
and has done nothing, so that a run without --yes is a rehearsal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from referral_proto.cli import options, voice

__all__ = ["OUTPUT", "YES", "Plan", "agree", "done", "keep", "option"]

F = TypeVar("F", bound=Callable[..., Any])

YES: Final = click.option("--yes", is_flag=True, help="Go on without asking; the plan is shown all the same.")
OUTPUT: Final = click.option("-o", "--output", type=options.FILE, required=True, help="The file to write.")


@dataclass(frozen=True, slots=True)
class Plan:
    """`title`: who does what. `lines`: what changes. `then`: who must act next, or what comes of it."""

    title: str
    lines: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


def option(name: str, *more: str, **settings: Any) -> Callable[[F], F]:
    """A click option that names a file."""
    return click.option(name, *more, type=options.FILE, **settings)


def agree(plan: Plan, *, yes: bool, as_json: bool) -> None:
    """Show the plan and get a yes. CallerError cli.unconfirmed."""
    from referral_proto.errors import CallerError

    voice.note(f"plan: {plan.title}", voice.Style.HEAD)
    for line in plan.lines:
        voice.note(f"  {line}")
    for line in plan.then:
        voice.note(f"  then: {line}", voice.Style.MARK)
    if yes:
        return
    if as_json or not voice.confirm("Do this? Type yes"):
        raise CallerError("cli.unconfirmed")


def done(plan: Plan, facts: Mapping[str, Any] | None = None, *, as_json: bool) -> None:
    """Say that it was done, and what is next."""
    if as_json:
        voice.document({"done": plan.title, "changes": list(plan.lines), "then": list(plan.then), **(facts or {})})
        return
    voice.say(f"done: {plan.title}", voice.Style.GOOD)
    for line in plan.then:
        voice.say(f"then: {line}")


def keep(output: Path, data: bytes, role: str) -> None:
    """Write what travels: whole, never over a file that is there. As `disk.write`."""
    from referral_proto.adapters import disk

    disk.write(output, data, role)
