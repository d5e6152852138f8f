"""What each party can see, found out by looking: with that party's own files, keys and records, and nothing else.

Relays and the auditor get what passed through their hands and every key that lies in their folder, and try. Desks are
asked through their own service. A cell of the table is what was found there; none is written down beforehand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reference_node.demo.exchange import Passage
from reference_node.demo.search import Searcher
from reference_node.demo.stage import KH, TH, Stage
from reference_node.rpc.desk_client import DeskClient
from referral_proto import (
    AgencyId,
    Leaf,
    Moment,
    OpeningKey,
    OpeningKeyId,
    ReferralError,
    admit,
    decode,
    unseal,
    verify_cover,
)
from referral_proto.adapters import load_directory, load_opening_key
from referral_proto.flow.cover import read_core
from referral_proto.model.envelope import Core, Cover, Envelope

__all__ = ["PARTIES_SEEING", "Row", "Sight", "Sights", "auditor_sight", "desk_sight", "relay_sight", "rows"]

PARTIES_SEEING: Final = ("Thai desk", "Thai relay", "Cambodian relay", "Cambodian desk", "auditor")
"""The columns, in the order in which a referral passes them."""
YES, PARTLY, NO = "yes", "partly", "no"


@dataclass(frozen=True, slots=True)
class Sight:
    """What one party can read, as bytes to search. `genuine`: how many of the messages it could verify by itself."""

    reading: bytes = field(repr=False)
    genuine: int
    parts: int
    """Padded parts that it can count in the message that carries the identity; 0 if it cannot."""
    size: int
    """Bytes of that message, if it can tell; else 0."""


Sights = Mapping[str, Sight]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what may be seen, and each party's cell, in the order of PARTIES_SEEING."""

    what: str
    cells: tuple[str, ...]


def relay_sight(stage: Stage, relay: AgencyId, passed: Mapping[Leaf, bytes], identity: Leaf, at: Moment) -> Sight:
    """A relay's: its whole folder, the envelopes that passed, its records, and every key file it has."""
    folder = stage.half(relay, "relay")
    directory, keys = load_directory(folder / "records"), _opening_keys(folder, stage.passphrase)
    disk = _disk(folder)
    # An envelope counts only if the relay's own disk shows that it was there.
    handled = {leaf: envelope for leaf, envelope in passed.items() if bytes(leaf) in disk}
    reading, genuine = [disk], 0
    for envelope in handled.values():
        core = read_core(decode(Envelope, envelope).core)
        reading.append(_outside(core, len(envelope)))
        recipient = AgencyId(core.recipients[0].agency)
        try:
            admitted = admit(envelope, recipient, directory, at)
            genuine += 1
            reading += [one.section for one in unseal(admitted, keys).sections]
        except ReferralError:
            continue
    whole = handled.get(identity)
    parts = len(read_core(decode(Envelope, whole).core).commitments) if whole else 0
    return Sight(b"\n".join(reading), genuine, parts, len(whole or b""))


def auditor_sight(stage: Stage, identity: Leaf, at: Moment) -> Sight:
    """The auditor's: covers and records."""
    directory = load_directory(stage.auditor / "records")
    reading, genuine, parts = [_disk(stage.auditor)], 0, 0
    for file in sorted((stage.auditor / "covers").iterdir()):
        cover = file.read_bytes()
        reading.append(_outside(read_core(decode(Cover, cover).core), 0))
        try:
            verified = verify_cover(cover, directory, at)
        except ReferralError:
            continue
        genuine += 1
        if verified.leaf == identity:
            parts = len(verified.core.commitments)
    return Sight(b"\n".join(reading), genuine, parts, 0)


def desk_sight(
    stage: Stage, agency: AgencyId, desk: DeskClient, leaves: Iterable[Leaf], identity: Leaf, own: bytes = b""
) -> Sight:
    """A desk's: what its service shows of every message, and the case file that its caseworker wrote (`own`).

    The service verifies a message each time it shows it.
    """
    reading, genuine, parts, size = [_disk(stage.half(agency, "desk")), own], 0, 0, 0
    for leaf in leaves:
        shown, envelope = desk.show(leaf), desk.export(leaf)
        core = read_core(decode(Envelope, envelope).core)
        genuine += 1
        reading += [_outside(core, len(envelope)), shown.control, *(one.json for one in shown.sections)]
        if leaf == identity:
            parts, size = len(core.commitments), len(envelope)
    return Sight(b"\n".join(reading), genuine, parts, size)


def rows(
    sights: Sights, words: Searcher, withheld: Searcher, passages: Sequence[Passage], preview: Sequence[str]
) -> tuple[Row, ...]:
    """The table. `words`: what the sections that were sent tell; `withheld`: what those tell that were not; `preview`:
    codes of the preview.
    """
    who = [TH.encode(), KH.encode(), *(_iso(one) for one in passages)]
    why = [one.kind.name.encode() for one in passages] + [one.purpose.name.encode() for one in passages]
    return (
        _row("who wrote to whom, and when", sights, lambda sight: _share(who, sight.reading)),
        _row("size of the message with the identity", sights, _size),
        _row(
            "that messages are genuine (both signatures)", sights, lambda sight: f"{sight.genuine} of {len(passages)}"
        ),
        _row("what kind of message, and for what purpose", sights, lambda sight: _share(why, sight.reading)),
        _row(
            "the preview: age group, country, needs",
            sights,
            lambda sight: _share([one.encode() for one in preview], sight.reading),
        ),
        _row("name, birth date, document numbers", sights, lambda sight: _found(words, sight.reading)),
        _row("family, health, the story", sights, lambda sight: _found(withheld, sight.reading)),
    )


def _row(what: str, sights: Sights, look: Callable[[Sight], str]) -> Row:
    return Row(what, tuple(look(sights[party]) for party in PARTIES_SEEING))


def _size(sight: Sight) -> str:
    return f"{sight.size:,} B" if sight.size else f"{sight.parts} parts" if sight.parts else NO


def _share(probes: Sequence[bytes], reading: bytes) -> str:
    found = sum(probe in reading for probe in probes)
    return YES if found == len(probes) else PARTLY if found else NO


def _found(words: Searcher, reading: bytes) -> str:
    found = len(words.in_bytes(reading))
    return YES if found == len(words.words) else PARTLY if found else NO


def _iso(passage: Passage) -> bytes:
    return passage.shown.message.created_at.iso().encode()


def _outside(core: Core, size: int) -> bytes:
    """What the outside of an envelope or a cover says, as text."""
    return json.dumps(
        {
            "sender": core.sender.agency,
            "recipients": [one.agency for one in core.recipients],
            "created_at": core.created_at.iso(),
            "expires_at": core.expires_at.iso(),
            "parts": len(core.commitments),
            "bytes": size,
        }
    ).encode()


def _disk(folder: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def _opening_keys(folder: Path, passphrase: str) -> dict[OpeningKeyId, OpeningKey]:
    """Every opening key in the folder, whatever its name; other key files are not one."""
    found: dict[OpeningKeyId, OpeningKey] = {}
    for file in sorted(folder.rglob("*.key")):
        try:
            key = load_opening_key(file, passphrase)
        except ReferralError:
            continue
        found[key.id] = key
    return found
