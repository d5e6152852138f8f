"""The archive: what lies on the desk, listed without opening more than control sections, and one message shown whole.

Lists are made anew from the stored messages each time; only what a control section says is remembered in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from reference_node import faults
from reference_node.desk.holdings import Holdings
from reference_node.desk.threads import CaseId, Facts, heads_of, homes, is_unrelated
from reference_node.desk.views import (
    CaseList,
    CaseView,
    DeliveryView,
    Disclosed,
    MessageView,
    Proof,
    Shown,
    ShownSection,
    UnreadableView,
)
from reference_node.store.desk.proving import ProofRow
from reference_node.store.desk.rows import DeliveryRow, MessageLine, MessageRow, State
from referral_proto import AgencyId, CallerError, Digest, Leaf, Opened, PeerError, ThreadId, decode_section
from referral_proto.model.control import Control
from referral_proto.trust.standing import Status

__all__ = ["Archive"]

assert faults.DESK  # the codes below are declared there

_REMEMBERED: Final = 50_000


class Archive:
    """Reads the desk's store. May be used by several threads."""

    def __init__(self, holdings: Holdings) -> None:
        self._held = holdings
        self._facts: dict[Leaf, Facts] = {}

    def cases(self, thread: ThreadId | None = None) -> CaseList:
        """All cases, or those of one thread. A message that trust records no longer support is left out of its case
        and stands among the unreadable, with the code. Raises WorldError store.*, desk.key-damaged.
        """
        revision = self._held.changes.revision
        lines = self._held.cabinet.lines(thread)
        deliveries, proofs = self._held.book.deliveries(), self._held.receipts.proofs()
        facts, unreadable = self._facts_of_all(lines)
        home = homes(facts.values())
        grouped: dict[CaseId, list[MessageLine]] = {}
        for line in lines:
            if line.leaf in facts:
                grouped.setdefault(home[line.leaf], []).append(line)
        if thread is None:
            unreadable += [
                UnreadableView(mail.digest, mail.code, mail.received_at, mail.size)
                for mail in self._held.book.unreadable()
            ]
        return CaseList(
            revision,
            tuple(
                CaseView(
                    case.thread,
                    tuple(sorted(case.parties)),
                    members[0].stored_at,
                    tuple(_view(line, facts, deliveries.get(line.leaf, ()), proofs) for line in members),
                )
                for case, members in grouped.items()
            ),
            tuple(unreadable),
        )

    def show(self, leaf: Leaf, actor: str | None = None) -> Shown:
        """One message, opened in memory; `actor`: who looks. The access log has it before anybody does.

        Raises CallerError desk.no-message; PeerError trust.*, open.*; WorldError store.*, desk.key-damaged.
        """
        row = self._row(leaf)
        opened, _ = self._held.reopen(row)
        lines = self._held.cabinet.lines(row.thread)
        known, _ = self._facts_of_all(lines)
        line = next(line for line in lines if line.leaf == leaf)
        deliveries = self._held.book.deliveries().get(leaf, ())
        proofs = self._held.receipts.proofs(leaf)
        recipients = tuple(AgencyId(r.agency) for r in opened.admitted.core.recipients)
        self._held.access.opened(leaf, actor)
        return Shown(
            message=_view(line, known, deliveries, proofs),
            thread=row.thread,
            control=opened.control.model_dump_json(exclude_defaults=True).encode(),
            sections=tuple(
                ShownSection(one.type, one.section.model_dump_json(exclude_defaults=True).encode())
                for one in opened.sections
            ),
            quarantined=opened.quarantined,
            disclosed=tuple(Disclosed(r.section, recipients[r.recipient], r.state) for r in opened.control.table),
        )

    def opened(self, leaf: Leaf) -> Opened:
        """The message itself, to be answered. Raises as `show`; a contested message is shown, and not acted on:
        PeerError trust.keyset-contested.
        """
        opened, standing = self._held.reopen(self._row(leaf))
        if standing.status is not Status.VALID:
            raise PeerError(standing.code, opened.admitted.core.sender.agency)
        return opened

    def sealed(self, leaf: Leaf, actor: str | None = None) -> bytes:
        """The sealed envelope, to be carried by hand. Raises CallerError desk.no-message, WorldError store.*."""
        row = self._row(leaf)
        self._held.access.exported(leaf, actor)
        return row.envelope

    def heads(self, thread: ThreadId, parties: Iterable[AgencyId]) -> tuple[Digest, ...]:
        """The newest messages of the cases of `thread` in which all of `parties` take part.

        Raises CallerError desk.no-case if there is no such case.
        """
        facts, _ = self._facts_of_all(self._held.cabinet.lines(thread))
        home, taking_part = homes(facts.values()), frozenset(parties)
        members = [one for one in facts.values() if taking_part <= home[one.leaf].parties]
        if not members:
            raise CallerError("desk.no-case")
        return heads_of(members)

    def forget(self) -> None:
        """Trust records changed: judge every message anew when it is next looked at."""
        self._facts.clear()

    def _row(self, leaf: Leaf) -> MessageRow:
        row = self._held.cabinet.message(leaf)
        if row is None:
            raise CallerError("desk.no-message")
        return row

    def _facts_of_all(self, lines: Iterable[MessageLine]) -> tuple[dict[Leaf, Facts], list[UnreadableView]]:
        """What the messages are, and those that trust records no longer support."""
        found: dict[Leaf, Facts] = {}
        contested: list[UnreadableView] = []
        for line in lines:
            try:
                found[line.leaf] = self._facts.get(line.leaf) or self._facts_of(self._row(line.leaf))
            except PeerError as error:
                contested.append(UnreadableView(Digest(line.leaf), error.code, line.stored_at, line.size))
        return found, contested

    def _facts_of(self, row: MessageRow) -> Facts:
        unsealed, standing = self._held.control_only(row)
        control = decode_section(unsealed.sections[0].section)
        if not isinstance(control, Control):
            raise PeerError("open.control")
        core = unsealed.admitted.core
        facts = Facts(
            leaf=row.leaf,
            thread=row.thread,
            kind=control.kind,
            purpose=control.purpose,
            sender=AgencyId(core.sender.agency),
            recipients=tuple(AgencyId(r.agency) for r in core.recipients),
            created_at=core.created_at,
            about=control.about,
            heads=control.heads,
            standing=standing,
        )
        if len(self._facts) >= _REMEMBERED:
            self._facts.clear()
        self._facts[row.leaf] = facts
        return facts


def _view(
    line: MessageLine,
    known: dict[Leaf, Facts],
    deliveries: tuple[DeliveryRow, ...],
    proofs: Mapping[tuple[Leaf, AgencyId], ProofRow],
) -> MessageView:
    facts = known[line.leaf]
    state, code = _state(line, facts, known, deliveries)
    return MessageView(
        leaf=line.leaf,
        outgoing=line.outgoing,
        kind=facts.kind,
        purpose=facts.purpose,
        sender=facts.sender,
        recipients=facts.recipients,
        created_at=facts.created_at,
        stored_at=line.stored_at,
        state=state,
        code=code,
        size=line.size,
        about=facts.about,
        deliveries=tuple(_delivery(one, proofs.get((line.leaf, one.recipient))) for one in deliveries),
        key=facts.standing,
    )


def _delivery(row: DeliveryRow, proof: ProofRow | None) -> DeliveryView:
    if proof is None:
        return DeliveryView(row.recipient, row.delivered, row.code, row.at)
    if proof.receipt is None:
        kind, since = Proof.NONE, None
    elif proof.trusted_at is None:
        kind, since = Proof.PROVISIONAL, proof.logged_at
    else:
        kind, since = Proof.COSIGNED, proof.trusted_at
    return DeliveryView(
        row.recipient,
        row.delivered,
        row.code,
        row.at,
        kind,
        since,
        proof.acknowledged,
        proof.acknowledged_at,
        proof.code,
    )


def _state(
    line: MessageLine, facts: Facts, known: dict[Leaf, Facts], deliveries: tuple[DeliveryRow, ...]
) -> tuple[State, str | None]:
    if not line.outgoing:
        return (State.UNRELATED, "answer.unrelated") if is_unrelated(facts, known) else (line.state, line.code)
    refused = next((one for one in deliveries if not one.delivered), None)
    if refused is not None:
        return State.REFUSED, refused.code
    if {one.recipient for one in deliveries} >= set(facts.recipients):
        return State.DELIVERED, None
    return line.state, line.code
