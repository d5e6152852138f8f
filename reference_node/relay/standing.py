"""Whether the relay's logs may go on, by what witnesses hold of them, asked before the relay listens; and successors.

A database that was restored from a copy lacks what its log has signed since, and only others can tell. Whoever signed
the same log twice is a forger, whatever the cause: so the relay does not start, and the log is followed by a new one
that names it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from reference_node.observe import Log
from reference_node.relay.halts import LogHalts
from reference_node.store.engine import Database
from reference_node.store.log import (
    checkpoint,
    current_origin,
    find_log,
    head_of,
    open_log,
    open_successor,
    refuse_behind,
    sign,
)
from reference_node.witness.evidence import proofs_in
from reference_node.witness.gather import Endpoint, latest_seen
from reference_node.witness.watched import Watchers, counts, identities, watchers
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import (
    LogIdentity,
    Witness,
    Witnesses,
    read_head,
    verify_checkpoint,
    verify_parsed,
    with_cosignatures,
)
from referral_proto.log.head import Head, agency_of, origin_of
from referral_proto.log.note import SignatureLine, VerifierKey, parse_note, render_note
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory

__all__ = ["Sighting", "Successor", "ask", "halts_of", "require_whole", "succeed"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one witness holds of a log: `note`, verified under `log`'s keys; neither if it never saw one, or failed."""

    witness: str
    note: bytes | None = None
    log: LogIdentity | None = None
    failure: ReferralError | None = None


class Successor(NamedTuple):
    """A log that takes the place of `lost`."""

    origin: str
    lost: Head
    opened_at: Moment


def ask(
    endpoints: Sequence[Endpoint], logs: Mapping[str, Sequence[LogIdentity]], seconds: float
) -> dict[str, tuple[Sighting, ...]]:
    """Every witness about every log, all witnesses at once and each within `seconds`. Raises nothing they could cause.

    logs: by origin, all keys under which each may have signed. Whether what they show counts is judged by who asked.
    """
    if not endpoints or not logs:
        return dict.fromkeys(logs, ())

    def one(endpoint: Endpoint) -> dict[str, Sighting]:
        deadline = time.monotonic() + seconds
        return {origin: _sighting(endpoint, keys, deadline) for origin, keys in logs.items()}

    with ThreadPoolExecutor(len(endpoints), thread_name_prefix="sighting") as pool:
        answers = list(pool.map(one, endpoints))
    return {origin: tuple(answer[origin] for answer in answers) for origin in logs}


def require_whole(
    database: Database,
    directory: Directory,
    keys: Mapping[AgencyId, LogKeys],
    at: Moment,
    seconds: float,
    log: Log,
) -> None:
    """Refuse to go on with a log that lacks what it has signed. Said in the log where too few witnesses answer: a relay
    on a bad line must still start, and its witnesses refuse a fork later.

    WorldError log.behind, log.forked, store.*.
    """
    who = watchers(directory, at)
    with database.read() as connection:
        own = {agency: current_origin(connection, agency) for agency in keys}
    asked = {
        origin: _keys_of(directory, agency, origin, keys[agency])
        for agency in keys
        for origin in (own[agency], *_later(directory, agency, own[agency]))
    }
    # The database is read after they answered: another process of this relay may have gone on meanwhile.
    for origin, sightings in ask(who.endpoints, asked, seconds).items():
        answered = [one for one in sightings if one.failure is None]
        if len(answered) < who.quorum:
            log.warning(
                "too few witnesses could be asked about a log", code="witness.too-few", origin=origin,
                count=len(answered),
            )  # fmt: skip
        seen = _counting(answered, who, directory, at)
        for one in answered:
            if one.note is not None and one not in seen:
                log.warning(
                    "a witness shows a checkpoint under keys that ended or leaked", code="trust.log-not-standing",
                    origin=origin, witness=one.witness,
                )  # fmt: skip
        if seen and origin not in own.values():
            raise WorldError("log.behind", origin)
        database.write(lambda connection, o=origin, s=tuple(seen): _whole(connection, o, s))  # type: ignore[misc]


def halts_of(evidence: Path) -> LogHalts:
    """Logs against which a proof was found before: they stay halted, and their successors go on."""
    return LogHalts({proof.origin: "log.forked" for proof in proofs_in(evidence)})


def succeed(
    database: Database, directory: Directory, agency: AgencyId, keys: LogKeys, at: Moment, seconds: float
) -> Successor:
    """Open a new log in the place of the one that was lost, and sign its first checkpoint. Its first event names the
    last head of the old log that witnesses hold; of a log that no witness has seen, the last one here.

    WorldError witness.too-few (nobody can tell what was signed), store.*; CallerError witness.nothing-lost.
    """
    who = watchers(directory, at)
    with database.read() as connection:
        here = current_origin(connection, agency)
    generation = agency_of(max((here, *_later(directory, agency, here)), key=_generation))[1]
    lost: Head | None = None
    while (found := _last_head(database, directory, who, agency, keys, generation, at, seconds)) is not None:
        lost, generation = found, generation + 1
    if lost is None:
        raise CallerError("witness.nothing-lost", agency)
    named = lost

    def work(connection: Connection) -> None:
        sign(connection, open_successor(connection, named, at, generation), keys, at)

    database.write(work)
    return Successor(origin_of(agency, generation), lost, at)


def _last_head(
    database: Database,
    directory: Directory,
    who: Watchers,
    agency: AgencyId,
    keys: LogKeys,
    generation: int,
    at: Moment,
    seconds: float,
) -> Head | None:
    """The last head of that generation that anybody knows; None if it is new."""
    origin = origin_of(agency, generation)
    (sightings,) = ask(who.endpoints, {origin: _keys_of(directory, agency, origin, keys)}, seconds).values()
    if sum(one.failure is None for one in sightings) < who.quorum:
        raise WorldError("witness.too-few", origin)
    counting = _counting(sightings, who, directory, at)
    heads = [read_head(one.note) for one in counting if one.note is not None]
    if heads:
        return max(heads, key=lambda head: head.size)
    with database.read() as connection:
        log_id = find_log(connection, origin)
        if log_id is None or not head_of(connection, log_id).head.size:
            return None
        return read_head(checkpoint(connection, log_id))


def _whole(connection: Connection, origin: str, seen: Iterable[Sighting]) -> None:
    for one in seen:
        if one.log is not None and one.note is not None:
            refuse_behind(connection, open_log(connection, origin), one.log, (one.note,))


def _keys_of(directory: Directory, agency: AgencyId, origin: str, keys: LogKeys) -> tuple[LogIdentity, ...]:
    """The keys of today first; then every other that the records ever named for this log."""
    own = LogIdentity.of(origin, keys)
    return (own, *(one for one in identities(directory, agency, origin) if one != own))


def _counting(sightings: Iterable[Sighting], who: Watchers, directory: Directory, at: Moment) -> list[Sighting]:
    """The sightings that count. Under keys that stand, each alone; under keys that ended or leaked, what a quorum of
    witnesses holds: one of them may lie, and an old key may be in its hands. A witness keeps its own cosignature only,
    so those of all who hold the same head are put together first.
    """
    latest = at.plus(directory.max_skew)
    members = {one.witness.name: one.witness for one in who.endpoints}
    held = [(one, one.note, one.log) for one in sightings if one.note is not None and one.log is not None]
    signed = [(parse_note(note).text, _cosignature(note, log, members[one.witness], latest)) for one, note, log in held]
    counting: list[Sighting] = []
    for one, note, log in held:
        text = parse_note(note).text
        lines = chain.from_iterable(lines for other, lines in signed if other == text)
        if counts(with_cosignatures(_signed_by(note, log.keys), lines), log, directory, at):
            counting.append(one)
    return counting


def _cosignature(data: bytes, log: LogIdentity, witness: Witness, latest: Moment) -> tuple[SignatureLine, ...]:
    """What the witness itself signed; nothing if it does not hold, so that nobody spoils what others signed."""
    note = parse_note(data)
    try:
        if not verify_parsed(note, log, Witnesses((witness,), 1), latest).cosigned:
            return ()
    except (PeerError, CallerError):
        return ()
    known = {(key.name, key.key_id) for key in witness.keys}
    return tuple(line for line in note.lines if (line.name, line.key_id) in known)


def _signed_by(note: bytes, keys: Iterable[VerifierKey]) -> bytes:
    parsed, known = parse_note(note), {(key.name, key.key_id) for key in keys}
    return render_note(parsed.text, tuple(one for one in parsed.lines if (one.name, one.key_id) in known))


def _later(directory: Directory, agency: AgencyId, here: str) -> list[str]:
    """Logs that the records name and that would follow the one in the database."""
    try:
        named = {entry.origin for entry in directory.logs(agency)}
    except PeerError:
        return []
    return sorted(origin for origin in named if _generation(origin) > _generation(here))


def _generation(origin: str) -> int:
    """0 for a log that is none of a relay's."""
    try:
        return agency_of(origin)[1]
    except PeerError:
        return 0


def _sighting(endpoint: Endpoint, keys: Sequence[LogIdentity], deadline: float) -> Sighting:
    name = endpoint.witness.name
    failure: ReferralError = WorldError("witness.timeout", name)
    for log in keys:
        try:
            note = latest_seen(endpoint, log, seconds=deadline - time.monotonic())
            if note is None:
                return Sighting(name)
            verify_checkpoint(note, log)
            return Sighting(name, note, log)
        except PeerError as error:
            failure = error
        except ReferralError as error:
            return Sighting(name, failure=error)
    return Sighting(name, failure=failure)
