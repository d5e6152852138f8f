"""What is printed: figures with their peers, limits and verdicts, as a table for people and as JSON. Measures nothing.

Verdicts rest on medians: half of all calls are faster. Means and trimmed means (without the highest and the lowest
tenth) stand beside them, since a tail on one side only would be a fault that a median hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.samples import Samples, trimmed

__all__ = ["Figure", "batch_beside_signature", "beside", "beside_with_signature", "plain", "table"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `ratio` is judged against `limit`; without a limit there is no verdict."""

    name: str
    unit: str
    mean: float
    median: float
    peer: str = ""
    peer_mean: float | None = None
    peer_median: float | None = None
    ratio: float | None = None
    ratio_of_trimmed: float | None = None
    ratio_of_means: float | None = None
    limit: float | None = None
    samples: int = 0
    note: str = ""

    @property
    def passed(self) -> bool | None:
        """None where there is nothing to pass."""
        return None if self.limit is None or self.ratio is None else self.ratio <= self.limit

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"passed": self.passed}


def beside(name: str, ours: Samples, peer: str, theirs: Samples, limit: float | None, note: str = "") -> Figure:
    """Ours beside a peer, both in microseconds per message."""
    return Figure(
        name,
        "µs",
        ours.mean,
        ours.median,
        peer,
        theirs.mean,
        theirs.median,
        ours.median / theirs.median,
        ours.trimmed / theirs.trimmed,
        ours.mean / theirs.mean,
        limit,
        len(ours.values),
        note,
    )


def batch_beside_signature(name: str, ours: Samples, peer: str, theirs: Samples, limit: float) -> Figure:
    """A batch, whose signature all share, beside a peer that signs once for itself: charged its mean, not its luck."""
    signature = trimmed(theirs.aside)
    rest = theirs.rest
    figure = asdict(beside(name, ours, peer, theirs, limit))
    figure["ratio"] = ours.median / (rest.median + signature)
    figure["ratio_of_trimmed"] = ours.trimmed / (rest.trimmed + signature)
    return Figure(**figure)


def beside_with_signature(name: str, ours: Samples, peer: str, theirs: Samples, limit: float) -> Figure:
    """The same where both sides sign with ML-DSA: both are charged one and the same mean time for it.

    Rejection sampling makes the time of a signature vary by about its own size, by lot alone. The lots of both sides
    are put together; what is compared is everything else.
    """
    signature = trimmed(ours.aside + theirs.aside)
    rest, peer_rest = ours.rest, theirs.rest
    figure = asdict(beside(name, ours, peer, theirs, limit))
    figure["ratio"] = (rest.median + signature) / (peer_rest.median + signature)
    figure["ratio_of_trimmed"] = (rest.trimmed + signature) / (peer_rest.trimmed + signature)
    figure["note"] = (
        f"ML-DSA signature {signature:.0f} µs charged to both; all the rest {rest.median:.0f} beside"
        f" {peer_rest.median:.0f} µs; the third ratio is of plain means, luck included"
    )
    return Figure(**figure)


def plain(name: str, ours: Samples, note: str = "") -> Figure:
    """A figure without a peer."""
    return Figure(name, "µs", ours.mean, ours.median, samples=len(ours.values), note=note)


HEAD = ("figure", "mean", "median", "beside", "mean", "median", "ratio", "trimmed", "means", "limit", "")
LEFT = (0, 3, 10)


def table(figures: Sequence[Figure]) -> str:
    """Columns as wide as they need to be; notes stand under their lines."""
    rows = [HEAD, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines: list[str] = []
    for at, row in enumerate(rows):
        cells = [
            cell.ljust(width) if column in LEFT else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
        if at and figures[at - 1].note:
            lines.append(f"    {figures[at - 1].note}")
    return "\n".join(lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        _number(figure.mean, figure.unit),
        _number(figure.median, figure.unit),
        figure.peer,
        _number(figure.peer_mean, figure.unit),
        _number(figure.peer_median, figure.unit),
        _ratio(figure.ratio),
        _ratio(figure.ratio_of_trimmed),
        _ratio(figure.ratio_of_means),
        "" if figure.limit is None else f"≤ {figure.limit:.2f}",
        {None: "", True: "pass", False: "MISSED"}[figure.passed],
    )


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:,.0f} {unit}" if value >= 1000 or unit == "B" else f"{value:.1f} {unit}"


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
