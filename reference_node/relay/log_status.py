"""How the relay's logs stand, for its operator: sizes, trusted time, what each witness holds. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reference_node.relay.standing import Sighting, ask
from reference_node.store.engine import Database
from reference_node.store.log import checkpoint, cosigned_sizes, current_origin, find_log, head_of
from reference_node.witness.watched import identities, watchers
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import read_head
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.notes import judge_note

__all__ = ["LogStatus", "WitnessStatus", "statuses"]


@dataclass(frozen=True, slots=True)
class WitnessStatus:
    """size: of the last checkpoint it holds, 0 if none; None with a `code`."""

    name: str
    size: int | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class LogStatus:
    """enrolled: the agency's record names the log, so that others can verify it. signed_at: of the newest checkpoint,
    the log's word. trusted_time: of the largest checkpoint that the quorum has cosigned, whose size is `cosigned`.
    """

    agency: AgencyId
    origin: str
    size: int
    enrolled: bool
    signed_at: Moment | None
    cosigned: int
    trusted_time: Moment | None
    quorum: int
    witnesses: tuple[WitnessStatus, ...]


def statuses(
    database: Database, directory: Directory, agencies: tuple[AgencyId, ...], at: Moment, seconds: float
) -> Iterator[LogStatus]:
    """One for each agency; `seconds`: how long one witness may take for all of them. Raises WorldError store.*."""
    with database.read() as connection:
        origins = {agency: current_origin(connection, agency) for agency in agencies}
    who = watchers(directory, at)
    known = {origin: identities(directory, agency, origin) for agency, origin in origins.items()}
    seen = ask(who.endpoints, {origin: keys for origin, keys in known.items() if keys}, seconds)
    for agency, origin in origins.items():
        size, notes = _held(database, origin)
        signed_at, cosigned, trusted = _judged(notes, directory, at)
        witnesses = tuple(_witness(one) for one in seen.get(origin, ()))
        yield LogStatus(agency, origin, size, bool(known[origin]), signed_at, cosigned, trusted, who.quorum, witnesses)


def _held(database: Database, origin: str) -> tuple[int, list[bytes]]:
    """The log's size; its newest checkpoint, and the newest that bears cosignatures of as many as ever came."""
    with database.read() as connection:
        number = find_log(connection, origin)
        if number is None:
            return 0, []
        size = head_of(connection, number).head.size
        try:
            newest = checkpoint(connection, number)
        except CallerError:
            return size, []
        return size, [newest, *(checkpoint(connection, number, one) for one in cosigned_sizes(connection, number))]


def _judged(notes: list[bytes], directory: Directory, at: Moment) -> tuple[Moment | None, int, Moment | None]:
    signed_at: Moment | None = None
    for note in notes:
        try:
            found = judge_note(note, directory, at).checkpoint
        except PeerError:
            continue
        signed_at = signed_at or found.signed_at
        if found.trusted_time is not None:
            return signed_at, found.size, found.trusted_time
    return signed_at, 0, None


def _witness(one: Sighting) -> WitnessStatus:
    if one.failure is not None:
        return WitnessStatus(one.witness, None, one.failure.code)
    return WitnessStatus(one.witness, read_head(one.note).size if one.note is not None else 0)
