"""The way of a referral between two desks, with a relay in memory: offer, accept, request, result."""

from __future__ import annotations

import json

import pytest

from reference_node.desk.forms import read_answer, read_referral
from reference_node.desk.views import Order, Shown
from reference_node.store.desk.rows import State
from referral_proto import CallerError, Digest, Leaf, MessageKind, Purpose, SectionType
from referral_proto.model.codes.exchange import DisclosureState, LegalBasis
from tests.desk.conftest import OpenDesk
from tests.desk.world import EXAMPLE, KH, NGO, TH, Desk, PostOffice

ACCEPT = b'{"kind": "ACCEPT"}'
RESULT = json.dumps(
    {
        "kind": "VERIFICATION_RESULT",
        "findings": {
            "identity": {
                "citizenships": ["KH"],
                "verification": {"outcome": "VERIFIED", "bases": ["CIVIL_REGISTER"], "citizenships": ["KH"]},
            }
        },
    }
).encode()


def offer(desk: Desk) -> Leaf:
    return desk.office.outbound.refer(
        Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
    ).leaf


def exchange(*desks: Desk) -> None:
    for _ in range(2):
        for one in desks:
            one.round()


def text(shown: Shown) -> str:
    return (shown.control + b"".join(one.json for one in shown.sections)).decode()


def test_an_offer_shows_a_preview_and_no_name(desk: OpenDesk) -> None:
    th, kh = desk(TH), desk(KH)
    leaf = offer(th)
    exchange(th, kh)
    (case,) = kh.office.archive.cases().cases
    assert case.participants == (KH, TH)
    assert [(m.leaf, m.kind, m.state) for m in case.messages] == [(leaf, MessageKind.OFFER, State.RECEIVED)]
    shown = kh.office.archive.show(leaf)
    assert [one.section for one in shown.sections] == [SectionType.PREVIEW]
    for word in ("CHHOEUN", "Sreyleak", "ឈឿន", "เชือน", "2003-04-17", "062913478"):
        assert word not in text(shown)


def test_the_whole_exchange(desk: OpenDesk) -> None:
    th, kh = desk(TH), desk(KH)
    first = offer(th)
    exchange(th, kh)
    accepted = kh.office.outbound.answer(first, read_answer(ACCEPT))
    exchange(kh, th)
    request = th.office.outbound.refer(
        Order(
            read_referral(EXAMPLE),
            MessageKind.VERIFICATION_REQUEST,
            Purpose.NATIONALITY_VERIFICATION,
            (KH,),
            thread=accepted.thread,
            about=(Digest(accepted.leaf),),
            legal_basis=LegalBasis.CONSENT,
        )
    )
    given = {row.section for row in request.disclosed if row.state == DisclosureState.GIVEN}
    assert given == {SectionType.CONSENT, SectionType.IDENTITY}
    exchange(th, kh)
    shown = kh.office.archive.show(request.leaf)
    assert "ស្រីល័ក្ខណ៍" in text(shown)
    assert "Sertraline" not in text(shown)
    answered = kh.office.outbound.answer(request.leaf, read_answer(RESULT))
    exchange(kh, th)
    assert "CIVIL_REGISTER" in text(th.office.archive.show(answered.leaf))
    for one in (th, kh):
        (case,) = one.office.archive.cases().cases
        assert [m.kind for m in case.messages] == [
            MessageKind.OFFER,
            MessageKind.ACCEPT,
            MessageKind.VERIFICATION_REQUEST,
            MessageKind.VERIFICATION_RESULT,
        ]
        assert {m.state for m in case.messages} == {State.DELIVERED, State.RECEIVED}
    assert th.office.courier.standing().under_way == 0


def test_the_sender_reads_its_own_message_again(desk: OpenDesk) -> None:
    th = desk(TH)
    leaf = offer(th)
    assert [one.section for one in th.office.archive.show(leaf).sections] == [SectionType.PREVIEW]


def test_an_answer_is_not_sent_to_oneself(desk: OpenDesk) -> None:
    th = desk(TH)
    with pytest.raises(CallerError) as refused:
        th.office.outbound.answer(offer(th), read_answer(ACCEPT))
    assert refused.value.code == "respond.not-a-request"


def test_a_case_that_is_not_here_is_not_continued(desk: OpenDesk) -> None:
    th = desk(TH)
    order = Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,), thread=bytes(16))  # type: ignore[arg-type]
    with pytest.raises(CallerError) as refused:
        th.office.outbound.refer(order)
    assert refused.value.code == "desk.no-case"


def test_a_refusal_by_the_relay_is_shown_with_its_code(desk: OpenDesk, post: PostOffice) -> None:
    th = desk(TH)
    post.refuse = "admit.expired"
    leaf = offer(th)
    th.round()
    (case,) = th.office.archive.cases().cases
    assert [(m.leaf, m.state, m.code) for m in case.messages] == [(leaf, State.REFUSED, "admit.expired")]


@pytest.mark.parametrize(
    ("kind", "about"), [(MessageKind.ACCEPT, ()), (MessageKind.OFFER, (Digest(bytes(32)),))], ids=["accept", "offer"]
)
def test_what_no_recipient_could_open_is_not_sent(desk: OpenDesk, kind: MessageKind, about: tuple[Digest, ...]) -> None:
    th = desk(TH)
    order = Order(read_referral(EXAMPLE), kind, Purpose.REFERRAL_OFFER, (KH,), about=about)
    with pytest.raises(CallerError) as refused:
        th.office.outbound.refer(order)
    assert (refused.value.code, refused.value.where) == ("desk.form", "about")
    assert th.office.archive.cases().cases == ()


def test_three_agencies_share_one_case_and_each_answers_in_it(desk: OpenDesk) -> None:
    th, kh, ngo = desk(TH), desk(KH), desk(NGO)
    leaf = th.office.outbound.refer(
        Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH, NGO))
    ).leaf
    exchange(th, kh, ngo)
    for one in (kh, ngo):
        one.office.outbound.answer(leaf, read_answer(ACCEPT))
    exchange(kh, ngo, th)
    (case,) = th.office.archive.cases().cases
    assert case.participants == (KH, NGO, TH)
    assert sorted(m.sender for m in case.messages[1:]) == [KH, NGO]
    assert {m.state for m in case.messages} == {State.DELIVERED, State.RECEIVED}
