"""Evidence of a desk's own log, of entries that nobody explained, and of contradictions."""

from __future__ import annotations

from hashlib import sha256

import pytest

from referral_proto.errors import CallerError, PeerError
from referral_proto.flow.evidence.bundle import build_access, build_audit, chosen_records
from referral_proto.flow.evidence.claim import sign_claim
from referral_proto.flow.evidence.report import Conclusion, Report, Status, Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.flow.judge import is_contradiction, judge_contradiction
from referral_proto.ids import Leaf
from referral_proto.log.checkpoint import LogIdentity, Witness, cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.contradiction import from_heads
from referral_proto.log.event import anchored, dummy, entry_of, new_event
from referral_proto.log.head import Head, desk_origin
from referral_proto.log.tree import inclusion_proof
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import DAY, Moment
from referral_proto.trust.amend import set_logs
from referral_proto.trust.directory import Directory
from referral_proto.trust.logs import log_entry
from tests.flow.evidence_world import AT, NAMES, A, B, Log, log_keys, records, root, signing, witness_keys

LATER, SAID = AT.plus(DAY), AT.plus(60)


class Desk:
    """A desk's log: three events, anchored after the second and after the third."""

    def __init__(self, times: tuple[int, int, int] = (0, 10, 100), *, anchor: bool = True) -> None:
        self.log, self.relay = Log(desk_origin(A)), Log(A)
        self.anchors: list[tuple[bytes, bytes]] = []
        for number, at in enumerate(times):
            leaf = Leaf(sha256(b"message %d" % number).digest())
            event = new_event(LogEventKind.OPENED, leaf, AT.plus(at), actor=sha256(b"officer").digest())
            self.log.append(event)
            if number:
                self.anchor(AT.plus(20 if number == 1 else 110), anchor)

    def anchor(self, at: Moment, anchor: bool) -> None:
        note = self.log.note(at)
        receipt = b""
        if anchor:
            index = self.relay.append(anchored(self.log.head, A, at))
            receipt = self.relay.receipt(index, self.relay.note(at, [at.plus(5), at.plus(6)]))
        self.anchors.append((note, receipt))

    def entries(self, hide: int | None = None) -> list[tuple[bytes, bytes | None]]:
        return [(entry_of(one), None if place == hide else one) for place, one in enumerate(self.log.events)]

    def judged(self, entries: list[tuple[bytes, bytes | None]] | None = None) -> Report:
        held = chosen_records(records(), (A,))
        return verify_evidence(build_access(A, entries or self.entries(), self.anchors, held), root(), at=LATER)


def _root_of(desk: Desk, size: int) -> bytes:
    begun = Log(desk.log.origin)
    begun.append(*desk.log.events[:size])
    return bytes(begun.tree.root)


def of(report: Report, check: str) -> tuple[Status, str]:
    found = [one for one in report.results if one.id == check]
    return found[-1].status, found[-1].code


class TestAccess:
    def test_who_read_what_is_shown_with_the_time_by_which_it_could_not_be_taken_back(self) -> None:
        report = Desk().judged()
        assert report.passed
        assert [one.by for one in report.accesses] == [AT.plus(26), AT.plus(26), AT.plus(116)]
        assert (
            report.shown[0].kind is Conclusion.ACCESS
            and f"By {AT.plus(116).iso()} the desk of {A} had kept" in report.shown[0].text
        )

    def test_a_hidden_event_keeps_its_place(self) -> None:
        desk = Desk()
        report = desk.judged(desk.entries(hide=1))
        assert report.passed and len(report.accesses) == 2
        assert "What the other 1 say is forgotten, or not shown here." in report.shown[0].text

    def test_what_is_not_anchored_is_said_to_be_changeable(self) -> None:
        report = Desk(anchor=False).judged()
        assert report.verdict is Verdict.INDETERMINATE and report.shown == ()
        assert ("E-17", "evidence.not-anchored") in {(one.id, one.code) for one in report.results}
        desk = Desk()
        desk.anchors[1] = desk.anchors[1][0], b""
        report = desk.judged()
        assert report.passed and "The last 1 are not anchored yet" in report.shown[0].text

    @pytest.mark.parametrize("hand", ["remove", "replace", "reorder", "add"])
    def test_a_log_that_was_tampered_with(self, hand: str) -> None:
        desk = Desk()
        entries = desk.entries()
        other = dummy(AT)
        if hand == "remove":
            del entries[1]
        elif hand == "replace":
            entries[1] = entry_of(other), other
        elif hand == "reorder":
            entries.reverse()
        else:
            entries.append((entry_of(other), other))
        report = desk.judged(entries)
        assert report.verdict is Verdict.FAILED and of(report, "E-15") == (Status.FAILED, "evidence.entries")
        assert report.shown == ()

    def test_an_event_that_is_not_behind_its_entry(self) -> None:
        desk = Desk()
        entries = desk.entries()
        entries[0] = entries[0][0], dummy(AT)
        report = desk.judged(entries)
        failed = [(one.id, one.code) for one in report.results if one.status is Status.FAILED]
        assert failed == [("E-18", "evidence.event")] and report.shown == ()

    def test_an_event_written_in_later(self) -> None:
        desk = Desk((0, 10, -86_400))
        failed = [one for one in desk.judged().results if one.status is Status.FAILED]
        assert [(one.id, one.code) for one in failed] == [("E-18", "receipt.backdated")]

    def test_the_anchor_of_another_head(self) -> None:
        desk = Desk()
        desk.anchors[1] = desk.anchors[1][0], desk.anchors[0][1]
        report = desk.judged()
        assert of(report, "E-17") == (Status.FAILED, "receipt.mismatch")

    @pytest.mark.req("EVI-12")
    def test_the_sentence_says_nothing_of_what_came_later_or_was_kept_elsewhere(self) -> None:
        """A bundle of the beginning is honest, and shows that only the beginning stood."""
        desk = Desk()
        desk.anchors = desk.anchors[:1]
        report = desk.judged(desk.entries()[:2])
        assert report.passed
        text = report.shown[0].text
        assert "at least 2 entries" in text and "What came later is not looked at" in text and "another log" in text

    def test_other_keys_for_the_same_desks_log_are_named(self) -> None:
        """A desk that lost its log on purpose begins another one, under new keys."""
        history = Directory.fold(records(), root=root()).history(A)
        ended = [one.model_copy(update={"ended_at": AT.plus(-1)}) for one in history.record.logs if one.origin != A]
        kept = [one for one in history.record.logs if one.origin == A]
        fresh = log_entry(desk_origin(A), log_keys("another desk log"), AT.plus(-1))
        changed = set_logs(history, [*kept, *ended, fresh], AT.plus(-1), signing(A), signing("xa.registrar"))
        desk = Desk()
        desk.anchors = [(self._under(desk, size, AT.plus(20 * size)), b"") for size in (2, 3)]
        bundle = build_access(A, desk.entries(), desk.anchors, chosen_records((*records(), changed), (A,)))
        report = verify_evidence(bundle, root(), at=LATER)
        assert of(report, "E-16")[0] is Status.PASSED and report.shown == ()
        index = desk.relay.append(anchored(Head(desk_origin(A), 3, _root_of(desk, 3)), A, AT.plus(120)))
        at = AT.plus(120)
        desk.anchors[1] = desk.anchors[1][0], desk.relay.receipt(index, desk.relay.note(at, [at.plus(5), at.plus(6)]))
        bundle = build_access(A, desk.entries(), desk.anchors, chosen_records((*records(), changed), (A,)))
        (shown,) = verify_evidence(bundle, root(), at=LATER).shown
        assert "The records name 2 pairs of keys for logs of this desk." in shown.text

    def _under(self, desk: Desk, size: int, at: Moment) -> bytes:
        return sign_checkpoint(Head(desk_origin(A), size, _root_of(desk, size)), log_keys("another desk log"), at)

    @pytest.mark.req("EVI-12")
    def test_two_heads_that_cannot_both_be_true_convict_the_desk(self) -> None:
        """One was anchored before the desk wrote another story of the same length."""
        desk, other = Desk(), Log(desk_origin(A))
        other.append(
            *desk.log.events[:2], new_event(LogEventKind.OPENED, Leaf(bytes(32)), AT.plus(90), actor=bytes(32))
        )
        for at, expected in ((AT.plus(110), "evidence.two-logs"), (AT.plus(50), "evidence.two-logs")):
            both = Desk()
            both.anchors.append((other.note(at), b""))
            failed = [(one.id, one.code) for one in both.judged().results if one.status is Status.FAILED]
            assert failed == [("E-16", expected)] and both.judged().shown == ()

    def test_a_smaller_log_that_was_the_whole_one_later(self) -> None:
        desk, shorter = Desk(), Log(desk_origin(A))
        shorter.append(desk.log.events[0])
        desk.anchors.insert(0, (shorter.note(AT.plus(300)), b""))
        assert ("E-16", "evidence.two-logs") in {(one.id, one.code) for one in desk.judged().results}

    @pytest.mark.req("EVI-01")
    def test_the_same_head_twice(self) -> None:
        desk = Desk()
        desk.anchors.insert(0, desk.anchors[0])
        with pytest.raises(CallerError, match=r"evidence\.content"):
            desk.judged()
        # Signed again, the same head is other bytes.
        twice = Desk()
        again = Log(desk_origin(A))
        again.append(*twice.log.events[:2])
        twice.anchors.insert(0, (again.note(AT.plus(20)), b""))
        assert of(twice.judged(), "E-1") == (Status.FAILED, "evidence.repeated")

    def test_witnesses_that_came_late_make_no_honest_desk_a_liar(self) -> None:
        """The head was anchored at once, and cosigned hours later; what happened in between was entered in between."""
        desk, hours = Desk((0, 10, 3600)), 4 * 3600
        index = desk.relay.append(anchored(Head(desk_origin(A), 2, _root_of(desk, 2)), A, AT.plus(20)))
        late = desk.relay.note(AT.plus(20), [AT.plus(hours), AT.plus(hours + 5)])
        desk.anchors[0] = desk.anchors[0][0], desk.relay.receipt(index, late)
        desk.anchors[1] = desk.log.note(AT.plus(3700)), b""
        report = desk.judged()
        assert report.passed, [one for one in report.results if one.status is Status.FAILED]

    def test_one_lying_witness_makes_no_honest_desk_a_liar(self) -> None:
        desk = Desk()
        index = desk.relay.append(anchored(Head(desk_origin(A), 2, _root_of(desk, 2)), A, AT.plus(20)))
        lying = desk.relay.note(AT.plus(20), [AT.plus(25), AT.plus(DAY)])
        desk.anchors[0] = desk.anchors[0][0], desk.relay.receipt(index, lying)
        assert desk.judged().passed

    def test_the_log_of_another_desk(self) -> None:
        desk = Desk()
        bundle = build_access(B, desk.entries(), desk.anchors, chosen_records(records(), (A, B)))
        assert of(verify_evidence(bundle, root()), "E-16") == (Status.FAILED, "checkpoint.origin")


class TestAudit:
    def bundle(self, *, by: str = A, index: int = 1, cosigned: bool = True, at: Moment = SAID) -> bytes:
        log = Log(A)
        log.append(dummy(AT), dummy(AT), dummy(AT))
        note = log.note(AT, [AT.plus(5), AT.plus(5)] if cosigned else [])
        entry = entry_of(log.events[1])
        said = sign_claim(signing(by), ClaimKind.UNEXPLAINED, at, origin=A, index=index, entry=entry)
        proof = inclusion_proof(log.tree, 1, log.tree.size)
        return build_audit([(1, entry, proof, note)], chosen_records(records(), (A, B)), [said])

    def test_an_entry_that_nobody_explained(self) -> None:
        report = verify_evidence(self.bundle(), root(), at=LATER)
        assert report.passed and report.shown[0].kind is Conclusion.UNEXPLAINED
        assert f"{A} says under its signature" in report.shown[0].text

    @pytest.mark.req("EVI-10")
    def test_a_claim_from_before_the_log_held_the_entry_or_ahead_of_the_auditors_clock(self) -> None:
        for at, code in ((AT.plus(-20 * DAY), "evidence.claim"), (LATER.plus(DAY), "evidence.claim-ahead")):
            report = verify_evidence(self.bundle(at=at), root(), at=LATER)
            refused = [(one.id, one.code) for one in report.results if one.status is Status.FAILED]
            assert refused == [("E-13", code)] and report.shown == ()

    @pytest.mark.req("EVI-01")
    def test_the_same_entry_twice(self) -> None:
        log = Log(A)
        log.append(dummy(AT), dummy(AT))
        proof, entry = inclusion_proof(log.tree, 1, 2), entry_of(log.events[1])
        notes = [log.note(AT, [AT.plus(5), AT.plus(more)]) for more in (5, 9)]
        with pytest.raises(CallerError, match=r"evidence\.content"):
            build_audit([(1, entry, proof, note) for note in notes], chosen_records(records(), (A,)), [])

    def test_a_claim_by_another_agency_or_about_another_place(self) -> None:
        for bundle in (self.bundle(by=B), self.bundle(index=2)):
            report = verify_evidence(bundle, root())
            refused = [one.code for one in report.results if one.status is Status.FAILED]
            assert refused == ["evidence.claim"] and report.shown == ()

    def test_an_entry_alone_proves_nothing(self) -> None:
        log = Log(A)
        log.append(dummy(AT))
        note = log.note(AT, [AT.plus(5), AT.plus(5)])
        bundle = build_audit([(0, entry_of(log.events[0]), (), note)], chosen_records(records(), (A,)), [])
        report = verify_evidence(bundle, root())
        assert report.verdict is Verdict.INDETERMINATE and of(report, "E-13")[1] == "evidence.no-claim"

    def test_without_a_quorum_nothing_is_said_of_time(self) -> None:
        report = verify_evidence(self.bundle(cosigned=False), root())
        assert report.verdict is Verdict.INDETERMINATE and report.shown == ()


class TestContradiction:
    def heads(self, origin: str = A) -> tuple[Head, Head]:
        return Head(origin, 3, bytes(32)), Head(origin, 3, bytes([1]) * 32)

    def test_a_log_that_told_two_stories(self) -> None:
        first, second = (sign_checkpoint(head, log_keys(A), AT) for head in self.heads())
        evidence = from_heads(first, second, LogIdentity.of(A, log_keys(A)))
        assert evidence is not None and is_contradiction(evidence)
        assert judge_contradiction(evidence, Directory.fold(records())).accused == A

    def test_a_witness_that_cosigned_both(self) -> None:
        name, keys = NAMES[0], witness_keys(NAMES[0])
        notes = [
            with_cosignatures(sign_checkpoint(head, log_keys(A), AT), cosign(head, name, keys, AT))
            for head in self.heads()
        ]
        evidence = from_heads(notes[0], notes[1], Witness.of(name, keys.ed25519, keys.mldsa44))
        assert evidence is not None
        assert judge_contradiction(evidence, Directory.fold(records())).accused == name

    def test_nobody_is_accused_by_keys_that_no_record_names(self) -> None:
        stranger, keys = "witness.stranger", witness_keys("witness.stranger")
        notes = [
            with_cosignatures(sign_checkpoint(head, log_keys(A), AT), cosign(head, stranger, keys, AT))
            for head in self.heads()
        ]
        evidence = from_heads(notes[0], notes[1], Witness.of(stranger, keys.ed25519, keys.mldsa44))
        assert evidence is not None
        with pytest.raises(PeerError, match=r"log\.no-contradiction"):
            judge_contradiction(evidence, Directory.fold(records()))
        notes = [sign_checkpoint(head, log_keys("strange"), AT) for head in self.heads()]
        evidence = from_heads(notes[0], notes[1], LogIdentity.of(A, log_keys("strange")))
        assert evidence is not None
        with pytest.raises(PeerError, match=r"trust\.unknown-log"):
            judge_contradiction(evidence, Directory.fold(records()))
