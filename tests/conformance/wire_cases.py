"""Family F8, the form: bytes that are one value's one encoding, and every way not to be."""

from __future__ import annotations

from struct import pack

from referral_proto.model.codes.consent import ConsentDecision
from referral_proto.model.codes.exchange import SectionType
from tests.conformance.tlv import number, tag, text, varint
from tests.conformance.wire_parts import (
    CLOCK,
    CONTROL,
    CORE,
    COVER,
    GRANT,
    PSEUDONYM,
    SEAL,
    SENDER,
    THREAD,
    control,
    identity,
    preview,
    reads,
    refuses,
)
from tests.conformance.world import AT

reads("core", "WIR-02 ENV-05", CORE, "A core as it is signed.", "Core")
reads("cover", "WIR-02 ENV-21", COVER, "A cover; the signatures are zeros and only read.", "Cover")
reads("control", "WIR-02", control(), "The shortest control section.")
reads("preview", "WIR-02", preview(), "The shortest preview.")
reads("empty-section", "MOD-02 WIR-14", identity(), "An identity of which nothing is known is not the same as none.")
reads(
    "zero-is-not-absent",
    "MOD-02 WIR-06",
    preview(number(23, 0)),
    "A count that is known to be zero is written; a count that is not known is not.",
)
reads(
    "false-is-not-absent",
    "MOD-02 WIR-06",
    text(SectionType.CONSENT, text(4, number(1, 0))),
    "Not agreed (false) differs from not asked (no field).",
)
reads(
    "unknown-codes-packed",
    "MOD-07 WIR-05",
    preview(text(13, varint(3) + varint(900))),
    "One need is known, one is not.",
)
reads(
    "unknown-field",
    "MOD-08 WIR-12",
    preview(number(500, 7) + text(501, b"newer")),
    "Fields of a newer version are kept.",
)
reads(
    "unknown-field-between",
    "MOD-08 WIR-12",
    text(
        SectionType.CONSENT,
        number(2, 1) + text(4, number(1, 1) + number(40, 1)) + text(16_000, b"x") + number(16_001, 3),
    ),
    "An unknown field inside a part and two behind the known ones all keep their places.",
)
reads(
    "unknown-field-in-a-list",
    "MOD-08 WIR-12",
    text(
        SectionType.CONSENT,
        text(1, GRANT + text(4, varint(2)) + number(5, ConsentDecision.GIVEN))
        + text(1, GRANT + text(4, varint(5)) + number(5, ConsentDecision.GIVEN) + text(99, b"newer")),
    ),
    "The second of two grants holds an unknown field; it stays with the second.",
)
reads(
    "unknown-field-is-not-read",
    "MOD-08 WIR-12",
    preview(text(500, b"\x0b" * 40 + b"\xff\xff")),
    "What stands inside an unknown field is not looked at, however odd.",
)

refuses("core-unknown-field", "WIR-11", "unknown-field", CORE + number(8, 1), "The core is closed.", "Core")
refuses(
    "sender-unknown-field",
    "WIR-11",
    "unknown-field",
    CORE.replace(text(3, SENDER), text(3, SENDER + number(3, 1))),
    "What stands inside the core is closed too.",
    "Core",
)
refuses(
    "seal-unknown-field",
    "WIR-11",
    "unknown-field",
    text(1, CORE) + text(2, bytes(32)) + text(3, bytes(32)) + text(4, SEAL + number(9, 1)),
    "The seal is closed.",
    "Cover",
)
refuses(
    "control-unknown-field",
    "WIR-11",
    "unknown-field",
    control(CONTROL + number(300, 1)),
    "The control section is closed.",
)
refuses(
    "clock-unknown-field",
    "WIR-11",
    "unknown-field",
    control(CONTROL + text(7, CLOCK + number(3, 1))),
    "What stands inside the control section is closed too.",
)
refuses(
    "beside-the-arm", "WIR-14", "unknown-field", preview() + number(500, 1), "Nothing stands beside a section's arm."
)
refuses("two-arms", "WIR-14", "not-canonical", preview() + identity(), "Two sections in one.")
refuses("same-arm-twice", "WIR-04", "not-canonical", preview() + preview(), "Protobuf would merge the two.")
refuses("no-arm", "WIR-14", "wrong-section", b"", "Nothing is no section.")
refuses(
    "field-twice", "WIR-04", "not-canonical", number(1, 1) + CORE, "Protobuf would take the last of two suites.", "Core"
)
refuses(
    "field-twice-beside-an-unknown-one",
    "WIR-04",
    "not-canonical",
    preview(number(11, 1) + number(11, 2) + number(500, 1)),
    "The same where unknown fields forbid the quick comparison.",
)
refuses(
    "out-of-order",
    "WIR-02",
    "not-canonical",
    text(2, THREAD) + number(1, 1) + CORE[20:],
    "Message id before suite.",
    "Core",
)
refuses(
    "unknown-out-of-order",
    "WIR-02 WIR-12",
    "not-canonical",
    preview(number(501, 1) + number(500, 1)),
    "Unknown fields ascend too.",
)
refuses(
    "unknown-before-known",
    "WIR-02 WIR-12",
    "not-canonical",
    preview(number(500, 1) + number(11, 1)),
    "Among the known ones too.",
)
refuses(
    "list-torn",
    "WIR-02",
    "not-canonical",
    preview(text(7, "KH") + text(9, "km") + text(7, "TH")),
    "A list stands together.",
)
refuses(
    "long-value", "WIR-03", "not-canonical", tag(1, 0) + varint(1, longer=1) + CORE[2:], "Suite 1 in two bytes.", "Core"
)
refuses("long-tag", "WIR-03", "not-canonical", b"\x92\x00" + preview()[1:], "A tag in two bytes where one is enough.")
refuses(
    "long-length",
    "WIR-03",
    "not-canonical",
    tag(2, 2) + varint(len(PSEUDONYM), longer=1) + PSEUDONYM,
    "A length in two bytes.",
)
refuses(
    "long-value-unknown",
    "WIR-03 WIR-12",
    "not-canonical",
    preview(tag(500, 0) + varint(7, longer=2)),
    "Unknown fields are minimal too.",
)
refuses(
    "varint-of-eleven",
    "WIR-03",
    "malformed",
    preview(tag(11, 0) + b"\x81" * 10 + b"\x00"),
    "A varint has ten bytes at most.",
)
refuses("not-packed", "WIR-05", "not-canonical", preview(number(13, 1) + number(13, 2)), "Needs, one field each.")
refuses("packed-empty", "WIR-05", "not-canonical", preview(text(13, b"")), "An empty list is not written.")
refuses(
    "packed-in-pieces",
    "WIR-05",
    "not-canonical",
    preview(text(13, b"\x01") + text(13, b"\x02")),
    "One list in two pieces.",
)
refuses(
    "group",
    "WIR-07",
    "not-canonical",
    preview(tag(500, 3) + tag(500, 4)),
    "Groups are not used, not even as unknown fields.",
)
refuses(
    "wrong-wire-type",
    "WIR-07",
    "not-canonical",
    preview(text(11, b"\x01")),
    "An urgency that is written as if it were bytes.",
)
refuses(
    "fixed-for-varint",
    "WIR-07",
    "not-canonical",
    preview(tag(22, 1) + pack("<q", AT)),
    "A moment in eight fixed bytes.",
)
refuses("bool-of-two", "WIR-08", "not-canonical", text(SectionType.CONSENT, number(2, 2)), "True is 1.")
refuses(
    "uint32-too-large",
    "WIR-08",
    "not-canonical",
    preview(number(23, 1 << 32)),
    "A count that protobuf would cut to zero.",
)
refuses(
    "negative-code-in-five-bytes",
    "WIR-08",
    "not-canonical",
    preview(number(11, 0xFFFFFFFF)),
    "A negative number has ten bytes, or it has two encodings.",
)
refuses("utf8", "WIR-09", "malformed", preview(head=text(1, b"KX7T-B2MD-RH9Q-W4N\xff")), "A string is UTF-8.")
refuses(
    "utf8-surrogate",
    "WIR-09",
    "malformed",
    text(SectionType.NOTE, text(1, b"\xed\xa0\x80") + text(2, "en")),
    "No surrogates.",
)
refuses(
    "utf8-long",
    "WIR-09",
    "malformed",
    text(SectionType.NOTE, text(1, b"\xc1\x81") + text(2, "en")),
    "No overlong letters.",
)
refuses("cut", "WIR-10", "malformed", preview()[:-1], "The last byte is missing.")
refuses("trailing", "WIR-10", "malformed", preview() + b"\0", "A zero behind the end.")
refuses(
    "trailing-arm",
    "WIR-10 WIR-14",
    "not-canonical",
    preview() + text(1, b""),
    "An empty control section behind a preview.",
)
refuses("field-number-zero", "WIR-07", "malformed", preview(b"\x00\x01"), "Field numbers begin at 1.")
refuses(
    "core-as-envelope",
    "WIR-07 WIR-11",
    "unknown-field",
    CORE,
    "One message for another: a number where bytes belong counts as unknown.",
    "Envelope",
)
