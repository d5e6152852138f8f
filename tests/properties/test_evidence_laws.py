"""Laws of evidence: any bytes get a report, no changed byte passes, and none changes what is shown."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from hypothesis import example, given, settings
from hypothesis import strategies as st

from referral_proto.flow.evidence.bundle import build_exchange, chosen_records, show_message
from referral_proto.flow.evidence.report import Report, Verdict
from referral_proto.flow.evidence.verify import Auditor
from tests.flow.evidence_world import A, B, Log, deliver, played, records, request, root, send

TAIL = 34


@cache
def small() -> bytes:
    """One message, one delivery."""
    (sent,) = send(request())
    message = show_message(sent.cover, {B: deliver(Log(B), sent)}, (sent.salt, sent.control))
    return build_exchange([message], chosen_records(records(), (A, B)))


@cache
def auditor() -> Auditor:
    return Auditor(root())


@cache
def honest() -> Report:
    report = auditor().verify(small())
    assert report.passed
    return report


@given(st.data())
@settings(max_examples=300)
def test_no_changed_byte_passes(data: st.DataObject) -> None:
    bundle = bytearray(small())
    bundle[data.draw(st.integers(0, len(bundle) - 1))] ^= data.draw(st.integers(1, 255))
    assert auditor().verify(bytes(bundle)).verdict is not Verdict.PASSED


@given(st.data())
@settings(max_examples=100)
def test_no_beginning_passes(data: st.DataObject) -> None:
    bundle = small()[: data.draw(st.integers(0, len(small()) - 1))]
    assert auditor().verify(bundle).verdict is Verdict.FAILED


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_changed_byte_changes_what_is_shown(data: st.DataObject) -> None:
    """Whoever changes a byte can make the digest right again; what passes then shows what was shown before, and tells
    no time that was not told before: a checkpoint from before the delivery bounds nothing without its witnesses.
    """
    body = bytearray(small()[:-TAIL])
    body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    changed = bytes(body) + b"\x7a\x20" + sha256(body).digest()
    report = auditor().verify(changed)
    if report.passed:
        assert report.shown == honest().shown
        assert {(one.what, one.at, one.whose) for one in report.times} <= {
            (one.what, one.at, one.whose) for one in honest().times
        }


@given(st.binary(max_size=200))
@example(b"")
def test_any_bytes_get_a_report(data: bytes) -> None:
    assert auditor().verify(data).verdict is Verdict.FAILED
    begun = b"\x0a\x17referral-proto evidence\x10\x01" + data
    whole = begun + b"\x7a\x20" + sha256(begun).digest()
    assert auditor().verify(whole).verdict is Verdict.FAILED


def test_the_exchange_itself_passes() -> None:
    assert auditor().verify(played().bundle()).passed
