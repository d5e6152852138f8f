"""Outbound: a referral or an answer is minimised, sealed and queued. What is queued is durable; the courier sends it.

The desk adds what it knows and the caseworker cannot: the newest messages of the case, its own keys, the moment.
"""

from __future__ import annotations

from collections.abc import Sequence

from reference_node.desk.archive import Archive
from reference_node.desk.casekeys import Kept
from reference_node.desk.holdings import Holdings
from reference_node.desk.views import Disclosed, Order, Sent
from reference_node.store.desk.rows import Filed, MessageRow, State
from referral_proto import (
    AgencyId,
    Answer,
    CallerError,
    Digest,
    Disclosure,
    Intent,
    Leaf,
    Minimised,
    OurError,
    PeerError,
    Sealed,
    ThreadId,
    admit_for_dispatch,
    minimise,
    new_thread,
    respond,
    seal,
)
from referral_proto.flow.open import open_unsealed
from referral_proto.flow.unseal import unseal_with_keys
from referral_proto.model.codes.exchange import DisclosureState

__all__ = ["Outbound"]


class Outbound:
    """Seals and queues. May be used by several threads."""

    def __init__(self, holdings: Holdings, archive: Archive) -> None:
        self._held = holdings
        self._archive = archive

    def refer(self, order: Order, actor: str | None = None) -> Sent:
        """Send sections of a referral; `actor`: who does, for the access log.

        Raises CallerError policy.*, seal.*, section.too-large, desk.*; PeerError trust.*; WorldError store.*, trust.*
        while the trust data cannot be gone by.
        """
        held = self._held
        self._may_send(order.recipients)
        heads: tuple[Digest, ...] = ()
        if order.thread is not None:
            heads = self._archive.heads(order.thread, (held.agency, *order.recipients))
        intent = Intent(
            kind=order.kind,
            purpose=order.purpose,
            recipients=order.recipients,
            thread=order.thread or new_thread(),
            heads=heads,
            about=order.about,
            legal_basis=order.legal_basis,
            transfer_safeguard=order.transfer_safeguard,
            use_restrictions=order.use_restrictions,
        )
        return self._send(minimise(order.referral, intent, held.directory, held.clock.now()), actor)

    def answer(self, leaf: Leaf, answer: Answer, actor: str | None = None) -> Sent:
        """Answer a message that came in. Raises CallerError desk.no-message, respond.*, section.too-large; PeerError
        trust.*; WorldError store.*.
        """
        question = self._archive.opened(leaf)
        self._may_send((AgencyId(question.admitted.core.sender.agency),))
        return self._send(respond(question, answer, self._held.directory, self._held.clock.now()), actor)

    def _may_send(self, recipients: Sequence[AgencyId]) -> None:
        """The trust data may be gone by, and the recipients' keys are here, if they can be had at all."""
        self._held.records.require(self._held.agency, *recipients)
        self._held.fetch_keys(recipients)

    def _send(self, minimised: Minimised, actor: str | None) -> Sent:
        held, disclosure = self._held, minimised.disclosure
        at = held.clock.now()
        (sealed,) = seal([disclosure], held.vault.signing_keyset(), held.directory, at)
        self._must_open(sealed)
        thread = ThreadId(disclosure.control.thread)
        _, case_key = held.open_case(thread, at)
        row = MessageRow(
            leaf=sealed.leaf,
            thread=thread,
            outgoing=True,
            sender=held.agency,
            message_id=sealed.message_id,
            stored_at=at,
            envelope=sealed.envelope,
            wrapped_keys=case_key.wrap(sealed.leaf, Kept(sealed.section_keys)),
            recipients=len(disclosure.recipients),
            state=State.QUEUED,
        )
        # One transaction: what the access log does not tell is not queued.
        disclosing = held.access.disclosing(sealed.leaf, _receivers(disclosure), actor)
        if held.cabinet.file(row, beside=disclosing) is not Filed.FRESH:
            raise OurError("ours.broken-promise", "message number")
        held.changes.tell()
        return Sent(sealed.leaf, thread, len(sealed.envelope), _disclosed(minimised))

    def _must_open(self, sealed: Sealed) -> None:
        """What no recipient could open is not sent: an acceptance of nothing, an offer that pretends to answer.

        Raises CallerError desk.form; PeerError trust.* if this agency's own key is not good.
        """
        held = self._held
        admitted = admit_for_dispatch(sealed.envelope, held.agency, held.directory, held.clock.now(), held.memory)
        try:
            open_unsealed(unseal_with_keys(admitted, sealed.section_keys), held.directory)
        except PeerError as error:
            raise CallerError("desk.form", error.where) from None


def _receivers(disclosure: Disclosure) -> frozenset[AgencyId]:
    """Who is given a section beside the control section, which says nothing about a person."""
    return frozenset(
        disclosure.recipients[row.recipient] for row in disclosure.control.table if row.state == DisclosureState.GIVEN
    )


def _disclosed(minimised: Minimised) -> tuple[Disclosed, ...]:
    """What goes to whom, and what was left out for which reason."""
    disclosure = minimised.disclosure
    why = {(one.section, one.recipient): str(one.reason) for one in minimised.dropped}
    rows = [
        Disclosed(row.section, recipient, row.state, why.pop((row.section, recipient), None))
        for row in disclosure.control.table
        for recipient in (disclosure.recipients[row.recipient],)
    ]
    # The table tells recipients only what the matrix would grant; its sender also learns what was not even mentioned.
    rows += [Disclosed(section, to, DisclosureState.WITHHELD, reason) for (section, to), reason in why.items()]
    return tuple(sorted(rows, key=lambda row: (row.recipient, row.section)))
