"""The sentences in which a report says what is shown: each says whose word it is, and none says more than is proved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from referral_proto.flow.evidence.exchange import Arrival, Judged
from referral_proto.flow.evidence.report import Conclusion, Shown
from referral_proto.model.codes.exchange import ClockKind
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.moment import Moment

__all__ = ["conclude", "no_answer"]

_UNREAD: Final = AcknowledgementKind.UNREADABLE
_ASKED: Final = {
    ClockKind.ACKNOWLEDGEMENT: "an acknowledgement",
    ClockKind.DECISION: "a decision",
    ClockKind.VERIFICATION_STATUS: "the state of a verification",
    ClockKind.VERIFICATION_RESULT: "the result of a verification",
    ClockKind.TRACING_RESULT: "the result of a tracing",
    ClockKind.RISK_ASSESSMENT: "a risk assessment",
}


def conclude(judged: Judged, answers: list[int]) -> list[Shown]:
    """What one message shows. `answers`: numbers of the messages of this bundle that it answers."""
    number, sender = judged.message, judged.sender
    if not judged.good:
        return []
    shown = [Shown(Conclusion.SIGNED, f"{sender} signed message {number}, to {', '.join(judged.recipients)}.", number)]
    for recipient, arrival in judged.arrivals.items():
        if arrival.by is not None:
            shown.append(_arrived(number, recipient, arrival))
    shown += [
        Shown(Conclusion.ANSWERS, f"Message {number} is an answer of {sender} to message {asked}.", number)
        for asked in answers
    ]
    return shown


def _arrived(number: int, recipient: str, arrival: Arrival) -> Shown:
    assert arrival.by is not None
    had = f"The relay of {recipient} had message {number} by {arrival.by.iso()}"
    if arrival.said is None:
        text = f"{had}. Nothing here shows that the desk of {recipient} has said that it got it."
        return Shown(Conclusion.DELIVERED, text, number, recipient)
    said = arrival.said.at.iso()
    if arrival.said.kind is _UNREAD:
        text = f"{had}. The desk of {recipient} signed, as of {said} by its own clock, that it cannot read it."
        return Shown(Conclusion.UNREADABLE, text, number, recipient)
    text = f"{had}. The desk of {recipient} signed, as of {said} by its own clock, that it got it."
    return Shown(Conclusion.RECEIVED, text, number, recipient)


def no_answer(
    judged: Judged, recipient: str, due: Moment, kind: ClockKind | None, at: Moment, held: Sequence[Judged]
) -> Shown:
    """Non-response by one deadline. kind: of the message's own clock; None: its sender claims the deadline. at: the
    claim's time. held: messages of the recipient that say no more than that the message came.
    """
    number, sender = judged.message, judged.sender
    arrival = judged.arrivals[recipient]
    assert arrival.by is not None and arrival.said is not None
    deadline = (
        f"That an answer was due by {due.iso()} is what {sender} says; nothing here proves it"
        if kind is None
        else f"The message itself asked for {_ASKED[kind]} by {due.iso()}"
    )
    first = ", ".join(str(one.message) for one in held)
    but = f"; what message {first} answers is only that it came" if first else ""
    text = (
        f"Non-response: the relay of {recipient} had message {number} by {arrival.by.iso()}, and the desk of"
        f" {recipient} signed, as of {arrival.said.at.iso()} by its own clock, that it got it. {deadline}."
        f" That no signed answer to that had come by {at.iso()} is what {sender} says under its signature and by its"
        f" own clock; this bundle holds none{but}."
    )
    return Shown(Conclusion.NON_RESPONSE, text, number, recipient)
