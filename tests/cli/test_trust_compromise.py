"""Law: a leaked key of a registrar, founder or witness is ended by these commands; honest agencies stay believed.

Logs and witnesses come into the records and leave them by these commands too.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_proto.adapters.keyfiles import load_signing_key
from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.cli.trust.folder import open_folder
from referral_proto.ids import agency_id
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import approve, request_enrolment
from tests.cli import trust_stage as ts
from tests.cli.trust_stage import day, good, looked, refused, trust

REPOSITORY = ("--repository", ts.REPOSITORY)
SHELTER, STRANGER = agency_id("th.shelter"), agency_id("th.stranger")
pytestmark = pytest.mark.usefixtures("founded")


def signed(file: str, at: float, *founders: str) -> str:
    """A federation record signed by these founders; the file's name."""
    copies = [f"{file}-{one}" for one in founders]
    for one, copy in zip(founders, copies, strict=True):
        good("sign", file, "--key", f"{one}.key", *REPOSITORY, "-o", copy, at=day(at))
    good("merge", *copies, "-o", f"{file}-signed")
    return f"{file}-signed"


def listed(record: str, at: float) -> str:
    """The record goes into the founders' list and is published; what `publish` said."""
    good("targets", "--record", record, *REPOSITORY, "-o", f"targets-{at}.json", at=day(at))
    targets = ts.signed_by_two(f"targets-{at}.json", "targets-", day(at), *REPOSITORY)
    ran = trust("publish", ts.REPOSITORY, targets, record, "--key", "online-int.operator.key", at=day(at))
    assert ran.code == 0, ran.err
    return ran.err


def verified(at: float) -> int:
    return trust("verify", ts.REPOSITORY, "--bootstrap", "bootstrap.json", at=day(at), yes=False).code


def fresh(name: str, at: float) -> Directory:
    """A node that begins now."""
    node = TrustMirror(Path(name), Path("bootstrap.json").read_bytes())
    found: Directory = ts.refreshed(node, day(at))
    return found


def declare(at: float, since: float, *founders: str) -> str:
    """The key of th.ministry, founder and registrar, leaked; the two others sign unless said otherwise."""
    ts.signing_key("th.ministry", 1)
    words = ("th.ministry", ts.fingerprint("th.ministry"), "--since", day(since).iso())
    said = good(
        "compromise-key", *words, "--replacement", "th.ministry.1.pub", *REPOSITORY, "-o", "leak.record", at=day(at)
    )
    assert "the registrar of th confirms its records at once" in said
    return signed("leak.record", at, *(founders or ("kh.ministry", "int.secretariat")))


def test_a_registrars_key_leaks() -> None:
    saw_in_time = ts.mirror()
    assert ts.refreshed(saw_in_time, day(1.5)).agencies() == (SHELTER,)
    said = listed(declare(5, since=2), 5)
    assert "nobody new believes th.shelter until it is confirmed" in said
    assert ts.refreshed(saw_in_time, day(5)).agencies() == (SHELTER,)
    newcomer = fresh("newcomer", 5)
    assert newcomer.agencies() == ()
    assert [(one.code, one.agency) for one in newcomer.alarms] == [("trust.registrar-compromised", SHELTER)]
    assert verified(5.1) == 3
    shown = looked("show", ts.REPOSITORY, at=day(5.1))
    ended = [(one["holder"], one["compromised_since"]) for one in shown["federation"]["ended"]]
    assert ended == [("th.ministry", day(2).iso())]
    assert [(one["code"], one["agency"]) for one in shown["alarms"]] == [("trust.registrar-compromised", SHELTER)]

    # The thief has the country key too, and lists a stranger that it dates back.
    _listed_by_thief(5.5)
    assert ts.refreshed(saw_in_time, day(5.6)).agencies() == (SHELTER,)

    # The registrar confirms what its office knows.
    Path("confirmed").mkdir()
    words = ("confirm", "th", "--key", "th.ministry.1.key", *REPOSITORY, "-o", "confirmed")
    plan = trust(*words, at=day(6), yes=False)
    refused(plan, "cli.unconfirmed", 2)
    assert "th.shelter.0, made " in plan.err
    assert plan.err.count("not believed now") == 2
    refused(trust(*words, "--except", "th.nobody.0", at=day(6)), "issue.invalid", 2)
    refused(trust(*words[:2], "--key", "th.ministry.key", *words[4:], at=day(6)), "issue.not-entitled", 2)
    good(*words, "--except", "th.stranger.0", at=day(6))
    assert [path.name for path in Path("confirmed").iterdir()] == ["th.shelter.0.record"]
    shutil.copytree(ts.REPOSITORY, "before")
    ts.publish_record("th", "confirmed/th.shelter.0.record", day(6))
    for node in (ts.refreshed(saw_in_time, day(6)), fresh("later", 6)):
        assert node.agencies() == (SHELTER,)
        assert [one.agency for one in node.alarms] == [STRANGER]
    assert any(
        "alarm" in one or "agency-added" in one for one in looked("diff", "before", ts.REPOSITORY, at=day(6))["changes"]
    )
    refused(trust(*words, "--agency", SHELTER, at=day(6.1)), "issue.already", 2)


def _listed_by_thief(at: float) -> None:
    keys = load_signing_key(Path("th.shelter.key"), ts.PASSPHRASE).create(STRANGER)
    names = {"en": "Example stranger"}
    request = request_enrolment(keys, names, OrganisationType.NGO, (Mandate.SHELTER,), STRANGER, day(1.2))
    record = approve(request, load_signing_key(Path("th.ministry.key"), ts.PASSPHRASE))
    Path("stranger.record").write_bytes(record)
    draft = ts.country("th", ["stranger.record"], day(at))
    ran = trust("publish", ts.REPOSITORY, draft, "stranger.record", "--key", "online-int.operator.key", at=day(at))
    refused(ran, "trust.registrar-compromised", 3)
    repository = TrustRepository(Path(ts.REPOSITORY))
    repository.accept(Path(draft).read_bytes(), day(at), [record])
    repository.publish(RepositoryKey.load(Path("online-int.operator.key"), KeyRole.ONLINE, ts.PASSPHRASE), day(at))


def test_a_founders_leaked_key_does_not_count_for_its_own_end() -> None:
    record = declare(5, 2, "kh.ministry", "th.ministry")
    good("targets", "--record", record, *REPOSITORY, "-o", "t.json", at=day(5.1))
    targets = ts.signed_by_two("t.json", "targets-", day(5.1), *REPOSITORY)
    ran = trust("publish", ts.REPOSITORY, targets, record, "--key", "online-int.operator.key", at=day(5.1))
    refused(ran, "trust.record-signature", 3)


def test_a_compromise_may_only_be_said_of_a_key_that_is_known_and_not_of_tomorrow() -> None:
    key = ts.fingerprint("th.ministry")
    for words, code in (
        (("th.ministry", "00" * 32, "--since", day(2).iso()), "issue.unknown-keyset"),
        (("kh.ministry", key, "--since", day(2).iso()), "issue.unknown-keyset"),
        (("th.ministry", key, "--since", day(9).iso()), "issue.invalid"),
        (("th.ministry", key, "--since", day(2).iso(), "--threshold", "3"), "issue.threshold"),
        (("th.ministry", key, "--since", day(2).iso(), "--replacement", "kh.ministry.pub"), "key.other-agency"),
    ):
        refused(trust("compromise-key", *words, *REPOSITORY, "-o", "x", at=day(5)), code, 2)


def test_in_good_order_the_successor_confirms_too() -> None:
    ts.signing_key("th.ministry", 1)
    said = good("amend", "--registrar", "th=th.ministry.1.pub", *REPOSITORY, "-o", "next.record", at=day(3))
    assert "the registrar of th confirms what was registered before" in said
    listed(signed("next.record", 3, "kh.ministry", "int.secretariat"), 3)
    assert verified(3.1) == 0
    Path("confirmed").mkdir()
    good("confirm", "th", "--key", "th.ministry.1.key", *REPOSITORY, "-o", "confirmed", at=day(4))
    ts.publish_record("th", "confirmed/th.shelter.0.record", day(4))
    assert verified(4.1) == 0
    assert fresh("later", 4).agencies() == (SHELTER,)


def test_witnesses_come_and_go() -> None:
    entries = [ts.witness_keys(country) for country in ("th", "kh", "int")]
    good("witnesses", *ts.named("--witness", entries), *REPOSITORY, "-o", "w.record", at=day(2))
    listed(signed("w.record", 2, "kh.ministry", "int.secretariat"), 2)
    federation = looked("show", ts.REPOSITORY, at=day(2))["federation"]
    assert [one["name"] for one in federation["witnesses"]] == [f"witness.{one}.example" for one in ("th", "kh", "int")]
    assert (federation["quorum"], all(one["counts"] for one in federation["witnesses"])) == (2, True)

    good("witnesses", "--quorum", "3", *REPOSITORY, "-o", "q.record", at=day(3))
    listed(signed("q.record", 3, "kh.ministry", "int.secretariat"), 3)
    assert open_folder(Path(ts.REPOSITORY), day(3)).directory.witnesses(day(3)).quorum == 3
    low = trust("witnesses", "--quorum", "1", *REPOSITORY, "-o", "x", at=day(4))
    refused(low, "trust.record-malformed", 3)

    # One leaks and is replaced, one leaves in good order.
    leaked = next(one["key"] for one in federation["witnesses"] if one["country"] == "th")
    ts.witness_keys("th")
    words = ("witness.th.example", leaked.replace(" ", ""), "--since", day(2.5).iso(), "--witness", "witness-th.entry")
    good("compromise-key", *words, *REPOSITORY, "-o", "c.record", at=day(4))
    listed(signed("c.record", 4, "kh.ministry", "int.secretariat"), 4)
    directory = open_folder(Path(ts.REPOSITORY), day(4)).directory
    assert len(directory.witnesses(day(2.4)).members) == 3
    assert len(directory.witnesses(day(2.6)).members) == 2
    assert directory.witnesses(day(3.5)).members == ()
    assert len(directory.witnesses(day(4)).members) == 3
    words = ("--without", "witness.kh.example", "--quorum", "2")
    good("witnesses", *words, *REPOSITORY, "-o", "e.record", at=day(5))
    shutil.copytree(ts.REPOSITORY, "before")
    listed(signed("e.record", 5, "kh.ministry", "int.secretariat"), 5)
    changes = looked("diff", "before", ts.REPOSITORY, at=day(5))["changes"]
    assert [one.split()[:2] for one in changes if one.startswith(("key-ended", "witnesses"))] == [
        ["key-ended", "witness.kh.example"],
        ["witnesses", "2"],
    ]
    refused(trust("witnesses", "--without", "nobody", *REPOSITORY, "-o", "x", at=day(6)), "issue.invalid", 2)
    assert verified(5.1) == 0


def test_logs_come_with_the_enrolment_and_change_later() -> None:
    ts.signing_key("th.clinic")
    entry = ts.log_keys("th.clinic", day(2))
    words = ("--name", "en=Example clinic", "--type", "ngo", "--mandate", "shelter", "--relay", "th.clinic")
    good("enrol-request", "--key", "th.clinic.key", *words, "--log", entry, "-o", "clinic.request", at=day(2))
    ts.approve("clinic.request", "th", "clinic.record", day(2))
    ts.publish_record("th", "clinic.record", day(2))
    clinic = agency_id("th.clinic")
    assert [one.origin for one in open_folder(Path(ts.REPOSITORY), day(2)).directory.logs(clinic)] == ["th.clinic"]

    successor = ts.log_keys("th.clinic", day(3), 2)
    words = ("--key", "th.clinic.key", "--log", successor, "--end", "th.clinic")
    good("logs", *words, *REPOSITORY, "-o", "logs.request", at=day(3))
    ts.approve("logs.request", "th", "logs.record", day(3))
    shutil.copytree(ts.REPOSITORY, "before")
    ts.publish_record("th", "logs.record", day(3))
    directory = open_folder(Path(ts.REPOSITORY), day(3)).directory
    assert [(one.origin, one.ended_at) for one in directory.logs(clinic)] == [
        ("th.clinic", day(3)),
        ("th.clinic/2", None),
    ]
    assert {"log-ended th.clinic th.clinic", "log-added th.clinic th.clinic/2"} <= set(
        looked("diff", "before", ts.REPOSITORY, at=day(3))["changes"]
    )
    shown = trust("show", ts.REPOSITORY, at=day(3), yes=False).out
    assert "  log th.clinic/2, from " in shown
    assert "no log: nobody can verify this agency's receipts" in shown
    for words, code in (
        (("--end", "th.clinic"), "issue.invalid"),
        ((), "issue.invalid"),
        (("--log", "bootstrap.json"), "issue.entry"),
        (("--log", "nowhere.entry"), "file.not-found"),
    ):
        ran = trust("logs", "--key", "th.clinic.key", *words, *REPOSITORY, "-o", "x", at=day(4))
        refused(ran, code, 2)
    words = ("compromise-log", "th.clinic", "th.clinic/2", "--key", "th.ministry.key", *REPOSITORY)
    for since, origin in ((day(9), "th.clinic/2"), (day(3.5), "th.clinic/3"), (day(3.5), "th.clinic")):
        ran = trust(*words[:2], origin, "--since", since.iso(), *words[3:], "-o", "x", at=day(4))
        refused(ran, "issue.invalid", 2)
    good(*words[:3], "--since", day(3.5).iso(), *words[3:], "-o", "leaked.record", at=day(4))
    shutil.copytree(ts.REPOSITORY, "then")
    ts.publish_record("th", "leaked.record", day(4))
    (_, leaked) = open_folder(Path(ts.REPOSITORY), day(4)).directory.logs(clinic)
    assert (leaked.ended_at, leaked.compromised_since_at) == (day(4), day(3.5))
    said = looked("diff", "then", ts.REPOSITORY, at=day(4))["changes"]
    assert f"log-compromised th.clinic th.clinic/2 since {day(3.5).iso()}" in said
    assert f", compromised since {day(3.5).iso()}" in trust("show", ts.REPOSITORY, at=day(4), yes=False).out
    another = ts.log_keys("th.shelter", day(4))
    ran = trust("logs", "--key", "th.clinic.key", "--log", another, *REPOSITORY, "-o", "x", at=day(4))
    refused(ran, "trust.log-owner", 3)
