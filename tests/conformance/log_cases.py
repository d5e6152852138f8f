"""Verbs `inclusion`, `consistency`, `checkpoint`, `contradiction`: what a log shows and what it cannot have (F14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from referral_proto.log.checkpoint import Witness, cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.contradiction import from_beginning, from_heads
from referral_proto.log.head import Head
from referral_proto.log.note import SignatureType, parse_note, render_note
from referral_proto.log.tree import consistency_proof, inclusion_proof
from tests.conformance.cases import base64, case
from tests.conformance.log_world import (
    AT,
    IDENTITY,
    KEYS,
    ORIGIN,
    OTHER_KEYS,
    WITNESS_KEYS,
    forked,
    given_log,
    given_witnesses,
    tree,
)

Note = Callable[[], bytes]


def _head(size: int, origin: str = ORIGIN) -> Head:
    return Head(origin, size, tree(size).root)


def note(size: int = 7, at: int = 0, **other: Any) -> bytes:
    """A checkpoint of the log's first `size` leaves, `at` seconds after AT."""
    return sign_checkpoint(_head(size, **other), KEYS, AT.plus(at))


def cosigned(size: int, *times: int | None) -> bytes:
    """The same with cosignatures at these seconds after AT, of the witnesses in their order; None: did not."""
    lines = []
    for (name, keys), time in zip(WITNESS_KEYS.items(), times, strict=False):
        if time is not None:
            lines += cosign(_head(size), name, keys, AT.plus(time))
    return with_cosignatures(note(size), lines)


def without(kind: SignatureType, data: bytes) -> bytes:
    """A note without the line of this type of the log."""
    parsed = parse_note(data)
    key = next(one for one in IDENTITY.keys if one.type is kind)
    return render_note(parsed.text, [one for one in parsed.lines if one.key_id != key.key_id])


def flipped(data: bytes, line: int) -> bytes:
    """A note with one bit of a signature turned."""
    parsed = parse_note(data)
    bad = parsed.lines[line]
    bad = bad._replace(signature=bad.signature[:-1] + bytes([bad.signature[-1] ^ 1]))
    return render_note(parsed.text, [*parsed.lines[:line], bad, *parsed.lines[line + 1 :]])


def checkpoint(
    identity: str, requirements: str, about: str, made: Note, error: str | None = None, **other: Any
) -> None:
    case(
        identity,
        "checkpoint",
        requirements,
        about,
        lambda: {"note": base64(made()), "log": given_log(), **given_witnesses(), **other},
        error,
    )


def included(
    identity: str,
    about: str,
    error: str | None = None,
    *,
    leaf: int = 3,
    index: int = 3,
    size: int = 7,
    of: int = 7,
    bend: Callable[[list[str]], list[str]] = list,
) -> None:
    def given() -> dict[str, Any]:
        path = [one.hex() for one in inclusion_proof(tree(of), 3, of)]
        root = tree(size).root.hex()
        return {"leaf": tree(of).leaves[leaf].hex(), "index": index, "size": size, "root": root, "path": bend(path)}

    case(identity, "inclusion", "LOG-05", about, given, error)


def grown(
    identity: str,
    about: str,
    error: str | None = None,
    *,
    first: int = 3,
    second: int = 7,
    claimed: tuple[int, int] | None = None,
    bend: Callable[[list[str]], list[str]] = list,
    other: bool = False,
) -> None:
    def given() -> dict[str, Any]:
        proof = [one.hex() for one in consistency_proof(tree(second), first, second)]
        one, two = claimed or (first, second)
        root = (forked(first) if other else tree(first)).root.hex()
        return {"first": [one, root], "second": [two, tree(second).root.hex()], "proof": bend(proof)}

    case(identity, "consistency", "LOG-05", about, given, error)


def contradicts(identity: str, about: str, made: Note, error: str | None = None, witness: bool = False) -> None:
    def given() -> dict[str, Any]:
        keys = {"witnesses": given_witnesses()["witnesses"][:1], "quorum": 1} if witness else {"log": given_log()}
        return {"evidence": base64(made()), **keys}

    case(identity, "contradiction", "WIT-11", about, given, error)


def _sure(evidence: bytes | None) -> bytes:
    assert evidence is not None
    return evidence


def _two_roots() -> bytes:
    return _sure(from_heads(note(7), sign_checkpoint(Head(ORIGIN, 7, forked(7).root), KEYS, AT), IDENTITY))


def _rolled_back() -> bytes:
    return _sure(from_heads(note(5, at=60), note(7), IDENTITY))


def _other_beginning() -> bytes:
    first = sign_checkpoint(Head(ORIGIN, 3, forked(3).root), KEYS, AT)
    return _sure(from_beginning(first, note(7), tree(3).root, consistency_proof(tree(7), 3, 7), IDENTITY))


def _by_a_witness() -> bytes:
    name, keys = next(iter(WITNESS_KEYS.items()))
    accused = Witness.of(name, keys.ed25519, keys.mldsa44)
    other = Head(ORIGIN, 7, forked(7).root)
    two = with_cosignatures(sign_checkpoint(other, KEYS, AT), cosign(other, name, keys, AT))
    return _sure(from_heads(cosigned(7, 10), two, accused))


def _changed(made: Note, **fields: Any) -> Note:
    def changed() -> bytes:
        from referral_proto.model.log import LogContradiction
        from referral_proto.wire import decode, encode

        return encode(decode(LogContradiction, made()).model_copy(update=fields))

    return changed


def _last(paths: Sequence[str]) -> list[str]:
    return [*paths[:-1], sha256(b"another").hexdigest()]


included("F14-inclusion", "The fourth of seven leaves.")
included("F14-inclusion-other-leaf", "The proof of another leaf.", "log.proof", leaf=4)
included("F14-inclusion-other-index", "Another index.", "log.proof", index=4)
included("F14-inclusion-other-size", "The root of a smaller tree.", "log.proof", size=6)
included("F14-inclusion-beyond", "An index beyond the tree.", "log.proof", index=7)
included("F14-inclusion-short", "A hash too few.", "log.proof", bend=lambda path: path[:-1])
included("F14-inclusion-padded", "A hash too many.", "log.proof", bend=lambda path: [*path, path[-1]])
included("F14-inclusion-other-hash", "One hash of the path is another.", "log.proof", bend=_last)
grown("F14-consistency", "Three leaves, then seven.")
grown("F14-consistency-same", "One size, one root, no hash.", first=7)
grown("F14-consistency-fork", "The smaller tree is of another story.", "log.proof", other=True)
grown("F14-consistency-back", "The larger tree first.", "log.proof", claimed=(7, 3))
grown("F14-consistency-other-size", "The proof of other sizes.", "log.proof", claimed=(4, 7))
grown("F14-consistency-short", "A hash too few.", "log.proof", bend=lambda proof: proof[:-1])
grown("F14-consistency-padded", "A hash too many.", "log.proof", bend=lambda proof: [*proof, proof[-1]])

checkpoint("F14-checkpoint", "LOG-06 LOG-14", "Two of three have cosigned.", lambda: cosigned(7, 30, 10, None))
checkpoint("F14-checkpoint-one", "LOG-14 WIT-02", "One of three: no trusted time.", lambda: cosigned(7, None, 10))
checkpoint(
    "F14-checkpoint-one-twice",
    "LOG-14",
    "One witness with two lines of each key counts once.",
    lambda: with_cosignatures(
        cosigned(7, 10), cosign(_head(7), next(iter(WITNESS_KEYS)), next(iter(WITNESS_KEYS.values())), AT.plus(90))
    ),
)
checkpoint(
    "F14-checkpoint-late",
    "LOG-14",
    "A cosignature from after the moment asked for does not count.",
    lambda: cosigned(7, 10, 90),
    latest=AT.plus(60).iso(),
)
checkpoint(
    "F14-checkpoint-other-head",
    "LOG-06",
    "A witness's cosignature of a smaller tree under a larger one.",
    lambda: with_cosignatures(note(7), parse_note(cosigned(5, 10)).lines[2:]),
    "note.signature",
)
checkpoint(
    "F06-checkpoint-no-ed25519",
    "LOG-06",
    "The log's Ed25519 line is missing.",
    lambda: without(SignatureType.ED25519, cosigned(7, 10, 20)),
    "note.unsigned",
)
checkpoint(
    "F06-checkpoint-no-mldsa44",
    "LOG-06",
    "The log's ML-DSA-44 line is missing.",
    lambda: without(SignatureType.MLDSA44_COSIGNATURE, cosigned(7, 10, 20)),
    "note.unsigned",
)
checkpoint("F06-checkpoint-bit", "LOG-06", "One bit of the log's line.", lambda: flipped(note(), 1), "note.signature")
checkpoint(
    "F14-checkpoint-stranger",
    "LOG-06",
    "The right name and other keys: the lines are a stranger's.",
    lambda: sign_checkpoint(_head(7), OTHER_KEYS, AT),
    "note.unsigned",
)
checkpoint(
    "F14-checkpoint-other-origin",
    "LOG-12",
    "The checkpoint of another agency's log.",
    lambda: note(origin="xa.welfare"),
    "checkpoint.origin",
)
checkpoint(
    "F14-checkpoint-empty-root",
    "LOG-05",
    "No leaves, and a root that no empty tree has.",
    lambda: sign_checkpoint(Head(ORIGIN, 0, tree(1).root), KEYS, AT),
    "checkpoint.root",
)
checkpoint(
    "F08-note-two-spellings",
    "LOG-07",
    "A size with a leading zero.",
    lambda: note().replace(b"\n7\n", b"\n07\n", 1),
    "checkpoint.malformed",
)
checkpoint(
    "F08-note-extension",
    "LOG-07",
    "An extension line, which ML-DSA-44 does not cover.",
    lambda: note().replace(b"\n\n", b"\nextension\n\n", 1),
    "checkpoint.malformed",
)
checkpoint("F08-note-cut", "LOG-07", "The last line feed is missing.", lambda: note()[:-1], "note.malformed")
checkpoint(
    "F08-note-large",
    "LOG-07",
    "More than 64 signatures.",
    lambda: note() + parse_note(note()).lines[0].name.encode().join([b"\xe2\x80\x94 ", b" AAAAAAA=\n"]) * 64,
    "note.too-large",
)

contradicts("F14-two-roots", "Two roots for one size.", _two_roots)
contradicts("F14-rolled-back", "The smaller tree was the largest one a minute later.", _rolled_back)
contradicts("F14-other-beginning", "The larger tree begins with something else.", _other_beginning)
contradicts("F14-lying-witness", "A witness cosigned two roots of one size.", _by_a_witness, witness=True)
contradicts(
    "F14-no-contradiction",
    "A log that grew.",
    _changed(_two_roots, first=note(5), second=note(7)),
    "log.no-contradiction",
)
contradicts(
    "F14-contradiction-later",
    "A larger tree, signed later, said to be a rollback.",
    _changed(_rolled_back, first=note(5), second=note(7, at=60)),
    "log.no-contradiction",
)
contradicts(
    "F14-contradiction-stranger",
    "The second note is not the log's.",
    _changed(_two_roots, second=sign_checkpoint(Head(ORIGIN, 7, forked(7).root), OTHER_KEYS, AT)),
    "note.unsigned",
)
contradicts(
    "F14-contradiction-log-for-witness",
    "What the log signed twice, said of a witness.",
    _two_roots,
    "log.no-contradiction",
    witness=True,
)
contradicts("F08-contradiction-cut", "Half a file.", lambda: _two_roots()[:-1], "wire.malformed")
