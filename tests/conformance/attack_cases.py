"""Verb `refresh`: attacks on the trust repository, by whoever holds the line, stolen keys or one seat (F13)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from tuf.api.metadata import MetaFile

from referral_proto.adapters.trust_drafts import read
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.moment import DAY
from tests.adapters import trust_world as tw
from tests.adapters.trust_forge import altered, republished
from tests.conformance.repository_cases import (
    LATER,
    NEW_ROOTS,
    ONLINE,
    ROOTS,
    TARGETS,
    XA,
    XB,
    country,
    first,
    refreshed,
    relay,
    role,
    root,
    second,
    target,
    without,
)
from tests.conformance.world import AT

TIMESTAMP = "metadata/timestamp.json"
SMALL_ORDER = (1).to_bytes(32, "little").hex()


def _mixed(hashes: bool) -> Mapping[str, bytes]:
    """The snapshot names xb's second file, and the first is served under its name."""
    newer = country("xb", relay(), XB)
    files = republished(first() | target(relay()), {"country-xb": newer}, ONLINE, LATER, hashes=hashes)
    return files | {"metadata/2.country-xb.json": role("country-xb")}


def _by(name: str, *keys: Any) -> Mapping[str, bytes]:
    """xa's or xb's next file, signed by these keys."""
    record = relay(tw.SHELTER if name == "xa" else tw.POLICE)
    signed = altered(country(name, record), lambda _: None, *keys)
    return republished(first() | target(record), {f"country-{name}": signed}, ONLINE, LATER)


def _served(change: Any) -> Mapping[str, bytes]:
    """The newest record of xb, as somebody on the line hands it over."""
    files = dict(second())
    (path,) = target(relay())
    made = change(files.pop(path))
    return files if made is None else files | {path: made}


def _rooted(change: Any, *by: Any) -> Mapping[str, bytes]:
    def second_one(signed: dict[str, Any]) -> None:
        signed["version"] = 2
        change(signed)

    return first() | {"metadata/2.root.json": altered(role("root"), second_one, *(by or ROOTS))}


def _also(signed: dict[str, Any], kind: str, other: dict[str, Any]) -> None:
    held = signed["keys"][signed["roles"][kind]["keyids"][0]]
    signed["keys"]["aa" * 32] = held | other
    signed["roles"]["targets"]["keyids"].append("aa" * 32)


def _delegated(**changes: Any) -> Mapping[str, bytes]:
    """xb's role as all founders never meant it."""

    def widened(signed: dict[str, Any]) -> None:
        signed["version"] = 2
        next(one for one in signed["delegations"]["roles"] if one["name"] == "country-xb").update(changes)

    return republished(first(), {"targets": altered(role("targets"), widened, *TARGETS)}, ONLINE, LATER)


def _split() -> Mapping[str, bytes]:
    """Another snapshot under the version that the node acted on."""
    again = read(role("snapshot"))
    again.signed.unrecognized_fields["x-invented"] = "another"
    again.sign(ONLINE.signer)
    timestamp = read(first()[TIMESTAMP])
    timestamp.signed.version = 2
    timestamp.signed.snapshot_meta = MetaFile.from_data(1, again.to_bytes(), ["sha256"])
    timestamp.sign(ONLINE.signer)
    return first() | {"metadata/1.snapshot.json": again.to_bytes(), TIMESTAMP: timestamp.to_bytes()}


def _online_replaced() -> Mapping[str, bytes]:
    """The founders withdrew the online key; its thief goes on with it."""
    renewed = tw.key(KeyRole.ONLINE, tw.OPERATOR, 1).public

    def replaced(signed: dict[str, Any]) -> None:
        signed["version"] = 2
        signed["keys"][renewed.id] = renewed.key.to_dict()
        for kind in ("snapshot", "timestamp"):
            signed["roles"][kind]["keyids"] = [renewed.id]

    return republished(first(), {}, ONLINE, LATER) | {"metadata/2.root.json": altered(role("root"), replaced, *ROOTS)}


refreshed(
    "F13-repository-rolled-back",
    "TRU-04",
    "An older repository, every file of it well signed.",
    first,
    "trust.repository-rollback",
    held=second,
    held_at=LATER,
)
refreshed(
    "F13-repository-country-rolled-back",
    "TRU-04",
    "Stolen online keys put xb's older file under a new snapshot: a revocation would be gone.",
    lambda: republished(second(), {"country-xb": role("country-xb")}, ONLINE, LATER),
    "trust.repository-rollback",
    held=second,
    held_at=LATER,
)
refreshed(
    "F13-repository-frozen",
    "TRU-04 TRU-08",
    "The same repository, shown until its timestamp was over.",
    first,
    "trust.repository-expired",
    at=AT.plus(7 * DAY),
)
refreshed("F13-repository-mixed", "TRU-04", "Files of two versions.", lambda: _mixed(True), "trust.repository-altered")
refreshed(
    "F13-repository-mixed-without-hashes",
    "TRU-04",
    "The same where the snapshot names versions only.",
    lambda: _mixed(False),
    "trust.repository-rollback",
)
for _name, _about, _country, _keys in (
    ("one-of-two", "One of the two keys of xa.", "xa", XA[:1]),
    ("one-key-twice", "One key of xa, which signed twice.", "xa", [XA[0], XA[0]]),
    ("another-countrys-key", "xb's key on xa's file.", "xa", [XB]),
    ("one-own-and-one-foreign", "One key of xa and xb's.", "xa", [XA[0], XB]),
    ("nobodys", "No signature at all.", "xb", []),
):
    refreshed(
        f"F13-repository-country-{_name}",
        "TRU-01",
        _about,
        partial(_by, _country, *_keys),
        "trust.repository-signature",
    )
refreshed(
    "F13-repository-one-founder",
    "TRU-01",
    "One founder alone changes the targets.",
    lambda: republished(
        first(), {"targets": altered(role("targets"), lambda s: s.update(version=2), TARGETS[0])}, ONLINE, LATER
    ),
    "trust.repository-signature",
)
refreshed(
    "F13-repository-one-old-key-on-a-new-root",
    "TRU-02",
    "One of the old founders' keys and two new ones.",
    lambda: first() | {"metadata/2.root.json": root(ROOTS[0], *NEW_ROOTS[:2])},
    "trust.repository-signature",
)
refreshed(
    "F13-repository-no-old-key-on-a-new-root",
    "TRU-02",
    "New keys only.",
    lambda: first() | {"metadata/2.root.json": root(*NEW_ROOTS)},
    "trust.repository-signature",
)
refreshed(
    "F13-repository-one-new-key-on-a-new-root",
    "TRU-02",
    "Two old keys and one of the new ones.",
    lambda: first() | {"metadata/2.root.json": root(*ROOTS[:2], NEW_ROOTS[0])},
    "trust.repository-signature",
)
refreshed(
    "F13-repository-root-skips-a-version",
    "TRU-02",
    "The third root under the second's name.",
    lambda: first() | {"metadata/2.root.json": altered(role("root"), lambda s: s.update(version=3), *ROOTS)},
    "trust.repository-rollback",
)
refreshed(
    "F13-repository-withdrawn-online-key",
    "TRU-02",
    "A root withdrew the online key that signed the rest.",
    _online_replaced,
    "trust.repository-signature",
)
refreshed(
    "F13-repository-record-touched",
    "TRU-04",
    "The last byte of a record.",
    lambda: _served(lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    "trust.repository-altered",
)
refreshed(
    "F13-repository-record-cut",
    "TRU-04",
    "A record without its last byte.",
    lambda: _served(lambda d: d[:-1]),
    "trust.repository-altered",
)
refreshed(
    "F13-repository-record-longer",
    "TRU-04",
    "A record and one byte more.",
    lambda: _served(lambda d: d + b"x"),
    "trust.repository-too-large",
)
refreshed(
    "F13-repository-record-missing",
    "TRU-04",
    "A record is named and is not there.",
    lambda: _served(lambda _: None),
    "trust.repository-incomplete",
)
refreshed(
    "F13-repository-file-missing",
    "TRU-04",
    "A country's file is named and is not there.",
    lambda: without(first(), "country-xb.json"),
    "trust.repository-incomplete",
    held=None,
)
refreshed(
    "F13-repository-not-json",
    "TRU-04",
    "A timestamp that is none.",
    lambda: first() | {TIMESTAMP: b"{"},
    "trust.repository-malformed",
)
refreshed(
    "F13-repository-one-key-under-two-names",
    "TRU-01",
    "One founder's key stands twice, to count twice.",
    lambda: _rooted(lambda s: _also(s, "targets", {})),
    "trust.repository-layout",
)
refreshed(
    "F13-repository-weak-key",
    "TRU-01",
    "A key with which anybody signs, put among the founders'.",
    lambda: _rooted(lambda s: _also(s, "timestamp", {"keyval": {"public": SMALL_ORDER}})),
    "key.weak",
)
refreshed(
    "F13-repository-key-of-another-kind",
    "TRU-01",
    "A key that is not Ed25519.",
    lambda: _rooted(lambda s: _also(s, "timestamp", {"keytype": "ecdsa", "scheme": "ecdsa-sha2-nistp256"})),
    "trust.repository-layout",
)
refreshed(
    "F13-repository-two-countries-paths",
    "TRU-03",
    "xb's role is given xa's paths too.",
    lambda: _delegated(paths=["xb/*", "xa/*"]),
    "trust.repository-layout",
)
refreshed(
    "F13-repository-all-paths",
    "TRU-03",
    "xb's role is given every path.",
    lambda: _delegated(paths=["*/*"]),
    "trust.repository-layout",
)
refreshed(
    "F13-repository-role-that-does-not-end",
    "TRU-03",
    "After xb's role others would be asked about its paths.",
    lambda: _delegated(terminating=False),
    "trust.repository-layout",
)
refreshed(
    "F13-repository-two-snapshots-of-one-version",
    "TRU-12",
    "Another snapshot, well signed, under the version that this node acted on.",
    _split,
    "trust.split-view",
)
