"""Checkpoints: a log's head, signed by the log and cosigned by witnesses (C2SP tlog-checkpoint). Reads no clock.

A log signs with both of its keys, a line of type 01 (Ed25519) and one of type 06 (ML-DSA-44); a checkpoint that lacks
either is refused. A witness has cosigned when each of its keys has: where the federation names two keys of a witness,
an old key that is broken one day forges nothing.

Trusted time is the moment by which the quorum had cosigned: the quorum-th smallest of the witnesses' times. As long as
fewer witnesses than the quorum lie, it is no earlier than the first honest one's. The log's own time is its word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, Self

from referral_proto.crypto.logkeys import LogKeys, NoteKey, WitnessKeys
from referral_proto.errors import CallerError, PeerError
from referral_proto.log.cosignature import check_cosignature, cosign_ed25519, cosign_mldsa44
from referral_proto.log.head import Head, parse_head
from referral_proto.log.note import (
    Note,
    SignatureLine,
    SignatureType,
    VerifierKey,
    parse_note,
    render_note,
    verified,
)
from referral_proto.log.tree import EMPTY_ROOT
from referral_proto.moment import Moment

__all__ = [
    "NO_WITNESSES",
    "Checkpoint",
    "LogIdentity",
    "Witness",
    "Witnesses",
    "cosign",
    "read_head",
    "sign_checkpoint",
    "signing_times",
    "verify_checkpoint",
    "verify_parsed",
    "with_cosignatures",
]


@dataclass(frozen=True)
class LogIdentity:
    """A log and the public keys that sign for it."""

    origin: str
    ed25519: NoteKey
    mldsa44: NoteKey

    @classmethod
    def of(cls, origin: str, keys: LogKeys) -> Self:
        """The public side of a log's own keys."""
        return cls(origin, keys.ed25519, keys.mldsa44)

    @cached_property
    def keys(self) -> tuple[VerifierKey, VerifierKey]:
        """Both verifier keys; a log signs under its origin."""
        return (
            VerifierKey(self.origin, SignatureType.ED25519, self.ed25519),
            VerifierKey(self.origin, SignatureType.MLDSA44_COSIGNATURE, self.mldsa44),
        )


@dataclass(frozen=True)
class Witness:
    """A witness and its keys, of types 04 and 06; it counts when all of them have signed. CallerError log.witnesses."""

    name: str
    keys: tuple[VerifierKey, ...]

    def __post_init__(self) -> None:
        if not self.keys or any(k.name != self.name or k.type is SignatureType.ED25519 for k in self.keys):
            raise CallerError("log.witnesses")

    @classmethod
    def of(cls, name: str, ed25519: NoteKey | None, mldsa44: NoteKey | None) -> Self:
        """A witness with a key of one type or of both."""
        kinds = ((SignatureType.ED25519_COSIGNATURE, ed25519), (SignatureType.MLDSA44_COSIGNATURE, mldsa44))
        return cls(name, tuple(VerifierKey(name, kind, key) for kind, key in kinds if key is not None))


@dataclass(frozen=True)
class Witnesses:
    """Whom the federation has watch its logs, and how many of them make a quorum. CallerError log.witnesses.

    A name or a public key stands once: one party must not count as two. Two quorums share a witness, and so see the
    same log, only if the quorum is more than half of the witnesses.
    """

    members: tuple[Witness, ...]
    quorum: int

    def __post_init__(self) -> None:
        names = [member.name for member in self.members]
        keys = [key.key for member in self.members for key in member.keys]
        repeated = len(set(names)) != len(names) or len(set(keys)) != len(keys)
        if repeated or self.quorum < 1 or (self.members and self.quorum > len(self.members)):
            raise CallerError("log.witnesses")


NO_WITNESSES: Final = Witnesses((), 1)
"""A quorum that is never reached: every checkpoint stays without trusted time."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A verified checkpoint.

    signed_at: the log's word. cosigned: the witnesses that cosigned, with the time of each, in the order of the list of
    witnesses. trusted_time: the moment by which the quorum had cosigned; None without a quorum.
    """

    head: Head
    signed_at: Moment
    cosigned: tuple[tuple[str, Moment], ...]
    trusted_time: Moment | None

    @property
    def origin(self) -> str:
        return self.head.origin

    @property
    def size(self) -> int:
        return self.head.size

    @property
    def root(self) -> bytes:
        return self.head.root


def sign_checkpoint(head: Head, keys: LogKeys, at: Moment) -> bytes:
    """A signed note with both of the log's lines. About 0.5 ms.

    Whoever calls holds that `head` begins with every head signed before, and that `at` is no earlier than theirs: the
    two together say that this is the largest tree of the log at that time.
    """
    text = head.text()
    plain = VerifierKey(head.origin, SignatureType.ED25519, keys.ed25519)
    line = SignatureLine(plain.name, plain.key_id, keys.sign_ed25519(text))
    return render_note(text, (line, cosign_mldsa44(head.origin, keys, head, at)))


def cosign(head: Head, name: str, keys: WitnessKeys, at: Moment) -> tuple[SignatureLine, SignatureLine]:
    """A witness's two lines. The duty is as in `sign_checkpoint`, towards the checkpoints that it cosigned before."""
    return cosign_ed25519(name, keys, head, at), cosign_mldsa44(name, keys, head, at)


def with_cosignatures(note: bytes, lines: Iterable[SignatureLine]) -> bytes:
    """The note with more signature lines; one by a key that has signed already is left out. Verifies nothing."""
    parsed = parse_note(note)
    kept: dict[tuple[str, bytes], SignatureLine] = {}
    for line in (*parsed.lines, *lines):
        kept.setdefault((line.name, line.key_id), line)
    return render_note(parsed.text, tuple(kept.values()))


def read_head(note: bytes) -> Head:
    """The head that a note speaks of, before any signature is verified: to find out whose keys are needed."""
    return parse_head(parse_note(note).text)


def verify_checkpoint(
    note: bytes, log: LogIdentity, witnesses: Witnesses = NO_WITNESSES, latest: Moment | None = None
) -> Checkpoint:
    """Verify a checkpoint of `log`, and count its witnesses. A cosignature from after `latest` does not count.

    1. The note's form is exact: PeerError note.malformed, note.too-large, checkpoint.malformed.
    2. It is of this log: checkpoint.origin.
    3. Every signature of a known key holds: note.signature, checkpoint.time.
    4. Both of the log's keys have signed: note.unsigned.
    5. An empty log has the root of no leaves: checkpoint.root.

    CallerError log.witnesses if a witness has a key of the log's: a log does not watch itself.
    """
    return verify_parsed(parse_note(note), log, witnesses, latest)


def verify_parsed(
    parsed: Note, log: LogIdentity, witnesses: Witnesses = NO_WITNESSES, latest: Moment | None = None
) -> Checkpoint:
    """The same for a note that was taken apart before, to find out whose keys are needed."""
    head = parse_head(parsed.text)
    if head.origin != log.origin:
        raise PeerError("checkpoint.origin")
    if {key.key for key in log.keys} & {key.key for member in witnesses.members for key in member.keys}:
        raise CallerError("log.witnesses")
    times = signing_times(parsed, head, (*log.keys, *chain.from_iterable(m.keys for m in witnesses.members)))
    if any(key not in times for key in log.keys):
        raise PeerError("note.unsigned", log.origin)
    if head.size == 0 and head.root != EMPTY_ROOT:
        raise PeerError("checkpoint.root")
    cosigned = []
    for member in witnesses.members:
        signed = [times[key] for key in member.keys if key in times]
        if len(signed) == len(member.keys) and (latest is None or max(signed) <= latest):
            cosigned.append((member.name, max(signed)))
    ordered = sorted(time for _, time in cosigned)
    trusted = ordered[witnesses.quorum - 1] if len(ordered) >= witnesses.quorum else None
    return Checkpoint(head, times[log.keys[1]], tuple(cosigned), trusted)


def signing_times(note: Note, head: Head, keys: Iterable[VerifierKey]) -> dict[VerifierKey, Moment]:
    """When each of `keys` that signed did so; the earliest time where one signed twice. Raises as `verified`.

    Type 01 bears no time and is listed at 0.
    """

    def check(key: VerifierKey, line: SignatureLine) -> Moment:
        if key.type is SignatureType.ED25519:
            key.key.verify(note.text, line.signature)
            return Moment(0)
        return check_cosignature(key, line, head)

    times: dict[VerifierKey, Moment] = {}
    for key, time in verified(note, keys, check):
        times[key] = min(time, times.get(key, time))
    return times
