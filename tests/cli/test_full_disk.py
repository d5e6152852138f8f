"""A disk that fills up while a sealed file or a key is written: the command says so, and nothing is half there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.stage import referral

SEAL = (
    *("seal", "referral.json", "--purpose", "referral-offer", "--kind", "offer", "--to", "kh.mosvy"),
    *("--records", "records", "--key", "th.dsdw.key", "--at", "2026-11-21T12:00:00Z", "-o", "new.referral"),
)
NEW_KEY = ("keys", "new-signing", "th.example", "-o", "new.key", "--kdf-memory-kib", "64")


_LIMITED = (
    "import resource, sys; size = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)); "
    "from referral_proto.cli import main; sys.exit(main(sys.argv[2:]))"
)


def with_room_for(size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command where no file may grow beyond `size` bytes, as on a disk that fills up."""
    command = [sys.executable, "-B", "-c", _LIMITED, str(size), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("command", "file"), [(SEAL, "new.referral"), (NEW_KEY, "new.key")])
def test_nothing_is_left_and_it_is_said(folder: Path, command: tuple[str, ...], file: str) -> None:
    before = sorted(path.name for path in folder.iterdir())
    ran = with_room_for(100, *command)
    assert ran.returncode == 4
    assert ran.stderr.splitlines()[0].startswith("error [file.full]: ")
    assert sorted(path.name for path in folder.iterdir()) == before
    assert referral(*command).code == 0, "with room again, the same command does it"
    assert (folder / file).exists()


def test_what_was_there_stays_when_the_new_one_does_not_fit(folder: Path) -> None:
    assert referral(*SEAL).code == 0
    first = (folder / "new.referral").read_bytes()
    assert with_room_for(100, *SEAL, "--force").returncode == 4
    assert (folder / "new.referral").read_bytes() == first


def test_a_cover_does_not_stay_without_its_envelope(folder: Path) -> None:
    (folder / "records2").mkdir()
    ran = referral(*SEAL[:-1], "records2", "--cover", "new.cover", "--force")
    assert ran.code == 2
    assert not (folder / "new.cover").exists()
