"""The stage as a fixture: built once, copied for each test that asks, which then works inside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli import stage, trust_stage


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stage")
    stage.build(folder)
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the stage, which is the current folder; the passphrase file is set in the environment."""
    place = tmp_path / "desk"
    shutil.copytree(built, place)
    monkeypatch.chdir(place)
    for name in ("REFERRAL_LANG", "REFERRAL_RECORDS", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REFERRAL_PASSPHRASE_FILE", "pass")
    return place


@pytest.fixture(scope="session")
def founded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("federation")
    with pytest.MonkeyPatch.context() as patch:
        _settled(patch, place)
        trust_stage.found()
        shelter = trust_stage.enrol("th.shelter", trust_stage.day(1))
        (place / "shelter.id").write_text(shelter, encoding="ascii")
        trust_stage.publish_record("th", "th.shelter.record", trust_stage.day(1))
    return place


@pytest.fixture
def founded(founded_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a federation with th.shelter in it, which is the current folder."""
    place = tmp_path / "federation"
    shutil.copytree(founded_once, place)
    _settled(monkeypatch, place)
    return place


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty desk, which is the current folder."""
    _settled(monkeypatch, tmp_path)
    return tmp_path


def _settled(patch: pytest.MonkeyPatch, place: Path) -> None:
    patch.chdir(place)
    for name in ("REFERRAL_LANG", "REFERRAL_RECORDS", "REFERRAL_REPOSITORY", "CREDENTIALS_DIRECTORY"):
        patch.delenv(name, raising=False)
    patch.setenv("REFERRAL_PASSPHRASE_FILE", "pass")
