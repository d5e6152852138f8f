"""Records as their signers make them: what is refused before it is signed, and that what is signed is believed."""

from __future__ import annotations

import pytest

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId, agency_id
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.records import AgencyRecord, SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.amend import revoke_keyset, rotate_keyset
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import (
    announce_relay,
    approve,
    found_federation,
    publish_opening_key,
    read_record,
    request_enrolment,
)
from referral_proto.trust.signed import sign_record
from referral_proto.wire import decode, encode

AT = Moment.parse("2026-11-21T12:00:00Z")
XA, XB, SHELTER = agency_id("xa.registrar"), agency_id("xb.registrar"), agency_id("xb.shelter")


def keys(agency: AgencyId, number: int = 1) -> SigningKeyset:
    seed = agency.encode().ljust(32, str(number).encode())
    return SigningKeyset.from_seeds(agency, seed, seed[::-1])


A, B, S = keys(XA), keys(XB), keys(SHELTER)
FEDERATION = found_federation("Example", [A.public, B.public], 2, {"xa": A.public, "xb": B.public}, AT, A)


def request(signer: SigningKeyset = S) -> bytes:
    return request_enrolment(signer, {"en": "Example shelter"}, OrganisationType.SHELTER, [Mandate.SHELTER], XB, AT)


def refused(record: AgencyRecord, *signers: SigningKeyset) -> str:
    with pytest.raises(PeerError) as caught:
        approve(sign_record(record, *signers), B)
    return caught.value.code


def test_what_is_made_and_signed_is_believed() -> None:
    opening = OpeningKey.from_seed(SHELTER, bytes(range(32)))
    records = [approve(FEDERATION, B), approve(request(), B), publish_opening_key(S, opening.public, 3, AT)]
    directory = Directory.fold(records)
    assert directory.federation.threshold == 2
    assert directory.signing_keyset(SHELTER, S.id, AT).id == S.id
    assert directory.mandates(SHELTER) == {Mandate.SHELTER}
    assert directory.current_opening_key(SHELTER, AT.plus(14 * DAY - 1)).id == opening.id


def test_a_federation_needs_its_threshold() -> None:
    with pytest.raises(PeerError, match=r"trust\."):
        Directory.fold([FEDERATION])


@pytest.mark.parametrize(
    ("founders", "threshold", "signers", "code"),
    [
        ((A, B), 3, (A,), "issue.threshold"),
        ((A, B), 0, (A,), "issue.threshold"),
        ((A, keys(XA, 2)), 1, (A,), "issue.threshold"),
        ((A, B), 2, (A, S), "issue.not-founder"),
    ],
)
def test_a_federation_that_nobody_would_believe_is_not_made(
    founders: tuple[SigningKeyset, ...], threshold: int, signers: tuple[SigningKeyset, ...], code: str
) -> None:
    with pytest.raises(CallerError) as caught:
        found_federation("Example", [one.public for one in founders], threshold, {}, AT, *signers)
    assert caught.value.code == code


def test_a_request_is_judged_before_it_is_signed() -> None:
    _, record = read_record(request())
    assert isinstance(record, AgencyRecord)
    (entry,) = record.signing_keysets
    assert refused(record) == "trust.record-signature"
    assert refused(record, B) == "trust.record-signature"
    older = entry.model_copy(update={"enrolled_in": 1})
    assert refused(record.model_copy(update={"signing_keysets": (older,)}), S) == "trust.possession"
    anothers = entry.model_copy(update={"ed25519": A.public.ed25519, "mldsa65": A.public.mldsa65})
    assert refused(record.model_copy(update={"signing_keysets": (anothers,)}), S) == "trust.possession"
    weak = entry.model_copy(update={"mldsa65": bytes(1952)})
    assert refused(record.model_copy(update={"signing_keysets": (weak,)}), S) == "key.weak"


def test_later_records_need_no_key_of_their_own_to_be_signed() -> None:
    history = Directory.fold([approve(FEDERATION, B), approve(request(), B)]).history(SHELTER)
    for later in (
        revoke_keyset(history, S.id, AT.plus(DAY)),
        rotate_keyset(history, keys(SHELTER, 2), AT.plus(DAY), S),
    ):
        signed, _ = read_record(approve(later, B))
        assert B.id in {one.keyset for one in signed.signatures}


def test_signing_twice_adds_nothing() -> None:
    once = approve(request(), B)
    assert len(decode(SignedRecord, approve(once, B)).signatures) == 2


def test_an_opening_key_is_published_by_its_own_agency() -> None:
    with pytest.raises(CallerError, match=r"key\.other-agency"):
        publish_opening_key(B, OpeningKey.from_seed(SHELTER, bytes(32)).public, 1, AT)


@pytest.mark.parametrize(
    ("endpoint", "certificates", "where"),
    [
        ("no port", [bytes(100)], "endpoint"),
        ("relay.example:7443", [], "tls_certificates"),
        ("relay.example:7443", [b"short"], "tls_certificates.0"),
    ],
)
def test_a_record_of_another_form_is_not_made(endpoint: str, certificates: list[bytes], where: str) -> None:
    with pytest.raises(CallerError) as caught:
        announce_relay(B, endpoint, certificates, AT)
    assert (caught.value.code, caught.value.where) == ("issue.invalid", where)


def test_what_is_no_record_is_not_read() -> None:
    whole = request()
    unknown = encode(decode(SignedRecord, whole).model_copy(update={"kind": 99}))
    for data in (b"", whole[:-1], b"\xff" + whole, unknown):
        with pytest.raises(PeerError, match=r"trust\.record-malformed"):
            read_record(data)
