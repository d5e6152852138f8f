"""Mail that comes in: what is filed, what is kept unread, what is not let into a case."""

from __future__ import annotations

import pytest

from reference_node.desk.forms import read_answer, read_referral
from reference_node.desk.views import Order
from reference_node.store.desk.rows import State
from referral_proto import (
    AgencyId,
    Answer,
    Digest,
    Disclosure,
    Intent,
    MessageKind,
    PeerError,
    Purpose,
    Sealed,
    SectionType,
    SigningKeyset,
    ThreadId,
    minimise,
    new_thread,
    seal,
)
from referral_proto.crypto import random
from referral_proto.model.codes.exchange import AnswerReason, DisclosureState
from referral_proto.model.control import Control, DisclosureRow
from referral_proto.model.section import SECTION_TYPES
from referral_proto.policy.matrix import MATRIX_DIGEST
from tests.desk.conftest import OpenDesk
from tests.desk.world import EXAMPLE, KH, NGO, START, TH, PostOffice, directory, vaults


def made(
    sender: AgencyId,
    recipient: AgencyId,
    kind: MessageKind = MessageKind.OFFER,
    *,
    thread: ThreadId | None = None,
    about: tuple[Digest, ...] = (),
    keys: SigningKeyset | None = None,
) -> Sealed:
    """A message as another agency's program would seal it."""
    intent = Intent(
        kind=kind,
        purpose=Purpose.REFERRAL_OFFER,
        recipients=(recipient,),
        thread=thread or new_thread(),
        about=about,
    )
    disclosure = minimise(read_referral(EXAMPLE), intent, directory(), START).disclosure
    (sealed,) = seal([disclosure], keys or vaults()[sender].signing, directory(), START)
    return sealed


def over_disclosed() -> Sealed:
    """An offer that also holds the identity, as a careless or curious program would send it."""
    referral = read_referral(EXAMPLE)
    assert referral.preview is not None
    assert referral.identity is not None
    sections = (referral.preview, referral.identity)
    rows = tuple(
        DisclosureRow(section=SECTION_TYPES[type(one)], recipient=0, state=DisclosureState.GIVEN) for one in sections
    )
    control = Control(
        kind=MessageKind.OFFER,
        thread=new_thread(),
        purpose=Purpose.REFERRAL_OFFER,
        matrix_digest=MATRIX_DIGEST,
        table=rows,
    )
    disclosure = Disclosure((KH,), control, tuple((one, frozenset((0,))) for one in sections))
    (sealed,) = seal([disclosure], vaults()[TH].signing, directory(), START)
    return sealed


def test_the_same_mail_twice_is_one_message(desk: OpenDesk, post: PostOffice) -> None:
    kh, sealed = desk(KH), made(TH, KH)
    for _ in range(3):
        post.put(KH, sealed.envelope)
    kh.round()
    post.put(KH, sealed.envelope)
    kh.round()
    (case,) = kh.office.archive.cases().cases
    assert [m.leaf for m in case.messages] == [sealed.leaf]
    assert post.waiting[KH] == {}


def test_damaged_mail_is_kept_with_its_code_and_does_not_stop_the_post(desk: OpenDesk, post: PostOffice) -> None:
    kh, good = desk(KH), made(TH, KH)
    bad = bytearray(made(TH, KH).envelope)
    bad[-1] ^= 1
    for envelope in (bytes(bad), b"not an envelope", good.envelope):
        post.put(KH, envelope)
    kh.round()
    listed = kh.office.archive.cases()
    assert [m.leaf for case in listed.cases for m in case.messages] == [good.leaf]
    assert sorted(mail.code for mail in listed.unreadable) == ["envelope.malformed", "signature.invalid"]
    assert kh.office.courier.standing().unreadable == 2
    assert post.waiting[KH] == {}


def test_mail_of_an_agency_that_is_enrolled_later_becomes_readable(desk: OpenDesk, post: PostOffice) -> None:
    kh, sealed = desk(KH), made(NGO, KH)
    kh.records.put(directory(TH, KH))
    post.put(KH, sealed.envelope)
    kh.round()
    assert [mail.code for mail in kh.office.archive.cases().unreadable] == ["trust.unknown-agency"]
    kh.records.put(directory())
    kh.round()
    listed = kh.office.archive.cases()
    assert listed.unreadable == ()
    assert [m.leaf for case in listed.cases for m in case.messages] == [sealed.leaf]


def test_a_reflected_or_misdirected_message_is_not_filed(desk: OpenDesk, post: PostOffice) -> None:
    th = desk(TH)
    own = made(TH, KH)
    post.put(TH, own.envelope)
    post.put(TH, made(NGO, KH).envelope)
    th.round()
    listed = th.office.archive.cases()
    assert listed.cases == ()
    assert {mail.code for mail in listed.unreadable} == {"admit.not-recipient"}


def test_two_messages_under_one_number_are_a_conflict(
    desk: OpenDesk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:

    fixed = bytes(range(16))
    real = random.token
    monkeypatch.setattr(random, "token", lambda size: fixed if size == 16 else real(size))
    first, second = made(TH, KH), made(TH, KH)
    monkeypatch.undo()
    assert first.message_id == second.message_id
    kh = desk(KH)
    for one in (first, second):
        post.put(KH, one.envelope)
    kh.round()
    listed = kh.office.archive.cases()
    assert [m.leaf for case in listed.cases for m in case.messages] == [first.leaf]
    assert [mail.code for mail in listed.unreadable] == ["desk.conflict"]


def test_an_over_disclosed_section_is_quarantined_and_its_key_is_not_kept(desk: OpenDesk, post: PostOffice) -> None:
    kh, sealed = desk(KH), over_disclosed()
    post.put(KH, sealed.envelope)
    kh.round()
    shown = kh.office.archive.show(sealed.leaf)
    assert [one.section for one in shown.sections] == [SectionType.PREVIEW]
    assert shown.quarantined == (SectionType.IDENTITY,)
    row = kh.office.archive._held.cabinet.message(sealed.leaf)
    assert row is not None
    assert len(kh.office.archive._held.kept(row).section_keys) == 2


def test_an_offer_is_never_an_answer_and_an_answer_needs_its_question(desk: OpenDesk, post: PostOffice) -> None:
    th, kh = desk(TH), desk(KH)
    asked = th.office.outbound.refer(Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,)))
    # Somebody else answers what was asked of the ministry, in its thread and about its leaf.
    intruder = made(NGO, TH, MessageKind.ACCEPT, thread=asked.thread, about=(Digest(asked.leaf),))
    # The ministry accepts something that was never sent.
    invented = made(KH, TH, MessageKind.ACCEPT, thread=asked.thread, about=(Digest(bytes(32)),))
    # The ministry sends an offer in the same thread.
    offer = made(KH, TH, MessageKind.OFFER, thread=asked.thread)
    for one in (intruder, invented, offer):
        post.put(TH, one.envelope)
    th.round()
    kh.round()
    genuine = kh.office.outbound.answer(asked.leaf, read_answer(b'{"kind": "ACCEPT"}'))
    kh.round()
    th.round()
    found = {
        m.leaf: (case.participants, m.kind, m.state) for case in th.office.archive.cases().cases for m in case.messages
    }
    assert found[intruder.leaf] == ((NGO, TH), MessageKind.ACCEPT, State.UNRELATED)
    assert found[invented.leaf] == ((KH, TH), MessageKind.ACCEPT, State.UNRELATED)
    assert found[offer.leaf] == ((KH, TH), MessageKind.OFFER, State.RECEIVED)
    assert found[genuine.leaf] == ((KH, TH), MessageKind.ACCEPT, State.RECEIVED)
    assert found[asked.leaf][0] == (KH, TH)


def test_a_key_that_is_revoked_later_contests_what_was_stored(desk: OpenDesk, post: PostOffice) -> None:
    kh, sealed = desk(KH), made(NGO, KH)
    post.put(KH, sealed.envelope)
    kh.round()
    kh.records.put(directory(TH, KH))
    kh.round()
    listed = kh.office.archive.cases()
    assert listed.cases == ()
    assert [(mail.digest, mail.code) for mail in listed.unreadable] == [(sealed.leaf, "trust.unknown-agency")]
    with pytest.raises(PeerError):
        kh.office.archive.show(sealed.leaf)


def test_a_sealed_file_by_hand_is_judged_and_not_kept_if_it_fails(desk: OpenDesk) -> None:
    kh, sealed = desk(KH), made(TH, KH)
    assert kh.office.inbound.take_by_hand(sealed.envelope).fresh
    assert not kh.office.inbound.take_by_hand(sealed.envelope).fresh
    with pytest.raises(PeerError) as refused:
        kh.office.inbound.take_by_hand(sealed.envelope[:-1])
    assert refused.value.code == "envelope.malformed"
    assert kh.office.archive.cases().unreadable == ()


def test_a_mistake_of_ours_keeps_the_mail_and_goes_on(
    desk: OpenDesk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    kh, sealed = desk(KH), made(TH, KH)

    def broken(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("reference_node.desk.inbound.unseal", broken)
    post.put(KH, sealed.envelope)
    kh.round()
    assert [mail.code for mail in kh.office.archive.cases().unreadable] == ["ours.broken-promise"]
    monkeypatch.undo()
    assert kh.office.inbound.try_again() == 1
    assert kh.office.archive.cases().unreadable == ()


def test_a_decline_tells_its_reason(desk: OpenDesk) -> None:
    th, kh = desk(TH), desk(KH)
    leaf = th.office.outbound.refer(
        Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
    ).leaf
    th.round()
    kh.round()
    answer = Answer(kind=MessageKind.DECLINE, reason=AnswerReason.NO_CAPACITY)
    declined = kh.office.outbound.answer(leaf, answer)
    kh.round()
    th.round()
    assert b"NO_CAPACITY" in th.office.archive.show(declined.leaf).control
