"""Family F8, the values: what may be absent, unknown or out of range, and what may not."""

from __future__ import annotations

from referral_proto.model.codes.exchange import AbsenceReason
from referral_proto.model.codes.person import Sex
from tests.conformance.tlv import number, text
from tests.conformance.wire_parts import (
    CORE,
    COVER,
    FIRST_ABSENT,
    RECIPIENT,
    SENDER,
    THREAD,
    absent,
    identity,
    preview,
    reads,
    refuses,
)
from tests.conformance.world import AT, NOW, A, signing

reads(
    "absence-reasons",
    "MOD-03",
    identity(b"".join(absent(field, reason) for field, reason in ((1, 2), (2, 1), (4, 4), (16, 3)))),
    "Names refused, birth date unknown, birth place not asked, photo withheld.",
)
reads(
    "absence-of-a-foreign-field",
    "MOD-04",
    identity(absent(2) + absent(500)),
    "A newer partner says why field 500 is absent; the number is kept.",
)
reads("unknown-code", "MOD-07", preview(number(11, 77)), "An urgency of a newer version is kept as number 77.")
refuses(
    "absence-unknown-field",
    "MOD-05",
    "unknown-field",
    identity(text(15, FIRST_ABSENT + number(3, 1))),
    "Absence is closed.",
)
refuses("unknown-arm", "MOD-12", "wrong-section", text(99, b""), "A section type of a newer version cannot be decoded.")
refuses("code-zero", "MOD-06", "invalid-value", preview(number(11, 0)), "Zero (unspecified) says nothing.")
refuses("code-negative", "MOD-06", "invalid-value", preview(number(11, (1 << 64) - 1)), "Codes begin at 1.")
refuses("code-zero-in-a-list", "MOD-06", "invalid-value", preview(text(13, b"\x01\x00")), "Not in a list either.")
refuses("section-too-large", "WIR-13", "too-large", b"\x72" * 262_145, "A note of more than 256 KiB.")
refuses("core-too-large", "WIR-13", "too-large", b"\x08" * 8_193, "More than 8 KiB.", "Core")
refuses("cover-as-core", "WIR-15", "malformed", COVER, "One message for another.", "Core")
refuses("suite-missing", "WIR-15", "missing-field", CORE[2:], "A core without a suite.", "Core")
refuses(
    "keyset-missing",
    "WIR-15",
    "missing-field",
    CORE.replace(text(3, SENDER), text(3, text(1, A))),
    "A sender without a keyset.",
    "Core",
)
refuses(
    "message-id-short",
    "WIR-15",
    "invalid-value",
    CORE.replace(text(2, THREAD), text(2, THREAD[:15])),
    "15 bytes.",
    "Core",
)
refuses(
    "recipients-seventeen",
    "WIR-15 ENV-05",
    "invalid-value",
    CORE.replace(text(4, RECIPIENT), b"".join(text(4, text(1, f"xb.n{i}") + text(2, bytes(32))) for i in range(17))),
    "Sixteen recipients at most.",
    "Core",
)
refuses(
    "agency-line-end",
    "WIR-15",
    "invalid-value",
    CORE.replace(text(3, SENDER), text(3, text(1, f"{A}\n") + text(2, signing(A, NOW).id))),
    "An agency's name with a line end behind it.",
    "Core",
)
refuses(
    "moment-negative",
    "MOD-09",
    "invalid-value",
    CORE.replace(number(5, AT), number(5, (1 << 64) - 1)),
    "Before 1970.",
    "Core",
)
refuses(
    "moment-after-9999",
    "MOD-09",
    "invalid-value",
    CORE.replace(number(5, AT), number(5, 253_402_300_800)),
    "Year 10000.",
    "Core",
)
refuses("date-that-is-not", "MOD-10", "invalid-value", identity(text(2, "2001-02-29")), "No leap year.")
refuses("date-buddhist", "MOD-10", "invalid-value", identity(text(2, "2544-01-01")), "A year of the Buddhist era.")
refuses(
    "pseudonym-word",
    "MOD-11",
    "invalid-value",
    preview(head=text(1, "Somying Example")),
    "A name where a pseudonym belongs.",
)
refuses("absent-out-of-order", "MOD-03", "invalid-value", identity(absent(4) + absent(2)), "Ascending numbers.")
refuses(
    "absent-twice",
    "MOD-03",
    "invalid-value",
    identity(absent(2) + absent(2, AbsenceReason.UNKNOWN)),
    "One reason each.",
)
refuses(
    "absent-and-there",
    "MOD-03",
    "invalid-value",
    identity(number(5, Sex.FEMALE) + absent(5)),
    "A field that has a value.",
)
refuses("absent-itself", "MOD-03", "invalid-value", identity(absent(15)), "The list itself.")
refuses("absent-zero", "MOD-03", "invalid-value", identity(absent(0)), "No field has the number zero.")
refuses("absent-without-reason", "WIR-15", "missing-field", identity(text(15, number(1, 2))), "No reason.")
