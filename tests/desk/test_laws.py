"""Laws of the desk: mail in any order, however often, ends in the same cases; no plain text is on the disk."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reference_node.demo.planted import planted
from reference_node.demo.search import Searcher
from reference_node.desk.forms import read_referral
from reference_node.desk.threads import Facts, homes
from reference_node.desk.views import CaseList
from referral_proto import AgencyId, Digest, Leaf, MessageKind, Purpose, ThreadId
from tests.desk.test_inbound import made, over_disclosed
from tests.desk.world import EXAMPLE, KH, NGO, START, TH, Clock, Desk, PostOffice


@cache
def mail() -> tuple[bytes, ...]:
    """Two threads, an answer to a question, one to none, an intruder, damage and too much."""
    first, second = made(TH, KH), made(NGO, KH)
    thread = ThreadId(bytes(range(16)))
    opening = made(TH, KH, thread=thread)
    follows = made(TH, KH, MessageKind.UPDATE, thread=thread, about=(Digest(opening.leaf),))
    invented = made(TH, KH, MessageKind.ACCEPT, thread=thread, about=(Digest(opening.leaf),))
    intruder = made(NGO, KH, MessageKind.ACCEPT, thread=thread, about=(Digest(opening.leaf),))
    sealed = (first, second, opening, follows, invented, intruder, over_disclosed())
    damaged = bytearray(first.envelope)
    damaged[200] ^= 255
    return (*(one.envelope for one in sealed), bytes(damaged), b"\x00")


def state(listed: CaseList) -> object:
    """What the caseworker sees, without the order in which it was stored."""
    return (
        {
            (c.thread, c.participants, frozenset((m.leaf, m.kind, m.state, m.code) for m in c.messages))
            for c in listed.cases
        },
        {(one.digest, one.code) for one in listed.unreadable},
    )


def desk_after(order: list[int]) -> object:
    clock = Clock()
    post = PostOffice(clock)
    with tempfile.TemporaryDirectory() as folder:
        kh = Desk(KH, Path(folder), clock, post.box(KH))
        for index in order:
            post.put(KH, mail()[index])
        kh.round()
        listed = kh.office.archive.cases()
        kh.database.close()
    return state(listed)


EVERYTHING = list(range(9))


@settings(max_examples=15)
@given(st.permutations(EVERYTHING), st.lists(st.sampled_from(EVERYTHING), max_size=5))
def test_any_order_and_any_repetition_end_in_the_same_state(order: list[int], again: list[int]) -> None:
    assert desk_after([*order, *again]) == desk_after(EVERYTHING)


AGENCIES = [TH, KH, NGO]


@st.composite
def conversations(draw: st.DrawFn) -> list[Facts]:
    """Messages that name any older ones, in any threads, between any agencies."""
    found: list[Facts] = []
    for number in range(draw(st.integers(1, 12))):
        named = draw(st.lists(st.sampled_from(found), max_size=3)) if found else []
        sender, *recipients = draw(st.permutations(AGENCIES))
        count = draw(st.integers(1, 2))
        found.append(
            Facts(
                leaf=Leaf(number.to_bytes(32, "big")),
                thread=ThreadId(bytes((draw(st.integers(0, 1)),)) * 16),
                kind=draw(st.sampled_from((MessageKind.OFFER, MessageKind.ACCEPT, MessageKind.UPDATE))),
                purpose=Purpose.PROTECTION,
                sender=sender,
                recipients=tuple(recipients[:count]),
                created_at=START,
                about=tuple(Digest(one.leaf) for one in named),
                heads=(),
            )
        )
    return found


@given(conversations(), st.randoms(use_true_random=False))
def test_a_message_lies_in_one_case_whatever_the_order(messages: list[Facts], random: object) -> None:
    shuffled = list(messages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert homes(shuffled) == homes(messages)


@given(conversations())
def test_nobody_gets_into_a_case_in_which_they_take_no_part(messages: list[Facts]) -> None:
    home = homes(messages)
    for one in messages:
        assert one.thread == home[one.leaf].thread
        assert one.parties <= home[one.leaf].parties
        # The case was opened by somebody between exactly its parties.
        assert any(other.parties == home[one.leaf].parties for other in messages if other.thread == one.thread)


def test_no_planted_word_is_on_the_disk_of_a_desk() -> None:
    searcher = Searcher.of(planted(read_referral(EXAMPLE)))
    clock = Clock()
    post = PostOffice(clock)
    with tempfile.TemporaryDirectory() as folder:
        kh = Desk(KH, Path(folder), clock, post.box(KH))
        post.put(KH, over_disclosed().envelope)
        kh.round()
        (case,) = kh.office.archive.cases().cases
        kh.office.archive.show(case.messages[0].leaf)
        # With the database open: its write-ahead log is searched too.
        report = searcher.in_folders(Path(folder))
        assert report.files >= 2
        assert report.finds == ()
        kh.database.close()
        assert searcher.in_folders(Path(folder)).finds == ()


def test_a_long_chain_is_walked_without_recursion() -> None:
    chain = [
        Facts(
            leaf=Leaf(number.to_bytes(32, "big")),
            thread=ThreadId(bytes(16)),
            kind=MessageKind.UPDATE,
            purpose=Purpose.PROTECTION,
            sender=TH,
            recipients=(AgencyId(KH),),
            created_at=START,
            about=(Digest((number - 1).to_bytes(32, "big")),) if number else (),
            heads=(),
        )
        for number in range(1500)
    ]
    assert len(set(homes(reversed(chain)).values())) == 1
