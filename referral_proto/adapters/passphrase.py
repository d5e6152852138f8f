"""Where a passphrase comes from: a file, the environment's file, systemd's credential, or somebody who is asked.

Never a command line and never an environment variable's value: both are shown to every program of the user.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from referral_proto.adapters import disk
from referral_proto.errors import CallerError, PeerError, WorldError

__all__ = ["find_passphrase"]

_VARIABLE: Final = "REFERRAL_PASSPHRASE_FILE"
_CREDENTIAL: Final = "referral-passphrase"
_ROLE: Final = "passphrase file"
_LONGEST: Final = 4096


def find_passphrase(file: Path | None, environment: Mapping[str, str], ask: Callable[[], str] | None = None) -> str:
    """The passphrase from `file`, else from the file that REFERRAL_PASSPHRASE_FILE names, else from the credential
    `referral-passphrase` in CREDENTIALS_DIRECTORY, else from `ask`. One line break at its end does not count.

    Raises CallerError key.no-passphrase, .passphrase, .passphrase-shown, file.*; WorldError file.*.
    """
    found = file or _named(environment)
    if found is not None:
        return _read(found)
    if ask is None:
        raise CallerError("key.no-passphrase")
    return ask()


def _named(environment: Mapping[str, str]) -> Path | None:
    if named := environment.get(_VARIABLE):
        return Path(named)
    folder = environment.get("CREDENTIALS_DIRECTORY")
    credential = Path(folder, _CREDENTIAL) if folder else None
    return credential if credential is not None and credential.exists() else None


def _read(file: Path) -> str:
    try:
        data = disk.read(file, _ROLE, _LONGEST, pipe=True)
        mode = file.stat().st_mode
    except PeerError:
        raise CallerError("key.passphrase", _ROLE) from None
    except OSError:
        raise WorldError("file.failed", _ROLE) from None
    # A group may be the service's own; "everybody" never is.
    if stat.S_ISREG(mode) and mode & stat.S_IROTH:
        raise CallerError("key.passphrase-shown", _ROLE)
    try:
        return data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise CallerError("key.passphrase", _ROLE) from None
