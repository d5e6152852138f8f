"""The stage as a fixture: built once, copied for each test that asks, which then works inside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli import stage


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
