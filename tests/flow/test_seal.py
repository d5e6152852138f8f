"""What sealing draws, refuses and never does; who may make an Admitted; how a remembered seal is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from referral_proto.crypto.body import KEY_SIZE
from referral_proto.crypto.memory import SealMemory
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.errors import CallerError, OurError, PeerError, ReferralError
from referral_proto.flow import minimise as flow_minimise
from referral_proto.flow.admit import Admitted, admit, admit_for_dispatch
from referral_proto.flow.cover import verify_cover
from referral_proto.flow.minimise import Intent, minimise, seal
from referral_proto.flow.open import ANSWERS, Opened, open_envelope, open_unsealed
from referral_proto.flow.respond import Answer, respond
from referral_proto.flow.seal import Draft, Part, Reader, seal_drafts
from referral_proto.flow.unseal import unseal_with_keys
from referral_proto.ids import AgencyId
from referral_proto.model.codes.exchange import (
    AnswerReason,
    DisclosureState,
    LegalBasis,
    MessageKind,
    Purpose,
    SectionType,
)
from referral_proto.model.consent import Consent
from referral_proto.model.health import Health
from referral_proto.model.identity import Identity
from referral_proto.model.legal import Legal
from referral_proto.model.protection import Protection
from referral_proto.model.referral import Referral
from referral_proto.model.screening import Screening
from referral_proto.model.section import SECTION_TYPES
from referral_proto.moment import DAY
from referral_proto.policy.answers import carried
from referral_proto.trust.directory import Directory
from referral_proto.trust.standing import Status
from tests.conformance import make_world, world
from tests.conformance.forge import NOTE, PREVIEW, THREAD, control, encode_section, forge, message, pb
from tests.conformance.world import AT, SHELTER, WEEK, A, B, directory, keyring, opening, records, signing


@contextmanager
def refusal(kind: type[ReferralError], code: str) -> Iterator[None]:
    """What stands inside is refused with exactly this code."""
    with pytest.raises(kind) as refused:
        yield
    assert refused.value.code == code


FIRST, SECOND = (Reader(agency, opening(agency).public) for agency in (B, SHELTER))
NOBODY = AgencyId("Nobody")
UNREADABLE = Reader(NOBODY, OpeningPublicKey(NOBODY, opening(B).public.xwing))


def draft(**other: object) -> Draft:
    """A preview for both readers."""
    said, told = message(PREVIEW, readers=2)
    made = Draft((FIRST, SECOND), said, (Part(told, frozenset((0, 1))),), AT, AT.plus(WEEK))
    return replace(made, **other)  # type: ignore[arg-type]


@pytest.mark.req("ENV-04", "ENV-12", "ENV-09", "ENV-16")
def test_everything_that_must_be_fresh_is() -> None:
    sealed = seal_drafts([draft()] * 20, signing(A))
    envelopes = [pb.Envelope.FromString(one.envelope) for one in sealed]
    cores = [pb.Core.FromString(one.core) for one in envelopes]
    keys = [key for one in sealed for key in one.section_keys.values()]
    pieces = [
        *(one.message_id for one in cores),
        *(commitment for one in cores for commitment in one.commitments),
        *keys,
        *(piece for one in envelopes for piece in (*one.rings, *one.bodies)),
    ]
    assert len(set(pieces)) == len(pieces)
    assert {len(key) for key in keys} == {KEY_SIZE}


@pytest.mark.req("ENV-08")
def test_sections_and_decoys_stand_in_any_order_behind_control() -> None:
    places = set()
    for one in seal_drafts([draft()] * 60, signing(A)):
        places.add(next(index for index in one.section_keys if index))
        assert 0 in one.section_keys
    assert places == {1, 2, 3}


@pytest.mark.req("ENV-19")
def test_a_batch_never_spans_two_sets_of_recipients() -> None:
    alone = draft(recipients=(FIRST,), parts=(), control=message()[0])
    turned = draft(recipients=(SECOND, FIRST))
    one, two, three, four = seal_drafts([draft(), alone, turned, alone], signing(A))
    roots = [pb.Cover.FromString(sealed.cover).seal.ed25519 for sealed in (one, two, three, four)]
    assert roots[0] == roots[2]
    assert roots[1] == roots[3]
    assert roots[0] != roots[1]


@pytest.mark.req("ENV-23")
def test_the_sender_has_no_ring() -> None:
    (one,) = seal_drafts([draft()], signing(A))
    assert len(pb.Envelope.FromString(one.envelope).rings) == 2
    with refusal(PeerError, "admit.not-recipient"):
        admit(one.envelope, A, directory(), AT)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        pytest.param({"recipients": ()}, "policy.recipient", id="nobody"),
        pytest.param({"recipients": (FIRST, FIRST)}, "seal.readers", id="twice"),
        pytest.param({"recipients": (Reader(B, opening(SHELTER).public),)}, "seal.readers", id="another agency's key"),
        pytest.param({"recipients": (Reader(A, opening(A).public),)}, "seal.sender", id="to itself"),
        pytest.param({"recipients": (FIRST,) * 17}, "seal.too-many-recipients", id="seventeen"),
        pytest.param({"recipients": (UNREADABLE,)}, "id.malformed", id="an agency that is no identifier"),
        pytest.param({"created_at": int(AT)}, "seal.lifetime", id="a number that is no moment"),
        pytest.param({"expires_at": AT}, "seal.lifetime", id="no lifetime"),
        pytest.param({"expires_at": AT.plus(30 * DAY + 1)}, "seal.lifetime", id="too long"),
        pytest.param({"parts": (Part(b"", frozenset((2,))),)}, "seal.readers", id="a reader who is no recipient"),
        pytest.param({"parts": (Part(bytes(262_093), frozenset((0,))),)}, "section.too-large", id="a large section"),
        pytest.param({"parts": (Part(b"", frozenset((0,))),) * 16}, "section.too-large", id="sixteen sections"),
    ],
)
def test_what_cannot_be_sealed_is_the_callers_fault(made: dict[str, object], code: str) -> None:
    with pytest.raises(CallerError) as refused:
        seal_drafts([draft(**made)], signing(A))
    assert refused.value.code == code


def test_nothing_to_seal_is_nothing() -> None:
    assert seal_drafts([], signing(A)) == ()


def test_only_the_checks_make_what_they_vouch_for() -> None:
    forged = forge()
    admitted = admit(forged.envelope, B, directory(), AT)
    opened = open_envelope(admitted, keyring(B), directory())
    for made, kind in ((admitted, Admitted), (opened, Opened)):
        values = [getattr(made, name) for name in made.__dataclass_fields__]
        with pytest.raises(OurError):
            kind(*values[:-1], object())
    with pytest.raises(OurError):
        replace(admitted, _by=None)


def test_nothing_of_the_content_shows() -> None:
    admitted = admit(forge(message(NOTE)).envelope, B, directory(), AT)
    opened = open_envelope(admitted, keyring(B), directory())
    (one,) = seal_drafts([draft()], signing(A))
    shown = f"{admitted!r} {opened!r} {one!r} {draft()!r}"
    assert "invented note" not in shown
    assert all(repr(key)[2:-1] not in shown for key in opened.section_keys.values())
    assert all(repr(key)[2:-1] not in shown for key in one.section_keys.values())


@pytest.mark.req("ENV-22")
def test_a_remembered_seal_excuses_no_other_signature_and_no_later_day() -> None:
    """F23: the memory is warmed with a true seal and then fed others."""
    one, two = seal_drafts([draft()] * 2, signing(A))
    memory = SealMemory()
    verify_cover(one.cover, directory(), AT, memory)
    verify_cover(two.cover, directory(), AT, memory)
    assert len(memory) == 1
    for half, size in (("ed25519", 64), ("mldsa65", 3309)):
        cover = pb.Cover.FromString(two.cover)
        envelope = pb.Envelope.FromString(two.envelope)
        setattr(cover.seal, half, bytes(size))
        setattr(envelope.seal, half, bytes(size))
        with refusal(PeerError, "signature.invalid"):
            verify_cover(cover.SerializeToString(deterministic=True), directory(), AT, memory)
        with refusal(PeerError, "signature.invalid"):
            admit(envelope.SerializeToString(deterministic=True), B, directory(), AT, memory)
    # The same seal, a year later: the mathematics is remembered, the validity of the key is not.
    with refusal(PeerError, "trust.keyset-not-valid"):
        verify_cover(one.cover, directory(), AT.plus(400 * DAY), memory)


@pytest.mark.req("COV-08", "REC-17")
def test_a_cover_says_how_its_keyset_stood() -> None:
    contested = forge(keys=signing(A, world.COMPROMISED)).cover
    assert verify_cover(forge().cover, directory(), AT).standing.status is Status.VALID
    assert verify_cover(forge().cover, directory(), None).standing.status is Status.INDETERMINATE
    found = verify_cover(contested, directory(), AT).standing
    assert (found.status, found.asserted_by) == (Status.CONTESTED, A)
    with refusal(PeerError, "trust.keyset-contested"):
        admit(forge(keys=signing(A, world.COMPROMISED)).envelope, B, directory(), AT)


@pytest.mark.req("REC-14")
def test_sealing_takes_the_newest_epoch_that_covers_the_moment() -> None:
    newer = make_world.opening_key(B, world.NEXT, not_before_at=AT.plus(-1))
    both = Directory.fold(_with(newer))
    told = minimise(Referral(preview=PREVIEW), intent(), both, AT)
    (one,) = seal([told.disclosure], signing(A), both, AT)
    core = pb.Core.FromString(pb.Envelope.FromString(one.envelope).core)
    assert core.recipients[0].opening_key == opening(B, world.NEXT).id
    with refusal(PeerError, "trust.no-opening-key"):
        seal([told.disclosure], signing(A), both, AT.plus(90 * DAY))


def _with(newer: object) -> list[bytes]:
    """The shared records with this record in the place of the same key's own."""
    old = opening(B, world.NEXT).public.xwing
    return [*(one for one in records() if old not in one), make_world.sign_record(newer, signing(B))]  # type: ignore[arg-type]


def intent(**other: object) -> Intent:
    """An offer to xb.welfare."""
    made = Intent(MessageKind.OFFER, Purpose.REFERRAL_OFFER, (B,), THREAD)  # type: ignore[arg-type]
    return replace(made, **other)  # type: ignore[arg-type]


def test_too_many_recipients_are_the_callers_fault() -> None:
    for recipients, code in (
        ((), "policy.recipient"),
        ((B, B), "policy.recipient"),
        (tuple(f"xb.n{i}" for i in range(17)), "seal.too-many-recipients"),
    ):
        with pytest.raises(CallerError) as refused:
            minimise(Referral(preview=PREVIEW), intent(recipients=recipients), directory(), AT)
        assert refused.value.code == code


def test_a_lifetime_beyond_the_federations_is_the_callers_fault() -> None:
    told = minimise(Referral(preview=PREVIEW), intent(), directory(), AT)
    for lifetime in (0, -1, 30 * DAY + 1):
        with refusal(CallerError, "seal.lifetime"):
            seal([told.disclosure], signing(A), directory(), AT, lifetime)
    with refusal(CallerError, "seal.lifetime"):
        seal([told.disclosure], signing(A), directory("keys/world.json", "keys/strict.json"), AT, DAY + 1)


def test_a_thread_is_new_each_time() -> None:
    assert len({flow_minimise.new_thread() for _ in range(50)}) == 50


@pytest.mark.req("DIS-11", "MOD-13")
def test_an_answer_passes_the_matrix_too() -> None:
    asked = forge(message(PREVIEW, purpose=Purpose.NATIONALITY_VERIFICATION, kind=MessageKind.VERIFICATION_REQUEST))
    opened = open_envelope(admit(asked.envelope, B, directory(), AT), keyring(B), directory())
    found = respond(
        opened,
        Answer(MessageKind.VERIFICATION_RESULT, sections=(Identity(), NOTE), legal_basis=LegalBasis.PUBLIC_TASK),
        directory(),
        AT,
    )
    said = found.disclosure.control
    assert [(row.section, row.state) for row in said.table] == [(SectionType.IDENTITY, DisclosureState.GIVEN)]
    assert [one.section for one in found.dropped] == [SectionType.NOTE]
    assert said.about == said.heads == (asked.leaf,)
    assert (said.thread, said.purpose) == (THREAD, Purpose.NATIONALITY_VERIFICATION)


@pytest.mark.req("DIS-11")
@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_the_asker_does_not_choose_how_much_is_answered(kind: MessageKind) -> None:
    asked = forge(message(PREVIEW, purpose=Purpose.PROTECTION, kind=MessageKind.OFFER))
    opened = open_envelope(admit(asked.envelope, B, directory(), AT), keyring(B), directory())
    findings = (Identity(), NOTE, Health(), Legal(), Screening(), Consent(), Protection())
    extra = {"reason": AnswerReason.NO_CAPACITY, "redirect_to": SHELTER if kind is MessageKind.REDIRECT else None}
    found = respond(opened, Answer(kind, sections=findings, **extra), directory(), AT)  # type: ignore[arg-type]
    given = {SECTION_TYPES[type(section)] for section, _ in found.disclosure.sections}
    assert given <= carried(kind)
    assert {one.section for one in found.dropped} == {SECTION_TYPES[type(s)] for s in findings} - given


@pytest.mark.req("DIS-11")
@pytest.mark.parametrize(
    "consent",
    [Consent(home_state_veto=True), Consent(vetoed_states=("XA",)), Consent(withdrawn_at=AT)],
    ids=["home state", "named state", "withdrawn"],
)
def test_a_veto_or_a_withdrawal_stops_an_answer_too(consent: Consent) -> None:
    asked = forge(message(PREVIEW, purpose=Purpose.NATIONALITY_VERIFICATION, kind=MessageKind.VERIFICATION_REQUEST))
    opened = open_envelope(admit(asked.envelope, B, directory(), AT), keyring(B), directory())
    answer = Answer(MessageKind.VERIFICATION_RESULT, sections=(Identity(), consent))
    assert respond(opened, answer, directory(), AT).disclosure.sections == ()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(MessageKind.OFFER), "respond.kind"),
        (Answer(MessageKind.DECLINE), "respond.reason"),
        (Answer(MessageKind.REDIRECT), "respond.kind"),
        (Answer(MessageKind.ACCEPT, redirect_to=SHELTER), "respond.kind"),
        (Answer(MessageKind.ACCEPT, sections=(Identity(), Identity())), "model.invalid"),
    ],
)
def test_what_is_no_answer_is_the_callers_fault(answer: Answer, code: str) -> None:
    opened = open_envelope(admit(forge().envelope, B, directory(), AT), keyring(B), directory())
    with pytest.raises(CallerError) as refused:
        respond(opened, answer, directory(), AT)
    assert refused.value.code == code


def test_a_sender_cannot_answer_its_own_message() -> None:
    (one,) = seal_drafts([draft()], signing(A))
    own = open_unsealed(
        unseal_with_keys(admit_for_dispatch(one.envelope, A, directory(), AT), one.section_keys), directory()
    )
    with refusal(CallerError, "respond.not-a-request"):
        respond(own, Answer(MessageKind.ACCEPT), directory(), AT)


def test_another_matrix_is_told() -> None:
    def opened(digest: bytes | None) -> Opened:
        said = encode_section(control(PREVIEW, matrix_digest=digest))
        forged = forge([said, encode_section(PREVIEW)])
        return open_envelope(admit(forged.envelope, B, directory(), AT), keyring(B), directory())

    assert not opened(None).other_matrix
    assert opened(bytes(32)).other_matrix
