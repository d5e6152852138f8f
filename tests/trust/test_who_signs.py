"""Law: the table of `spec/06-records.md`, who signs which change, is what the fold does, cell by cell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest

from referral_proto.errors import PeerError
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.records import Recovery
from referral_proto.moment import DAY
from referral_proto.trust.directory import Directory
from tests.trust.chains import NOW, agency, digest, entry, federation, keys, next_record

PAGE: Final = Path(__file__).resolve().parents[2] / "spec" / "06-records.md"
SHELTER: Final = "th.shelter"
ONE, TWO, THREE = (keys(SHELTER, number) for number in range(3))
TH, KH = keys("th.registrar"), keys("kh.registrar")
FIRST: Final = agency(signing_keysets=(entry(ONE), entry(TWO)))
REVOKED: Final = next_record(
    FIRST, TH, issued_at=NOW.plus(-DAY), signing_keysets=(entry(ONE, revoked_at=NOW.plus(-DAY)), entry(TWO))
)
GONE: Final = next_record(FIRST, TH, issued_at=NOW.plus(-DAY), withdrawn_at=NOW.plus(-DAY))
RECOVERY: Final = {"recovery": Recovery(second_country="kh")}
SIGNERS: Final[dict[str, tuple[tuple[Any, ...], dict[str, Any]]]] = {
    "the registrar alone": ((TH,), {}),
    "the agency alone": ((TWO,), {}),
    "the registrar and a keyset of the record before": ((TH, TWO), {}),
    "two registrars, no recovery": ((TH, KH), {}),
    "two registrars, a recovery": ((TH, KH), RECOVERY),
}
CHANGES: Final[dict[str, tuple[tuple[bytes, ...], dict[str, Any]]]] = {
    "add a key": ((FIRST,), {"signing_keysets": (entry(ONE), entry(TWO), entry(THREE, 1))}),
    "lengthen": ((FIRST,), {"signing_keysets": (entry(ONE, not_after_at=NOW.plus(700 * DAY)), entry(TWO))}),
    "restore a revoked key": ((FIRST, REVOKED), {"signing_keysets": (entry(ONE), entry(TWO))}),
    "revoke": ((FIRST,), {"signing_keysets": (entry(ONE, revoked_at=NOW), entry(TWO))}),
    "contest": ((FIRST,), {"signing_keysets": (entry(ONE, compromised_since_at=NOW), entry(TWO))}),
    "drop a key": ((FIRST,), {"signing_keysets": (entry(TWO),)}),
    "mandates": ((FIRST,), {"mandates": (Mandate.HEALTH_CARE,)}),
    "relay": ((FIRST,), {"relay": "th.other"}),
    "withdraw": ((FIRST,), {"withdrawn_at": NOW}),
    "return": ((FIRST, GONE), {"withdrawn_at": None}),
}


def table() -> dict[tuple[str, str], str]:
    """(who signs, change) → yes or no, as the page has it."""
    rows = [line.strip("|").split("|") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in rows]
    start = next(n for n, row in enumerate(cells) if row[0] == "who signs a change")
    heads = cells[start]
    own = [row for row in cells[start + 1 :] if len(row) == len(heads)]
    return {(row[0], head): cell for row in own for head, cell in zip(heads[1:], row[1:], strict=True)}


def believed(who: str, change: str) -> bool:
    """Whether the change is in force a month later."""
    (signers, more), (chain, changes) = SIGNERS[who], CHANGES[change]
    record = next_record(chain[-1], *signers, **(changes | more))
    try:
        directory = Directory.fold([federation(), *chain, record], at=NOW.plus(30 * DAY), seen={digest(record): NOW})
    except PeerError:
        return False
    return directory.history(SHELTER).digest == digest(record)


def test_the_page_has_every_cell() -> None:
    assert set(table()) == {(who, change) for who in SIGNERS for change in CHANGES}
    assert all(re.fullmatch("yes|no", cell) for cell in table().values())


@pytest.mark.req("REC-15", "REC-16")
@pytest.mark.parametrize("who", SIGNERS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_cell_is_true(who: str, change: str) -> None:
    assert believed(who, change) == (table()[who, change] == "yes")
