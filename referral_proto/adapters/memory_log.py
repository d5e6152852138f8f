"""The in-memory twin of an agency's log: real events, tree, checkpoints and receipts; nothing durable, no database.

One event for each kind and subject, as in a relay. Not for threads: `MemoryPost` has a lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import PeerError
from referral_proto.log.checkpoint import cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.event import entry_of
from referral_proto.log.head import Head
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import Place, consistency_proof, grow, inclusion_proof, root_at
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import Moment
from referral_proto.ports import Logged, LogPage

__all__ = ["MemoryLog", "Stands"]


class Stands(NamedTuple):
    """Where an event stands, who sent what it is about, and what a desk has signed."""

    number: int
    sender: str
    said: bytes


class MemoryLog:
    """keys: what it signs with; new ones unless given."""

    def __init__(self, origin: str, keys: LogKeys | None = None) -> None:
        self.origin, self.keys = origin, keys or LogKeys.create()
        self.events: list[bytes] = []
        self.checkpoints: dict[int, bytes] = {}
        self.cosigned: set[int] = set()
        self._places: dict[tuple[LogEventKind, bytes], Stands] = {}
        self._hashes: dict[Place, bytes] = {}
        self._edge: Sequence[bytes] = ()
        self._signed_at = Moment(0)

    def nodes(self, places: Sequence[Place]) -> Sequence[bytes]:
        """As NodeReader."""
        return [self._hashes[place] for place in places]

    def find(self, kind: LogEventKind, subject: bytes) -> Stands | None:
        """Where the event of that kind about `subject` stands."""
        return self._places.get((kind, bytes(subject)))

    def enter(
        self, kind: LogEventKind, subject: bytes, event: bytes, at: Moment, sender: str = "", said: bytes = b""
    ) -> Stands:
        """Append an event and sign, unless there is one; where it stands."""
        if (found := self.find(kind, subject)) is not None:
            return found
        growth = grow(len(self.events), self._edge, [leaf_hash(entry_of(event))])
        for level, start, hashes in growth.levels:
            self._hashes.update({Place(level, number): one for number, one in enumerate(hashes, start)})
        self._edge = growth.frontier
        self.events.append(event)
        self._signed_at = Moment(max(at, self._signed_at))
        head = Head(self.origin, growth.size, growth.root)
        self.checkpoints[growth.size] = sign_checkpoint(head, self.keys, self._signed_at)
        stands = self._places[kind, bytes(subject)] = Stands(growth.size - 1, sender, said)
        return stands

    def witness(self, witnesses: Mapping[str, WitnessKeys], at: Moment) -> None:
        """Have the newest checkpoint cosigned."""
        size = len(self.events)
        if size:
            head = Head(self.origin, size, root_at(self, size))
            lines = [line for name, keys in witnesses.items() for line in cosign(head, name, keys, at)]
            self.checkpoints[size] = with_cosignatures(self.checkpoints[size], lines)
            self.cosigned.add(size)

    def checkpoint(self, size: int | None = None) -> bytes | None:
        """As LogPost."""
        return self.checkpoints.get(len(self.events) if size is None else size)

    def receipt(self, stands: Stands, *, cosigned: bool = False) -> bytes:
        """Under the newest checkpoint, or the first that witnesses have cosigned if there is one."""
        sizes = [size for size in sorted(self.cosigned) if size > stands.number] if cosigned else []
        size = sizes[0] if sizes else len(self.events)
        path = inclusion_proof(self, stands.number, size)
        return make_receipt(self.events[stands.number], stands.number, path, self.checkpoints[size])

    def earlier(self, stands: Stands) -> bytes:
        """The largest cosigned checkpoint that does not hold the event."""
        sizes = [size for size in self.cosigned if size <= stands.number]
        return self.checkpoints[max(sizes)] if sizes else b""

    def consistency(self, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        """As LogPost."""
        if not 0 <= first <= second <= len(self.events):
            raise PeerError("relay.no-log")
        return root_at(self, first), consistency_proof(self, first, second)

    def page(self, start: int, limit: int) -> LogPage:
        """As DeskLogPost."""
        shown = list(enumerate(self.events[start : start + limit], start))
        end = start + len(shown)
        reached = b"" if end >= len(self.events) else self.checkpoints.get(end, b"")
        sizes = [size for size in self.cosigned if size <= end]
        cosigned = self.checkpoints[max(sizes)] if sizes else b""
        logged = tuple(Logged(index, entry_of(event), event) for index, event in shown)
        return LogPage(logged, self.checkpoint() or b"", reached, cosigned)
