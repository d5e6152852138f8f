"""Whether a log may go on: it must hold all that it has signed. And how a new one takes the place of a lost one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from reference_node.store.log.journal import append
from reference_node.store.log.tables import log as log_table
from reference_node.store.log.tree import StoredTree, head_of, open_log
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import LogIdentity, verify_checkpoint
from referral_proto.log.event import origin as origin_event
from referral_proto.log.head import Head, agency_of, origin_of
from referral_proto.log.tree import root_at
from referral_proto.moment import Moment

__all__ = ["current_origin", "open_successor", "refuse_behind"]


def current_origin(connection: Connection, agency: AgencyId) -> str:
    """The origin under which the agency's events are logged now: of the logs in this database the last generation,
    or the first if there is none yet.
    """
    kept = log_table.c.origin
    wanted = select(kept).where((kept == agency) | kept.startswith(f"{agency}/", autoescape=True))
    generations = [1]
    for found in connection.scalars(wanted):
        try:
            generations.append(agency_of(found)[1])
        except PeerError:
            continue
    return origin_of(agency, max(generations))


def refuse_behind(connection: Connection, log_id: int, log: LogIdentity, seen: Iterable[bytes]) -> None:
    """Refuse to go on with a log that lacks what it has signed, going by checkpoints that witnesses or peers have seen.

    WorldError log.behind: it is smaller than one of them (a restored backup). WorldError log.forked: it holds something
    else. Only what the log's own keys have signed counts (PeerError as `verify_checkpoint`): no witness can stop a log
    by a claim.
    """
    tree, head = StoredTree(connection, log_id), head_of(connection, log_id).head
    for note in seen:
        known = verify_checkpoint(note, log)
        if known.size > head.size:
            raise WorldError("log.behind", head.origin)
        if root_at(tree, known.size) != known.root:
            raise WorldError("log.forked", head.origin)


def open_successor(connection: Connection, lost: Head, at: Moment, generation: int | None = None) -> int:
    """A new log in the place of `lost`, the last head of the old one that witnesses know; its first event names it.

    generation: of the new log; the next one unless given. A log that witnesses know already is not new: ask them first.
    CallerError log.out-of-range if this database has it and it is not empty.
    """
    agency, last = agency_of(lost.origin)
    if generation is not None and generation <= last:
        raise CallerError("log.out-of-range", "generation")
    log_id = open_log(connection, origin_of(agency, generation or last + 1))
    if head_of(connection, log_id, lock=True).head.size:
        raise CallerError("log.out-of-range", "generation")
    append(connection, log_id, (origin_event(lost, at),))
    return log_id
