"""Law: of a records folder only what bears the agency's own signatures alone is taken as its objection."""

from __future__ import annotations

import os
from pathlib import Path

from referral_proto.adapters.objections import objections_from
from referral_proto.model.records import Recovery
from tests.trust.chains import NOW, agency, federation, keys, next_record

FIRST = agency()
OWN, REGISTRAR = keys("th.shelter"), keys("th.registrar")


def test_only_the_agencys_own_word_is_taken(tmp_path: Path) -> None:
    objection = next_record(FIRST, OWN)
    others = [
        FIRST,
        federation(),
        next_record(FIRST, OWN, REGISTRAR),
        next_record(FIRST),
        next_record(FIRST, OWN, recovery=Recovery(second_country="kh")),
        b"no record",
        b"",
    ]
    for number, record in enumerate([objection, *others]):
        (tmp_path / f"{number}.record").write_bytes(record)
    (tmp_path / "9.request").write_bytes(objection)
    os.utime(tmp_path / "0.record", (NOW, NOW))
    assert objections_from(tmp_path) == {objection: NOW}
    assert objections_from(tmp_path / "nowhere") == {}
