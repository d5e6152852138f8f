"""Laws of sealing: every recipient opens exactly what it was given, and sizes and counts tell nobody more."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_proto.crypto.body import BUCKETS, bucket_for
from referral_proto.errors import PeerError
from referral_proto.flow.admit import admit, admit_for_dispatch
from referral_proto.flow.cover import verify_cover
from referral_proto.flow.open import open_envelope, open_unsealed
from referral_proto.flow.seal import Draft, Part, Reader, Sealed, seal_drafts
from referral_proto.flow.unseal import unseal, unseal_with_keys
from referral_proto.model.codes.exchange import DisclosureState, MessageKind, Purpose, SectionType
from referral_proto.model.control import Control, DisclosureRow
from referral_proto.model.section import SECTION_TYPES, AnySection
from referral_proto.policy.matrix import granted
from referral_proto.wire import encode_section
from referral_proto.wire.codec import section_type
from tests.conformance.forge import THREAD, edited, pb
from tests.conformance.world import AT, POLICE, SHELTER, WEEK, A, B, directory, keyring, opening, signing
from tests.strategies.sections import sections

OTHERS = (B, SHELTER, POLICE)
SOME = settings(max_examples=settings().max_examples // 2)


@st.composite
def drafts(draw: st.DrawFn, most: int = 3, fewest: int = 0) -> tuple[Draft, list[AnySection], Control]:
    """A true message to some of the agencies, each section for some of them, at least `fewest`."""
    recipients = draw(st.lists(st.sampled_from(OTHERS), min_size=1, max_size=most, unique=True))
    drawn = draw(sections(newer=True))
    places = st.frozensets(st.integers(0, len(recipients) - 1), min_size=fewest)
    readers = [draw(places) for _ in drawn]
    return draft_of(recipients, drawn, readers, draw(st.sampled_from([Purpose.PROTECTION, Purpose.REFERRAL_OFFER])))


def draft_of(
    recipients: Sequence[str], drawn: Sequence[AnySection], readers: Sequence[frozenset[int]], purpose: Purpose
) -> tuple[Draft, list[AnySection], Control]:
    rows = sorted(
        (SECTION_TYPES[type(section)], place)
        for section, places in zip(drawn, readers, strict=True)
        for place in places
    )
    said = Control(
        kind=MessageKind.REFERRAL,
        thread=THREAD,
        purpose=purpose,
        table=tuple(DisclosureRow(section=s, recipient=r, state=DisclosureState.GIVEN) for s, r in rows),
    )
    parts = tuple(Part(encode_section(one), places) for one, places in zip(drawn, readers, strict=True))
    made = tuple(Reader(agency, opening(agency).public) for agency in recipients)  # type: ignore[arg-type]
    return Draft(made, encode_section(said), parts, AT, AT.plus(WEEK)), list(drawn), said


def seal_one(draft: Draft) -> Sealed:
    (sealed,) = seal_drafts([draft], signing(A))
    return sealed


@pytest.mark.req("OPN-10", "OPN-11", "ENV-08", "ENV-14", "DIS-06")
@given(drafts())
def test_every_recipient_opens_what_it_was_given_and_nothing_else(
    drawn: tuple[Draft, list[AnySection], Control],
) -> None:
    draft, written, said = drawn
    sealed = seal_one(draft)
    for place, reader in enumerate(draft.recipients):
        admitted = admit(sealed.envelope, reader.agency, directory(), AT)
        opened = open_envelope(admitted, keyring(reader.agency), directory())
        given_to_it = {
            SECTION_TYPES[type(one)]: one
            for one, part in zip(written, draft.parts, strict=True)
            if place in part.readers
        }
        allowed = granted(said.purpose, directory().mandates(reader.agency))
        assert opened.control == said
        assert {one.type: one.section for one in opened.sections} == {
            kind: one for kind, one in given_to_it.items() if kind in allowed
        }
        assert set(opened.quarantined) == set(given_to_it) - allowed
        assert set(opened.section_keys) == {one.index for one in unseal(admitted, keyring(reader.agency)).sections}


@given(drafts(fewest=1))
@SOME
def test_the_senders_own_copy_is_whole(drawn: tuple[Draft, list[AnySection], Control]) -> None:
    draft, written, _ = drawn
    sealed = seal_one(draft)
    admitted = admit_for_dispatch(sealed.envelope, A, directory(), AT)
    opened = open_unsealed(unseal_with_keys(admitted, sealed.section_keys), directory())
    shown = {one.type: one.section for one in opened.sections}
    assert opened.quarantined == ()
    assert shown == {SECTION_TYPES[type(one)]: one for one, part in zip(written, draft.parts, strict=True)}


@pytest.mark.req("ENV-07", "ENV-11", "ENV-14", "ENV-16", "ENV-23")
@given(drafts())
def test_sizes_say_nothing(drawn: tuple[Draft, list[AnySection], Control]) -> None:
    """F16: bodies in the list of sizes, decoys in sizes that occur, rings of one size, as many rings as recipients."""
    draft, _, _ = drawn
    envelope = pb.Envelope.FromString(seal_one(draft).envelope)
    real = {bucket_for(len(part.section)) for part in draft.parts} | {bucket_for(len(draft.control))}
    assert len(envelope.bodies) % 4 == 0
    assert len(envelope.bodies) - len(draft.parts) - 1 < 4
    assert {len(body) for body in envelope.bodies} == real <= set(BUCKETS)
    assert {len(ring) for ring in envelope.rings} == {1136 + 32 * len(envelope.bodies)}
    assert len(envelope.rings) == len(draft.recipients)


@pytest.mark.req("ENV-18", "ENV-19", "ENV-21")
@given(st.lists(drafts(most=2), min_size=1, max_size=9))
@SOME
def test_a_batch_is_as_good_as_single_messages(drawn: list[tuple[Draft, list[AnySection], Control]]) -> None:
    sealed = seal_drafts([draft for draft, _, _ in drawn], signing(A))
    roots: dict[bytes, set[frozenset[str]]] = {}
    for one, (draft, _, said) in zip(sealed, drawn, strict=True):
        admitted = admit(one.envelope, draft.recipients[0].agency, directory(), AT)
        verified = verify_cover(one.cover, directory(), AT)
        assert admitted.cover() == one.cover
        assert admitted.leaf == verified.leaf == one.leaf
        opened = open_envelope(admitted, keyring(draft.recipients[0].agency), directory())
        assert opened.control == said
        seal = pb.Envelope.FromString(one.envelope).seal
        assert len(seal.path) == (len([d for d, _, _ in drawn if _set(d) == _set(draft)]) - 1).bit_length()
        roots.setdefault(seal.ed25519, set()).add(_set(draft))
    assert all(len(sets) == 1 for sets in roots.values())


def _set(draft: Draft) -> frozenset[str]:
    return frozenset(reader.agency for reader in draft.recipients)


@pytest.mark.req("ENV-10", "ENV-17")
@given(st.data())
@SOME
def test_parts_of_two_messages_never_make_a_third(data: st.DataObject) -> None:
    """F10: whoever moves rings, bodies or seals between envelopes, or reorders them, makes nothing that passes."""
    one, two = (seal_one(data.draw(drafts(most=2))[0]) for _ in range(2))
    other = pb.Envelope.FromString(two.envelope)

    def mix(envelope: pb.Envelope) -> None:
        pool = {"rings": [*envelope.rings, *other.rings], "bodies": [*envelope.bodies, *other.bodies]}
        for field, pieces in pool.items():
            count = len(getattr(envelope, field))
            chosen = data.draw(st.permutations(pieces))[:count]
            del getattr(envelope, field)[:]
            getattr(envelope, field).extend(chosen)
        if data.draw(st.booleans()):
            envelope.seal.CopyFrom(other.seal)

    envelope = pb.Envelope.FromString(one.envelope)
    mixed = edited(_Whole(one.envelope), mix)  # type: ignore[arg-type]
    if mixed == one.envelope:
        return
    recipient = pb.Core.FromString(envelope.core).recipients[0].agency
    with pytest.raises(PeerError):
        admit(mixed, recipient, directory(), AT)  # type: ignore[arg-type]


class _Whole:
    """What `edited` wants of a Forged."""

    def __init__(self, envelope: bytes) -> None:
        self.envelope = envelope


@given(drafts())
@SOME
def test_the_first_tag_tells_the_type(drawn: tuple[Draft, list[AnySection], Control]) -> None:
    draft, written, _ = drawn
    assert [section_type(part.section) for part in draft.parts] == [SECTION_TYPES[type(one)] for one in written]
    assert section_type(draft.control) == SectionType.CONTROL
