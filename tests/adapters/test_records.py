"""A folder of records: read as a whole, believed as a whole, and which file is at fault is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_proto.adapters import RecordsFolder, load_directory, records, records_from, write_record
from referral_proto.errors import PeerError, ReferralError
from referral_proto.moment import DAY
from referral_proto.trust.amend import revoke_keyset
from tests.cli import stage
from tests.trust import chains


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, record in stage.records().items():
        write_record(tmp_path / name, record)
    return tmp_path


def failure(folder: Path) -> tuple[str, str]:
    with pytest.raises(ReferralError) as caught:
        load_directory(folder)
    return caught.value.code, caught.value.where


def test_every_record_is_read_and_nothing_else(folder: Path) -> None:
    (folder / "notes.txt").write_text("not a record", encoding="utf-8")
    (folder / ".half.record").write_bytes(b"not yet a record")
    assert sorted(records_from(folder)) == sorted(stage.records().values())
    assert load_directory(folder).agencies() == (stage.KH, stage.TH, stage.POLICE)


def test_one_agencys_defect_leaves_the_others_in_force_and_is_named(folder: Path) -> None:
    path = folder / "kh.mosvy.record"
    path.write_bytes(path.read_bytes()[:-1])
    found = load_directory(folder)
    assert found.agencies() == (stage.TH, stage.POLICE)
    assert ("trust.record-malformed", "") in found.problems
    assert records.damaged(folder) == ("kh.mosvy.record",)


def test_a_revocation_takes_effect_beside_the_keys_it_ends(folder: Path) -> None:
    kept = RecordsFolder(folder)
    history = kept.directory.history(stage.KH)
    revoked = revoke_keyset(history, stage.signing(stage.KH).id, stage.AT.plus(DAY), stage.signing(stage.KH))
    write_record(folder / "kh.mosvy.1.record", revoked)
    assert kept.refresh()
    with pytest.raises(ReferralError, match=r"trust\.keyset-revoked"):
        kept.directory.signing_keyset(stage.KH, stage.signing(stage.KH).id, stage.AT.plus(2 * DAY))


def test_a_federation_record_at_fault_stops_everything(folder: Path) -> None:
    path = folder / "federation.record"
    path.write_bytes(path.read_bytes()[:-1])
    assert failure(folder)[0] == "trust.no-federation"


def test_a_folder_without_records_is_refused(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "federation.record").unlink()
    assert failure(folder)[0] == "trust.no-federation"
    monkeypatch.setattr(records, "MOST_RECORDS", 2)
    assert failure(folder)[0] == "records.too-many"
    (tmp_path / "empty").mkdir()
    assert failure(tmp_path / "empty")[0] == "records.none"
    assert failure(tmp_path / "nowhere")[0] == "file.no-folder"


def test_a_file_that_can_be_no_record_is_named_and_keeps_no_other_from_being_read(folder: Path) -> None:
    (folder / "empty.record").write_bytes(b"")
    (folder / "folder.record").mkdir()
    (folder / "huge.record").write_bytes(bytes(300_000))
    (folder / "nowhere.record").symlink_to(folder / "not there")
    found = load_directory(folder)
    assert found.agencies() == (stage.KH, stage.TH, stage.POLICE)
    assert set(found.problems) == {("trust.record-malformed", "")}
    assert records.damaged(folder) == ("empty.record", "folder.record", "huge.record", "nowhere.record")
    assert not RecordsFolder(folder).refresh()


def test_a_kept_folder_is_folded_again_when_it_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = RecordsFolder(folder)
    first = kept.directory
    assert not kept.refresh()
    assert kept.directory is first
    (folder / "th.police.record").unlink()
    (folder / "th.police.opening-1.record").unlink()
    assert kept.refresh()
    assert kept.directory.agencies() == (stage.KH, stage.TH)


def test_a_bad_change_leaves_the_last_good_state_and_is_told_once(folder: Path) -> None:
    kept = RecordsFolder(folder)
    good = (folder / "federation.record").read_bytes()
    write_record(folder / "federation.record", good[:-1], replace=True)
    with pytest.raises(ReferralError, match=r"trust\.no-federation"):
        kept.refresh()
    assert not kept.refresh()
    assert stage.KH in kept.directory.agencies()
    write_record(folder / "federation.record", good, replace=True)
    assert kept.refresh()


@pytest.mark.parametrize("pinned", [True, False])
def test_a_strange_federation_record_in_the_folder_is_listed_and_the_rest_stays_in_force(
    tmp_path: Path,
    pinned: bool,
) -> None:
    first, shelter = chains.federation(), chains.agency()
    strange = chains.federation(chains.keys("xa.founder"), sequence=1, previous=chains.digest(first))
    for name, data in (("federation", first), ("shelter", shelter), ("strange", strange)):
        write_record(tmp_path / f"{name}.record", data)
    found = RecordsFolder(tmp_path, root=chains.digest(first) if pinned else None).directory
    assert found.agencies() == ("th.shelter",)
    assert [problem.code for problem in found.problems] == ["trust.record-signature"]
    other = chains.keys("xa.founder")
    foreign = chains.federation(other, name="Another", founders=(chains.public(other),), threshold=1)
    write_record(tmp_path / "foreign.record", foreign)
    if pinned:
        assert RecordsFolder(tmp_path, root=chains.digest(first)).directory.agencies() == ("th.shelter",)
    else:
        with pytest.raises(PeerError, match=r"trust\.record-fork"):
            RecordsFolder(tmp_path)
