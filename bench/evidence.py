"""Evidence beside its raw signature checks: one bundle with nothing remembered, and the bundles of one batch each.

The peer is every Ed25519 and ML-DSA check that one bundle takes, called straight on pyca's keys, loaded beforehand:
seal, acknowledgement, checkpoints with their cosignatures, records with their proofs of possession. It is recorded from
one verification, so that neither side does less than the other. All agencies are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from unittest.mock import patch

from bench.figures import Figure, beside
from bench.samples import Case, Match, take_turns
from referral_proto.crypto import random
from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.crypto.labels import SEAL
from referral_proto.crypto.logkeys import LogKeys, NoteKey, WitnessKeys
from referral_proto.crypto.merkle import BatchTree
from referral_proto.crypto.opening import OpeningKey
from referral_proto.crypto.seal_statement import statement
from referral_proto.flow.evidence.bundle import build_exchange, show_message
from referral_proto.flow.evidence.verify import Auditor, verify_evidence
from referral_proto.flow.seal import digest_of, leaf_of
from referral_proto.ids import Digest, Leaf, agency_id
from referral_proto.log.acknowledgement import acknowledge
from referral_proto.log.checkpoint import cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.event import delivered, dummy, new_event
from referral_proto.log.event import leaf_of as event_leaf
from referral_proto.log.head import Head
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import Place, grow, inclusion_proof
from referral_proto.model.codes.federation import Mandate, RecordKind
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.envelope import SUITE, Core, Cover, Recipient, Seal, Sender
from referral_proto.model.records import SignedRecord, WitnessEntry
from referral_proto.moment import DAY, Moment
from referral_proto.ports import Proved
from referral_proto.trust.issue import approve, found_federation, publish_opening_key, request_enrolment
from referral_proto.trust.logs import identity_of, log_entry
from referral_proto.trust.signed import record_digest
from referral_proto.wire import decode, encode

__all__ = ["measure_evidence"]

AT = Moment.parse("2026-11-21T12:00:00Z")
BEFORE = AT.plus(-30 * DAY)
SENDER, RECIPIENT = agency_id("xa.welfare"), agency_id("xb.welfare")
COUNTRIES = ("xa", "xb", "xc")
SINGLE, EACH = 1.25, 0.25
ROUNDS, QUICK_ROUNDS = 150, 15
CHUNK = 200
"""Bundles that are put together and verified at a time: all of a batch would fill the memory."""


@dataclass(slots=True)
class _Log:
    """The recipient's log, in memory."""

    keys: LogKeys
    witnesses: dict[str, WitnessKeys]
    hashes: dict[Place, bytes]
    events: list[bytes]
    frontier: tuple[bytes, ...] = ()
    root: bytes = b""

    def append(self, events: Sequence[bytes], at: Moment) -> bytes:
        """The checkpoint, cosigned by all witnesses."""
        growth = grow(len(self.events), self.frontier, [event_leaf(one) for one in events])
        self.events += events
        self.frontier, self.root = growth.frontier, growth.root
        for level, start, found in growth.levels:
            self.hashes.update((Place(level, number), one) for number, one in enumerate(found, start))
        head = Head(RECIPIENT, len(self.events), self.root)
        lines = [line for name, keys in self.witnesses.items() for line in cosign(head, name, keys, at.plus(5))]
        return with_cosignatures(sign_checkpoint(head, self.keys, at), lines)

    def nodes(self, places: Sequence[Place]) -> Sequence[bytes]:
        return [self.hashes[place] for place in places]

    def receipt(self, index: int, note: bytes, size: int) -> bytes:
        return make_receipt(self.events[index], index, inclusion_proof(self, index, size), note)


@dataclass(frozen=True, slots=True)
class _Batch:
    """One batch as its log has it; bundles are put together when they are asked for."""

    root: Digest
    records: list[bytes]
    log: _Log
    covers: list[tuple[bytes, Leaf]]
    said: list[bytes]
    earlier: bytes
    first: bytes
    """The checkpoint over all deliveries."""
    second: bytes
    """The checkpoint over all acknowledgements."""

    def bundle(self, number: int) -> bytes:
        count = len(self.covers)
        receipt = self.log.receipt(1 + number, self.first, 1 + count)
        read = self.log.receipt(1 + count + number, self.second, 1 + 2 * count)
        proved = Proved(receipt, self.said[number], read, self.earlier)
        return build_exchange([show_message(self.covers[number][0], {RECIPIENT: proved})], self.records)


def measure_evidence(batch: int, progress: Callable[[float], None], *, quick: bool) -> list[Figure]:
    """A batch of `batch` messages, delivered and acknowledged; a bundle for each."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    made = _batch(batch)
    one = made.bundle(0)
    checks = _recorded(one, made.root)
    auditor = Auditor(made.root, at=AT)
    auditor.verify(one)
    chunk: list[bytes] = []
    start = count(0, CHUNK)

    def raw() -> None:
        for check in checks:
            check()

    def single() -> None:
        assert verify_evidence(one, made.root, at=AT).passed

    def gather() -> None:
        first = next(start)
        chunk[:] = [made.bundle(number % batch) for number in range(first, first + CHUNK)]

    def each() -> None:
        assert all(auditor.verify(bundle).passed for bundle in chunk)

    every = max(1, rounds // 10)
    cases = (
        Case("raw checks of a bundle", raw),
        Case("evidence, nothing remembered", single, prepare=identity_of.cache_clear),
    )
    matches = [
        Match(cases, times=2),
        Match((Case("evidence, each of a batch", each, CHUNK, gather),), times=1, every=every),
    ]
    taken = take_turns(matches, rounds, progress)
    peer = f"its {len(checks)} raw signature checks"
    theirs = taken["raw checks of a bundle"]
    size = f"{len(one):,} bytes"
    return [
        beside("evidence: a bundle alone", taken["evidence, nothing remembered"], peer, theirs, SINGLE, size),
        beside(f"evidence: each of {batch:,}", taken["evidence, each of a batch"], peer, theirs, EACH),
    ]


def _recorded(bundle: bytes, root: Digest) -> list[Callable[[], Any]]:
    """Every signature check of one verification, as calls to pyca."""
    found: list[Callable[[], Any]] = []
    hybrid, plain = VerifyingKeyset.verify, NoteKey.verify

    def verify_hybrid(self: VerifyingKeyset, signed: bytes, label: Any, signature: HybridSignature) -> None:
        hybrid(self, signed, label, signature)
        ed25519, mldsa65 = self._ed25519, self._mldsa65
        found.append(lambda: ed25519.verify(signature.ed25519, signed))
        found.append(lambda: mldsa65.verify(signature.mldsa65, signed, label))

    def verify_plain(self: NoteKey, signed: bytes, signature: bytes) -> None:
        plain(self, signed, signature)
        loaded = self._loaded
        found.append(lambda: loaded.verify(signature, signed))

    with patch.object(VerifyingKeyset, "verify", verify_hybrid), patch.object(NoteKey, "verify", verify_plain):
        assert verify_evidence(bundle, root, at=AT).passed
    return found


def _batch(number: int) -> _Batch:
    founders = [SigningKeyset.create(agency_id(f"{country}.founder")) for country in COUNTRIES]
    registrars = {country: SigningKeyset.create(agency_id(f"{country}.registrar")) for country in COUNTRIES}
    witnesses = {f"witness.{country}.example": WitnessKeys.create() for country in COUNTRIES}
    entries = [
        WitnessEntry(
            name=name,
            country=country,
            url=f"https://{name}",
            ed25519=keys.ed25519.data,
            mldsa44=keys.mldsa44.data,
        )
        for country, (name, keys) in zip(COUNTRIES, witnesses.items(), strict=True)
    ]
    federation = found_federation(
        "An invented one",
        [one.public for one in founders],
        2,
        {country: keys.public for country, keys in registrars.items()},
        BEFORE,
        *founders[:2],
        witnesses=entries,
    )
    keys = {agency: SigningKeyset.create(agency) for agency in (SENDER, RECIPIENT)}
    log = _Log(LogKeys.create(), witnesses, {}, [])
    opening = OpeningKey.create(RECIPIENT)
    records = [federation, publish_opening_key(keys[RECIPIENT], opening.public, 0, BEFORE, 90)]
    for agency, own in keys.items():
        logs = [log_entry(agency, log.keys if agency == RECIPIENT else LogKeys.create(), BEFORE)]
        request = request_enrolment(
            own, {"en": agency}, OrganisationType.NGO, (Mandate.SHELTER,), agency, BEFORE, logs=logs
        )
        records.append(approve(request, registrars[agency[:2]]))
    covers = _covers(keys[SENDER], opening, number)
    earlier = log.append([dummy(AT)], AT)
    at = AT.plus(60)
    came = [delivered(leaf, SENDER, RECIPIENT, opening.id, at) for _, leaf in covers]
    first = log.append(came, at)
    said = [acknowledge(keys[RECIPIENT], leaf, SENDER, AcknowledgementKind.RECEIVED, at.plus(30)) for _, leaf in covers]
    read = [
        new_event(LogEventKind.RECEIVED, leaf, at.plus(35), sender=SENDER, recipient=RECIPIENT) for _, leaf in covers
    ]
    second = log.append(read, at.plus(35))
    signed = decode(SignedRecord, federation)
    root = record_digest(RecordKind.FEDERATION, signed.record)
    return _Batch(root, records, log, covers, said, earlier, first, second)


def _covers(keys: SigningKeyset, opening: OpeningKey, count: int) -> list[tuple[bytes, Leaf]]:
    """Covers of one batch; what is behind their digests and commitments is nothing."""
    made = []
    for _ in range(count):
        core = encode(
            Core(
                suite=SUITE,
                message_id=random.token(16),
                sender=Sender(agency=SENDER, keyset=keys.id),
                recipients=(Recipient(agency=RECIPIENT, opening_key=opening.id),),
                created_at=AT,
                expires_at=AT.plus(7 * DAY),
                commitments=tuple(random.token(32) for _ in range(4)),
            )
        )
        digests = random.token(32), random.token(32)
        made.append((core, digests, leaf_of(digest_of(core), *digests)))
    tree = BatchTree([leaf for _, _, leaf in made])
    signature = keys.sign(statement(SUITE, tree.depth, keys.id, tree.root), SEAL)
    covers = []
    for core, digests, leaf in made:
        place = tree.index_of(leaf)
        seal = Seal(index=place, path=tree.path(place), ed25519=signature.ed25519, mldsa65=signature.mldsa65)
        covers.append((encode(Cover(core=core, rings_digest=digests[0], bodies_digest=digests[1], seal=seal)), leaf))
    return covers
