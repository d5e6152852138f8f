"""The verbs of what is proved: `inclusion`, `consistency`, `checkpoint`, `receipt`, `contradiction`, `acknowledgement`,
`evidence`.

Keys are given as vkeys (C2SP signed-note), so that a vector needs no record; an acknowledgement names the records, and
evidence brings its own.
"""

from __future__ import annotations

from typing import Any

from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.ids import Digest, Leaf, agency_id
from referral_proto.log.acknowledgement import read_acknowledgement, verify_acknowledgement
from referral_proto.log.checkpoint import NO_WITNESSES, Checkpoint, LogIdentity, Witness, Witnesses, verify_checkpoint
from referral_proto.log.contradiction import judge
from referral_proto.log.note import VerifierKey
from referral_proto.log.receipt import Expected, judge_time, verify_receipt
from referral_proto.log.tree import verify_consistency, verify_inclusion
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import Moment
from tests.conformance import world

Given = dict[str, Any]


def _log(given: Given) -> LogIdentity:
    plain, timed = (VerifierKey.parse(text) for text in given["log"])
    return LogIdentity(plain.name, plain.key, timed.key)


def _witnesses(given: Given) -> Witnesses:
    if "witnesses" not in given:
        return NO_WITNESSES
    members = []
    for texts in given["witnesses"]:
        keys = tuple(VerifierKey.parse(text) for text in texts)
        members.append(Witness(keys[0].name, keys))
    return Witnesses(tuple(members), given["quorum"])


def _latest(given: Given) -> Moment | None:
    return Moment.parse(given["latest"]) if "latest" in given else None


def _iso(at: Moment | None) -> str | None:
    return None if at is None else at.iso()


def inclusion(given: Given) -> Given:
    """ok: nothing; the leaf stands at the index of the tree of that size and root."""
    path = [bytes.fromhex(one) for one in given["path"]]
    verify_inclusion(
        Leaf(bytes.fromhex(given["leaf"])), given["index"], given["size"], path, bytes.fromhex(given["root"])
    )
    return {}


def consistency(given: Given) -> Given:
    """ok: nothing; the larger tree begins with the smaller one."""
    (size, root), (larger, its_root) = given["first"], given["second"]
    proof = [bytes.fromhex(one) for one in given["proof"]]
    verify_consistency(size, bytes.fromhex(root), larger, bytes.fromhex(its_root), proof)
    return {}


def _checkpoint(given: Given, note: bytes) -> Checkpoint:
    return verify_checkpoint(note, _log(given), _witnesses(given), _latest(given))


def checkpoint(given: Given) -> Given:
    """ok: origin, size, root, the log's time, trusted time."""
    found = _checkpoint(given, world.content(given["note"]))
    return {
        "origin": found.origin,
        "size": found.size,
        "root": found.root.hex(),
        "signed_at": found.signed_at.iso(),
        "trusted_time": _iso(found.trusted_time),
    }


def receipt(given: Given) -> Given:
    """ok: index, trusted time, and between which moments the event entered the log."""
    said = given["about"]
    expected = Expected(
        LogEventKind[said["kind"]],
        bytes.fromhex(said["subject"]),
        agency_id(said["sender"]),
        agency_id(said["recipient"]),
        bytes.fromhex(said["opening_key"]) if "opening_key" in said else None,
    )
    found = verify_receipt(world.content(given["receipt"]), expected, _log(given), _witnesses(given), _latest(given))
    earlier = [_checkpoint(given, world.content(note)) for note in given.get("earlier", ())]
    after, before = judge_time(found, earlier, given["skew"], given["delay"])
    return {
        "index": found.index,
        "trusted_time": _iso(found.trusted_time),
        "after": after.iso(),
        "before": _iso(before),
    }


def contradiction(given: Given) -> Given:
    """ok: the kind, and who is accused."""
    accused: LogIdentity | Witness = _witnesses(given).members[0] if "witnesses" in given else _log(given)
    found = judge(world.content(given["evidence"]), accused)
    return {"kind": found.kind.name, "accused": found.accused}


def acknowledgement(given: Given) -> Given:
    """ok: what the recipient's desk said, when, and how its keyset stood then."""
    read = read_acknowledgement(world.content(given["acknowledgement"]))
    directory = world.directory(*[given.get("records", "keys/world.json")])
    recipient = agency_id(given["recipient"])
    keyset = directory.keyset(recipient, read.signed.keyset)
    said = verify_acknowledgement(
        read, keyset, Leaf(bytes.fromhex(given["leaf"])), agency_id(given["sender"]), recipient
    )
    standing = directory.standing(recipient, keyset.id, said.at)
    return {"kind": said.kind.name, "at": said.at.iso(), "standing": standing.status.value}


def evidence(given: Given) -> Given:
    """ok: verdict; id, status and code of every check, by message, recipient and check; kinds of what is shown."""
    at = None if given["at"] is None else Moment.parse(given["at"])
    more = [world.content(one) for one in given.get("more", ())]
    found = verify_evidence(
        world.content(given["bundle"]), Digest(bytes.fromhex(given["root"])), at=at, more_records=more
    )
    return {
        "verdict": found.verdict.value,
        "results": [[one.id, one.status.value, one.code] for one in found.results],
        "shown": [one.kind.value for one in found.shown],
    }
