"""Which witnesses and which keys of a log count for a checkpoint: those in force at the time that it proves."""

from __future__ import annotations

import pytest

from referral_proto.flow.evidence.bundle import build_exchange, chosen_records, show_message
from referral_proto.flow.evidence.report import Report, Status, Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.log.event import delivered
from referral_proto.moment import DAY, Moment
from referral_proto.ports import Proved
from referral_proto.trust.amend import amend_federation, set_logs
from referral_proto.trust.directory import Directory
from referral_proto.trust.logs import log_entry
from tests.flow.evidence_world import (
    AT,
    COUNTRIES,
    FOUNDERS,
    NAMES,
    A,
    B,
    Log,
    deliver,
    log_keys,
    opening,
    records,
    request,
    root,
    send,
    signing,
    witness_entry,
)

CHANGE = AT.plus(DAY)


def changed() -> tuple[bytes, ...]:
    """From CHANGE on all witnesses have new keys."""
    chain = Directory.fold(records(), root=root()).chain
    fresh = [witness_entry(name, country, 1) for name, country in zip(NAMES, COUNTRIES, strict=True)]
    founders = [signing(one) for one in FOUNDERS]
    return (*records(), amend_federation(chain, CHANGE, *founders, witnesses=fresh, quorum=2))


def judged(at: Moment, cosigned: Moment, number: int, held: tuple[bytes, ...]) -> Report:
    """A delivery at `at`, cosigned by the witnesses' keys of that number."""
    (sent,) = send(request(), at=at.plus(-60))
    log = Log(B)
    index = log.append(delivered(sent.leaf, A, B, opening(B).id, at))
    note = log.note(at, [cosigned, cosigned], number)
    message = show_message(sent.cover, {B: Proved(log.receipt(index, note))})
    return verify_evidence(build_exchange([message], chosen_records(held, (A, B))), root())


def quorum(report: Report) -> tuple[Status, str]:
    return next((one.status, one.code) for one in report.results if one.id == "E-6")


def test_each_list_of_witnesses_counts_in_its_own_time() -> None:
    assert judged(AT, AT.plus(10), 0, changed()).passed
    assert judged(CHANGE.plus(60), CHANGE.plus(70), 1, changed()).passed


@pytest.mark.req("WIT-03")
def test_a_list_of_another_time_makes_no_time_trusted() -> None:
    late = judged(CHANGE.plus(60), CHANGE.plus(70), 0, changed())
    early = judged(AT, AT.plus(10), 1, changed())
    assert quorum(late) == quorum(early) == (Status.INDETERMINATE, "evidence.no-quorum")
    assert late.verdict is early.verdict is Verdict.INDETERMINATE and late.shown == early.shown == ()


def test_signed_before_the_change_and_cosigned_after_it() -> None:
    assert judged(CHANGE.plus(-5), CHANGE.plus(5), 1, changed()).passed


def ended() -> tuple[bytes, ...]:
    """The log of B ended at CHANGE."""
    history = Directory.fold(records(), root=root()).history(B)
    logs = [one.model_copy(update={"ended_at": CHANGE}) if one.origin == B else one for one in history.record.logs]
    return (*records(), set_logs(history, logs, CHANGE, signing(B), signing("xb.registrar")))


def test_a_log_signs_no_more_after_its_end() -> None:
    assert judged(AT, AT.plus(10), 0, ended()).passed
    for at, cosigned in ((CHANGE.plus(60), CHANGE.plus(70)), (CHANGE.plus(-5), CHANGE.plus(5))):
        report = judged(at, cosigned, 0, ended())
        assert report.verdict is Verdict.FAILED
        assert [one.code for one in report.results if one.id == "E-5"] == ["evidence.log-keys"]


def test_a_log_in_the_name_of_another_agency() -> None:
    """The keys of B's log under the origin of A prove nothing for A."""
    (sent,) = send(request())
    log = Log(B)
    proved = deliver(log, sent)
    log.origin = A
    index = log.append(delivered(sent.leaf, A, B, opening(B).id, AT.plus(60)))
    forged = log.receipt(index, log.note(AT.plus(120), [AT.plus(130), AT.plus(130)]))
    message = show_message(sent.cover, {B: Proved(forged, b"", b"", proved.earlier_checkpoint)})
    report = verify_evidence(build_exchange([message], chosen_records(records(), (A, B))), root())
    assert [one.code for one in report.results if one.id == "E-5"] == ["checkpoint.origin"]


def test_two_logs_of_one_agency_follow_each_other() -> None:
    """After the first log's end its successor speaks for the agency."""
    history = Directory.fold(records(), root=root()).history(B)
    first = [one.model_copy(update={"ended_at": CHANGE}) for one in history.record.logs if one.origin == B]
    second = log_entry(f"{B}/2", log_keys(f"{B}/2"), CHANGE)
    held = (*records(), set_logs(history, [*first, second], CHANGE, signing(B), signing("xb.registrar")))
    (sent,) = send(request(), at=CHANGE)
    message = show_message(sent.cover, {B: deliver(Log(f"{B}/2"), sent, at=CHANGE.plus(120))})
    report = verify_evidence(build_exchange([message], chosen_records(held, (A, B))), root())
    assert report.passed, [one for one in report.results if one.status is not Status.PASSED]
