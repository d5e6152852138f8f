"""What a relay shows a desk of its agency's log, and what it lets the desk enter, over a real line."""

from __future__ import annotations

from functools import cache

import pytest

from reference_node.store.relay import ledger as rows
from referral_proto.adapters.memory_log import MemoryLog
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.ids import AgencyId
from referral_proto.log.acknowledgement import acknowledge, read_acknowledgement
from referral_proto.log.checkpoint import LogIdentity, read_head, sign_checkpoint, verify_checkpoint
from referral_proto.log.contradiction import judge
from referral_proto.log.event import dummy, entry_of
from referral_proto.log.head import Head, desk_origin
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.log.tree import consistency_proof, grow, root_at
from referral_proto.model.codes.log import AcknowledgementKind, LogContradictionKind
from referral_proto.model.log import LogEvent
from referral_proto.ports import Logged, LogPage, Proved
from referral_proto.rpc import GrpcRelay
from referral_proto.trust.logs import log_entry
from referral_proto.wire import decode
from tests.relay.world import KH, SHELTER, START, TH, deliveries
from tests.rpc.conftest import Served
from tests.rpc.log_lines import (
    RECEIVED,
    UNREADABLE,
    K,
    cosigned,
    desk,
    kh,
    line,
    log_of,
    proved,
    refused,
)

__all__ = ["desk", "kh", "line"]  # fixtures


@pytest.mark.req("LOG-02", "LOG-18")
def test_a_desk_reads_the_whole_log_of_its_agency_and_no_other(kh: Served, line: GrpcRelay, desk: GrpcRelay) -> None:
    assert desk.events(KH, 0) == LogPage()
    sealed = kh.world.seal(TH, [KH], 40)
    for start in range(0, 40, 8):
        line.deliver(deliveries(sealed[start : start + 8], KH))
    read: list[Logged] = []
    while True:
        page, note, *_ = desk.events(KH, len(read), 16)
        if not page:
            break
        assert len(page) <= 16
        read += page
    head = verify_checkpoint(note, log_of(kh)).head
    assert head == Head(KH, 40, grow(0, (), [leaf_hash(one.entry) for one in read]).root)
    assert [entry_of(one.event or b"") for one in read] == [one.entry for one in read]
    assert [decode(LogEvent, one.event or b"").subject for one in read] == [one.leaf for one in sealed]
    assert len(desk.events(KH, 0, 1000)[0]) == len(desk.events(KH, 0, 256)[0]) == 40
    # So far as a page leads, a checkpoint: the relay signed after each delivery of eight.
    ends = [desk.events(KH, start, limit).reached for start, limit in ((0, 5), (0, 16), (0, 20), (9, 14), (33, 256))]
    assert [read_head(one).size if one else 0 for one in ends] == [0, 16, 16, 16, 0]
    assert verify_checkpoint(ends[1], log_of(kh)).size == 16
    assert desk.events(KH, 0, 256, KH) == desk.events(KH, 0)
    assert desk.events(KH, 0, 256, f"{KH}/2") == desk.events(KH, 0, 256, TH) == LogPage()
    assert desk.events(KH, 0, 256, "no origin") == LogPage()
    assert desk.events(KH, (1 << 64) - 1) == LogPage(checkpoint=note)
    for agency in (TH, AgencyId("")):
        assert refused(lambda a=agency: desk.events(a, 0)) == "relay.not-allowed"  # type: ignore[misc]
    assert refused(lambda: line.events(KH, 0)) == "relay.not-allowed"
    assert refused(lambda: line.acknowledge(KH, [])) == "relay.not-allowed"
    assert refused(lambda: line.anchor(KH, b"")) == "relay.not-allowed"


@pytest.mark.req("LOG-21")
def test_the_largest_checkpoint_that_a_quorum_in_force_has_cosigned(kh: Served, line: GrpcRelay) -> None:
    names = ("witness.example/kh", "witness.example/th")
    for number, by in enumerate((names, names[:1], names, ("witness.example/old", names[0]))):
        line.deliver(deliveries(kh.world.seal(TH, [KH], 2), KH))
        cosigned(kh, *by)
        assert read_head(line.checkpoint(KH) or b"").size == 2 * (number + 1)
    with kh.apps[KH].database.read() as connection:
        log_id = rows.current(connection, KH)
        assert log_id is not None
        found = [rows.cosigned_up_to(connection, log_id, end, names, 2) for end in (1, 2, 4, 6, 8)]
        alone = rows.cosigned_up_to(connection, log_id, 8, names, 1)
    assert [read_head(one).size if one else 0 for one in found] == [0, 2, 2, 6, 6]
    assert read_head(alone).size == 8


@pytest.mark.req("LOG-16", "LOG-17")
def test_what_a_desk_says_of_an_envelope_is_entered_once(kh: Served, line: GrpcRelay, desk: GrpcRelay) -> None:
    sealed = kh.world.seal(TH, [KH], 4)
    line.deliver(deliveries(sealed, KH))
    keys = kh.world.agencies[KH].keys

    def said(place: int, kind: AcknowledgementKind) -> bytes:
        return acknowledge(keys, sealed[place].leaf, TH, kind, START)

    first = said(0, RECEIVED)
    (receipt, code), (second, _) = desk.acknowledge(KH, [first, said(1, UNREADABLE)])
    assert code == "" and proved(kh, receipt, sealed[0], K.RECEIVED).index == 4
    assert proved(kh, second, sealed[1], K.UNREADABLE).index == 5
    # The same again, signed anew: the event is the same. What was received stays received.
    for repeated in (first, said(0, RECEIVED)):
        ((again, code),) = desk.acknowledge(KH, [repeated])
        assert code == "" and proved(kh, again, sealed[0], K.RECEIVED).index == 4
    assert desk.acknowledge(KH, [said(0, UNREADABLE)]) == ((b"", "relay.acknowledgement"),)
    # Tried again later, it could be read after all.
    ((later, _),) = desk.acknowledge(KH, [said(1, RECEIVED)])
    assert proved(kh, later, sealed[1], K.RECEIVED).index == 6
    ((back, _),) = desk.acknowledge(KH, [said(1, UNREADABLE)])
    assert proved(kh, back, sealed[1], K.UNREADABLE).index == 5
    # Both in one call, in either order of what they say.
    both = desk.acknowledge(KH, [said(2, RECEIVED), said(2, UNREADABLE), said(2, RECEIVED)])
    assert [code for _, code in both] == ["", "relay.acknowledgement", ""]
    assert both[0] == both[2]
    # The sender's relay is shown the signed words and their receipt: what was said last and cannot be taken back.
    found = line.inclusion(KH, [one.leaf for one in sealed])
    assert found[0].acknowledgement == first
    assert [read_acknowledgement(one.acknowledgement).said.kind for one in found[:3]] == [RECEIVED] * 3
    for one, place in zip(found[:3], range(3), strict=True):
        proved(kh, one.acknowledgement_receipt, sealed[place], K.RECEIVED)
    assert found[3] == Proved(found[3].receipt)


@pytest.mark.req("LOG-16", "LOG-17")
def test_what_a_desk_is_not_entitled_to_say_is_not_entered(kh: Served, line: GrpcRelay, desk: GrpcRelay) -> None:
    (sealed, other) = kh.world.seal(TH, [KH], 2)
    line.deliver(deliveries([sealed], KH))
    size = read_head(desk.checkpoint(KH) or b"").size
    keys, stranger = kh.world.agencies[KH].keys, kh.world.agencies[SHELTER].keys
    good = acknowledge(keys, sealed.leaf, TH, RECEIVED, START)
    wrong = [
        b"",
        b"garbage",
        good[:-1] + bytes([good[-1] ^ 1]),
        # Of an envelope that never came; from another sender; by another agency.
        acknowledge(keys, other.leaf, TH, RECEIVED, START),
        acknowledge(keys, sealed.leaf, SHELTER, RECEIVED, START),
        acknowledge(stranger, sealed.leaf, TH, RECEIVED, START),
    ]
    answers = desk.acknowledge(KH, [*wrong, good])
    assert [code for _, code in answers] == ["relay.acknowledgement"] * len(wrong) + [""]
    assert [receipt for receipt, _ in answers[:-1]] == [b""] * len(wrong)
    assert read_head(desk.checkpoint(KH) or b"").size == size + 1
    assert desk.acknowledge(KH, []) == ()
    assert refused(lambda: desk.acknowledge(KH, [good] * 65)) == "relay.too-many"
    assert refused(lambda: desk.acknowledge(TH, [good])) == "relay.not-allowed"


@pytest.mark.req("LOG-20")
def test_the_head_of_the_desks_own_log_is_entered_once_if_it_is_its_own(kh: Served, desk: GrpcRelay) -> None:
    agency = kh.world.agencies[KH]
    head = Head(desk_origin(KH), 5, bytes(range(32)))
    note = sign_checkpoint(head, agency.desk_log_keys, START)
    receipts = [desk.anchor(KH, note) for _ in range(2)]
    assert receipts[0] == receipts[1]
    found = verify_receipt(receipts[0], Expected(K.ANCHORED, head.digest(), KH), log_of(kh))
    assert (found.index, found.checkpoint.size) == (0, 1)
    # Signed by other keys; another agency's; the relay's own log; no note at all.
    other = kh.world.agencies[SHELTER]
    wrong = [
        sign_checkpoint(head, LogKeys.create(), START),
        sign_checkpoint(head, other.desk_log_keys, START),
        sign_checkpoint(Head(desk_origin(SHELTER), 5, bytes(32)), other.desk_log_keys, START),
        sign_checkpoint(Head(KH, 5, bytes(32)), agency.log_keys, START),
        note[:-2],
        b"",
    ]
    for one in wrong:
        assert refused(lambda o=one: desk.anchor(KH, o)) == "relay.anchor"  # type: ignore[misc]
    assert read_head(desk.checkpoint(KH) or b"").size == 1


@pytest.mark.req("LOG-24")
def test_a_head_that_does_not_begin_with_the_one_before_is_refused_and_kept(
    kh: Served, line: GrpcRelay, desk: GrpcRelay
) -> None:
    origin, keys = desk_origin(KH), kh.world.agencies[KH].desk_log_keys
    true, other = MemoryLog(origin, keys), MemoryLog(origin, keys)
    for number in range(6):
        for tree in (true, other):
            tree.enter(K.DUMMY, bytes([number]) * 32, dummy(START), START.plus(number))

    @cache
    def note(tree: MemoryLog, size: int, later: int = 0) -> bytes:
        return sign_checkpoint(Head(origin, size, root_at(tree, size)), keys, START.plus(size + later))

    first = desk.anchor(KH, note(true, 3))
    assert desk.checkpoint(origin) == note(true, 3)
    # Nobody but that desk is told.
    assert line.checkpoint(origin) is None
    proof = consistency_proof(true, 3, 5)
    forked = [
        (note(other, 3), ()),
        (note(other, 5), consistency_proof(other, 3, 5)),
        (note(other, 5), ()),
        (note(true, 5), ()),
        (note(true, 5), (*proof, proof[0])),
        (note(true, 2, 10), ()),
    ]
    for one, shown in forked:
        assert refused(lambda o=one, s=shown: desk.anchor(KH, o, s)) == "relay.anchor"  # type: ignore[misc]
    assert desk.checkpoint(origin) == note(true, 3)
    assert desk.anchor(KH, note(true, 3)) == first
    second = desk.anchor(KH, note(true, 5), proof)
    verify_receipt(second, Expected(K.ANCHORED, read_head(note(true, 5)).digest(), KH), log_of(kh))
    kinds = {judge(file.read_bytes(), LogIdentity.of(origin, keys)).kind for file in kh.folder.rglob("*.contradiction")}
    assert kinds == {LogContradictionKind.TWO_ROOTS, LogContradictionKind.ROLLED_BACK}


@pytest.mark.req("LOG-24")
def test_a_lost_log_begins_anew_under_new_keys_once_the_record_has_ended_the_old(kh: Served, desk: GrpcRelay) -> None:
    origin, old, new = desk_origin(KH), kh.world.agencies[KH].desk_log_keys, LogKeys.create()
    desk.anchor(KH, sign_checkpoint(Head(origin, 5, bytes(range(32))), old, START))
    app = kh.apps[KH]
    logs = app.trust.directory.history(KH).logs
    entered = log_entry(origin, new, START)
    logs[entered.origin, entered.ed25519, entered.mldsa44] = entered  # type: ignore[index]
    small = sign_checkpoint(Head(origin, 2, bytes(32)), new, START)
    assert refused(lambda: desk.anchor(KH, small)) == "relay.anchor"
    for place, entry in list(logs.items()):
        if entry.ed25519 == old.ed25519.data:
            logs[place] = entry.model_copy(update={"ended_at": START})  # type: ignore[index]
    again = sign_checkpoint(Head(origin, 6, bytes(32)), old, START)
    assert refused(lambda: desk.anchor(KH, again)) == "relay.anchor"
    desk.anchor(KH, small)
    assert desk.checkpoint(origin) == small


def test_an_opening_key_that_is_published_stands_in_the_log(kh: Served, desk: GrpcRelay) -> None:
    from referral_proto.crypto.opening import OpeningKey
    from referral_proto.model.codes.federation import RecordKind
    from referral_proto.model.records import SignedRecord
    from referral_proto.trust.issue import publish_opening_key
    from referral_proto.trust.signed import record_digest

    key = OpeningKey.create(KH)
    record = publish_opening_key(kh.world.agencies[KH].keys, key.public, 7, START, 30)
    for _ in range(2):
        desk.publish_opening_key(record)
    page, note, *_ = desk.events(KH, 0)
    (event,) = [decode(LogEvent, one.event or b"") for one in page]
    digest = record_digest(RecordKind.OPENING_KEY, decode(SignedRecord, record).record)
    assert (event.kind, event.subject, event.sender, event.opening_key) == (K.OPENING_KEY, digest, KH, key.id)
    assert read_head(note).size == 1
    assert refused(lambda: desk.publish_opening_key(b"garbage")) == "relay.opening-key"


def test_tenants_of_one_relay_give_each_other_receipts(served: Served) -> None:
    app = served.start(TH)
    (sealed,) = served.world.seal(TH, [SHELTER])
    sender, neighbour = served.world.as_desk(TH), served.world.as_desk(SHELTER)
    assert app.mailbox.submit(TH, [sealed.envelope])[0].receipt == b""
    while app.outbox.turn():
        pass
    # What the own desk handed in is in no log; what the neighbour got is in the neighbour's.
    assert sender.events(TH, 0) == LogPage()
    (event,) = neighbour.events(SHELTER, 0)[0]
    assert decode(LogEvent, event.event or b"").subject == sealed.leaf
    (found,) = sender.inclusion(SHELTER, [sealed.leaf])
    key = served.world.agencies[SHELTER].opening.id
    verify_receipt(found.receipt, Expected(K.DELIVERED, sealed.leaf, TH, SHELTER, key), log_of(served, SHELTER))
    assert neighbour.inclusion(SHELTER, [sealed.leaf]) == (Proved(),)
    for one in (sender, neighbour):
        one.close()
