"""Receipts prove one event in one log and nothing else: another leaf, place, size, origin or recipient is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import Checkpoint, LogIdentity, Witnesses, verify_checkpoint
from referral_proto.log.event import anchored, conflict, delivered, dummy, entry_of, join, leaf_of, origin, split, veil
from referral_proto.log.receipt import Expected, VerifiedReceipt, judge_time, make_receipt, seen_since, verify_receipt
from referral_proto.log.tree import inclusion_proof
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import LogEvent, Receipt
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode, encode
from tests.log.world import (
    AT,
    KEYS,
    LOG,
    MEMBERS,
    OPENING_KEY,
    OTHER_KEYS,
    RECIPIENT,
    SENDER,
    WITNESSES,
    Memory,
    cosigned,
    event,
    head,
    leaves,
    note,
)

INDEX, SIZE = 5, 11
EVENTS = [event(number) for number in range(SIZE)]
TREE = Memory([leaf_of(found) for found in EVENTS])
SUBJECT = decode(LogEvent, EVENTS[INDEX]).subject
EXPECTED = Expected(LogEventKind.DELIVERED, SUBJECT, SENDER, RECIPIENT, OPENING_KEY)
PATH = inclusion_proof(TREE, INDEX, SIZE)
NOTE = cosigned(TREE, (AT.plus(3), AT.plus(7)))
GOOD = make_receipt(EVENTS[INDEX], INDEX, PATH, NOTE)


def refused(receipt: bytes, expected: Expected = EXPECTED, log: LogIdentity = LOG) -> str:
    with pytest.raises(PeerError) as caught:
        verify_receipt(receipt, expected, log, WITNESSES)
    return caught.value.code


def changed(**fields: Any) -> bytes:
    return encode(decode(Receipt, GOOD).model_copy(update=fields))


def test_a_cosigned_receipt_proves_its_event_and_bears_trusted_time() -> None:
    found = verify_receipt(GOOD, EXPECTED, LOG, WITNESSES)
    assert (found.index, found.leaf, found.checkpoint.size) == (INDEX, leaf_of(EVENTS[INDEX]), SIZE)
    assert found.event.recipient == RECIPIENT and found.event.at == AT
    assert not found.provisional and found.trusted_time == AT.plus(7)


@pytest.mark.req("LOG-14")
@pytest.mark.parametrize("times", [(), (AT,)])
def test_below_the_quorum_a_receipt_is_provisional(times: tuple[Moment, ...]) -> None:
    found = verify_receipt(changed(checkpoint=cosigned(TREE, times)), EXPECTED, LOG, WITNESSES)
    assert found.provisional and found.trusted_time is None


def test_a_later_checkpoint_proves_the_same_event() -> None:
    later = Memory([leaf_of(found) for found in EVENTS] + list(leaves(300)))
    for size in (SIZE, 12, 16, 17, 256, 311):
        tree = Memory([leaf_of(found) for found in EVENTS] + list(leaves(300)[: size - SIZE]))
        receipt = make_receipt(EVENTS[INDEX], INDEX, inclusion_proof(later, INDEX, size), note(tree))
        assert verify_receipt(receipt, EXPECTED, LOG, WITNESSES).checkpoint.size == size


@pytest.mark.req("LOG-12")
@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("kind", LogEventKind.RECEIVED),
        ("subject", bytes(32)),
        ("sender", AgencyId("la.example-police")),
        ("recipient", AgencyId("vn.example-shelter")),
        ("opening_key", bytes(32)),
    ],
)
def test_a_receipt_for_something_else_is_refused(field: str, other: Any) -> None:
    assert refused(GOOD, replace(EXPECTED, **{field: other})) == "receipt.mismatch"


def test_a_receipt_of_another_recipients_log_is_refused() -> None:
    """One relay keeps the logs of two tenants and hands out the wrong one's receipt."""
    tenant = LogIdentity.of("kh.example-shelter", KEYS)
    assert refused(GOOD, log=tenant) == "checkpoint.origin"
    assert refused(GOOD, log=LogIdentity.of(RECIPIENT, OTHER_KEYS)) == "note.unsigned"
    # A true proof in the tenant's own log for an event that names another recipient.
    elsewhere = note(TREE, origin="kh.example-shelter")
    assert refused(changed(checkpoint=elsewhere)) == "checkpoint.origin"
    expected = replace(EXPECTED, recipient=AgencyId("kh.example-shelter"))
    assert refused(changed(checkpoint=elsewhere), expected, tenant) == "receipt.mismatch"


@given(st.integers(0, 40), st.integers(1, 40))
def test_no_other_place_or_size_verifies(index: int, size: int) -> None:
    if index != INDEX:
        assert refused(changed(index=index)) == "log.proof"
    if size != SIZE:
        assert refused(changed(checkpoint=note(Memory(leaves(size))))) == "log.proof"
        grown = Memory([leaf_of(found) for found in [*EVENTS, *EVENTS, *EVENTS, *EVENTS][:size]])
        assert refused(changed(checkpoint=note(grown))) == "log.proof"


def test_no_altered_path_or_event_verifies() -> None:
    for at in range(len(PATH)):
        assert refused(changed(path=(*PATH[:at], bytes(32), *PATH[at + 1 :]))) == "log.proof"
        assert refused(changed(path=(*PATH[:at], *PATH[at + 1 :]))) == "log.proof"
    assert refused(changed(path=(*PATH, bytes(32)))) == "log.proof"
    nonce, rest = split(EVENTS[INDEX])
    assert refused(changed(event=join(bytes(32), rest))) == "log.proof"
    same_but_later = delivered(SUBJECT, SENDER, RECIPIENT, OPENING_KEY, AT.plus(1))  # type: ignore[arg-type]
    assert refused(changed(event=same_but_later)) == "log.proof"
    assert refused(changed(event=EVENTS[INDEX] + b"\x50\x01")) == "wire.unknown-field"
    assert join(nonce, rest) == EVENTS[INDEX]


def test_flipping_any_byte_refuses_the_receipt() -> None:
    plain = make_receipt(EVENTS[INDEX], INDEX, PATH, note(TREE))
    for at in range(0, len(plain), 7):
        bad = bytearray(plain)
        bad[at] ^= 1
        code = refused(bytes(bad))
        assert code.split(".")[0] in {"wire", "note", "checkpoint", "log", "receipt"}


@given(st.binary(max_size=300))
def test_whatever_a_peer_sends_only_a_peer_error_comes_out(data: bytes) -> None:
    refused(data)
    refused(changed(event=data))
    refused(changed(checkpoint=data))


def checkpoint_of(size: int, signed: Moment, *times: Moment) -> Any:
    tree = Memory([leaf_of(found) for found in EVENTS[:size]])
    return verify_checkpoint(cosigned(tree, times, signed), LOG, WITNESSES)


def receipt_at(event_at: Moment, *times: Moment) -> VerifiedReceipt:
    logged = [*EVENTS[:INDEX], event(INDEX, event_at)]
    tree = Memory([leaf_of(found) for found in logged])
    data = make_receipt(logged[-1], INDEX, inclusion_proof(tree, INDEX, 6), cosigned(tree, times, AT.plus(600)))
    return verify_receipt(data, EXPECTED, LOG, WITNESSES)


@pytest.mark.req("LOG-15")
def test_a_backdated_receipt_is_caught() -> None:
    """The log showed its witnesses a tree without the event, and says afterwards that the event came before that."""
    earlier = [checkpoint_of(5, AT, AT.plus(2), AT.plus(3)), checkpoint_of(3, AT.plus(-900))]
    honest = receipt_at(AT.plus(500), AT.plus(601), AT.plus(605))
    assert judge_time(honest, earlier, skew=5, delay=60) == (AT, AT.plus(605))
    with pytest.raises(PeerError, match=r"receipt\.backdated"):
        judge_time(receipt_at(AT.plus(-86_400), AT.plus(601), AT.plus(605)), earlier, skew=5, delay=60)
    # The log's own clock was set back too: the witnesses' time remains, less the time that a checkpoint may travel.
    slow = [checkpoint_of(5, AT.plus(-86_400), AT.plus(2), AT.plus(3))]
    with pytest.raises(PeerError, match=r"receipt\.backdated"):
        judge_time(receipt_at(AT.plus(-86_300), AT.plus(601), AT.plus(605)), slow, skew=5, delay=60)
    assert judge_time(receipt_at(AT.plus(-50), AT.plus(601), AT.plus(605)), slow, skew=5, delay=60)[0] == AT.plus(-58)


@pytest.mark.req("LOG-15")
@pytest.mark.parametrize(
    "found",
    [
        (AT, AT.plus(2), AT.plus(86_400)),
        (AT, AT.plus(86_400), AT.plus(2)),
        (AT.plus(86_400), AT.plus(2), AT.plus(3)),
        (AT.plus(86_400),),
        (AT.plus(86_400), AT.plus(86_400)),
    ],
    ids=["a lying witness", "another one", "a clock that jumped", "and nobody saw it", "or one witness alone"],
)
def test_one_clock_alone_convicts_no_log(found: tuple[Moment, ...]) -> None:
    """Whoever sets its time ahead, a witness or the log itself by accident, makes nothing backdated."""
    signed, *times = found
    after, _ = judge_time(
        receipt_at(AT.plus(500), AT.plus(601), AT.plus(605)), [checkpoint_of(5, signed, *times)], skew=5, delay=60
    )
    assert after <= AT.plus(500)


@given(
    st.integers(0, 60),
    st.lists(st.integers(-(10**6), 10**6), max_size=1),
    st.integers(-5, 5),
    st.sampled_from((0, 10**6)),
)
def test_as_long_as_fewer_lie_than_the_quorum_no_honest_log_is_backdated(
    way: int, liars: list[int], drift: int, jump: int
) -> None:
    """way: of the checkpoint to an honest witness. jump: of the log's clock, far ahead, when it signed that."""
    times = sorted(AT.plus(one) for one in (way, *liars, *([] if liars else [way])))
    found = Checkpoint(
        head(TREE), AT.plus(drift + jump), tuple((f"witness {n}", one) for n, one in enumerate(times)), times[-1]
    )
    # The next event comes at once, by a clock that does not jump any more.
    assert seen_since(found, skew=5, delay=60) <= AT.plus(drift + 5)


def test_a_checkpoint_that_may_hold_the_event_bounds_nothing() -> None:
    for size in (6, SIZE):
        assert judge_time(receipt_at(AT), [checkpoint_of(size, AT.plus(5000))], 0, 0) == (Moment(0), None)
    elsewhere = replace(checkpoint_of(5, AT.plus(5000)), head=head(TREE, "th.example-shelter"))
    assert judge_time(receipt_at(AT), [elsewhere], 0, 0) == (Moment(0), None)


@pytest.mark.req("LOG-15")
def test_a_postdated_receipt_is_caught() -> None:
    with pytest.raises(PeerError, match=r"receipt\.postdated"):
        judge_time(receipt_at(AT.plus(800), AT.plus(601), AT.plus(605)), [], skew=5, delay=60)
    assert judge_time(receipt_at(AT.plus(800)), [], skew=5, delay=60) == (Moment(0), None)


def test_an_event_is_hidden_by_its_nonce() -> None:
    assert len({entry_of(event(1)) for _ in range(8)}) == 8
    assert entry_of(EVENTS[0]) != leaf_of(EVENTS[0])
    nonce, rest = split(EVENTS[0])
    kept = veil(nonce, rest)
    assert len(kept) == len(rest) and veil(nonce, kept) == rest
    assert SENDER.encode() in rest and SENDER.encode() not in kept
    with pytest.raises(CallerError, match=r"model\.invalid"):
        split(rest)


@pytest.mark.req("LOG-01")
def test_every_kind_says_what_it_must_and_no_more() -> None:
    made = {
        LogEventKind.DELIVERED: event(),
        LogEventKind.CONFLICT: conflict(SUBJECT, SUBJECT, SENDER, RECIPIENT, AT),  # type: ignore[arg-type]
        LogEventKind.DUMMY: dummy(AT),
        LogEventKind.ANCHORED: anchored(head(TREE, f"{RECIPIENT}/2"), RECIPIENT, AT),
        LogEventKind.ORIGIN: origin(head(TREE), AT),
    }
    for kind, data in made.items():
        assert decode(LogEvent, data).kind is kind
    assert decode(LogEvent, made[LogEventKind.ORIGIN]).subject == head(TREE).digest()
    whole = decode(LogEvent, made[LogEventKind.DELIVERED])
    for fields in ({"opening_key": None}, {"actor": bytes(32)}, {"kind": LogEventKind.DUMMY}, {"sender": None}):
        with pytest.raises(PeerError, match=r"wire\.invalid-value"):
            decode(LogEvent, encode(whole.model_copy(update=fields)))
    foreign = whole.model_copy(update={"kind": LogEventKind(77), "actor": bytes(32)})
    assert decode(LogEvent, encode(foreign)).kind.recognised is False


def test_a_receipt_shows_no_event_in_its_repr() -> None:
    found = verify_receipt(GOOD, EXPECTED, LOG, Witnesses(MEMBERS, 1))
    assert SENDER not in repr(found) and SENDER not in repr(found.event)
