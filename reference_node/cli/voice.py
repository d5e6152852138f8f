"""The voice of `referral-node`: the only file of this command line that prints. Its rules are those of `referral`, see
`referral_proto/cli/voice.py`; what is added here keeps to them:

1. While something takes time, progress stands on stderr, on a terminal only, and goes away when it is done.
2. A table is drawn with lines on a terminal and as columns of text elsewhere; nothing is told by colour alone.
3. A running half says one line on stdout when it serves: `ready HALF ENDPOINT`; with --json, one JSON line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from referral_proto.cli.voice import (
    Style,
    Unheard,
    clean,
    complain,
    document,
    finish,
    note,
    refuse_usage,
)
from referral_proto.cli.voice import say as _say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = [
    "Busy",
    "Style",
    "Unheard",
    "busy",
    "clean",
    "complain",
    "complain_of",
    "document",
    "finish",
    "note",
    "paragraph",
    "ready",
    "refuse_usage",
    "say",
    "table",
]


def say(text: str = "", style: Style = Style.PLAIN) -> None:
    """Lines that were asked for."""
    for line in text.split("\n"):
        _say(line, style)


def paragraph(text: str, indent: str = "") -> None:
    """Text broken into lines that fit the terminal, at most 100 wide."""
    from shutil import get_terminal_size
    from textwrap import wrap

    width = min(100, get_terminal_size((100, 24)).columns)
    # A code that is broken at its hyphen can be neither searched for nor copied.
    lines = wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        _say(line)


def complain_of(code: str) -> None:
    """An error of the world that has no exception of its own."""
    from referral_proto.errors import WorldError

    complain(WorldError(code))


def ready(half: str, endpoint: str, *, as_json: bool) -> None:
    """The one line of a half that serves, written at once."""
    if as_json:
        _say(json.dumps({"ready": half, "endpoint": endpoint}))
    else:
        _say(f"ready {half} {endpoint}")
    finish()


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, mark: dict[str, Style] | None = None) -> None:
    """`mark`: how cells with exactly this text look on a terminal."""
    lines = [[clean(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for place, head in enumerate(heads):
            drawn.add_column(Text(head), overflow="fold", min_width=None if place else min(24, _widest(rows)))
        for line in lines:
            drawn.add_row(*(Text(cell, style=str((mark or {}).get(cell, ""))) for cell in line))
        Console(highlight=False).print(drawn)
        return
    from rich.cells import cell_len

    everything = [list(heads), *lines]
    widths = [max(cell_len(row[at]) for row in everything) for at in range(len(heads))]
    for at, row in enumerate(everything):
        _say("  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip())
        if not at:
            _say("  ".join("-" * width for width in widths))


def _widest(rows: Sequence[Sequence[str]]) -> int:
    return max((len(row[0]) for row in rows), default=0)


class Busy:
    """What is being done while something takes time."""

    def __init__(self, progress: Progress | None, task: TaskID | None) -> None:
        self._progress, self._task = progress, task

    def now(self, text: str) -> None:
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=clean(text))


@contextmanager
def busy(text: str, *, quiet: bool = False) -> Iterator[Busy]:
    """Show `text` on a terminal's stderr until the end; elsewhere, or when `quiet`, nothing."""
    if quiet or not sys.stderr.isatty():
        yield Busy(None, None)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns: list[Any] = [SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Busy(progress, progress.add_task(clean(text)))
