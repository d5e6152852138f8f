"""Law: every key of every role can be replaced and ended by these commands, and nodes that held the old ones follow."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_proto.cli.trust.folder import open_folder
from tests.cli import trust_stage as ts
from tests.cli.trust_stage import day, good, looked, named, refused, trust

REPOSITORY = ("--repository", ts.REPOSITORY)
pytestmark = pytest.mark.usefixtures("founded")


def amended(name: str, *options: str, at: float) -> str:
    """A federation record that two founders signed; the file's name."""
    good("amend", *options, *REPOSITORY, "-o", name, at=day(at))
    return ts.signed_by_two(name, "", day(at), *REPOSITORY)


def listed(record: str, *options: str, at: float) -> None:
    """The record goes into the founders' list and is published."""
    draft = f"targets-{at}.json"
    good("targets", "--record", record, *options, *REPOSITORY, "-o", draft, at=day(at))
    ts.publish(ts.signed_by_two(draft, "targets-", day(at), *REPOSITORY), record, at=day(at))


def holds(at: float) -> None:
    """A node that knows the first root only believes all of it."""
    ran = trust("verify", ts.REPOSITORY, "--bootstrap", "bootstrap.json", at=day(at), yes=False)
    assert ran.code == 0, ran.err + ran.out


def test_a_country_joins_and_enrols() -> None:
    node = ts.mirror()
    ts.refreshed(node, day(1))
    ts.signing_key("la.ministry")
    ts.repository_key("country", "la.ministry")
    good("add-country", "la", "--registrar", "la.ministry.pub", *REPOSITORY, "-o", "la.record", at=day(2))
    record = ts.signed_by_two("la.record", "", day(2), *REPOSITORY)
    listed(record, "--country", "la=country-la.ministry.json", at=2)
    ts.signing_key("la.clinic")
    words = ("--name", "en=Example clinic", "--type", "ngo", "--mandate", "health-care", "--relay", "la.clinic")
    good("enrol-request", "--key", "la.clinic.key", *words, "-o", "clinic.request", at=day(3))
    signer = ("--key", "la.ministry.key", *REPOSITORY)
    good("approve", "clinic.request", *signer, "-o", "clinic.record", at=day(3))
    key = ("--key", "country-la.ministry.key")
    good("country", "la", "--record", "clinic.record", *key, *REPOSITORY, "-o", "la.json", at=day(3))
    ts.publish("la.json", "clinic.record", at=day(3))
    assert "la.clinic" in ts.refreshed(node, day(3)).agencies()
    holds(3)
    again = ("add-country", "la", "--registrar", "la.ministry.pub", *REPOSITORY, "-o", "again.record")
    refused(trust(*again, at=day(4)), "issue.already", 2)


def test_a_country_leaves_and_what_it_signed_stays() -> None:
    listed(amended("leaves.record", "--without-country", "kh", at=2), "--without-country", "kh", at=2)
    directory = open_folder(Path(ts.REPOSITORY), day(3)).directory
    assert [one.country for one in directory.federation.registrars] == ["int", "th"]
    ts.signing_key("kh.police")
    words = ("--name", "en=Example", "--type", "shelter", "--mandate", "shelter", "--relay", "kh.police")
    good("enrol-request", "--key", "kh.police.key", *words, "-o", "late.request", at=day(3))
    signer = ("--key", "kh.ministry.key", *REPOSITORY)
    refused(trust("approve", "late.request", *signer, "-o", "late.record", at=day(3)), "issue.not-entitled", 2)
    holds(3)


def test_a_registrars_key_is_replaced() -> None:
    new = ts.signing_key("th.ministry", 1)
    listed(amended("registrar.record", "--registrar", "th=th.ministry.1.pub", at=2), at=2)
    shown = looked("show", ts.REPOSITORY, at=day(2))["federation"]["registrars"]
    assert [one["key"].replace(" ", "") for one in shown if one["country"] == "th"] == [new]
    change = ("mandates", "th.shelter", "--mandate", "hotline", *REPOSITORY)
    old = trust(*change, "--key", "th.ministry.key", "-o", "old.record", at=day(3))
    refused(old, "issue.not-entitled", 2)
    good(*change, "--key", "th.ministry.1.key", "-o", "new.record", at=day(3))
    ts.publish_record("th", "new.record", day(3))
    holds(3)


def test_a_registrars_old_key_publishes_nothing_that_is_dated_back() -> None:
    shutil.copytree(ts.REPOSITORY, "before")
    ts.signing_key("th.ministry", 1)
    listed(amended("registrar.record", "--registrar", "th=th.ministry.1.pub", at=5), at=5)
    old = ("--key", "th.ministry.key", "--repository", "before")
    good("withdraw", "th.shelter", *old, "-o", "back.record", at=day(4))
    draft = ts.country("th", ["back.record"], day(6))
    ran = trust("publish", ts.REPOSITORY, draft, "back.record", "--key", "online-int.operator.key", at=day(6))
    refused(ran, "trust.record-signature", 3)


def test_a_founders_key_is_replaced() -> None:
    ts.signing_key("int.secretariat", 1)
    listed(amended("founder.record", "--founder", "int.secretariat.1.pub", at=2), at=2)
    good("amend", "--threshold", "3", *REPOSITORY, "-o", "three.record", at=day(3))
    signer = ("sign", "three.record", *REPOSITORY, "-o", "signed.record")
    refused(trust(*signer, "--key", "int.secretariat.key", at=day(3)), "issue.not-founder", 2)
    good(*signer, "--key", "int.secretariat.1.key", at=day(3))
    holds(3)


@pytest.mark.parametrize(("role", "signed_as"), [("root", "root-"), ("targets", "root-"), ("online", "root-")])
def test_a_repository_key_is_replaced_and_the_old_one_ends(role: str, signed_as: str) -> None:
    holder = "int.operator" if role == "online" else "int.secretariat"
    ts.repository_key(role, holder, 1)
    stay = [] if role == "online" else [f"{role}-{one}.json" for one in ("th.ministry", "kh.ministry")]
    keys = named(f"--{role}-key", [*stay, f"{role}-{holder}.1.json"])
    good("root", *keys, *REPOSITORY, "-o", "root2.json", at=day(2))
    root = ts.signed_by_two("root2.json", signed_as, day(2), *REPOSITORY)
    number = ".1" if role == "online" else ""
    good("publish", ts.REPOSITORY, root, "--key", f"online-int.operator{number}.key", at=day(2))
    holds(2)
    if role == "online":
        old = trust("refresh-timestamp", ts.REPOSITORY, "--key", "online-int.operator.key", at=day(3))
        refused(old, "publish.key", 2)
    roles = {one["role"]: one for one in looked("show", ts.REPOSITORY, at=day(2))["roles"]}
    assert roles["root"]["version"] == 2


def test_a_countrys_key_is_replaced_and_it_signs_its_list_again() -> None:
    ts.repository_key("country", "th.ministry", 1)
    change = ("--country", "th=country-th.ministry.1.json", *REPOSITORY)
    good("targets", *change, "-o", "t2.json", at=day(2))
    targets = ts.signed_by_two("t2.json", "targets-", day(2), *REPOSITORY)
    alone = trust("publish", ts.REPOSITORY, targets, "--key", "online-int.operator.key", at=day(2))
    refused(alone, "publish.signatures", 2)
    good("country", "th", "--key", "country-th.ministry.1.key", *REPOSITORY, "-o", "th2.json", at=day(2))
    ts.publish(targets, "th2.json", at=day(2))
    holds(2)


def test_an_agency_opposes_a_recovery_that_it_did_not_ask_for() -> None:
    node = ts.mirror()
    ts.signing_key("th.shelter", 1)
    recovery = ("--new-key", "th.shelter.1.key", "--second-country", "kh", *REPOSITORY, "-o", "r.request")
    good("recover", *recovery, at=day(2))
    for code, source, target in (("th", "r.request", "r.half"), ("kh", "r.half", "r.record")):
        ts.approve(source, code, target, day(2))
    ts.publish_record("th", "r.record", day(2))
    assert [one.code for one in ts.refreshed(node, day(2)).alarms] == ["trust.recovery-pending"]
    good("oppose", "--key", "th.shelter.key", *REPOSITORY, "-o", "no.request", at=day(3))
    opposing = ("--key", "th.ministry.key", *REPOSITORY, "-o", "no.record")
    assert "it opposes a recovery that waits" in good("approve", "no.request", *opposing, at=day(3))
    ts.publish_record("th", "no.record", day(3))
    directory = ts.refreshed(node, day(3))
    assert [one.code for one in directory.alarms] == ["trust.recovery-opposed"]
    assert len(directory.history("th.shelter").keysets) == 1


def test_a_second_record_under_one_number_is_not_listed() -> None:
    registrar = ("--key", "th.ministry.key", *REPOSITORY)
    shutil.copytree(ts.REPOSITORY, "before")
    good("withdraw", "th.shelter", *registrar, "-o", "gone.record", at=day(2))
    ts.publish_record("th", "gone.record", day(2))
    old = ("--key", "th.ministry.key", "--repository", "before")
    good("mandates", "th.shelter", "--mandate", "hotline", *old, "-o", "fork.record", at=day(2))
    listing = ("country", "th", "--record", "fork.record", *REPOSITORY, "-o", "fork.json")
    refused(trust(*listing, at=day(2)), "publish.record", 2)
    refused(trust("approve", "fork.record", *registrar, "-o", "x", at=day(2)), "trust.record-fork", 3)
