"""Law: whoever founds, enrols, rotates, revokes or recovers does it by these commands alone, and nodes believe it.

One story, through the real command line; nodes read what was published. A registrar that acts alone gets nowhere.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_proto.adapters.keyfiles import load_signing_key
from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.cli.trust.folder import open_folder
from referral_proto.ids import agency_id
from referral_proto.moment import Moment
from referral_proto.trust.amend import rotate_keyset
from referral_proto.trust.standing import Status
from tests.cli import trust_stage as ts
from tests.cli.trust_stage import day, good, looked, refused, trust

SHELTER, POLICE = agency_id("th.shelter"), agency_id("kh.police")
REPOSITORY = ("--repository", ts.REPOSITORY)


@pytest.mark.usefixtures("empty")
def test_a_federation_lives() -> None:
    ts.found()
    old = ts.enrol("th.shelter", day(1))
    police = ts.enrol("kh.police", day(1))
    lists = [ts.country(code, [f"{one}.record"], day(1)) for code, one in (("th", SHELTER), ("kh", POLICE))]
    ts.publish(*lists, "th.shelter.record", "kh.police.record", at=day(1))
    node = ts.mirror()
    directory = ts.refreshed(node, day(1))
    assert directory.agencies() == (POLICE, SHELTER)
    assert directory.problems == directory.alarms == ()

    # The agency rotates: its old key and its registrar sign.
    new = ts.signing_key("th.shelter", 1)
    rotation = ("--key", "th.shelter.key", "--new-key", "th.shelter.1.key", *REPOSITORY, "-o", "rotate.request")
    assert "the registrar of th signs it" in good("rotate", *rotation, at=day(2))
    ts.approve("rotate.request", "th", "rotate.record", day(2))
    ts.publish_record("th", "rotate.record", day(2))
    directory = ts.refreshed(node, day(2))
    assert [directory.standing(SHELTER, bytes.fromhex(key), day(2)).status for key in (old, new)] == ["valid"] * 2

    # The registrar alone may end the old key, and what came before stays valid.
    good("revoke", SHELTER, old, "--key", "th.ministry.key", *REPOSITORY, "-o", "revoke.record", at=day(3))
    ts.publish_record("th", "revoke.record", day(3))
    directory = ts.refreshed(node, day(3.1))
    assert directory.standing(SHELTER, bytes.fromhex(old), day(3.1)).status is Status.NOT_VALID
    assert directory.standing(SHELTER, bytes.fromhex(old), day(2.9)).status is Status.VALID

    # A compromise is declared with its date and with who says so.
    since = ("--since", day(2.5).iso())
    good("compromise", POLICE, police, *since, "--key", "kh.ministry.key", *REPOSITORY, "-o", "leak.record", at=day(4))
    ts.publish_record("kh", "leak.record", day(4))
    standing = ts.refreshed(node, day(4)).standing(POLICE, bytes.fromhex(police), day(2.6))
    assert (standing.status, standing.asserted_by) == (Status.CONTESTED, "kh.ministry")
    shown = looked("show", ts.REPOSITORY, "--agency", POLICE, at=day(2.6))
    assert shown["agencies"][0]["keysets"][0]["status"] == "contested"

    # Lost keys: two countries' registrars, a delay, an alarm.
    ts.signing_key("kh.police", 1)
    recovery = ("--new-key", "kh.police.1.key", "--second-country", "th", *REPOSITORY, "-o", "recover.request")
    good("recover", *recovery, at=day(5))
    ts.approve("recover.request", "kh", "recover.half", day(5))
    ts.approve("recover.half", "th", "recover.record", day(5))
    ts.publish_record("kh", "recover.record", day(5))
    assert [one.code for one in ts.refreshed(node, day(5)).alarms] == ["trust.recovery-pending"]
    good("refresh-timestamp", ts.REPOSITORY, "--key", "online-int.operator.key", at=day(11))
    directory = ts.refreshed(node, day(12.1))
    assert [one.code for one in directory.alarms] == ["trust.recovery-done"]

    # A lone registrar tries to put a key of its own in the shelter's place.
    ts.signing_key("th.shelter", 2)
    theft = ("--key", "th.shelter.2.key", "--new-key", "th.shelter.2.key", *REPOSITORY, "-o", "theft.request")
    refused(trust("rotate", *theft, at=day(12.2)), "issue.not-entitled", 2)
    _forge_rotation("theft.record")
    before = Path(ts.REPOSITORY, "metadata", "timestamp.json").read_bytes()
    listed = ts.country("th", ["theft.record"], day(12.2))
    ran = trust("publish", ts.REPOSITORY, listed, "theft.record", "--key", "online-int.operator.key", at=day(12.2))
    refused(ran, "trust.keyset-unsupported", 3)
    assert "A registrar alone tried to change an agency's key (at th.shelter)" in ran.err
    assert Path(ts.REPOSITORY, "metadata", "timestamp.json").read_bytes() == before

    assert trust("verify", ts.REPOSITORY, "--bootstrap", "bootstrap.json", at=day(12.2), yes=False).code == 0


def _forge_rotation(output: str) -> None:
    """What a registrar could make with a program of its own: its signature, not the agency's."""
    history = open_folder(Path(ts.REPOSITORY), Moment(253_402_300_799)).directory.history(SHELTER)
    registrar, stolen = (load_signing_key(Path(f"{one}.key"), ts.PASSPHRASE) for one in ("th.ministry", "th.shelter.2"))
    Path(output).write_bytes(rotate_keyset(history, stolen, history.record.issued_at, registrar))


@pytest.mark.usefixtures("founded")
def test_a_forged_rotation_that_is_published_all_the_same_is_found_by_verify() -> None:
    ts.signing_key("th.shelter", 2)
    _forge_rotation("theft.record")
    repository = TrustRepository(Path(ts.REPOSITORY))
    listed = Path(ts.country("th", ["theft.record"], day(2))).read_bytes()
    repository.accept(listed, day(2), [Path("theft.record").read_bytes()])
    repository.publish(RepositoryKey.load(Path("online-int.operator.key"), KeyRole.ONLINE, ts.PASSPHRASE), day(2))
    ran = trust("verify", ts.REPOSITORY, "--bootstrap", "bootstrap.json", at=day(3), yes=False)
    refused(ran, "trust.keyset-unsupported", 3)
    again = ("approve", "theft.record", "--key", "th.ministry.key", *REPOSITORY, "-o", "again.record")
    refused(trust(*again, at=day(3)), "trust.keyset-unsupported", 3)
