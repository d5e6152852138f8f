"""The counter at which logs are asked about: by other relays for heads and proofs, by an agency's own desk for events.

An event is shown to the agency whose log it is in, and to the relay or desk of the envelope's sender; to nobody else.
Whoever reads a proof verifies it; the relay vouches for nothing here that its log has not signed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from sqlalchemy import Connection

from reference_node.observe import Log, told
from reference_node.relay.ledger import Ledger
from reference_node.relay.peers import Peer
from reference_node.relay.trust import Trust
from reference_node.store.log.checkpoints import checkpoint, receipt
from reference_node.store.log.journal import events
from reference_node.store.log.standing import current_origin
from reference_node.store.log.tree import StoredTree
from reference_node.store.relay import ledger as rows
from reference_node.store.relay.ledger import Entry, Key, Standing
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.acknowledgement import ReadAcknowledgement, read_acknowledgement, verify_acknowledgement
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.contradiction import from_heads
from referral_proto.log.event import new_event
from referral_proto.log.head import agency_of, desk_origin, owner_of
from referral_proto.log.tree import consistency_proof, root_at
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.log import WitnessedCheckpoint
from referral_proto.moment import Moment
from referral_proto.ports import MAX_BATCH_BYTES, Clock, Logged, LogPage, Proved
from referral_proto.trust.logs import stood
from referral_proto.trust.notes import judge_note, verify_note
from referral_proto.wire import encode

__all__ = ["MOST_EVENTS", "MOST_SEEN", "ProofCounter"]

MOST_EVENTS: Final = 256
"""In one answer; an event has at most 1,024 bytes."""
MOST_SEEN: Final = 256
"""Checkpoints in one answer."""
_MOST_PROVED: Final = MAX_BATCH_BYTES // 2
"""Bytes in one answer, and what one envelope may add: four notes of at most 256 KiB."""
_K = LogEventKind
_SAID: Final = {AcknowledgementKind.RECEIVED: _K.RECEIVED, AcknowledgementKind.UNREADABLE: _K.UNREADABLE}
_ASKED: Final = (_K.DELIVERED, _K.CONFLICT, *_SAID.values())
_REFUSED: Final = "relay.acknowledgement"


class _Said(NamedTuple):
    """A verified acknowledgement and where it is to stand."""

    key: Key
    kind: LogEventKind
    sender: AgencyId
    data: bytes


class ProofCounter:
    """others: WitnessedCheckpoints of other logs, of the named origins or of all, at most so many. contradicted: keeps
    evidence against a desk's log. Both may be replaced. May be used by several threads.
    """

    def __init__(self, ledger: Ledger, trust: Trust, clock: Clock, log: Log) -> None:
        self._ledger, self._database = ledger, ledger.database
        self._trust, self._clock, self._log = trust, clock, log
        self.others: Callable[[Sequence[str], int], Sequence[bytes]] = lambda *_: ()
        self.contradicted: Callable[[str, bytes], object] = lambda *_: None

    def checkpoint(self, origin: str, size: int | None = None, desk: AgencyId | None = None) -> bytes | None:
        """As LogPost. desk: whose desk asks; of its own log it is told what it had anchored last. Raises WorldError
        store.*.
        """
        with self._database.read() as connection:
            if desk is not None and origin == desk_origin(desk):
                return rows.anchored_note(connection, origin)
            log_id = self._log_of(connection, origin)
            if log_id is None:
                return None
            try:
                return checkpoint(connection, log_id, size)
            except CallerError:
                return None

    def consistency(self, origin: str, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        """As LogPost. Raises PeerError relay.no-log; WorldError store.*."""
        with self._database.read() as connection:
            log_id = self._log_of(connection, origin)
            if log_id is not None and 0 <= first <= second <= rows.size_of(connection, log_id):
                tree = StoredTree(connection, log_id)
                return root_at(tree, first), consistency_proof(tree, first, second)
        raise PeerError("relay.no-log")

    def seen_checkpoints(self, origins: Sequence[str]) -> tuple[bytes, ...]:
        """As LogPost: those that are kept here first. Raises WorldError store.*."""
        own: list[bytes] = []
        with self._database.read() as connection:
            for agency in self._ledger.keys:
                origin = current_origin(connection, agency)
                log_id = rows.log_of(connection, origin) if not origins or origin in origins else None
                if log_id is not None and (found := rows.newest(connection, log_id)) is not None:
                    own.append(encode(WitnessedCheckpoint(checkpoint=found[0], seen_at=found[1])))
        wanted = [origin for origin in origins if _owner(origin) is not None]
        if len(own) < MOST_SEEN and (wanted or not origins):
            own += self.others(wanted, MOST_SEEN - len(own))
        sizes = accumulate(map(len, own))
        return tuple(one for one, size in zip(own[:MOST_SEEN], sizes, strict=False) if size <= _MOST_PROVED)

    def inclusion(self, agency: AgencyId, leaves: Sequence[Leaf], peer: Peer) -> tuple[Proved, ...]:
        """What the agency's log has about envelopes from senders that `peer` speaks for; empty for each of the others,
        and for what finds no room in the answer and is asked about again. Raises WorldError store.*.
        """
        if agency not in self._ledger.keys:
            return (Proved(),) * len(leaves)
        quorum = self._trust.directory.witnesses(self._clock.now()).quorum
        found: list[Proved] = []
        room = _MOST_PROVED
        with self._database.read() as connection:
            places = rows.standing(connection, [_key(agency, kind, leaf) for leaf in leaves for kind in _ASKED])
            for leaf in leaves:
                proved = self._proved(connection, agency, leaf, places, peer, quorum) if room > 0 else Proved()
                room -= _size(proved)
                found.append(proved)
        return tuple(found)

    def _proved(
        self,
        connection: Connection,
        agency: AgencyId,
        leaf: Leaf,
        places: dict[Key, Standing],
        peer: Peer,
        quorum: int,
    ) -> Proved:
        event = places.get(_key(agency, _K.DELIVERED, leaf)) or places.get(_key(agency, _K.CONFLICT, leaf))
        if event is None or not self._speaks_for(peer, event.sender):
            return Proved()
        said = places.get(_key(agency, _K.RECEIVED, leaf)) or places.get(_key(agency, _K.UNREADABLE, leaf))
        return Proved(
            receipt(connection, event.log, event.number, quorum) or b"",
            b"" if said is None else said.said,
            b"" if said is None else receipt(connection, said.log, said.number, quorum) or b"",
            rows.earlier_checkpoint(connection, event.log, event.number, quorum),
        )

    def _speaks_for(self, peer: Peer, sender: str) -> bool:
        if peer.agency is not None:
            return peer.agency == sender
        return peer.operator is not None and self._trust.operator_of(sender) == peer.operator

    def events(self, agency: AgencyId, start: int, limit: int, origin: str | None = None) -> LogPage:
        """As DeskLogPost. Raises WorldError store.*."""
        witnesses = self._trust.directory.witnesses(self._clock.now())
        names = [one.name for one in witnesses.members]
        with self._database.read() as connection:
            if origin is not None and _relays(origin) != agency:
                return LogPage()
            log_id = rows.current(connection, agency) if origin is None else rows.log_of(connection, origin)
            if log_id is None:
                return LogPage()
            page = events(connection, log_id, start, min(limit, MOST_EVENTS) if limit else MOST_EVENTS)
            newest = rows.newest(connection, log_id)
            end = page[-1].number + 1 if page else start
            reached = rows.reached(connection, log_id, end)
            cosigned = rows.cosigned_up_to(connection, log_id, end, names, witnesses.quorum) if names else b""
        shown = tuple(Logged(one.number, one.entry, one.event) for one in page)
        return LogPage(shown, b"" if newest is None else newest[0], reached, cosigned)

    def anchor(self, agency: AgencyId, note: bytes, proof: Sequence[bytes] = ()) -> bytes:
        """As DeskLogPost. A head that does not begin with the one before is refused, and kept if it contradicts it; a
        log may begin anew only under new keys, once the record has ended those of the head before. Raises PeerError
        relay.anchor; WorldError store.*, relay.try-later.
        """
        origin, directory, now = desk_origin(agency), self._trust.directory, self._clock.now()
        with self._database.read() as connection:
            last = rows.anchored_note(connection, origin)
        log = None
        try:
            judged = verify_note(note, directory, now)
            if judged.checkpoint.origin != origin or not stood(judged.entry, now):
                raise PeerError("checkpoint.origin")
            log = judged.log
            over = last is not None and not stood(judge_note(last, directory, now).entry, now)
            return self._ledger.anchor(agency, note, proof, last if over else None)
        except PeerError as error:
            self._log.warning("the head of a desk's log was not taken", agency=agency, **told(error))
            if log is not None and error.code == "log.proof":
                self._contradiction(log, last, note)
        raise PeerError("relay.anchor")

    def _contradiction(self, log: LogIdentity, last: bytes | None, note: bytes) -> None:
        """Keep the two heads if no honest log signs both."""
        try:
            evidence = None if last is None else from_heads(last, note, log)
        except PeerError:
            return  # the log's keys changed in between: each note stands under its own
        if evidence is not None:
            self._log.error("a desk's log contradicts itself", origin=log.origin, code="log.forked")
            self.contradicted(log.origin, evidence)

    def acknowledge(self, agency: AgencyId, acknowledgements: Sequence[bytes]) -> tuple[tuple[bytes, str], ...]:
        """As DeskLogPost. The first of a kind stays; UNREADABLE may become RECEIVED, which nothing takes back.

        Raises WorldError store.*, relay.try-later.
        """
        if not acknowledgements:
            return ()
        if code := self._trust.refusal(agency):
            return tuple((b"", code) for _ in acknowledgements)
        read = [self._read(agency, data) for data in acknowledgements]
        with self._database.read() as connection:
            keys = [_key(agency, _K.DELIVERED, one.said.leaf) for one in read if one is not None]
            delivered = rows.standing(connection, keys)
        verified = [
            None if one is None else self._verified(agency, one, data, delivered)
            for one, data in zip(read, acknowledgements, strict=True)
        ]
        codes: list[str] = []

        def judge(connection: Connection, at: Moment) -> tuple[Sequence[Entry], Sequence[Key | None]]:
            new, wanted = _new(connection, agency, verified, at)
            codes[:] = ["" if key is not None else _REFUSED for key in wanted]
            return new, wanted

        receipts = self._ledger.enter(agency, judge)
        return tuple(zip(receipts, codes, strict=True))

    def _read(self, agency: AgencyId, data: bytes) -> ReadAcknowledgement | None:
        try:
            return read_acknowledgement(data)
        except PeerError as error:
            self._tell(agency, error.code)
            return None

    def _verified(
        self, agency: AgencyId, read: ReadAcknowledgement, data: bytes, delivered: dict[Key, Standing]
    ) -> _Said | None:
        place = delivered.get(_key(agency, _K.DELIVERED, read.said.leaf))
        if place is None:
            self._tell(agency, "acknowledgement.mismatch")
            return None
        sender, leaf, kind = AgencyId(place.sender), Leaf(read.said.leaf), _SAID[read.said.kind]
        try:
            keyset = self._trust.directory.signing_keyset(agency, read.signed.keyset, self._clock.now())
            verify_acknowledgement(read, keyset, leaf, sender, agency)
        except PeerError as error:
            self._tell(agency, error.code)
            return None
        return _Said(_key(agency, kind, leaf), kind, sender, data)

    def _tell(self, agency: AgencyId, code: str) -> None:
        self._log.warning("an acknowledgement was not taken", agency=agency, code=code)

    def _log_of(self, connection: Connection, origin: str) -> int | None:
        """The log with that origin, if it is of an agency that is served here."""
        return rows.log_of(connection, origin) if _owner(origin) in self._ledger.keys else None


def _owner(origin: str) -> AgencyId | None:
    """Whose log it is; None for a text that is no origin, which no database is asked for."""
    try:
        return owner_of(origin)
    except PeerError:
        return None


def _relays(origin: str) -> AgencyId | None:
    """Whose relay's log it is."""
    try:
        return agency_of(origin)[0]
    except PeerError:
        return None


def _new(
    connection: Connection, agency: AgencyId, verified: Sequence[_Said | None], at: Moment
) -> tuple[list[Entry], list[Key | None]]:
    """What is to be entered, and for each acknowledgement the key under which it stands; None is refused."""
    wanted = [_key(agency, kind, Leaf(one.key.subject)) for one in verified if one for kind in _SAID.values()]
    there = set(rows.standing(connection, wanted))
    new: list[Entry] = []
    answers: list[Key | None] = []
    for one in verified:
        if one is None:
            answers.append(None)
            continue
        received = _key(agency, _K.RECEIVED, Leaf(one.key.subject))
        if one.kind is _K.UNREADABLE and received in there and one.key not in there:
            answers.append(None)
            continue
        if one.key not in there:
            event = new_event(one.kind, one.key.subject, at, sender=one.sender, recipient=agency)
            new.append(Entry(one.key, event, str(one.sender), one.data))
            there.add(one.key)
        answers.append(one.key)
    return new, answers


def _key(agency: AgencyId, kind: LogEventKind, leaf: Leaf | bytes) -> Key:
    return Key(str(agency), int(kind), bytes(leaf))


def _size(proved: Proved) -> int:
    parts = (proved.receipt, proved.acknowledgement, proved.acknowledgement_receipt, proved.earlier_checkpoint)
    return sum(map(len, parts))
