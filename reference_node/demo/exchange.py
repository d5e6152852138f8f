"""The exchange: what the two caseworkers do, each through the service of their own desk. Judges every step.

An answer's step fails unless the message is there, opened, and holds what it must and nothing that it must not.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from reference_node import faults
from reference_node.demo.search import Searcher
from reference_node.demo.stage import KH, TH
from reference_node.desk.views import MessageView, Sent, Shown
from reference_node.rpc.desk_client import DeskClient
from reference_node.store.desk.rows import State
from referral_proto import AgencyId, Digest, Leaf, MessageKind, OurError, Purpose, SectionType, ThreadId, WorldError
from referral_proto.model.codes.exchange import DisclosureState, LegalBasis, TransferSafeguard, UseRestriction

__all__ = ["Exchange", "Passage"]

assert faults.DEMO  # the codes below are declared there

_ARRIVING: Final = 60.0
_RESTRICTIONS: Final = (
    UseRestriction.NON_PUNISHMENT,
    UseRestriction.NOT_FOR_IMMIGRATION_ENFORCEMENT,
    UseRestriction.NO_ONWARD_TRANSFER,
)
_OFFICERS: Final = {TH: "Officer One", KH: "Officer Two"}
"""Invented, as the access logs name them."""
_ACCEPT: Final = {"kind": "ACCEPT"}
_RESULT: Final = {
    "kind": "VERIFICATION_RESULT",
    "findings": {
        "identity": {
            "citizenships": ["KH"],
            "citizenship_status": "CONFIRMED",
            "assurance": "STATE_VERIFIED",
            "verification": {
                "outcome": "VERIFIED",
                "bases": ["CIVIL_REGISTER", "IDENTITY_CARD_DATABASE"],
                "citizenships": ["KH"],
                "agency": KH,
            },
        }
    },
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One message on its way. `seconds`: from the caseworker's click to its arrival, opened, at the other desk."""

    kind: MessageKind
    purpose: Purpose
    sender: AgencyId
    recipient: AgencyId
    leaf: Leaf
    thread: ThreadId
    size: int
    seconds: float
    given: tuple[SectionType, ...]
    withheld: tuple[SectionType, ...]
    shown: Shown = field(repr=False)

    @property
    def text(self) -> bytes:
        """Everything that the recipient's caseworker can read of it."""
        return b"\n".join((self.shown.control, *(one.json for one in self.shown.sections)))


class Exchange:
    """`desks`: a client for each agency's desk. `check`: raises if a process has ended."""

    def __init__(
        self, referral: bytes, desks: dict[AgencyId, DeskClient], names: Searcher, check: Callable[[], None]
    ) -> None:
        self._referral, self._desks, self._names, self._check = referral, desks, names, check

    @staticmethod
    def officer(agency: AgencyId) -> str:
        """Who works at that agency's desk."""
        return _OFFICERS[agency]

    def offer(self) -> Passage:
        """The Thai desk sends the preview. OurError demo.step if a name, a date or a number went along."""
        passage = self._pass(TH, KH, self._send_offer)
        self._must(passage.given == (SectionType.PREVIEW,), "offer: sections")
        self._must(not self._names.in_bytes(passage.text), "offer: names")
        return passage

    def hand_in_offer(self) -> Leaf:
        """The Thai desk seals an offer and nobody waits for it."""
        return self._send_offer(self._desks[TH]).leaf

    def hand_in_accept(self, leaf: Leaf) -> Leaf:
        """The Cambodian caseworker accepts an offer and nobody waits for it."""
        return self._desks[KH].answer(leaf, json.dumps(_ACCEPT).encode()).leaf

    def accept(self, offer: Passage) -> Passage:
        """The Cambodian caseworker accepts."""
        answer = json.dumps(_ACCEPT).encode()
        passage = self._pass(KH, TH, lambda desk: desk.answer(offer.leaf, answer))
        self._must(passage.shown.message.about == (Digest(offer.leaf),), "accept: what it answers")
        return passage

    def request(self, accepted: Passage) -> Passage:
        """The Thai desk sends what nationality verification needs and the person agreed to."""
        passage = self._pass(
            TH,
            KH,
            lambda desk: desk.refer(
                self._referral,
                MessageKind.VERIFICATION_REQUEST,
                Purpose.NATIONALITY_VERIFICATION,
                (KH,),
                thread=accepted.thread,
                about=(Digest(accepted.leaf),),
                legal_basis=LegalBasis.CONSENT,
                transfer_safeguard=TransferSafeguard.BILATERAL_AGREEMENT,
                use_restrictions=_RESTRICTIONS,
            ),
        )
        self._must(SectionType.IDENTITY in passage.given, "request: sections")
        return passage

    def result(self, request: Passage) -> Passage:
        """The Cambodian desk answers that the nationality is verified."""
        answer = json.dumps(_RESULT).encode()
        passage = self._pass(KH, TH, lambda desk: desk.answer(request.leaf, answer))
        self._must(b'"VERIFIED"' in passage.text, "result: outcome")
        return passage

    def _pass(self, sender: AgencyId, recipient: AgencyId, send: Callable[[DeskClient], Sent]) -> Passage:
        begun = time.monotonic()
        sent = send(self._desks[sender])
        message = self.arrival(recipient, sent.leaf)
        seconds = time.monotonic() - begun
        self._must(message.state is State.RECEIVED, "state of the message")
        shown = self._desks[recipient].show(sent.leaf)
        opened = tuple(one.section for one in shown.sections)
        given = tuple(row.section for row in sent.disclosed if row.state is DisclosureState.GIVEN)
        # What the sender says it gave is what the recipient has, no more and no less.
        self._must(opened == given and not shown.quarantined, "sections that arrived")
        return Passage(
            message.kind,
            message.purpose,
            sender,
            recipient,
            sent.leaf,
            sent.thread,
            sent.size,
            seconds,
            given,
            tuple(row.section for row in sent.disclosed if row.state is DisclosureState.WITHHELD),
            shown,
        )

    def lost(self) -> int:
        """Messages that one desk has sent and the other has not received, and mail that could not be read."""
        found = {agency: desk.cases() for agency, desk in self._desks.items()}
        messages = [one for listed in found.values() for case in listed.cases for one in case.messages]
        received = {one.leaf for one in messages if not one.outgoing and one.state is State.RECEIVED}
        unreadable = sum(len(listed.unreadable) for listed in found.values())
        return unreadable + len({one.leaf for one in messages if one.outgoing} - received)

    def _send_offer(self, desk: DeskClient) -> Sent:
        return desk.refer(
            self._referral, MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,), use_restrictions=_RESTRICTIONS
        )

    def arrival(self, recipient: AgencyId, leaf: Leaf) -> MessageView:
        """Wait for a message. Raises WorldError demo.timeout, demo.process."""
        desk, until = self._desks[recipient], time.monotonic() + _ARRIVING
        listed = desk.cases()
        while True:
            for case in listed.cases:
                for message in case.messages:
                    if message.leaf == leaf:
                        return message
            self._check()
            if time.monotonic() > until:
                raise WorldError("demo.timeout", f"arrival at {recipient}")
            listed = desk.cases(revision=listed.revision, wait=1)

    def _must(self, held: bool, what: str) -> None:
        if not held:
            raise OurError("demo.step", what)
