"""An invented federation with witnesses, two agencies with their logs, and an exchange between them. Proves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256

from referral_proto.crypto.commitment import commit
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.labels import SEAL
from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.crypto.merkle import BatchTree
from referral_proto.crypto.opening import OpeningKey
from referral_proto.crypto.seal_statement import statement
from referral_proto.flow.evidence.bundle import build_exchange, chosen_records, show_message
from referral_proto.flow.seal import digest_of, leaf_of
from referral_proto.ids import AgencyId, Digest, Leaf, agency_id
from referral_proto.log.acknowledgement import acknowledge
from referral_proto.log.checkpoint import cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.event import delivered, dummy, new_event
from referral_proto.log.event import leaf_of as event_leaf
from referral_proto.log.head import Head, desk_origin
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import inclusion_proof
from referral_proto.model.codes.exchange import ClockKind, MessageKind, Purpose
from referral_proto.model.codes.federation import Mandate, RecordKind
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.control import Clock, Control
from referral_proto.model.envelope import SUITE, Core, Cover, Recipient, Seal, Sender
from referral_proto.model.records import SignedRecord, WitnessEntry
from referral_proto.moment import DAY, Moment
from referral_proto.ports import Proved
from referral_proto.trust.amend import declare_compromise, revoke_keyset
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import approve, found_federation, publish_opening_key, request_enrolment
from referral_proto.trust.logs import log_entry
from referral_proto.trust.signed import record_digest
from referral_proto.wire import decode, encode, encode_section
from tests.log.world import Memory

AT = Moment.parse("2026-11-21T12:00:00Z")
BEFORE = AT.plus(-30 * DAY)
A, B = agency_id("xa.welfare"), agency_id("xb.welfare")
FOUNDERS = (agency_id("xa.founder"), agency_id("xb.founder"))
DUE = AT.plus(2 * DAY)
THREAD = bytes(range(16))
NAMES = ("witness.xa.example", "witness.xb.example", "witness.xc.example")
COUNTRIES = ("xa", "xb", "xc")


def seed(*parts: object) -> bytes:
    return sha256(f"evidence test: {parts}".encode()).digest()


@cache
def signing(agency: str, number: int = 0) -> SigningKeyset:
    return SigningKeyset.from_seeds(agency_id(agency), seed(agency, "ed", number), seed(agency, "ml", number))


@cache
def opening(agency: str) -> OpeningKey:
    return OpeningKey.from_seed(agency_id(agency), seed(agency, "opening"))


@cache
def log_keys(origin: str) -> LogKeys:
    return LogKeys.from_seeds(seed(origin, "ed"), seed(origin, "ml"))


@cache
def witness_keys(name: str, number: int = 0) -> WitnessKeys:
    return WitnessKeys.from_seeds(seed(name, "ed", number), seed(name, "ml", number))


def witness_entry(name: str, country: str, number: int = 0) -> WitnessEntry:
    keys = witness_keys(name, number)
    url = f"https://{name}"
    return WitnessEntry(name=name, country=country, url=url, ed25519=keys.ed25519.data, mldsa44=keys.mldsa44.data)


@cache
def records(name: str = "An invented federation") -> tuple[bytes, ...]:
    """Federation, both agencies, their opening keys."""
    founders = [signing(one) for one in FOUNDERS]
    federation = found_federation(
        name,
        [one.public for one in founders],
        2,
        {country: signing(f"{country}.registrar").public for country in ("xa", "xb")},
        BEFORE,
        *founders,
        witnesses=[witness_entry(*pair) for pair in zip(NAMES, COUNTRIES, strict=True)],
    )
    held = [federation]
    for agency in (A, B):
        request = request_enrolment(
            signing(agency),
            {"en": f"Example {agency}"},
            OrganisationType.NGO,
            (Mandate.SHELTER,),
            agency,
            BEFORE,
            logs=tuple(log_entry(origin, log_keys(origin), BEFORE) for origin in (agency, desk_origin(agency))),
        )
        held.append(approve(request, signing(f"{agency.split('.')[0]}.registrar")))
        held.append(publish_opening_key(signing(agency), opening(agency).public, 0, BEFORE, 90))
    return tuple(held)


def root(held: Sequence[bytes] | None = None) -> Digest:
    signed = decode(SignedRecord, (held or records())[0])
    assert signed.kind is RecordKind.FEDERATION
    return record_digest(signed.kind, signed.record)


@dataclass
class Log:
    """A log with its events, and receipts under its newest checkpoint."""

    origin: str
    tree: Memory = field(default_factory=Memory)
    events: list[bytes] = field(default_factory=list)

    def append(self, *events: bytes) -> int:
        """The index of the first one."""
        at = len(self.events)
        self.events += events
        self.tree.append([event_leaf(one) for one in events])
        return at

    @property
    def head(self) -> Head:
        return Head(self.origin, self.tree.size, self.tree.root)

    def note(self, at: Moment, cosigned: Sequence[Moment | None] = (), number: int = 0) -> bytes:
        """The newest checkpoint, with the witnesses' cosignatures at these times."""
        lines = []
        for name, time in zip(NAMES, cosigned, strict=False):
            if time is not None:
                lines += cosign(self.head, name, witness_keys(name, number), time)
        return with_cosignatures(sign_checkpoint(self.head, log_keys(self.origin), at), lines)

    def receipt(self, index: int, note: bytes) -> bytes:
        return make_receipt(self.events[index], index, inclusion_proof(self.tree, index, self.tree.size), note)


@dataclass(frozen=True)
class Sent:
    """A sealed message as an auditor may see it."""

    cover: bytes
    leaf: Leaf
    salt: bytes
    control: bytes


def send(
    *messages: Control,
    sender: AgencyId = A,
    to: AgencyId = B,
    at: Moment = AT,
    number: int = 0,
    opening_key: bytes | None = None,
) -> list[Sent]:
    """Messages of one batch: cores, commitments and seal are true, what is behind the other commitments is nothing."""
    keys = signing(sender, number)
    made = []
    for place, control in enumerate(messages):
        section = encode_section(control)
        message_id, salt = seed("message", place, section)[:16], seed("salt", place, section)
        core = encode(
            Core(
                suite=SUITE,
                message_id=message_id,
                sender=Sender(agency=sender, keyset=keys.id),
                recipients=(Recipient(agency=to, opening_key=opening_key or opening(to).id),),
                created_at=at,
                expires_at=at.plus(7 * DAY),
                commitments=(commit(message_id, 0, salt, section), *(seed("decoy", one) for one in range(3))),
            )
        )
        digests = seed("rings", place), seed("bodies", place)
        made.append((core, digests, leaf_of(digest_of(core), *digests), salt, section))
    tree = BatchTree([leaf for _, _, leaf, _, _ in made])
    signature = keys.sign(statement(SUITE, tree.depth, keys.id, tree.root), SEAL)
    sent = []
    for core, digests, leaf, salt, section in made:
        index = tree.index_of(leaf)
        seal = Seal(index=index, path=tree.path(index), ed25519=signature.ed25519, mldsa65=signature.mldsa65)
        cover = encode(Cover(core=core, rings_digest=digests[0], bodies_digest=digests[1], seal=seal))
        sent.append(Sent(cover, leaf, salt, section))
    return sent


def request(due: Moment | None = DUE, thread: bytes = THREAD) -> Control:
    clocks = () if due is None else (Clock(kind=ClockKind.DECISION, due_at=due),)
    return Control(kind=MessageKind.OFFER, thread=thread, purpose=Purpose.REFERRAL_OFFER, clocks=clocks)


def answer(about: Leaf, thread: bytes = THREAD) -> Control:
    return Control(kind=MessageKind.ACCEPT, thread=thread, purpose=Purpose.REFERRAL_OFFER, about=(about,))


def deliver(
    log: Log,
    sent: Sent,
    sender: AgencyId = A,
    at: Moment | None = None,
    *,
    claimed: Moment | None = None,
    kind: AcknowledgementKind | None = AcknowledgementKind.RECEIVED,
    cosigned: bool = True,
    number: int = 0,
) -> Proved:
    """One delivery into a log, acknowledged, cosigned by two witnesses of three ten seconds after each."""
    at = at or AT.plus(60)
    agency = AgencyId(log.origin.split("/")[0])

    def times(since: Moment) -> list[Moment | None]:
        return [since.plus(10), None, since.plus(12)] if cosigned else []

    log.append(dummy(at.plus(-60)))
    earlier = log.note(at.plus(-30), times(at.plus(-30)))
    index = log.append(delivered(sent.leaf, sender, agency, opening(agency).id, claimed or at))
    receipt = log.receipt(index, log.note(at, times(at)))
    if kind is None:
        return Proved(receipt, b"", b"", earlier)
    said = acknowledge(signing(agency, number), sent.leaf, sender, kind, at.plus(30))
    log_kind = LogEventKind[kind.name]
    index = log.append(new_event(log_kind, sent.leaf, at.plus(35), sender=sender, recipient=agency))
    return Proved(receipt, said, log.receipt(index, log.note(at.plus(35), times(at.plus(35)))), earlier)


@dataclass
class Exchange:
    """A request, its answer, and what both logs say of them."""

    asked: Sent
    answered: Sent
    there: Proved
    back: Proved

    @classmethod
    def play(cls) -> Exchange:
        (asked,) = send(request())
        (answered,) = send(answer(asked.leaf), sender=B, to=A, at=AT.plus(DAY))
        back = deliver(Log(A), answered, sender=B, at=AT.plus(DAY + 60))
        return cls(asked, answered, deliver(Log(B), asked), back)

    def bundle(self, *claims: bytes, held: Sequence[bytes] | None = None) -> bytes:
        messages = [
            show_message(self.asked.cover, {B: self.there}, (self.asked.salt, self.asked.control)),
            show_message(self.answered.cover, {A: self.back}, (self.answered.salt, self.answered.control)),
        ]
        return build_exchange(messages, held or chosen_records(records(), (A, B)), claims)


@cache
def played() -> Exchange:
    return Exchange.play()


def revoked(at: Moment, compromised: Moment | None = None) -> bytes:
    """The record in which A and its registrar end A's keyset, because it leaked or in good order."""
    history = Directory.fold(records(), root=root()).history(A)
    signers = signing(A), signing("xa.registrar")
    if compromised is None:
        return revoke_keyset(history, signing(A).id, at, *signers)
    return declare_compromise(history, signing(A).id, compromised, A, at, *signers)
