"""Inspection: what an auditor or an inspector is given: evidence of an exchange, and of who read what. Writes no file.

A bundle holds covers, receipts, acknowledgements and trust records; no ciphertext, no key, and no section but the
control sections that were asked for, which say what kind of message it is and when an answer is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from reference_node import faults
from reference_node.desk.archive import Archive
from reference_node.desk.explaining import ACKNOWLEDGED_AS
from reference_node.desk.holdings import Holdings
from reference_node.desk.views import AccessView, MessageView
from reference_node.store.desk.audits import AuditBook
from reference_node.store.desk.proving import AnchorRow
from reference_node.store.desk.rows import MessageRow
from reference_node.store.log.journal import StoredEvent
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import CallerError, WorldError
from referral_proto.flow.evidence.bundle import build_access, build_exchange, chosen_records, show_message
from referral_proto.flow.evidence.claim import sign_claim
from referral_proto.flow.evidence.silence import FIRST_ANSWERS
from referral_proto.flow.open import ANSWERS
from referral_proto.ids import AgencyId, Digest, Leaf
from referral_proto.log.checkpoint import read_head
from referral_proto.log.tree import fold, grow
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.evidence import EvidenceMessage
from referral_proto.model.log import LogEvent
from referral_proto.moment import Moment
from referral_proto.ports import Proved
from referral_proto.wire.codec import decode

__all__ = ["Inspection"]

assert faults.AUDIT  # the codes below are declared there

_MOST: Final = 1000
"""Signed heads in one bundle."""


class Inspection:
    """May be used by several threads."""

    def __init__(
        self, holdings: Holdings, archive: Archive, audits: AuditBook, records: Callable[[], Iterable[bytes]]
    ) -> None:
        """records: the SignedRecords in force."""
        self._held, self._archive, self._audits, self._records = holdings, archive, audits, records

    def evidence(
        self,
        leaf: Leaf,
        actor: str | None = None,
        *,
        show_control: bool = False,
        non_response: bool = False,
        deadline: Moment | None = None,
    ) -> bytes:
        """A bundle about one message and its answers. The access log has it before anybody does.

        non_response: with this agency's claim that those who did not answer did not; `deadline`: and that they should
        have by then, where the message does not say so itself.

        Raises CallerError desk.no-message, desk.answered (everybody has), desk.deadline (it is still to come),
        desk.not-ours (the message was not sent from here), evidence.content; PeerError trust.*, open.*; WorldError
        store.*, desk.key-damaged.
        """
        row = self._held.cabinet.message(leaf)
        if row is None:
            raise CallerError("desk.no-message")
        members = [one for case in self._archive.cases(row.thread).cases for one in case.messages]
        answers = [one for one in members if Digest(leaf) in one.about and one.kind in ANSWERS]
        claims = self._claims(leaf, members, answers, deadline) if non_response else []
        messages = [self._message(row, show_control=show_control)]
        for one in answers:
            answer = self._held.cabinet.message(one.leaf)
            if answer is not None:
                messages.append(self._message(answer, show_control=show_control))
        named = {agency for one in members if one.leaf == leaf for agency in (one.sender, *one.recipients)}
        bundle = build_exchange(messages, chosen_records(self._records(), named), claims)
        self._held.access.exported(leaf, actor)
        return bundle

    def accesses(self) -> tuple[AccessView, ...]:
        """The access log as far as its head is signed. Raises WorldError desk.access-log, store.*."""
        stored, anchors = self._whole()
        names = self._held.access.book.names()
        found = []
        for one in stored:
            event = None if one.event is None else decode(LogEvent, one.event)
            covering = [anchor for anchor in anchors if anchor.size > one.number and anchor.receipt is not None]
            times = [anchor.trusted_at for anchor in covering if anchor.trusted_at is not None]
            found.append(
                AccessView(
                    index=one.number,
                    kind=None if event is None else LogEventKind(event.kind),
                    leaf=None if event is None else Leaf(event.subject),
                    recipient=None if event is None or event.recipient is None else AgencyId(event.recipient),
                    actor=None if event is None else names.get(event.actor or b""),
                    at=None if event is None else event.at,
                    anchored=bool(covering),
                    anchored_at=min(times, default=None),
                )
            )
        return tuple(found)

    def access_evidence(self, actor: str | None = None) -> bytes:
        """The whole access log as a bundle; that it was given out, and up to which head, is the next event in it.
        CallerError desk.no-access-log: nothing was signed yet. WorldError desk.access-log: the database no longer holds
        what was signed.
        """
        held = self._held
        held.access.sign()
        stored, anchors = self._whole()
        if not anchors:
            raise CallerError("desk.no-access-log")
        bundle = build_access(
            held.agency,
            [(one.entry, one.event) for one in stored],
            [(one.note, one.receipt or b"") for one in _chosen(anchors)],
            chosen_records(self._records(), [held.agency]),
        )
        held.access.exported(anchors[-1].digest, actor)
        return bundle

    def _whole(self) -> tuple[tuple[StoredEvent, ...], tuple[AnchorRow, ...]]:
        """Every event and signed head; each head is the one that these entries lead to."""
        stored, anchors = self._held.access.book.whole()
        size, edge = 0, tuple[bytes, ...]()
        for anchor in anchors:
            head, new = read_head(anchor.note), stored[size : anchor.size]
            if [one.number for one in new] != list(range(size, anchor.size)):
                raise WorldError("desk.access-log")
            edge = grow(size, edge, [leaf_hash(one.entry) for one in new]).frontier
            size = anchor.size
            if (head.size, head.root) != (size, fold(edge)):
                raise WorldError("desk.access-log")
        return stored, anchors

    def _claims(
        self, leaf: Leaf, members: list[MessageView], answers: list[MessageView], deadline: Moment | None
    ) -> list[bytes]:
        held, at = self._held, self._held.clock.now()
        message = next((one for one in members if one.leaf == leaf), None)
        if message is None or not message.outgoing:
            raise CallerError("desk.not-ours")
        if deadline is not None and deadline > at:
            raise CallerError("desk.deadline")
        silent = sorted(set(message.recipients) - {one.sender for one in answers if one.kind not in FIRST_ANSWERS})
        if not silent:
            raise CallerError("desk.answered")
        proofs, keys = held.receipts.proofs(leaf), held.vault.signing_keyset()
        claims = []
        for recipient in silent:
            proof = proofs.get((leaf, recipient))
            claims.append(sign_claim(keys, ClaimKind.NO_ANSWER, at, leaf=leaf, recipient=recipient))
            if proof is None or proof.acknowledgement is None:
                claims.append(sign_claim(keys, ClaimKind.NO_ACKNOWLEDGEMENT, at, leaf=leaf, recipient=recipient))
            if deadline is not None:
                claims.append(
                    sign_claim(keys, ClaimKind.ANSWER_DUE, at, leaf=leaf, recipient=recipient, due_at=deadline)
                )
        return claims

    def _message(self, row: MessageRow, *, show_control: bool) -> EvidenceMessage:
        unsealed, _ = self._held.control_only(row)
        control = unsealed.sections[0]
        opened = (control.salt, control.section) if show_control else None
        return show_message(unsealed.admitted.cover(), self._proofs(row), opened)

    def _proofs(self, row: MessageRow) -> dict[AgencyId, Proved]:
        """Of mail that went out, what came back; of mail that came, what this desk said."""
        held = self._held
        if row.outgoing:
            return {
                recipient: Proved(
                    one.receipt or b"",
                    one.acknowledgement or b"",
                    one.acknowledgement_receipt or b"",
                    one.earlier_checkpoint or b"",
                )
                for (_, recipient), one in held.receipts.proofs(row.leaf).items()
            }
        said = {one.kind: one for one in held.receipts.acknowledgements(row.leaf)}
        own = said.get(AcknowledgementKind.RECEIVED) or said.get(AcknowledgementKind.UNREADABLE)
        kept = self._audits.kept(row.leaf)
        delivered = kept.get(LogEventKind.DELIVERED)
        receipt = b"" if delivered is None else delivered.receipt
        if own is None or own.signed is None:
            return {held.agency: Proved(receipt)} if receipt else {}
        entered = kept.get(ACKNOWLEDGED_AS[own.kind])
        return {held.agency: Proved(receipt, own.signed, (own.receipt or b"") if entered is None else entered.receipt)}


def _chosen(anchors: Iterable[AnchorRow]) -> list[AnchorRow]:
    """Those that are anchored, and the last; at most as many as a bundle holds. Each bounds the events before it."""
    signed = list(anchors)
    listed = [one for one in signed if one.receipt is not None or one is signed[-1]]
    step = -(-len(listed) // _MOST)
    return sorted({one.size: one for one in (*listed[::step], listed[-1])}.values(), key=lambda one: one.size)
