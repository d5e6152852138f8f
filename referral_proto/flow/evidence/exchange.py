"""Judging the messages of a bundle: E-3 to E-12. Says what each log and each desk proves, and never more.

A message is judged late: by the time by which the quorum had cosigned its first receipt. What an agency, a desk or a
relay says of times is entered as its word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from referral_proto.crypto.commitment import commit
from referral_proto.crypto.memory import SealMemory
from referral_proto.errors import PeerError, ReferralError
from referral_proto.flow.cover import VerifiedCover, verify_cover
from referral_proto.flow.evidence.grounds import Grounds
from referral_proto.flow.evidence.report import Book, Status, Summary, Time
from referral_proto.flow.open import ANSWERS
from referral_proto.ids import AgencyId
from referral_proto.log.acknowledgement import read_acknowledgement, verify_acknowledgement
from referral_proto.log.receipt import Expected, VerifiedReceipt, judge_time, verify_receipt_by
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.control import Control
from referral_proto.model.evidence import EvidenceDelivery, EvidenceMessage, OpenedControl
from referral_proto.model.log import Acknowledgement
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode_section

__all__ = ["WITNESS_DELAY", "Arrival", "Judged", "judge_message", "relate"]

WITNESS_DELAY: Final = 600
"""Seconds that a checkpoint may be on its way to the witnesses while its log grows."""

_PASSED: Final = Status.PASSED
_KINDS: Final = {
    AcknowledgementKind.RECEIVED: LogEventKind.RECEIVED,
    AcknowledgementKind.UNREADABLE: LogEventKind.UNREADABLE,
}


@dataclass(slots=True)
class Arrival:
    """What is proved of one message at one recipient. `by`, `said_by`: trusted times; None where nothing is proved."""

    by: Moment | None = None
    said: Acknowledgement | None = None
    said_by: Moment | None = None


@dataclass(slots=True)
class Judged:
    """A message whose cover reads and verifies. `good`: its sender's key stood without question."""

    message: int
    verified: VerifiedCover
    good: bool = False
    control: Control | None = None
    arrivals: dict[str, Arrival] = field(default_factory=dict)

    @property
    def sender(self) -> AgencyId:
        return AgencyId(self.verified.core.sender.agency)

    @property
    def recipients(self) -> tuple[AgencyId, ...]:
        return tuple(AgencyId(one.agency) for one in self.verified.core.recipients)


class _Place(NamedTuple):
    """Where in the report, and on which grounds."""

    book: Book
    grounds: Grounds
    judged: Judged
    recipient: str

    def enter(self, id_: str, status: Status, code: str = "") -> Status:
        return self.book.enter(id_, status, self.judged.message, self.recipient, code)

    def fail(self, id_: str, error: ReferralError) -> Status:
        return self.book.fail(id_, error, self.judged.message, self.recipient)

    def time(self, what: str, at: Moment, whose: str) -> None:
        self.book.times.append(Time(what, at, whose, self.judged.message, self.recipient))


def judge_message(
    shown: EvidenceMessage, number: int, grounds: Grounds, book: Book, memory: SealMemory
) -> Judged | None:
    """Enter all that one message shows; None if its cover does not verify."""
    try:
        verified = verify_cover(shown.cover, grounds.directory, None, memory)
    except ReferralError as error:
        book.fail("E-3", error, number)
        for delivery in shown.deliveries:
            book.enter("E-5", Status.NOT_REACHED, number, delivery.recipient)
        return None
    judged = Judged(number, verified)
    core = verified.core
    book.times.append(Time("made", core.created_at, core.sender.agency, number))
    times = [
        _judge_delivery(delivery, _Place(book, grounds, judged, delivery.recipient)) for delivery in shown.deliveries
    ]
    first = min((time for time in times if time is not None), default=None)
    standing = grounds.directory.standing(core.sender.agency, core.sender.keyset, first)
    judged.good = book.judge_key("E-3", standing, number) is _PASSED
    if shown.control is None:
        book.enter("E-11", Status.NOT_SHOWN, number)
    else:
        judged.control = _opened(shown.control, judged, book)
    kind = judged.control.kind if judged.control is not None else None
    summary = Summary(number, verified.leaf, judged.sender, judged.recipients, core.created_at, core.expires_at, kind)
    book.summaries.append(summary)
    return judged


def _judge_delivery(delivery: EvidenceDelivery, place: _Place) -> Moment | None:
    """E-4 to E-10 for one recipient; the trusted time of receipt."""
    core, leaf = place.judged.verified.core, place.judged.verified.leaf
    named = next((one for one in core.recipients if one.agency == delivery.recipient), None)
    if named is None:
        place.fail("E-5", PeerError("evidence.recipient"))
        return None
    arrival = place.judged.arrivals[delivery.recipient] = Arrival()
    receipt: VerifiedReceipt | None = None
    if delivery.receipt is None:
        place.enter("E-5", Status.NOT_SHOWN)
    else:
        sender, recipient = place.judged.sender, AgencyId(delivery.recipient)
        expected = Expected(LogEventKind.DELIVERED, leaf, sender, recipient, named.opening_key)
        receipt = _stands("E-5", delivery.receipt, expected, place)
    time = None
    if receipt is not None:
        time = receipt.trusted_time
        _judge_quorum(receipt, "cosigned", place)
        place.time("received by the relay", receipt.event.at, f"relay of {delivery.recipient}")
        if _judge_times(receipt, delivery.earlier_checkpoint, place) is _PASSED:
            arrival.by = time
    _judge_opening_key(named.opening_key, arrival.by, place)
    if delivery.acknowledgement is None:
        place.enter("E-8", Status.NOT_SHOWN)
    else:
        _judge_acknowledgement(delivery.acknowledgement, delivery.acknowledgement_receipt, receipt, arrival, place)
    return time


def _judge_opening_key(key: bytes, taken_by: Moment | None, place: _Place) -> None:
    """E-4. taken_by: the recipient's own log held a message for this key by then; whoever had the recipient's keyset
    only later cannot have made up what stood there before.
    """
    made = place.judged.verified.core.created_at
    found = place.grounds.opening_keys.find(place.recipient, key)
    if found is None:
        place.enter("E-4", Status.NOT_SHOWN)
    elif not found.not_before_at <= made < found.not_after_at:
        place.enter("E-4", Status.FAILED, "admit.opening-key")
    elif found.leaked is None or _before(taken_by, found.leaked.since):
        place.enter("E-4", _PASSED)
    else:
        place.book.judge_key("E-4", found.leaked, place.judged.message, place.recipient)


def _before(one: Moment | None, other: Moment | None) -> bool:
    return one is not None and other is not None and one < other


def _stands(id_: str, data: bytes, expected: Expected, place: _Place) -> VerifiedReceipt | None:
    try:
        receipt = verify_receipt_by(data, expected, place.grounds.of_relay(place.recipient))
    except ReferralError as error:
        place.fail(id_, error)
        return None
    place.enter(id_, _PASSED)
    return receipt


def _judge_quorum(receipt: VerifiedReceipt, what: str, place: _Place) -> None:
    time = receipt.trusted_time
    if time is None:
        place.enter("E-6", Status.INDETERMINATE, "evidence.no-quorum")
        return
    place.enter("E-6", _PASSED)
    place.time(what, time, "quorum of witnesses")


def _judge_times(receipt: VerifiedReceipt, earlier: bytes | None, place: _Place) -> Status:
    core, skew = place.judged.verified.core, place.grounds.directory.max_skew
    at = receipt.event.at
    try:
        before = []
        if earlier is not None:
            found = place.grounds.of_relay(place.recipient)(earlier)
            if found.origin != receipt.checkpoint.origin or found.size > receipt.index:
                raise PeerError("evidence.earlier")
            before = [found]
        after, _ = judge_time(receipt, before, skew, WITNESS_DELAY)
        if at + skew < core.created_at:
            raise PeerError("evidence.too-early")
        if max(at, after) >= core.expires_at:
            raise PeerError("evidence.too-late")
    except ReferralError as error:
        return place.fail("E-7", error)
    if after:
        place.time("not in the log before", after, f"quorum of witnesses, and relay of {place.recipient}")
    return place.enter("E-7", _PASSED)


def _judge_acknowledgement(
    data: bytes, proof: bytes | None, delivered: VerifiedReceipt | None, arrival: Arrival, place: _Place
) -> None:
    judged, directory = place.judged, place.grounds.directory
    recipient = AgencyId(place.recipient)
    try:
        read = read_acknowledgement(data)
        keyset = directory.keyset(recipient, read.signed.keyset)
        said = verify_acknowledgement(read, keyset, judged.verified.leaf, judged.sender, recipient)
    except ReferralError as error:
        place.fail("E-8", error)
        if proof is not None:
            place.enter("E-9", Status.NOT_REACHED)
        return
    time: Moment | None = None
    entered = Status.NOT_SHOWN
    ordered = _PASSED
    if proof is not None:
        expected = Expected(_KINDS[said.kind], judged.verified.leaf, judged.sender, recipient)
        try:
            receipt = verify_receipt_by(proof, expected, place.grounds.of_relay(recipient))
            judge_time(receipt, (), directory.max_skew, WITNESS_DELAY)
        except ReferralError as error:
            entered = place.fail("E-9", error)
        else:
            time = receipt.trusted_time
            entered = _PASSED if time is not None else Status.INDETERMINATE
            place.enter("E-9", entered, "" if time is not None else "evidence.no-quorum")
            ordered = _judge_order(said, receipt, delivered, place)
    else:
        place.enter("E-9", Status.NOT_SHOWN)
    stood = place.book.judge_key(
        "E-8", directory.standing(recipient, read.signed.keyset, time), judged.message, recipient
    )
    place.time(said.kind.name.lower(), said.at, f"desk of {recipient}")
    if time is not None:
        place.time("acknowledgement cosigned", time, "quorum of witnesses")
    if stood is entered is _PASSED and ordered in (_PASSED, Status.NOT_SHOWN):
        arrival.said, arrival.said_by = said, time


def _judge_order(
    said: Acknowledgement, receipt: VerifiedReceipt, delivered: VerifiedReceipt | None, place: _Place
) -> Status:
    """Within one log its order is the order of things; between logs, and beside it, times are compared."""
    skew = place.grounds.directory.max_skew
    late = receipt.trusted_time is not None and said.at > receipt.trusted_time + skew
    early = delivered is not None and (
        said.at + skew < delivered.event.at
        or (receipt.checkpoint.origin == delivered.checkpoint.origin and receipt.index <= delivered.index)
    )
    if late or early:
        return place.fail("E-10", PeerError("evidence.order"))
    return place.enter("E-10", _PASSED if delivered is not None else Status.NOT_SHOWN)


def _opened(shown: OpenedControl, judged: Judged, book: Book) -> Control | None:
    core = judged.verified.core
    try:
        if commit(core.message_id, shown.index, shown.salt, shown.section) != core.commitments[shown.index]:
            raise PeerError("evidence.control")
        control = decode_section(shown.section)
        if not isinstance(control, Control):
            raise PeerError("evidence.control")
    except ReferralError as error:
        book.fail("E-11", error, judged.message)
        return None
    book.enter("E-11", _PASSED, judged.message)
    return control


def relate(messages: Sequence[Judged], book: Book) -> dict[tuple[int, str], list[Judged]]:
    """E-12: which messages are about which others. (message, answering agency) → its answers; what is about a message
    and is no answer by its kind, such as an update, is none.
    """
    by_leaf = {bytes(one.verified.leaf): one for one in messages}
    answers: dict[tuple[int, str], list[Judged]] = {}
    for one in messages:
        if one.control is None or not one.control.about:
            continue
        found = [by_leaf[leaf] for leaf in one.control.about if leaf in by_leaf]
        if not found:
            book.enter("E-12", Status.NOT_SHOWN, one.message)
            continue
        thread = one.control.thread
        if any(
            one.sender not in (*asked.recipients, asked.sender)
            or (one.sender != asked.sender and asked.sender not in one.recipients)
            or (asked.control is not None and asked.control.thread != thread)
            for asked in found
        ):
            book.fail("E-12", PeerError("evidence.unrelated"), one.message)
            continue
        book.enter("E-12", _PASSED, one.message)
        for asked in found:
            if one.sender != asked.sender and one.control.kind in ANSWERS:
                answers.setdefault((asked.message, one.sender), []).append(one)
    return answers
