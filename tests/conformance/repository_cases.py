"""Verb `refresh`: what a trust repository offers, and how long a node goes by it (F13). Attacks: `attack_cases`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from referral_proto.adapters.trust_drafts import draft_country, draft_root
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.adapters.trust_paths import served_path, target_path
from referral_proto.ids import AgencyId, agency_id
from referral_proto.moment import DAY, HOUR, Moment
from tests.adapters import trust_world as tw
from tests.adapters.trust_forge import altered, republished
from tests.conformance import make_repository
from tests.conformance.cases import base64, case
from tests.conformance.world import AT

LATER = AT.plus(2 * HOUR)
ONLINE = tw.key(KeyRole.ONLINE, tw.OPERATOR)
ROOTS = [tw.key(KeyRole.ROOT, founder) for founder in tw.FOUNDERS]
NEW_ROOTS = [tw.key(KeyRole.ROOT, founder, 1) for founder in tw.FOUNDERS]
TARGETS = [tw.key(KeyRole.TARGETS, founder) for founder in tw.FOUNDERS]
XA = [tw.key(KeyRole.COUNTRY, holder) for holder in tw.COUNTRY_HOLDERS["xa"]]
XB = tw.key(KeyRole.COUNTRY, tw.COUNTRY_HOLDERS["xb"][0])
Files = dict[str, bytes]


def first() -> Files:
    """The frozen repository."""
    return dict(make_repository.files())


def role(name: str, version: int = 1) -> bytes:
    """A role's file in it."""
    return first()[f"metadata/{version}.{name}.json"]


@cache
def relay(agency: AgencyId = tw.POLICE) -> bytes:
    """Its next relay record."""
    return tw.relay(agency, 1)


def target(record: bytes, path: str = "") -> Files:
    """A record as the repository serves it."""
    return {served_path(path or target_path(record), sha256(record).hexdigest()): record}


def country(name: str, record: bytes, *by: Any, days: int = 90) -> bytes:
    """The country's second file, with one record more."""
    return tw.signed(draft_country(role(f"country-{name}"), name, [record], LATER, days), *by)


@cache
def second() -> Mapping[str, bytes]:
    """The repository after xb published one record more."""
    record = relay()
    return republished(first() | target(record), {"country-xb": country("xb", record, XB)}, ONLINE, LATER)


def root(*by: Any, roots: int = 1) -> bytes:
    """A second root, by default with new keys of all founders."""
    draft = draft_root(
        role("root"),
        tw.signers(KeyRole.ROOT, tw.FOUNDERS, 2, roots),
        tw.signers(KeyRole.TARGETS, tw.FOUNDERS, 2),
        tw.signers(KeyRole.ONLINE, [tw.OPERATOR], 1),
        LATER,
    )
    return altered(draft, lambda _: None, *by)


def offered(files: Mapping[str, bytes]) -> dict[str, Any]:
    """These files as a vector says them: how they differ from the frozen ones."""
    frozen = first()
    changed = {path: base64(data) for path, data in sorted(files.items()) if frozen.get(path) != data}
    removed = sorted(frozen.keys() - files.keys())
    said: dict[str, Any] = {"repository": make_repository.FIRST}
    return said | ({"changed": changed} if changed else {}) | ({"removed": removed} if removed else {})


def refreshed(
    name: str,
    requirements: str,
    about: str,
    files: Callable[[], Mapping[str, bytes]] | None,
    error: str | None = None,
    *,
    at: Moment = LATER,
    held: Callable[[], Mapping[str, bytes]] | None = first,
    held_at: Moment = AT,
) -> None:
    """A node that holds `held` (None: nothing) is offered `files` (None: it has no line)."""

    def given() -> dict[str, Any]:
        return {
            "held": None if held is None else offered(held()) | {"at": held_at.iso()},
            "offered": None if files is None else offered(files()),
            "at": at.iso(),
        }

    case(name, "refresh", requirements, about, given, error)


def without(files: Mapping[str, bytes], *ends: str) -> Files:
    """Files but those whose path ends so."""
    return {path: data for path, data in files.items() if not path.endswith(ends)}


def _emptied() -> Mapping[str, bytes]:
    emptied = altered(role("country-xb"), lambda signed: signed.update(version=2, targets={}), XB)
    return republished(first(), {"country-xb": emptied}, ONLINE, LATER)


def _long_timestamp() -> Mapping[str, bytes]:
    files = first()
    path = "metadata/timestamp.json"

    def longer(signed: dict[str, Any]) -> None:
        signed.update(expires="2026-12-20T12:00:00Z", version=2)

    return files | {path: altered(files[path], longer, ONLINE)}


def _taken_over() -> Sequence[bytes]:
    """A record of xa, in a file of xb that says the same role."""
    foreign = tw.agency(agency_id("xa.invented"))
    return foreign, altered(
        tw.signed(draft_country(role("country-xa"), "xa", [foreign], LATER), *XA),
        lambda signed: signed.update({"x-referral-role": "country-xb"}),
        XB,
    )


def _outside() -> Mapping[str, bytes]:
    foreign, taken = _taken_over()
    return republished(first() | target(foreign), {"country-xb": taken}, ONLINE, LATER)


def _renamed() -> Mapping[str, bytes]:
    foreign = tw.agency(agency_id("xa.invented"))
    path = "xb/invented.agency.0.record"

    def named(signed: dict[str, Any]) -> None:
        entry = {"length": len(foreign), "hashes": {"sha256": sha256(foreign).hexdigest()}}
        signed["version"], signed["targets"][path] = 2, entry

    taken = altered(role("country-xb"), named, XB)
    return republished(first() | target(foreign, path), {"country-xb": taken}, ONLINE, LATER)


def _other_roles() -> Mapping[str, bytes]:
    def more(signed: dict[str, Any]) -> None:
        signed["version"] = 2
        roles = signed["delegations"]["roles"]
        roles.append(roles[0] | {"name": "corridor-xa-xb", "paths": ["corridors/*"]})

    return republished(first(), {"targets": altered(role("targets"), more, *TARGETS[:2])}, ONLINE, LATER)


refreshed("F00-refresh", "TRU-01 TRU-04", "A new node and an honest repository.", first, at=AT, held=None)
refreshed("F13-repository-moved-on", "TRU-04", "A country published one record more.", second)
refreshed(
    "F13-repository-founders-replaced",
    "TRU-02",
    "Two old founders and two new ones signed the next root.",
    lambda: first() | {"metadata/2.root.json": root(*ROOTS[:2], *NEW_ROOTS[:2])},
)
refreshed("F13-repository-roles-to-come", "TRU-03", "A role that speaks for no country is passed over.", _other_roles)
refreshed("F13-repository-out-of-path", "TRU-05", "xb publishes a record of xa: it is left out and told.", _outside)
refreshed(
    "F13-repository-foreign-record-renamed",
    "TRU-05",
    "xb publishes a record of xa under a path of its own: it is left out and told.",
    _renamed,
)
refreshed(
    "F13-repository-record-no-longer-offered",
    "TRU-06",
    "xb withdraws all its records from the repository: those that were in force stay, and it is told.",
    _emptied,
)
refreshed(
    "F13-repository-country-expired",
    "TRU-10",
    "All countries failed to renew: their records stay, to judge what came before, and nothing new is believed.",
    lambda: republished(first(), {}, ONLINE, AT.plus(91 * DAY)),
    at=AT.plus(91 * DAY),
)
refreshed(
    "F13-repository-no-line",
    "TRU-08",
    "Without a line for a week less a second: what is held still serves.",
    None,
    at=AT.plus(7 * DAY - 1),
)
refreshed(
    "F13-repository-no-line-for-a-week",
    "TRU-08 TRU-09",
    "A second later the timestamp is over.",
    None,
    "trust.expired",
    at=AT.plus(7 * DAY),
)
refreshed(
    "F13-repository-older-than-allowed",
    "TRU-08",
    "The timestamp lasts longer than the federation's limit, which counts from when it was made.",
    None,
    "trust.too-old",
    at=AT.plus(7 * DAY),
    held=_long_timestamp,
)
refreshed(
    "F13-repository-shown-again",
    "TRU-08",
    "A relay shows the same old timestamp on the last day: that renews nothing.",
    _long_timestamp,
    "trust.too-old",
    at=AT.plus(7 * DAY),
    held=_long_timestamp,
)
refreshed(
    "F13-repository-clock-behind",
    "TRU-11",
    "By this clock the timestamp will be made in two days.",
    first,
    "trust.clock",
    at=AT.plus(-2 * DAY),
    held=None,
)
refreshed(
    "F13-repository-clock-went-back",
    "TRU-11",
    "What is held says that it is later than this clock says.",
    None,
    "trust.clock",
    at=AT.plus(-2 * DAY),
)
refreshed(
    "F13-repository-clock-within-the-hour",
    "TRU-11",
    "A clock that is an hour behind is borne with.",
    first,
    at=AT.plus(-HOUR),
    held=None,
)
