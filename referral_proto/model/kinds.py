"""The kinds of value that a field may hold: every string, number and run of bytes is bounded here. No section, no rule.

Constraints are the validator's own, never Python functions: models are built for every message that is opened.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from referral_proto.ids import AGENCY_PATTERN, AgencyId, Digest, ThreadId

__all__ = [
    "Age",
    "Agency",
    "Bytes16",
    "Country",
    "Hash",
    "IcdCode",
    "Language",
    "Narrative",
    "PartialDate",
    "PlaceCode",
    "Pseudonym",
    "RecordNumber",
    "Reference",
    "Script",
    "SmallCount",
    "Subdivision",
    "Text",
    "Thread",
]

# Control characters never; the bidirectional overrides could make a name read as another one. Zero-width spaces and
# joiners stay allowed: Khmer and Thai are written with them.
_PLAIN: Final = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+$"
_LINES: Final = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+$"
_YEAR: Final = r"(19|20|21)[0-9]{2}"
_LEAP_YEAR: Final = r"((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)"
_DATE: Final = (
    rf"^({_YEAR}(-(0[1-9]|1[0-2])"
    rf"|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    rf"|-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    rf"|-02-(0[1-9]|1[0-9]|2[0-8]))?|{_LEAP_YEAR}-02-29)$"
)
# No vowels and a letter first in each group: neither a word nor a document number fits.
_GROUP: Final = "[BCDFGHJKMNPQRSTVWXZ][0-9BCDFGHJKMNPQRSTVWXZ]{3}"

Text = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_PLAIN)]
"""One line in any script, 1 to 200 characters, without control characters."""

Narrative = Annotated[str, StringConstraints(min_length=1, max_length=60_000, pattern=_LINES)]
"""Free text, 1 to 60,000 characters; line breaks and tabs allowed. Stands in a note only."""

Reference = Annotated[
    str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,62}[A-Za-z0-9])?$")
]
"""A reference that means something inside one agency only, 1 to 64 characters."""

RecordNumber = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=_PLAIN)]
"""The number of a document or a court file as it is written, 1 to 64 characters, in any script."""

Pseudonym = Annotated[str, StringConstraints(max_length=19, pattern=rf"^{_GROUP}-{_GROUP}-{_GROUP}-{_GROUP}$")]
"""Four groups of four signs, `KX7T-B2MD-RH9Q-W4NC`; no vowels, each group begins with a letter, drawn at random."""

PartialDate = Annotated[str, StringConstraints(max_length=10, pattern=_DATE)]
"""`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, Gregorian, 1900 to 2199: a date as exact as it is known. No Buddhist year fits."""

Country = Annotated[str, StringConstraints(max_length=2, pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""

Subdivision = Annotated[str, StringConstraints(max_length=6, pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")]
"""ISO 3166-2: a province."""

PlaceCode = Annotated[str, StringConstraints(max_length=16, pattern=r"^[A-Z0-9]{2,16}$")]
"""A code of a gazetteer: a Cambodian village, a Thai tambon, a border point."""

Language = Annotated[
    str, StringConstraints(max_length=11, pattern=r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$")
]
"""BCP 47: language, script and region; no extensions and no private use."""

Script = Annotated[str, StringConstraints(max_length=4, pattern=r"^[A-Z][a-z]{3}$")]
"""ISO 15924: `Thai`, `Khmr`, `Latn`."""

IcdCode = Annotated[str, StringConstraints(max_length=16, pattern=r"^[A-Z0-9][A-Z0-9]{2,7}(?:\.[A-Z0-9]{1,4})?$")]
"""A code of ICD-10 or ICD-11."""

Agency = Annotated[AgencyId, StringConstraints(max_length=44, pattern=AGENCY_PATTERN)]
"""An agency's identifier (`ids.AgencyId`)."""

Hash = Annotated[Digest, Field(min_length=32, max_length=32)]
"""A digest of 32 bytes; hex in JSON."""

Thread = Annotated[ThreadId, Field(min_length=16, max_length=16)]
"""A thread's 16 bytes; hex in JSON."""

Bytes16 = Annotated[bytes, Field(min_length=16, max_length=16)]
"""16 random bytes; hex in JSON."""

Age = Annotated[int, Field(ge=0, le=130)]
"""Completed years."""

SmallCount = Annotated[int, Field(ge=0, le=100_000)]
"""A number of persons or things."""
