"""`referral trust` shows: what holds, what changed between two states, what ends soon."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli import trust_stage as ts
from tests.cli.stage import referral
from tests.cli.trust_stage import day, good, looked, refused, trust

REPOSITORY = ("--repository", ts.REPOSITORY)
REGISTRAR = ("--key", "th.ministry.key", *REPOSITORY)
pytestmark = pytest.mark.usefixtures("founded")


def keyset() -> str:
    return Path("shelter.id").read_text(encoding="ascii")


def test_verify_says_what_holds() -> None:
    said = looked("verify", ts.REPOSITORY, "--bootstrap", "bootstrap.json", at=day(2))
    assert said["valid"] is True
    assert (said["root"], said["records"], said["refused"], said["alarms"]) == (1, 2, [], [])


def test_diff_names_what_changed_between_two_folders_drafts_and_records() -> None:
    shutil.copytree(ts.REPOSITORY, "before")
    good("revoke", "th.shelter", keyset(), *REGISTRAR, "-o", "revoke.record", at=day(2))
    ts.publish_record("th", "revoke.record", day(2))
    changed = looked("diff", "before", ts.REPOSITORY, at=day(3))["changes"]
    assert [line for line in changed if line.startswith("keyset-ended th.shelter ")]
    assert "role country-th 2 → 3" in changed
    assert looked("diff", ts.REPOSITORY, ts.REPOSITORY, at=day(3))["changes"] == []
    (line, *_) = looked("diff", "th.shelter.record", "revoke.record", at=day(3))["changes"]
    assert line.startswith("- signing key: th.shelter")
    draft = looked(
        "diff", "before/metadata/2.country-th.json", f"{ts.REPOSITORY}/metadata/3.country-th.json", at=day(3)
    )
    assert [one for one in draft["changes"] if one.startswith("+ record th/shelter.agency.1.record")]
    mixed = trust("diff", "th.shelter.record", "bootstrap.json", yes=False)
    refused(mixed, "publish.different", 2)


def test_show_tells_of_ends_to_come_and_reads_plain_folders() -> None:
    Path("records").mkdir()
    for path in Path(ts.REPOSITORY, "targets").rglob("*.record"):
        shutil.copy(path, "records")
    assert looked("show", "records", at=day(2))["expiring"] == []
    ending = looked("show", "records", at=day(350))["expiring"]
    assert [(one["agency"], one["what"]) for one in ending] == [("th.shelter", "signing-keyset")]
    ran = referral("trust", "show", ts.REPOSITORY, "--at", day(2).iso())
    assert ran.code == 0
    assert "federation Example Federation, record 0" in ran.out
    assert "role root: version 1, " in ran.out
    assert "  valid: key " in ran.out
