"""Laws of disclosure: the matrix grants, consent narrows, and nothing and nobody adds a section."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from referral_proto.errors import CallerError
from referral_proto.flow.minimise import Intent, minimise, seal
from referral_proto.ids import country_of
from referral_proto.model.codes.consent import ConsentDecision
from referral_proto.model.codes.exchange import DisclosureState, LegalBasis, MessageKind, Purpose, SectionType
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.consent import Consent, Grant, Override
from referral_proto.model.identity import Identity
from referral_proto.model.preview import Preview
from referral_proto.model.referral import Referral
from referral_proto.policy.consent import WITHOUT_CONSENT, Reason, refused_by_consent
from referral_proto.policy.matrix import MATRIX, MATRIX_DIGEST, granted, purposes
from tests.conformance.forge import PREVIEW, THREAD
from tests.conformance.world import AT, POLICE, SHELTER, A, B, directory, signing
from tests.strategies.sections import noun, section, sections

OTHERS = (B, SHELTER, POLICE)
PURPOSES = st.sampled_from(sorted(purposes()))
MOMENTS = st.sampled_from([None, AT.plus(-1), AT, AT.plus(1)])
KINDS = st.lists(st.sampled_from(list(SectionType)), min_size=1, max_size=8, unique=True).map(tuple)
GIVEN_OR_NOT = st.sampled_from([ConsentDecision.GIVEN, ConsentDecision.GIVEN, *ConsentDecision])


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    return Grant(
        purpose=draw(PURPOSES),
        recipient=draw(st.sampled_from(OTHERS)),
        sections=draw(KINDS),
        decision=draw(GIVEN_OR_NOT),
        expires_at=draw(MOMENTS),
        withdrawn_at=draw(MOMENTS),
    )


@st.composite
def consents(draw: st.DrawFn) -> Consent:
    return Consent(
        grants=tuple(draw(st.lists(grants(), max_size=6))),
        home_state_veto=draw(st.sampled_from([None, False, True])),
        vetoed_states=draw(st.sampled_from([(), (), ("XB",)])),
        withdrawn_at=draw(MOMENTS),
        override=draw(st.none() | noun(Override)),
    )


@st.composite
def referrals(draw: st.DrawFn) -> Referral:
    found: dict[str, Any] = {type(one).__name__.lower(): one for one in draw(sections())}
    found["consent"] = draw(st.none() | consents())
    found["preview"] = draw(section(SectionType.PREVIEW))
    return Referral(**found)


@st.composite
def intents(draw: st.DrawFn) -> Intent:
    recipients = draw(st.lists(st.sampled_from(OTHERS), min_size=1, max_size=3, unique=True))
    return Intent(
        MessageKind.REFERRAL,
        draw(PURPOSES),
        tuple(recipients),
        THREAD,
        legal_basis=draw(st.sampled_from([None, *LegalBasis])),  # type: ignore[arg-type]
    )


def vetoes_an_unknown_state(referral: Referral) -> bool:
    """Such a referral cannot be sent at all."""
    consent, identity = referral.consent, referral.identity
    known = referral.preview is not None and referral.preview.citizenships_claimed
    known = known or (identity is not None and identity.citizenships)
    return consent is not None and bool(consent.home_state_veto) and not consent.vetoed_states and not known


def sent_to(referral: Referral, intent: Intent) -> dict[tuple[SectionType, str], bool]:
    """(type, recipient) of everything that would go out."""
    assume(not vetoes_an_unknown_state(referral))
    disclosure = minimise(referral, intent, directory(), AT).disclosure
    kinds = {id(one): kind for kind, one in referral.sections()}
    return {
        (kinds[id(one)], disclosure.recipients[place]): True for one, places in disclosure.sections for place in places
    }


@pytest.mark.req("DIS-01")
@given(referrals(), intents())
def test_nothing_goes_out_that_the_matrix_does_not_grant(referral: Referral, intent: Intent) -> None:
    for kind, recipient in sent_to(referral, intent):
        assert kind in granted(intent.purpose, directory().mandates(recipient))


@pytest.mark.req("DIS-03")
@given(referrals(), intents(), st.data())
def test_less_consent_never_sends_more(referral: Referral, intent: Intent, data: st.DataObject) -> None:
    before = set(sent_to(referral, intent))
    consent = referral.consent
    if consent is None:
        assert {kind for kind, _ in before} <= WITHOUT_CONSENT
        return
    less: dict[str, Any] = data.draw(
        st.sampled_from(
            [
                {"grants": consent.grants[1:]},
                {"grants": tuple(g.model_copy(update={"sections": g.sections[:1]}) for g in consent.grants)},
                {"withdrawn_at": AT, "override": None},
                {"home_state_veto": True},
                {"vetoed_states": ("XB", "XA")},
                {"grants": tuple(g.model_copy(update={"expires_at": AT}) for g in consent.grants)},
            ]
        )
    )
    if "grants" in less and any(g.decision != ConsentDecision.GIVEN for g in consent.grants):
        # Taking a refusal away is not narrowing.
        return
    after = set(sent_to(referral.model_copy(update={"consent": consent.model_copy(update=less)}), intent))
    assert after <= before


@pytest.mark.req("DIS-05", "DIS-07")
@given(referrals(), intents())
def test_the_table_is_true_and_silent_about_what_no_row_grants(referral: Referral, intent: Intent) -> None:
    assume(not vetoes_an_unknown_state(referral))
    made = minimise(referral, intent, directory(), AT)
    sent = set(sent_to(referral, intent))
    table = {(row.section, intent.recipients[row.recipient]): row.state for row in made.disclosure.control.table}
    assert {cell for cell, state in table.items() if state == DisclosureState.GIVEN} == sent
    dropped = {(one.section, one.recipient): one.reason for one in made.dropped}
    assert not set(dropped) & sent
    for cell, reason in dropped.items():
        assert table.get(cell) == (None if reason is Reason.NOT_IN_MATRIX else DisclosureState.WITHHELD)
    everything = {(kind, agency) for kind, _ in referral.sections() for agency in intent.recipients}
    assert sent | set(dropped) == everything
    assert made.disclosure.control.matrix_digest == MATRIX_DIGEST


@pytest.mark.req("DIS-04")
@given(referrals(), intents())
def test_a_veto_shuts_out_every_recipient_of_the_home_state(referral: Referral, intent: Intent) -> None:
    vetoing = Consent(home_state_veto=True, grants=() if referral.consent is None else referral.consent.grants)
    of_xb = referral.model_copy(
        update={
            "consent": vetoing.model_copy(update={"override": referral.consent and referral.consent.override}),
            "identity": Identity(citizenships=("XB",)),
        }
    )
    assert {recipient for _, recipient in sent_to(of_xb, intent) if country_of(recipient) == "xb"} == set()  # type: ignore[arg-type]
    claimed = referral.model_copy(
        update={"consent": vetoing, "preview": PREVIEW.model_copy(update={"citizenships_claimed": ("XB",)})}
    )
    assert {recipient for _, recipient in sent_to(claimed, intent) if country_of(recipient) == "xb"} == set()  # type: ignore[arg-type]


@pytest.mark.req("DIS-04")
def test_a_veto_on_a_state_that_nobody_wrote_down_stops_the_message() -> None:
    nobody = Referral(
        preview=PREVIEW.model_copy(update={"citizenships_claimed": ()}), consent=Consent(home_state_veto=True)
    )
    intent = Intent(MessageKind.OFFER, Purpose.REFERRAL_OFFER, (B,), THREAD)
    with pytest.raises(CallerError) as refused:
        minimise(nobody, intent, directory(), AT)
    assert refused.value.code == "policy.home-state"


GRANT = {"purpose": Purpose.SHELTER, "recipient": SHELTER, "sections": (SectionType.HEALTH,)}


def asked(consent: Consent | None, basis: LegalBasis | None = None) -> Reason | None:
    return refused_by_consent(consent, basis, SectionType.HEALTH, Purpose.SHELTER, SHELTER, AT)


def given_by(*more: Grant, **other: Any) -> Consent:
    return Consent(grants=(Grant(**GRANT, decision=ConsentDecision.GIVEN, **other), *more))  # type: ignore[arg-type]


@pytest.mark.req("DIS-03", "DIS-09", "DIS-10")
@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        pytest.param(None, Reason.NO_CONSENT, id="silence"),
        pytest.param(Consent(), Reason.NO_CONSENT, id="nothing granted"),
        pytest.param(given_by(), None, id="granted"),
        pytest.param(given_by(expires_at=AT.plus(1)), None, id="granted until later"),
        pytest.param(given_by(expires_at=AT), Reason.CONSENT_EXPIRED, id="expired this second"),
        pytest.param(given_by(withdrawn_at=AT), Reason.CONSENT_WITHDRAWN, id="withdrawn this second"),
        pytest.param(given_by(withdrawn_at=AT.plus(1)), None, id="withdrawn later"),
        pytest.param(
            given_by(Grant(**GRANT, decision=ConsentDecision.REFUSED)),  # type: ignore[arg-type]
            Reason.CONSENT_REFUSED,
            id="granted and refused",
        ),
        pytest.param(
            given_by(Grant(**GRANT, decision=ConsentDecision.WITHDRAWN)),  # type: ignore[arg-type]
            Reason.CONSENT_WITHDRAWN,
            id="granted and withdrawn",
        ),
        pytest.param(
            Consent(grants=(Grant(**(GRANT | {"recipient": B}), decision=ConsentDecision.GIVEN),)),  # type: ignore[arg-type]
            Reason.CONSENT_FOR_OTHERS,
            id="granted to another agency",
        ),
        pytest.param(
            Consent(grants=(Grant(**GRANT, decision=ConsentDecision(77)),)),  # type: ignore[arg-type]
            Reason.NO_CONSENT,
            id="a decision that is not understood",
        ),
        pytest.param(
            given_by().model_copy(update={"withdrawn_at": AT}), Reason.CONSENT_WITHDRAWN, id="withdrawn as a whole"
        ),
    ],
)
def test_what_consent_lets_through(consent: Consent | None, reason: Reason | None) -> None:
    assert asked(consent) is reason


@pytest.mark.req("DIS-08")
@given(noun(Override), st.sampled_from([None, *LegalBasis]))
@settings(max_examples=settings().max_examples // 2)
def test_an_override_reaches_as_far_as_it_says(override: Override, basis: LegalBasis | None) -> None:
    refused = Consent(grants=(Grant(**GRANT, decision=ConsentDecision.REFUSED),), override=override)  # type: ignore[arg-type]
    reaches = (
        basis not in (None, LegalBasis.CONSENT)
        and basis == override.legal_basis
        and (override.purpose in (None, Purpose.SHELTER))
        and (not override.sections or SectionType.HEALTH in override.sections)
    )
    assert (asked(refused, basis) is None) == reaches
    vetoed = refused.model_copy(update={"vetoed_states": ("XB",)})
    assert asked(vetoed, basis) is Reason.HOME_STATE_VETO


@pytest.mark.req("DIS-02")
def test_control_has_no_row() -> None:
    assert all(SectionType.CONTROL not in sections_ for sections_ in MATRIX.values())
    assert granted(Purpose.SHELTER, []) == granted(999, list(Mandate)) == granted(Purpose.SHELTER, [999]) == frozenset()


@given(referrals(), intents())
@settings(max_examples=settings().max_examples // 4)
def test_what_was_minimised_can_be_sealed(referral: Referral, intent: Intent) -> None:
    assume(not vetoes_an_unknown_state(referral))
    (sealed,) = seal([minimise(referral, intent, directory(), AT).disclosure], signing(A), directory(), AT)
    assert len(sealed.section_keys) == 1 + len(minimise(referral, intent, directory(), AT).disclosure.sections)
    assert isinstance(referral.preview, Preview)
