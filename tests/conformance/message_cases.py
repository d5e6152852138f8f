"""Verbs `open` and `answer`, the spoken half: control, table, types, policy (checks O-6 to O-11). F3, F8, F10."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from referral_proto.model.codes.exchange import AnswerReason, DisclosureState, MessageKind, Purpose, SectionType
from referral_proto.model.control import Control
from referral_proto.model.identity import Identity
from referral_proto.model.section import AnySection
from referral_proto.wire import encode_section
from tests.conformance.cases import case, to_open
from tests.conformance.forge import NOTE, PREVIEW, THREAD, control, forge, row
from tests.conformance.tlv import number, text
from tests.conformance.wire_parts import CONTROL, PSEUDONYM, preview
from tests.conformance.world import SHELTER, A, B, opening, signing

Made = Callable[[], dict[str, Any]]
GIVEN, WITHHELD = DisclosureState.GIVEN, DisclosureState.WITHHELD
ASKED = bytes(range(32))


def sent(said: Control, *sections: AnySection | bytes, first: bytes | None = None, **bends: Any) -> Made:
    """A message from A to B with this control section, whether true or not."""
    parts = [encode_section(said) if first is None else first]
    parts += [one if isinstance(one, bytes) else encode_section(one) for one in sections]
    return lambda: to_open(forge(parts, **bends).envelope)


def accepts(name: str, requirements: str, about: str, given: Made, verb: str = "open") -> None:
    case(name, verb, requirements, about, given)


def refuses(name: str, requirements: str, code: str, about: str, given: Made, verb: str = "open") -> None:
    case(name, verb, requirements, about, given, code)


def saying(*rows: Any, **other: Any) -> Control:
    """A control section with exactly this table."""
    return control(table=tuple(rows), **other)


def answering(kind: MessageKind = MessageKind.ACCEPT, sender: Any = B, **other: Any) -> Made:
    """An answer from B to A about the message ASKED in THREAD, judged as such."""

    def given() -> dict[str, Any]:
        said = control(kind=kind, **({"about": (ASKED,), "heads": (ASKED,)} | other))
        forged = forge([encode_section(said)], keys=signing(sender), recipients=[opening(A)])
        judged = {"asked": ASKED.hex(), "thread": THREAD.hex(), "asked_of": [B]}
        return to_open(forged.envelope, A) | judged

    return given


def _repeated(sections: Sequence[AnySection]) -> Made:
    return sent(control(PREVIEW), *sections)


THERE = row(SectionType.PREVIEW, GIVEN)
NEWER_TYPE = row(SectionType(99), GIVEN)

accepts(
    "F00-open-answer",
    "OPN-09 MOD-13",
    "A refusal names what it refuses, and why.",
    lambda: to_open(
        forge(
            [encode_section(control(kind=MessageKind.DECLINE, about=(ASKED,), answer_reason=AnswerReason.NO_CAPACITY))]
        ).envelope
    ),
)
accepts(
    "F00-open-table-of-absences",
    "OPN-08",
    "Identity not asked, health refused by the person: no section, and the table says why.",
    sent(
        saying(
            THERE,
            row(SectionType.IDENTITY, DisclosureState.NOT_ASKED),
            row(SectionType.HEALTH, DisclosureState.REFUSED_BY_PERSON),
        ),
        PREVIEW,
    ),
)
accepts(
    "F00-open-newer-section-type",
    "OPN-10 MOD-12",
    "A section type of a newer version is reported and blocks nothing.",
    sent(saying(THERE, NEWER_TYPE), PREVIEW, text(99, b"newer")),
)
accepts(
    "F00-open-newer-codes-and-fields",
    "OPN-11 MOD-07 MOD-08",
    "Unknown codes and fields are kept and flagged, and block nothing.",
    sent(control(PREVIEW), preview(number(11, 77) + number(500, 1))),
)
accepts(
    "F19-over-disclosed",
    "OPN-10 DIS-06",
    "A note, which no mandate may have with an offer: it is quarantined, the rest is shown.",
    sent(control(PREVIEW, NOTE), PREVIEW, NOTE),
)
accepts(
    "F19-over-disclosed-for-this-mandate",
    "OPN-10 DIS-06",
    "Identity for a purpose that does not need it: quarantined.",
    sent(control(Identity(), purpose=Purpose.NOTIFICATION), Identity()),
)
accepts("F00-answer", "ANS-01", "B accepts what A asked of it.", answering(), "answer")

refuses(
    "F08-control-missing",
    "OPN-06 ENV-08",
    "open.control",
    "The first section is a preview.",
    sent(control(), first=preview()),
)
refuses(
    "F08-control-not-canonical",
    "OPN-06 WIR-01",
    "open.control",
    "A control section that says its kind twice.",
    sent(control(), first=text(1, number(1, 3) + CONTROL)),
)
refuses(
    "F08-control-with-unknown-field",
    "OPN-06 WIR-11",
    "open.control",
    "A control section that only a newer version understands.",
    sent(control(), first=text(1, CONTROL + number(300, 1))),
)
refuses(
    "F08-control-without-purpose",
    "OPN-06 WIR-15",
    "open.control",
    "A control section without a purpose.",
    sent(control(), first=text(1, number(1, 3) + text(2, THREAD))),
)
refuses(
    "F08-control-and-arm",
    "OPN-06 WIR-14",
    "open.control",
    "A preview behind the control section, in one section.",
    sent(control(), first=text(1, CONTROL) + preview()),
)
refuses(
    "F10-two-previews",
    "OPN-07 MOD-01",
    "open.repeated-section",
    "Two sections of one type.",
    _repeated((PREVIEW, PREVIEW)),
)
refuses(
    "F10-second-control",
    "OPN-07 MOD-01",
    "open.repeated-section",
    "A second control section among the others.",
    _repeated((PREVIEW, control())),
)
refuses(
    "F10-given-but-not-there",
    "OPN-08",
    "open.table",
    "The table says given; the section was not sent.",
    sent(saying(THERE, row(SectionType.NOTE, GIVEN)), PREVIEW),
)
refuses(
    "F10-there-but-not-said",
    "OPN-08",
    "open.table",
    "A section that the table does not mention.",
    sent(saying(), PREVIEW),
)
refuses(
    "F10-there-but-withheld",
    "OPN-08",
    "open.table",
    "A section that the table says was withheld.",
    sent(saying(row(SectionType.PREVIEW, WITHHELD)), PREVIEW),
)
refuses(
    "F10-two-words-in-one-cell",
    "OPN-08",
    "open.table",
    "One cell says given and withheld.",
    sent(saying(THERE, row(SectionType.PREVIEW, WITHHELD)), PREVIEW),
)
refuses(
    "F10-recipient-beyond",
    "OPN-08",
    "open.table",
    "A cell for a recipient that is not there.",
    sent(saying(THERE, row(SectionType.PREVIEW, GIVEN, 1)), PREVIEW),
)
refuses(
    "F10-newer-type-not-said",
    "OPN-08 MOD-12",
    "open.table",
    "A section of a newer type that the table does not mention.",
    sent(saying(THERE), PREVIEW, text(99, b"")),
)
refuses(
    "F10-not-a-section", "OPN-08", "open.table", "Bytes that are no section.", sent(saying(THERE), PREVIEW, b"\xff\xff")
)
refuses(
    "F03-answer-without-about",
    "OPN-09 MOD-13",
    "open.control",
    "An acceptance of nothing.",
    sent(control(kind=MessageKind.ACCEPT)),
)
refuses(
    "F03-offer-with-about",
    "OPN-09 MOD-13",
    "open.control",
    "An offer that pretends to answer something.",
    sent(control(PREVIEW, about=(ASKED,)), PREVIEW),
)
refuses(
    "F08-section-not-canonical",
    "OPN-11 WIR-01",
    "open.section",
    "A section with a field twice.",
    sent(control(PREVIEW), text(2, PSEUDONYM + PSEUDONYM)),
)
refuses(
    "F08-section-not-valid",
    "OPN-11 MOD-11",
    "open.section",
    "A name in the place of a pseudonym.",
    sent(control(PREVIEW), preview(head=text(1, "Somying Example"))),
)
refuses(
    "F08-section-and-arm",
    "OPN-11 WIR-14",
    "open.section",
    "A note hidden behind the preview, in one section.",
    sent(control(PREVIEW), preview() + encode_section(NOTE)),
)
refuses(
    "F03-answer-in-another-thread",
    "ANS-01",
    "answer.unrelated",
    "An acceptance from another case.",
    answering(thread=bytes(16)),
    "answer",
)
refuses(
    "F03-answer-about-another-message",
    "ANS-01",
    "answer.unrelated",
    "An acceptance of another offer in the same case.",
    answering(about=(bytes(32),)),
    "answer",
)
refuses(
    "F03-answer-of-another-agency",
    "ANS-01",
    "answer.unrelated",
    "An acceptance by an agency that was not asked.",
    answering(sender=SHELTER),
    "answer",
)
refuses(
    "F03-offer-as-answer",
    "ANS-01",
    "answer.unrelated",
    "A counter-offer in the same thread is no acceptance.",
    answering(MessageKind.OFFER, about=()),
    "answer",
)
