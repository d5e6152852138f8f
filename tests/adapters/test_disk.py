"""Files are whole or not there, durable, of the right mode, and errors say what is wrong without naming anybody."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from referral_proto.adapters import disk
from referral_proto.errors import CallerError, PeerError, ReferralError

CONTENT = b"0123456789" * 10_000


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(ReferralError) as caught:
        call()
    assert caught.value.where == "role"
    return caught.value.code


def test_what_is_written_is_read_and_nothing_else_is_left(tmp_path: Path) -> None:
    disk.write(tmp_path / "x", CONTENT, "role")
    assert disk.read(tmp_path / "x", "role", len(CONTENT)) == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_secret_file_is_never_readable_by_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int) -> None:
    before = os.umask(umask)
    modes: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (modes.append(os.fstat(fd).st_mode & 0o777), fsync(fd)))
    try:
        disk.write(tmp_path / "secret", CONTENT, "role", secret=True)
        disk.write(tmp_path / "public", CONTENT, "role")
    finally:
        os.umask(before)
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "public").stat().st_mode & 0o777 == 0o666 & ~umask
    assert modes[0] == 0o600, "before it had its name too"


def test_file_and_folder_are_made_durable_before_it_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(os.path.isdir(f"/proc/self/fd/{fd}")))  # noqa: PTH112 - a descriptor
    disk.write(tmp_path / "x", CONTENT, "role")
    assert synced == [False, True]


def test_an_existing_file_stays_unless_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x"
    disk.write(path, b"first", "role")
    assert code_of(lambda: disk.write(path, b"second", "role")) == "file.exists"
    assert path.read_bytes() == b"first"
    disk.write(path, b"second", "role", replace=True)
    assert path.read_bytes() == b"second"


def test_a_file_that_comes_in_between_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    link = os.link

    def later(scratch: Path, target: Path) -> None:
        path.write_bytes(b"somebody else's")
        link(scratch, target)

    monkeypatch.setattr(os, "link", later)
    assert code_of(lambda: disk.write(path, CONTENT, "role")) == "file.exists"
    assert path.read_bytes() == b"somebody else's"
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "elsewhere")
    assert code_of(lambda: disk.write(tmp_path / "x", CONTENT, "role")) == "file.exists"
    assert not (tmp_path / "elsewhere").exists()


def test_a_usb_stick_without_links_takes_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(scratch: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    disk.write(tmp_path / "x", CONTENT, "role")
    assert (tmp_path / "x").read_bytes() == CONTENT
    assert code_of(lambda: disk.write(tmp_path / "x", b"second", "role")) == "file.exists"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Files of this process may grow to `size` bytes, as on a disk that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("replace", [False, True])
def test_a_full_disk_leaves_nothing_behind_and_what_was_there(tmp_path: Path, replace: bool) -> None:
    path = tmp_path / "x"
    if replace:
        path.write_bytes(b"first")
    with room_for(50_000):
        assert code_of(lambda: disk.write(path, CONTENT, "role", replace=replace)) == "file.full"
    assert [one.name for one in tmp_path.iterdir()] == (["x"] if replace else [])
    assert not replace or path.read_bytes() == b"first"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "file.full"),
        (errno.EDQUOT, "file.full"),
        (errno.EROFS, "file.permission"),
        (errno.EACCES, "file.permission"),
        (errno.EIO, "file.failed"),
    ],
)
def test_a_failing_disk_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    def fail(_: int) -> None:
        raise OSError(number, "x")

    monkeypatch.setattr(os, "fsync", fail)
    assert code_of(lambda: disk.write(tmp_path / "x", CONTENT, "role")) == code
    assert list(tmp_path.iterdir()) == []


def test_a_process_killed_while_it_writes_leaves_no_half_file(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from referral_proto.adapters import disk\n"
        "os.fsync = lambda fd: os.kill(os.getpid(), signal.SIGKILL)\n"
        "disk.write(Path(sys.argv[1]), b'x' * 100_000, 'role')\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, tmp_path / "x"], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert not (tmp_path / "x").exists()


def test_what_is_no_file_is_named_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"12345")
    os.mkfifo(tmp_path / "pipe")
    read = {
        "nothing": "file.not-found",
        "nowhere/x": "file.not-found",
        "folder": "file.not-a-file",
        "pipe": "file.not-a-file",
        "empty": "file.empty",
        "large": "file.too-large",
        "large/x": "file.not-found",
    }
    assert {name: code_of(lambda name=name: disk.read(tmp_path / name, "role", 4)) for name in read} == read
    write = {"nowhere/x": "file.no-folder", "large/x": "file.no-folder", "folder": "file.not-a-file"}
    assert {
        name: code_of(lambda name=name: disk.write(tmp_path / name, CONTENT, "role", replace=True)) for name in write
    } == write


def test_a_folder_that_may_not_be_entered_is_a_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "x")

    monkeypatch.setattr(Path, "is_dir", forbidden)
    assert code_of(lambda: disk.write(tmp_path / "x", CONTENT, "role")) == "file.permission"


def test_an_endless_device_is_no_file() -> None:
    assert code_of(lambda: disk.read(Path("/dev/zero"), "role", 100)) == "file.not-a-file"


def test_whose_fault_it_is() -> None:
    with pytest.raises(CallerError):
        disk.read(Path("/nowhere/x"), "role", 1)
    with pytest.raises(PeerError):
        disk.read(Path("/dev/null"), "role", 1, pipe=True)
