"""One country's faults are its own: what it signs, lists or leaves out never stops the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tuf.api.metadata import Metadata, TargetFile

from referral_proto.adapters import trust_taking
from referral_proto.adapters.trust_drafts import draft_country, read
from referral_proto.adapters.trust_fetch import ServedSource, TrustFetcher
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_paths import target_path
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.records import RelayRecord, SignedRecord
from referral_proto.moment import DAY
from referral_proto.trust import amend
from referral_proto.wire import encode
from tests.adapters import trust_forge
from tests.adapters.trust_world import AT, COUNTRY_HOLDERS, POLICE, REGISTRARS, World, key, keys

KEYS = [key(KeyRole.COUNTRY, holder) for holder in COUNTRY_HOLDERS["xb"]]


def served(files: dict[str, bytes]) -> ServedSource:
    return ServedSource(files.get)


def newest(files: dict[str, bytes], role: str) -> str:
    names = [name for name in files if name.endswith(f".{role}.json")]
    return max(names, key=lambda name: int(name.split("/")[1].split(".")[0]))


def listing(files: dict[str, bytes], added: list[bytes], step: int = 1) -> tuple[bytes, dict[str, bytes]]:
    """The country's next file as whoever holds its key can sign it, and the records that it adds."""
    targets = read(files[newest(files, "country-xb")]).signed
    targets.version += step
    new: dict[str, bytes] = {}
    for record in added:
        path = target_path(record)
        target = TargetFile.from_data(path, record, ["sha256"])
        targets.targets[path] = target
        folder, name = path.split("/")
        new[f"targets/{folder}/{target.hashes['sha256']}.{name}"] = record
    whole: Metadata[Any] = Metadata(targets)
    for one in KEYS:
        whole.sign(one.signer, append=True)
    return whole.to_bytes(), new


def nested(signed: dict[str, Any]) -> None:
    public = KEYS[0].public
    role = {"name": "other", "keyids": [public.id], "threshold": 1, "terminating": False, "paths": ["xb/*"]}
    signed["delegations"] = {"keys": {public.id: public.key.to_dict()}, "roles": [role]}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def following(world: World) -> TrustMirror:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    return mirror


def test_a_countrys_own_delegations_are_not_followed(world: World) -> None:
    mirror = following(world)
    files = world.copy()
    bad = trust_forge.altered(
        draft_country(world.repository.current("country-xb"), "xb", [], AT.plus(60)), nested, *KEYS
    )
    forged = trust_forge.republished(files, {"country-xb": bad}, world.online, AT.plus(60))
    mirror.refresh(served(forged), AT.plus(120))
    assert mirror.state(AT.plus(120)).expired == frozenset()


def test_the_publisher_takes_no_country_that_delegates(world: World) -> None:
    draft = draft_country(world.repository.current("country-xb"), "xb", [], AT.plus(60))
    with pytest.raises(CallerError, match=r"publish\.record"):
        world.repository.accept(trust_forge.altered(draft, nested, *KEYS), AT.plus(60))


@pytest.mark.req("TRU-22")
def test_a_country_that_signs_what_nobody_can_read_keeps_its_last_good_file(world: World) -> None:
    mirror = following(world)
    before = mirror.state(AT)
    draft = draft_country(world.repository.current("country-xb"), "xb", [], AT.plus(60))
    bad = trust_forge.altered(draft, lambda signed: signed.update(expires="0001-01-01T00:00:00Z"), *KEYS)
    forged = trust_forge.republished(world.copy(), {"country-xb": bad}, world.online, AT.plus(60))
    done = mirror.refresh(served(forged), AT.plus(120))
    assert ("trust.country-malformed", "country-xb") in done.notices
    after = mirror.state(AT.plus(120))
    assert after.records == before.records and after.expired == frozenset()
    assert after.age_seconds == 60, "the rest of the repository is as fresh as ever"


@pytest.mark.req("TRU-22")
def test_a_country_whose_file_is_no_metadata_ends_with_its_last_good_one(world: World) -> None:
    mirror = following(world)
    tree = json.loads(draft_country(world.repository.current("country-xb"), "xb", [], AT.plus(60)))
    tree["signed"]["targets"] = {"xb/x": 7}
    bad = json.dumps(tree).encode()
    forged = trust_forge.republished(world.copy(), {"country-xb": bad}, world.online, AT.plus(60))
    done = mirror.refresh(served(forged), AT.plus(120))
    assert ("trust.country-malformed", "country-xb") in done.notices
    assert mirror.refresh(served(forged), AT.plus(180)).notices == done.notices, "and again, as long as it is so"
    # Of two countries the one is judged by the file that it had, as if it had not renewed.
    index = mirror.state(AT.plus(180))
    assert index.expired == frozenset()
    renewed = trust_forge.republished(forged, {}, world.online, AT.plus(6 * DAY))
    mirror.refresh(served(renewed), AT.plus(6 * DAY))
    assert mirror.state(AT.plus(6 * DAY)).records


@pytest.mark.req("TRU-16")
def test_junk_that_filled_a_country_makes_room_when_it_is_gone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust_taking, "MOST_RECORDS", 24)
    mirror = following(world)
    here = mirror.state(AT)
    held = sum(1 for record in here.records if target_path(record).startswith("xb/"))
    junk = [
        encode(
            SignedRecord(
                kind=RecordKind.RELAY,
                record=encode(
                    RelayRecord(
                        operator="xb.x",
                        sequence=number,
                        endpoint="a.example:1",
                        tls_certificates=(b"x" * 64,),
                        issued_at=AT,
                    )
                ),
            )
        )
        for number in range(24 - held)
    ]
    files = world.copy()
    data, new = listing(files, junk)
    full = trust_forge.republished({**files, **new}, {"country-xb": data}, world.online, AT.plus(60))
    assert mirror.refresh(served(full), AT.plus(60)).fetched == len(junk)
    directory = mirror.state(AT.plus(60)).fold(AT.plus(60))
    lost = keys(POLICE)
    revoked = amend.revoke_keyset(directory.history(POLICE), lost.id, AT.plus(100), keys(REGISTRARS["xb"]))
    data, new = listing(files, [revoked], step=2)
    honest = trust_forge.republished({**files, **new}, {"country-xb": data}, world.online, AT.plus(200), jump=2)
    mirror.refresh(served(honest), AT.plus(200))
    after = mirror.state(AT.plus(300)).fold(AT.plus(300))
    with pytest.raises(PeerError, match=r"trust\.keyset-revoked"):
        after.signing_keyset(POLICE, lost.id, AT.plus(300))


@pytest.mark.req("TRU-08")
def test_a_timestamp_that_says_no_time_is_refused(world: World) -> None:
    mirror = following(world)
    files = world.copy()
    timestamp = read(files["metadata/timestamp.json"]).signed
    timestamp.version += 1
    timestamp.unrecognized_fields.pop("x-referral-issued-at")
    whole: Metadata[Any] = Metadata(timestamp)
    whole.sign(world.online.signer)
    with pytest.raises(PeerError, match=r"trust\.repository-malformed"):
        mirror.refresh(served({**files, "metadata/timestamp.json": whole.to_bytes()}), AT.plus(60))


@pytest.mark.req("TRU-16")
def test_a_round_ends_in_its_time(world: World) -> None:
    from tuf.api.exceptions import DownloadError

    fetcher = TrustFetcher(world.source, seconds=0.0)
    with pytest.raises(DownloadError) as refused:
        fetcher.download_bytes("metadata/timestamp.json", 10_000)
    assert isinstance(refused.value.__cause__, WorldError) and refused.value.__cause__.code == "trust.repository-slow"
