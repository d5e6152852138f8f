"""From messages to cases: pure, and the same whatever the order in which the messages came. Opens nothing.

A message belongs to the case of a message that it names (`about`, `heads`), if that stands in the same thread and
everyone it concerns takes part there. A message that names none opens a case between its own sender and recipients.
So an agency that borrows a thread number gets a case of its own and never a place in somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from referral_proto import AgencyId, Digest, Leaf, MessageKind, Moment, Purpose, ThreadId
from referral_proto.flow.open import ANSWERS
from referral_proto.trust.standing import Standing, Status

__all__ = ["VALID", "CaseId", "Facts", "heads_of", "homes", "is_unrelated"]

VALID: Final = Standing(Status.VALID)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the control section and the core say of a message, without anything about a person."""

    leaf: Leaf
    thread: ThreadId
    kind: MessageKind
    purpose: Purpose
    sender: AgencyId
    recipients: tuple[AgencyId, ...]
    created_at: Moment
    about: tuple[Digest, ...]
    heads: tuple[Digest, ...]
    standing: Standing = VALID
    """How the sender's key stood when the message was stored."""

    @property
    def parties(self) -> frozenset[AgencyId]:
        """Sender and recipients."""
        return frozenset((self.sender, *self.recipients))


@dataclass(frozen=True, slots=True)
class CaseId:
    """A case: one thread between the same agencies."""

    thread: ThreadId
    parties: frozenset[AgencyId]


def homes(messages: Iterable[Facts]) -> dict[Leaf, CaseId]:
    """The case of each message."""
    known: dict[bytes, Facts] = {one.leaf: one for one in messages}
    found: dict[bytes, CaseId] = {}
    for leaf in known:
        # A message names older ones only, since a leaf is a hash; the path back is walked without recursion.
        path = [leaf]
        while path:
            one = known[path[-1]]
            named = [n for n in (*one.about, *one.heads) if n in known and known[n].thread == one.thread]
            missing = [n for n in named if n not in found and n not in path]
            if missing:
                path.append(Leaf(missing[0]))
                continue
            fitting = [found[n] for n in named if n in found and one.parties <= found[n].parties]
            # With several, the narrowest; then by name, so that the order of arrival never decides.
            found[one.leaf] = min(
                fitting or [CaseId(one.thread, one.parties)], key=lambda home: (len(home.parties), sorted(home.parties))
            )
            path.pop()
    return {Leaf(leaf): home for leaf, home in found.items()}


def is_unrelated(one: Facts, known: Mapping[Leaf, Facts]) -> bool:
    """Does it claim to answer something that was not asked: by somebody else, in another thread, or not at all?

    The same rule as `referral_proto.check_answer`, over every message that it names.
    """
    if one.kind not in ANSWERS:
        return False
    asked = (known[Leaf(named)] for named in one.about if Leaf(named) in known)
    return not any(
        question.thread == one.thread and one.sender in question.recipients and question.sender in one.recipients
        for question in asked
    )


def heads_of(messages: Iterable[Facts]) -> tuple[Digest, ...]:
    """The newest messages of a case: those that no other one names. At most 64, the newest by their sender's word."""
    listed = tuple(messages)
    named: set[bytes] = {digest for one in listed for digest in (*one.about, *one.heads)}
    tips = sorted((one for one in listed if one.leaf not in named), key=lambda one: (one.created_at, one.leaf))
    return tuple(sorted(Digest(one.leaf) for one in tips[-64:]))
