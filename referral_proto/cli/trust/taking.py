"""Options that `referral trust` commands share as groups, and reading the small files that are handed to them.

A command that drafts or signs takes `changing`; what reads an entry or a public key lives here. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from referral_proto.cli import options
from referral_proto.cli.trust.plan import OUTPUT, YES, option

if TYPE_CHECKING:
    from pydantic import BaseModel

    from referral_proto.adapters.trust_keys import RepositoryPublicKey
    from referral_proto.crypto.keyset import VerifyingKeyset

__all__ = [
    "LOGS",
    "REPOSITORY",
    "WITNESSES",
    "changing",
    "entries",
    "keyed",
    "public_key",
    "signing_text",
]

F = TypeVar("F", bound=Callable[..., Any])
M = TypeVar("M", bound="BaseModel")
_LARGEST_ENTRY: Final = 16 * 1024

REPOSITORY = option(
    "--repository",
    required=True,
    envvar="REFERRAL_REPOSITORY",
    help="Copy of the trust repository, or a folder of records. Else the environment's REFERRAL_REPOSITORY.",
)
LOGS = option("--log", "logs", multiple=True, help="Public half of a log's keys (log-AGENCY.entry); may be repeated.")
WITNESSES = option("--witness", "witnesses", multiple=True, help="A witness's entry (witness.entry); may be repeated.")
_CHANGING: Final = (REPOSITORY, options.AT, OUTPUT, YES, options.AS_JSON)


def changing(command: F) -> F:
    """The options of every command that drafts the next record of something: --repository, --at, -o, --yes, --json."""
    for one in reversed(_CHANGING):
        command = one(command)
    return command


def keyed(help_text: str) -> Callable[[F], F]:
    """The same with --key and --passphrase-file, for a command that signs what it drafts."""

    def decorate(command: F) -> F:
        command = changing(command)
        for one in (options.PASSPHRASE_FILE, option("--key", required=True, help=help_text)):
            command = one(command)
        return command

    return decorate


def entries(kind: type[M], paths: Iterable[Path], role: str) -> list[M]:
    """Entries of logs or witnesses, as `referral-node init` writes them. CallerError issue.entry; as `disk.read`."""
    from referral_proto.adapters import disk
    from referral_proto.errors import CallerError, PeerError
    from referral_proto.wire import decode

    found: list[M] = []
    for path in paths:
        try:
            found.append(decode(kind, disk.read(path, role, _LARGEST_ENTRY)))
        except PeerError:
            raise CallerError("issue.entry", role) from None
    return found


def public_key(path: Path) -> RepositoryPublicKey:
    """A public repository key from its file."""
    from referral_proto.adapters import disk
    from referral_proto.adapters.trust_keys import RepositoryPublicKey

    return RepositoryPublicKey.parse(disk.read(path, "public key", 4096))


def signing_text(path: Path) -> VerifyingKeyset:
    """A public signing keyset from its file. CallerError key.kind."""
    from referral_proto.adapters.keyfiles import load_public_key
    from referral_proto.crypto.keyset import VerifyingKeyset
    from referral_proto.errors import CallerError

    public = load_public_key(path)
    if not isinstance(public, VerifyingKeyset):
        raise CallerError("key.kind", "public signing key")
    return public
