"""What honest tools let nobody publish: dates far ahead, others' names under an assertion, a recovery undone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reference_node.trust.supply import MirrorSupply
from referral_proto.adapters.keyfiles import load_signing_key
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.cli.trust.folder import open_folder
from referral_proto.moment import Moment
from referral_proto.trust.amend import set_mandates
from tests.cli import trust_stage as ts
from tests.cli.trust_stage import day, good, refused, trust

REPOSITORY = ("--repository", ts.REPOSITORY)
MINISTRY = ("--key", "th.ministry.key", *REPOSITORY)
pytestmark = pytest.mark.usefixtures("founded")


def recovering(node: TrustMirror) -> bytes:
    """A recovery of the shelter that it did not ask for, published on day 2."""
    ts.signing_key("th.shelter", 1)
    good(
        *("recover", "--new-key", "th.shelter.1.key", "--second-country", "kh", *REPOSITORY, "-o", "r.request"),
        at=day(2),
    )
    for code, source, target in (("th", "r.request", "r.half"), ("kh", "r.half", "r.record")):
        ts.approve(source, code, target, day(2))
    ts.publish_record("th", "r.record", day(2))
    assert [one.code for one in ts.refreshed(node, day(2)).alarms] == ["trust.recovery-pending"]
    return Path("r.record").read_bytes()


@pytest.mark.req("REC-28")
def test_what_is_dated_ahead_is_neither_signed_nor_listed_nor_published() -> None:
    good("mandates", "th.shelter", "--mandate", "shelter", *MINISTRY, "-o", "m.record", at=day(3300))
    again = ("--key", "th.shelter.key", *REPOSITORY, "-o", "x")
    refused(trust("approve", "m.record", *again, at=day(2)), "issue.invalid", 2)
    refused(trust("sign", "m.record", *again, at=day(2)), "issue.invalid", 2)
    listing = ("--record", "m.record", "--key", "country-th.ministry.key", *REPOSITORY)
    refused(trust("country", "th", *listing, "-o", "x", at=day(2)), "issue.invalid", 2)
    good("country", "th", *listing, "-o", "l.json", at=day(3300))
    online = ("--key", "online-int.operator.key")
    refused(trust("publish", ts.REPOSITORY, "l.json", "m.record", *online, at=day(2)), "issue.invalid", 2)
    hour = day(2).plus(3600)
    good("mandates", "th.shelter", "--mandate", "hotline", *MINISTRY, "-o", "n.record", at=hour)
    ts.publish_record("th", "n.record", day(2))


@pytest.mark.req("REC-26")
def test_nobody_declares_a_compromise_in_anothers_name() -> None:
    key = load_signing_key(Path("th.shelter.key"), ts.PASSPHRASE).id.hex()
    words = ("compromise", "th.shelter", key, "--since", day(1).iso(), *MINISTRY, "-o", "c.record")
    refused(trust(*words, "--by", "kh.police", at=day(2)), "issue.not-entitled", 2)
    good(*words, "--by", "th.ministry", at=day(2))


@pytest.mark.req("REC-16", "REC-28")
def test_a_recovery_is_not_undone_by_a_list_of_the_registrars_own() -> None:
    node = ts.mirror()
    first = open_folder(Path(ts.REPOSITORY), day(2)).directory.history("th.shelter")
    recovering(node)
    registrar = load_signing_key(Path("th.ministry.key"), ts.PASSPHRASE)
    Path("null.record").write_bytes(set_mandates(first, first.record.mandates, day(2), registrar))
    for moment in (day(3), day(10)):
        listing = ("--record", "null.record", "--key", "country-th.ministry.key", *REPOSITORY, "-o", "l.json")
        refused(trust("country", "th", *listing, at=moment), "publish.record", 2)
    good("refresh-timestamp", ts.REPOSITORY, "--key", "online-int.operator.key", at=day(10))
    assert [one.code for one in ts.refreshed(node, day(10)).alarms] == ["trust.recovery-done"]


@pytest.mark.req("REC-27")
def test_an_objection_halts_a_recovery_until_a_third_country_signs_it() -> None:
    node = ts.mirror()
    recovering(node)
    Path("records").mkdir()
    by_hand = "records/th.shelter.objection.record"
    said = good("oppose", "--key", "th.shelter.key", *REPOSITORY, "-o", by_hand, at=day(3))
    assert "halts the recovery" in said
    os.utime(by_hand, (day(3), day(3)))

    def told(at: Moment) -> list[str]:
        return [alarm.code for alarm in MirrorSupply(node, Path("records"), None).fold(at, ()).alarms]

    good("refresh-timestamp", ts.REPOSITORY, "--key", "online-int.operator.key", at=day(10))
    ts.refreshed(node, day(10))
    assert told(day(10)) == ["trust.recovery-halted"]
    # The key was stolen after all: a third country's registrar signs the same recovery.
    good("approve", "r.record", "--key", "int.secretariat.key", *REPOSITORY, "-o", "r3.record", at=day(10))
    ts.publish_record("th", "r3.record", day(10))
    ts.refreshed(node, day(10))
    assert told(day(10)) == ["trust.recovery-done"]
