"""Reading and writing whole files: bounded, atomic, durable. Knows no format, prints nothing, keeps nothing.

A file is written beside its name, made durable, and only then given its name: whoever looks sees the old file, no file
or the whole new one. Errors name the role of a file ("key file"), never its name: an officer may have named a file
after a person.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from referral_proto.crypto import random
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError

__all__ = ["destroy", "read", "write"]

_FULL: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_FORBIDDEN: Final = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))
_NO_LINKS: Final = frozenset((errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK))


def read(path: Path, role: str, limit: int, *, pipe: bool = False) -> bytes:
    """The bytes of a file of 1 to `limit` bytes. `pipe` also takes what is no regular file, such as /dev/fd/3.

    Raises CallerError file.not-found, .not-a-file, .too-large; PeerError file.empty; WorldError file.permission,
    .failed.
    """
    try:
        # Without O_NONBLOCK a named pipe that nobody writes to would hold the program for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | (0 if pipe else os.O_NONBLOCK))
        try:
            mode = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(mode) or not (pipe or stat.S_ISREG(mode)):
                raise CallerError("file.not-a-file", role)
            with os.fdopen(descriptor, "rb", closefd=False) as opened:
                data = opened.read(limit + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _refusal(error, role) from None
    if len(data) > limit:
        raise CallerError("file.too-large", role)
    if not data:
        raise PeerError("file.empty", role)
    return data


def write(path: Path, data: bytes, role: str, *, secret: bool = False, replace: bool = False) -> None:
    """Write a whole file or nothing, durable on return; 0600 from the first byte when `secret`, else as umask says.

    Raises CallerError file.exists unless `replace`, file.no-folder, .not-a-file; WorldError file.full, .permission,
    .failed.
    """
    scratch = path.with_name(f".{path.name[:64]}.{random.token(8).hex()}.part")
    try:
        if not replace and os.path.lexists(path):
            raise CallerError("file.exists", role)
        if path.is_dir():
            raise CallerError("file.not-a-file", role)
        try:
            _fill(scratch, data, 0o600 if secret else 0o666)
            _name(scratch, path, replace=replace)
        finally:
            scratch.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as error:
        raise _refusal(error, role, writing=True) from None


def destroy(path: Path, role: str) -> None:
    """Overwrite a file where it lies, then remove its name; nothing happens if it is gone already.

    Copies stay readable that this program cannot reach: backups, snapshots of the file system, blocks that a
    solid-state disk has put aside. Raises WorldError file.permission, .failed.
    """
    try:
        with suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(random.token(max(1, os.fstat(descriptor).st_size)))
                opened.flush()
                os.fsync(descriptor)
            path.unlink(missing_ok=True)
            _settle(path.parent)
    except OSError as error:
        raise _refusal(error, role, writing=True) from None


def _fill(scratch: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(scratch, flags, mode), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def _name(scratch: Path, path: Path, *, replace: bool) -> None:
    if replace:
        scratch.replace(path)
        return
    try:
        # A link, unlike a rename, never replaces what came in between.
        os.link(scratch, path)
    except OSError as error:
        # USB sticks are FAT or exFAT, which have no links.
        if error.errno not in _NO_LINKS or os.path.lexists(path):
            raise
        scratch.rename(path)


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems cannot make a folder durable by itself; the file is.
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)


def _refusal(error: OSError, role: str, *, writing: bool = False) -> ReferralError:
    number = error.errno
    if number == errno.EEXIST:
        return CallerError("file.exists", role)
    if number in (errno.ENOENT, errno.ENOTDIR):
        return CallerError("file.no-folder" if writing else "file.not-found", role)
    if number in (errno.EISDIR, errno.ENXIO):
        return CallerError("file.not-a-file", role)
    if number in _FULL:
        return WorldError("file.full", role)
    return WorldError("file.permission" if number in _FORBIDDEN else "file.failed", role)
