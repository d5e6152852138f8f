"""The report of `referral verify` says what `admit` and `verify_cover` do: same numbers, same codes, same verdict."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import referral_proto
from referral_proto.cli.checks import COVER_CHECKS, SEALED_CHECKS, Status, judge
from referral_proto.errors import PeerError
from referral_proto.errors.codes import CATALOGUE
from referral_proto.flow.admit import admit
from referral_proto.model.codes.exchange import MessageKind, Purpose
from referral_proto.model.envelope import Core, Cover, Envelope
from referral_proto.moment import DAY
from referral_proto.trust.amend import declare_compromise
from referral_proto.trust.directory import Directory
from referral_proto.wire import decode, encode
from tests.cli.stage import AT, KH, POLICE, TH, directory, readdressed, records, sealed, signing

FLOW = Path(referral_proto.__file__).parent / "flow"
OFFER = sealed(MessageKind.OFFER, Purpose.REFERRAL_OFFER)


def numbers(source: str, letter: str) -> list[str]:
    """The numbered checks of a module."""
    text = (FLOW / source).read_text(encoding="utf-8")
    return sorted(re.findall(rf"^\s+(?:# |\"\"\")({letter}-\d+):? (?!to )", text, re.MULTILINE))


def test_every_numbered_check_of_the_code_is_in_the_table() -> None:
    covers, envelopes = numbers("cover.py", "V"), numbers("admit.py", "A")
    assert [check.id for check in COVER_CHECKS] == covers
    # V-5 to V-7 are said to stand inside.
    assert sorted(check.id for check in SEALED_CHECKS) == sorted([*envelopes, *covers[1:4]])


def test_the_table_knows_every_code_that_can_refuse() -> None:
    mentioned = {code for check in (*COVER_CHECKS, *SEALED_CHECKS) for code in check.codes}
    assert mentioned <= set(CATALOGUE)
    raised = {
        code
        for source in ("cover.py", "admit.py")
        for code in re.findall(r'PeerError\("([a-z.-]+)"', (FLOW / source).read_text(encoding="utf-8"))
    }
    # Asked only when an envelope leaves its sender's own relay.
    assert raised - mentioned == {"admit.not-sender"}


def outcome(data: bytes, recipient: object = KH, at: object = AT) -> tuple[str | None, str | None]:
    """The check that failed, and the code."""
    verdict = judge(data, recipient, directory(), at, AT)  # type: ignore[arg-type]  # as each test gives them
    failed = [result.check.id for result in verdict.results if result.status is Status.FAILED]
    assert len(failed) == (verdict.refusal is not None)
    return (failed[0], verdict.refusal.code) if verdict.refusal else (None, None)


def with_core(**changes: object) -> bytes:
    whole = decode(Envelope, OFFER.envelope)
    core = decode(Core, whole.core).model_copy(update=changes)
    return encode(whole.model_copy(update={"core": encode(core)}))


def with_parts(**changes: object) -> bytes:
    return encode(decode(Envelope, OFFER.envelope).model_copy(update=changes))


@pytest.mark.parametrize(
    ("data", "recipient", "check", "code"),
    [
        pytest.param(OFFER.envelope, KH, None, None, id="whole"),
        pytest.param(OFFER.envelope, None, None, None, id="whole, recipient not asked"),
        pytest.param(OFFER.cover, None, None, None, id="cover"),
        pytest.param(OFFER.envelope + bytes(4_500_000), KH, "A-1", "envelope.too-large", id="size"),
        pytest.param(OFFER.envelope[:-1], KH, "A-2", "envelope.malformed", id="truncated"),
        pytest.param(with_parts(core=b"\x00"), KH, "V-2", "core.malformed", id="core"),
        pytest.param(with_core(suite=2), KH, "V-3", "core.suite", id="suite"),
        pytest.param(with_core(recipients=()), KH, "V-4", "core.recipients", id="nobody"),
        pytest.param(with_core(expires_at=AT), KH, "V-4", "core.lifetime", id="no lifetime"),
        pytest.param(with_core(expires_at=AT.plus(31 * DAY)), KH, "A-7", "core.lifetime", id="long lifetime"),
        pytest.param(with_parts(rings=()), KH, "A-3", "envelope.counts", id="rings"),
        pytest.param(with_parts(bodies=(b"x",) * 4), KH, "A-4", "envelope.body-size", id="body size"),
        pytest.param(OFFER.envelope, POLICE, "A-5", "admit.not-recipient", id="not the recipient"),
        pytest.param(readdressed(OFFER.envelope), POLICE, "A-8", "signature.invalid", id="readdressed"),
        pytest.param(OFFER.cover[:-1], None, "A-2", "envelope.malformed", id="truncated cover"),
    ],
)
def test_each_refusal_stands_at_its_check(data: bytes, recipient: object, check: str | None, code: str | None) -> None:
    assert outcome(data, recipient) == (check, code)


def test_time_is_judged_at_its_check() -> None:
    assert outcome(OFFER.envelope, at=AT.plus(-301)) == ("A-6", "admit.from-future")
    assert outcome(OFFER.envelope, at=AT.plus(7 * DAY)) == ("A-6", "admit.expired")


def test_a_cover_with_other_digests_is_no_proof() -> None:
    cover = decode(Cover, OFFER.cover)
    assert outcome(encode(cover.model_copy(update={"bodies_digest": bytes(32)})), None) == ("V-7", "signature.invalid")


@given(st.integers(0, len(OFFER.envelope) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_as_admit_refuses_it(place: int, change: int) -> None:
    data = bytearray(OFFER.envelope)
    data[place] ^= change
    with pytest.raises(PeerError) as caught:
        admit(bytes(data), KH, directory(), AT)
    assert outcome(bytes(data))[1] == caught.value.code


@given(st.binary(max_size=300))
def test_any_bytes_get_a_verdict(data: bytes) -> None:
    assert outcome(data)[0] in {"A-2", "V-2"}


@pytest.fixture(scope="module")
def contested() -> Directory:
    """The sender's key is said, a month later, to have been in other hands since a day after the offer."""
    history = directory().history(TH)
    later = declare_compromise(history, signing(TH).id, AT.plus(DAY), KH, AT.plus(30 * DAY), signing(TH), signing(KH))
    return Directory.fold([*records().values(), later], lenient=True)


def test_a_cover_received_before_the_compromise_is_valid(contested: Directory) -> None:
    verdict = judge(OFFER.cover, None, contested, AT, AT)
    assert (verdict.refusal, verdict.standing.status.value) == (None, "valid")
    assert {result.status for result in verdict.results} == {Status.PASSED}


def test_a_cover_received_after_it_is_contested_and_says_by_whom(contested: Directory) -> None:
    verdict = judge(OFFER.cover, None, contested, AT.plus(2 * DAY), AT)
    assert verdict.refusal is None
    assert [one.check.id for one in verdict.results if one.status is Status.CONTESTED] == ["V-6"]
    assert (verdict.standing.asserted_by, verdict.standing.since) == (KH, AT.plus(DAY))


def test_a_cover_of_unknown_time_is_indeterminate() -> None:
    verdict = judge(OFFER.cover, None, directory(), None, AT)
    assert [one.check.id for one in verdict.results if one.status is Status.INDETERMINATE] == ["V-6"]


def test_a_sealed_file_under_a_contested_key_is_refused(contested: Directory) -> None:
    verdict = judge(OFFER.envelope, None, contested, AT.plus(2 * DAY), AT)
    assert verdict.refusal is not None and verdict.refusal.code == "trust.keyset-contested"
    assert [one.check.id for one in verdict.results if one.status is Status.FAILED] == ["A-7"]
