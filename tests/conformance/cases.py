"""What a case is, and the list of all of them. The cases themselves stand in `*_cases.py`, one file for each verb."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from referral_proto.ids import AgencyId
from referral_proto.moment import Moment
from tests.conformance.world import AT, CURRENT, B, opening

Given = dict[str, Any]
CASES: Final[list[Case]] = []


@dataclass(frozen=True)
class Case:
    """One vector to be made. `error` None: what comes out is accepted, and frozen with it."""

    id: str
    about: str
    requirements: tuple[str, ...]
    verb: str
    given: Callable[[], Given]
    error: str | None

    @property
    def family(self) -> str:
        """`F2` of `F02-…`; what proves no attack is `F0`."""
        return f"F{int(self.id[1:3])}"


def case(
    identity: str,
    verb: str,
    requirements: Sequence[str] | str,
    about: str,
    given: Callable[[], Given],
    error: str | None = None,
) -> None:
    """Add a case."""
    needed = tuple(requirements.split()) if isinstance(requirements, str) else tuple(requirements)
    CASES.append(Case(identity, about, needed, verb, given, error))


def base64(data: bytes) -> str:
    """As vectors write bytes."""
    return b64encode(data).decode("ascii")


def to_admit(envelope: bytes, recipient: AgencyId = B, at: int = AT, **other: Any) -> Given:
    """Given for the verb admit."""
    return {"envelope": base64(envelope), "recipient": recipient, "at": Moment(at).iso()} | other


def to_verify(cover: bytes, at: int = AT, **other: Any) -> Given:
    """Given for the verb verify_cover."""
    return {"cover": base64(cover), "at": Moment(at).iso()} | other


def to_open(envelope: bytes, recipient: AgencyId = B, epoch: int = CURRENT, **other: Any) -> Given:
    """Given for the verbs open and answer."""
    seed = opening(recipient, epoch).seed.hex()
    return to_admit(envelope, recipient) | {"opening_seed": seed} | other
