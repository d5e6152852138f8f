"""The form of a bundle, and what an auditor remembers from one to the next."""

from __future__ import annotations

from typing import Any

import pytest

from referral_proto.errors import CallerError, PeerError
from referral_proto.flow.evidence.bundle import build_exchange, chosen_records, read_bundle, show_message
from referral_proto.flow.evidence.report import Report, Status, Verdict
from referral_proto.flow.evidence.verify import Auditor, verify_evidence
from referral_proto.model.evidence import EvidenceMessage
from referral_proto.ports import Proved
from tests.flow.evidence_world import AT, DUE, A, B, Log, Sent, deliver, played, records, request, root, send


def held() -> tuple[bytes, ...]:
    return chosen_records(records(), (A, B))


def shown(sent: Sent, proved: Proved) -> EvidenceMessage:
    return show_message(sent.cover, {B: proved}, (sent.salt, sent.control))


def of(report: Report, check: str, message: Any = 1) -> tuple[Status, str]:
    found = [one for one in report.results if one.id == check and one.message in (message, 0)]
    return found[-1].status, found[-1].code


class TestForm:
    @pytest.mark.req("EVI-01")
    def test_the_same_thing_twice(self) -> None:
        message = shown(played().asked, played().there)
        with pytest.raises(CallerError, match=r"evidence\.content"):
            build_exchange([message, message], held())

    def test_one_envelope_under_two_seals(self) -> None:
        (sent,), (again,) = send(request()), send(request())
        assert sent.leaf == again.leaf and sent.cover != again.cover
        report = verify_evidence(
            build_exchange([show_message(sent.cover, {}), show_message(again.cover, {})], held()), root()
        )
        assert report.verdict is Verdict.FAILED
        assert ("E-1", "evidence.repeated") in {(one.id, one.code) for one in report.results}

    def test_nothing_to_show(self) -> None:
        with pytest.raises(CallerError, match=r"evidence\.content"):
            build_exchange([], held())
        with pytest.raises(CallerError, match=r"evidence\.content"):
            build_exchange([shown(played().asked, played().there)], [])

    @pytest.mark.req("EVI-01")
    def test_a_newer_bundle_is_never_valid_and_never_called_damaged(self) -> None:
        bundle = played().bundle()
        newer = bundle.replace(b"evidence\x10\x01", b"evidence\x10\x02", 1) + b"\xfa\x01\x00"
        report = verify_evidence(newer, root())
        assert report.verdict is Verdict.INDETERMINATE
        assert of(report, "E-1", 0) == (Status.INDETERMINATE, "evidence.newer")

    @pytest.mark.req("EVI-01")
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "evidence.format"),
            (b"\x0a\x17referral-proto evidence", "evidence.damaged"),
            (b"\x0a\x17referral-proto evidence" + bytes(16 * 1024 * 1024), "evidence.too-large"),
        ],
    )
    def test_what_is_no_bundle(self, data: bytes, code: str) -> None:
        with pytest.raises(PeerError) as refused:
            read_bundle(data)
        assert refused.value.code == code
        assert verify_evidence(data, root()).verdict is Verdict.FAILED


def test_a_batch_shares_its_seal_and_nothing_else() -> None:
    batch = send(*(request(DUE.plus(number)) for number in range(3)))
    log = Log(B)
    bundles = [
        build_exchange([shown(one, deliver(log, one, at=AT.plus(60 * n)))], held()) for n, one in enumerate(batch, 1)
    ]
    auditor = Auditor(root())
    assert all(auditor.verify(bundle).passed for bundle in bundles)
    # A memory that was warmed refuses the same root under other signatures.
    forged = batch[0].cover.replace(batch[0].cover[-3309:], bytes(3309))
    report = auditor.verify(build_exchange([show_message(forged, {})], held()))
    assert of(report, "E-3") == (Status.FAILED, "signature.invalid")
