"""Explaining the events of the relay's log by what this desk knows: what came, what it said, what it made. Reads only.

| event                | is explained by                                                                       |
|----------------------|---------------------------------------------------------------------------------------|
| DELIVERED            | an envelope that came, with that sender and opening key; one event for each envelope  |
| RECEIVED, UNREADABLE | an acknowledgement that this desk signed                                              |
| OPENING_KEY          | a key that this desk has held                                                         |
| ANCHORED             | a head of the access log that this desk signed                                        |
| ORIGIN               | the first event of a log that takes the place of another one, at its last known head  |
| CONFLICT             | the envelope that stood before, which came from the same sender                       |
| DUMMY                | itself                                                                                |

An event may come a moment before its envelope: it waits, everything else is an alarm at once. So is an event
without its preimage, of a kind that a relay does not log, about another agency, or from long before the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from reference_node.store.desk.audits import AuditBook
from reference_node.store.desk.proving import AuditView, HandedRow
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.checkpoint import read_head
from referral_proto.log.event import entry_of
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.log import LogEvent
from referral_proto.moment import MINUTE, Moment
from referral_proto.ports import Logged
from referral_proto.wire.codec import decode

__all__ = ["ACKNOWLEDGED_AS", "BACK", "Explained", "explain_events", "explained_by", "explains"]

BACK: Final = 10 * MINUTE
"""Seconds that an event may be older than the one before: several processes of a relay have several clocks."""
_K = LogEventKind
_ACKNOWLEDGED: Final = {
    _K.RECEIVED: AcknowledgementKind.RECEIVED,
    _K.UNREADABLE: AcknowledgementKind.UNREADABLE,
}
ACKNOWLEDGED_AS: Final = {said: kind for kind, said in _ACKNOWLEDGED.items()}
"""What a desk says → the event that its relay enters for it."""


@dataclass(slots=True)
class Explained:
    """What became of events. event_at: time of the last one. waiting: those whose envelope has not come, with its leaf,
    index and event. wrong: index, code and event.
    """

    event_at: Moment
    explained: list[tuple[Leaf, int]] = field(default_factory=list)
    acknowledged: list[tuple[Leaf, AcknowledgementKind, int]] = field(default_factory=list)
    anchored: list[tuple[Leaf, int]] = field(default_factory=list)
    waiting: list[tuple[Leaf, int, bytes]] = field(default_factory=list)
    wrong: list[tuple[int, str, bytes]] = field(default_factory=list)


def explain_events(
    page: Sequence[Logged], agency: AgencyId, origin: str, before: Moment, lost: AuditView | None, book: AuditBook
) -> Explained:
    """Judge one page. before: time of the last event before it. lost: the log that this one takes the place of."""
    found = Explained(event_at=before)
    read: list[tuple[Logged, LogEvent]] = []
    for one in page:
        event = _read(one)
        if event is None:
            found.wrong.append((one.index, "audit.event", one.event or b""))
            continue
        if event.at < found.event_at - BACK:
            found.wrong.append((one.index, "audit.time", one.event or b""))
        found.event_at = Moment(max(event.at, found.event_at))
        read.append((one, event))
    known = _Known(agency, origin, lost, read, book)
    for one, event in read:
        assert one.event is not None
        code = known.judge(event, one.index)
        if code == _WAITS:
            found.waiting.append((explained_by(event), one.index, one.event))
        elif code:
            found.wrong.append((one.index, code, one.event))
        elif event.kind is _K.DELIVERED:
            found.explained.append((Leaf(event.subject), one.index))
        elif event.kind is _K.ANCHORED:
            found.anchored.append((Leaf(event.subject), one.index))
        elif event.kind in _ACKNOWLEDGED:
            found.acknowledged.append((Leaf(event.subject), _ACKNOWLEDGED[event.kind], one.index))
    return found


def explained_by(event: LogEvent) -> Leaf:
    """The envelope that explains a DELIVERED or a CONFLICT."""
    return Leaf(event.subject if event.related is None else event.related)


def explains(came: HandedRow, event: LogEvent, origin: str, place: int) -> bool:
    """Whether an envelope that came is the one that the event tells of."""
    if event.kind is _K.CONFLICT:
        return came.sender == event.sender and event.related != event.subject
    once = came.place is None or (came.origin, came.place) == (origin, place) or came.origin != origin
    key = came.opening_key is None or came.opening_key == event.opening_key
    return once and key and came.sender == event.sender


_WAITS: Final = "waits"
_UNEXPLAINED: Final = "audit.unexplained"
_ENVELOPES: Final = frozenset({_K.DELIVERED, _K.CONFLICT})


class _Known:
    """What this desk knows of the things that a page speaks of, looked up at once."""

    def __init__(
        self,
        agency: AgencyId,
        origin: str,
        lost: AuditView | None,
        read: Sequence[tuple[Logged, LogEvent]],
        book: AuditBook,
    ) -> None:
        def subjects(*kinds: LogEventKind) -> list[bytes]:
            return [event.subject for _, event in read if event.kind in kinds]

        self._agency, self._origin, self._lost = agency, origin, lost
        self._came = book.known([explained_by(event) for _, event in read if event.kind in _ENVELOPES])
        self._said = book.own_acknowledgements(subjects(*_ACKNOWLEDGED))
        self._heads = book.own_heads(subjects(_K.ANCHORED))
        self._keys = book.own_openings([event.opening_key for _, event in read if event.opening_key is not None])
        self._told: set[bytes] = set()

    def judge(self, event: LogEvent, index: int) -> str:
        """The code of what is wrong with it, `_WAITS`, or nothing."""
        kind = event.kind
        if kind in {_K.DELIVERED, _K.CONFLICT, *_ACKNOWLEDGED} and event.recipient != self._agency:
            return "audit.foreign"
        if kind in {_K.OPENING_KEY, _K.ANCHORED, _K.ORIGIN} and event.sender != self._agency:
            return "audit.foreign"
        if kind in _ACKNOWLEDGED:
            return "" if (event.subject, _ACKNOWLEDGED[kind]) in self._said else "audit.foreign"
        simple = {
            _K.DUMMY: "",
            _K.OPENING_KEY: "" if event.opening_key in self._keys else "audit.opening-key",
            _K.ANCHORED: "" if event.subject in self._heads else "audit.foreign",
        }
        if kind in simple:
            return simple[kind]
        if kind is _K.DELIVERED:
            return self._delivered(event, index)
        if kind is _K.CONFLICT:
            first = self._came.get(explained_by(event))
            return _WAITS if first is None else "" if explains(first, event, self._origin, index) else _UNEXPLAINED
        return self._origin_of(event, index) if kind is _K.ORIGIN else "audit.event"

    def _delivered(self, event: LogEvent, index: int) -> str:
        came, again = self._came.get(event.subject), event.subject in self._told
        self._told.add(event.subject)
        if came is None:
            return _UNEXPLAINED if again else _WAITS
        return "" if not again and explains(came, event, self._origin, index) else _UNEXPLAINED

    def _origin_of(self, event: LogEvent, index: int) -> str:
        lost = self._lost
        expected = lost is not None and lost.note != b"" and event.subject == read_head(lost.note).digest()
        return "" if index == 0 and expected else "audit.origin"


def _read(one: Logged) -> LogEvent | None:
    """The event, if it is there and is the one that was logged."""
    if one.event is None or entry_of(one.event) != one.entry:
        return None
    try:
        return decode(LogEvent, one.event)
    except PeerError:
        return None
