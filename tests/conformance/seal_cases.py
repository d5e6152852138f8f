"""Verb `verify_cover`, the seal: place in the batch and both signatures (check V-7). Families F6, F12, F23."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from referral_proto.crypto import labels, random
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.merkle import leaf_hash, node_hash
from referral_proto.crypto.seal_statement import statement
from referral_proto.flow.seal import Draft, Part, Reader, Sealed, seal_drafts
from referral_proto.moment import HOUR, Moment
from tests.conformance import world
from tests.conformance.cases import to_verify
from tests.conformance.cover_cases import _set, accepts, refuses, signed_only
from tests.conformance.forge import Forged, forge, message, pb
from tests.conformance.tlv import number
from tests.conformance.world import AT, WEEK, A, B, opening, signing


def batch(count: int) -> tuple[Sealed, ...]:
    """Envelopes of one batch, sealed by the library."""
    parts = message()
    reader = Reader(B, opening(B).public)
    one = Draft((reader,), parts[0], tuple(Part(p, frozenset((0,))) for p in parts[1:]), AT, AT.plus(WEEK))
    return seal_drafts([one] * count, signing(A))


def _halves_swapped(seal: pb.Seal) -> None:
    other = signing(A).sign(statement(1, 0, signing(A).id, random.token(32)), labels.SEAL)
    seal.ed25519 = other.ed25519


def _signed_as(label: Any, made: bytes) -> Callable[[pb.Seal], None]:
    def sign(seal: pb.Seal) -> None:
        signature = signing(A).sign(made, label)
        seal.ed25519, seal.mldsa65 = signature.ed25519, signature.mldsa65

    return sign


def _other_context() -> Forged:
    # Ed25519 over the right statement, ML-DSA over the same statement with another label as its context.
    forged = forge()
    cover = pb.Cover.FromString(forged.cover)
    signed = statement(1, 0, signing(A).id, forged.leaf)
    cover.seal.mldsa65 = signing(A)._mldsa65.sign(signed, labels.POSSESSION)
    return _with_cover(forged, cover)


def _with_cover(forged: Forged, cover: pb.Cover) -> Forged:
    fields = {name: getattr(forged, name) for name in forged.__dataclass_fields__}
    return Forged(**(fields | {"cover": cover.SerializeToString(deterministic=True)}))


def _plain_concatenation() -> bytes:
    # What a leaf would be if the digests were made without lengths.
    forged = forge()
    cover = pb.Cover.FromString(forged.cover)
    digest = labelled_hash(labels.BODIES, b"".join(forged.bodies))
    cover.bodies_digest = digest
    return cover.SerializeToString(deterministic=True)


def _node_as_leaf() -> bytes:
    # Two leaves of a batch of two; the root's left half is shown as if the batch had one level less.
    one, two = batch(2)
    cover = pb.Cover.FromString(one.cover)
    del cover.seal.path[:]
    cover.seal.index = 0
    return cover.SerializeToString(deterministic=True) if two else b""


def _index_beyond() -> bytes:
    one, _ = batch(2)
    cover = pb.Cover.FromString(one.cover)
    cover.seal.index += 2
    return cover.SerializeToString(deterministic=True)


def _other_place() -> bytes:
    one, *_ = batch(3)
    cover = pb.Cover.FromString(one.cover)
    cover.seal.index ^= 1
    return cover.SerializeToString(deterministic=True)


def _longer_path() -> bytes:
    cover = pb.Cover.FromString(forge().cover)
    cover.seal.path.append(bytes(32))
    return cover.SerializeToString(deterministic=True)


def _foreign_batch() -> bytes:
    one, _ = batch(2)
    other, _ = batch(2)
    cover = pb.Cover.FromString(one.cover)
    cover.seal.CopyFrom(pb.Cover.FromString(other.cover).seal)
    return cover.SerializeToString(deterministic=True)


def _exchanged(cover: pb.Cover) -> None:
    cover.rings_digest, cover.bodies_digest = cover.bodies_digest, cover.rings_digest


def _unlabelled_leaf(leaf: bytes) -> bytes:
    return leaf_hash(leaf)


def _deeper_statement(_: bytes) -> bytes:
    return statement(1, 1, signing(A).id, node_hash(bytes(32), bytes(32)))


def _cover(edit: Callable[[pb.Cover], object]) -> Callable[[], dict[str, Any]]:
    def given() -> dict[str, Any]:
        cover = pb.Cover.FromString(forge().cover)
        edit(cover)
        return to_verify(cover.SerializeToString(deterministic=True))

    return given


def _expiry(at: int) -> bytes:
    return number(6, Moment(at))


def _as_record() -> dict[str, Any]:
    forged = forge()
    cover = pb.Cover.FromString(forged.cover)
    made = labels.RECORD.prefix + statement(1, 0, signing(A).id, forged.leaf)[len(labels.SEAL.prefix) :]
    _signed_as(labels.RECORD, made)(cover.seal)
    return to_verify(cover.SerializeToString(deterministic=True))


def _other_keyset() -> dict[str, Any]:
    forged = forge()
    cover = pb.Cover.FromString(forged.cover)
    _signed_as(labels.SEAL, statement(1, 0, signing(A, world.EXPIRED).id, forged.leaf))(cover.seal)
    return to_verify(cover.SerializeToString(deterministic=True))


accepts(
    "F00-cover-of-five", "COV-07 ENV-18", "One of five in a batch of depth three.", lambda: to_verify(batch(5)[2].cover)
)
refuses(
    "F06-ed25519-zero",
    "COV-07 ENV-20 KEY-07",
    "signature.invalid",
    "Zeros for the Ed25519 half.",
    signed_only(seal=_set("ed25519", bytes(64))),
)
refuses(
    "F06-mldsa65-zero",
    "COV-07 ENV-20 KEY-07",
    "signature.invalid",
    "Zeros for the ML-DSA half: a classical-only downgrade.",
    signed_only(seal=_set("mldsa65", bytes(3309))),
)
refuses(
    "F06-both-zero",
    "COV-07 ENV-20",
    "signature.invalid",
    "Zeros for both halves.",
    _cover(lambda c: c.seal.CopyFrom(pb.Seal(index=0, ed25519=bytes(64), mldsa65=bytes(3309)))),
)
refuses(
    "F06-half-missing",
    "COV-01 ENV-20",
    "envelope.malformed",
    "No ML-DSA half at all.",
    _cover(lambda c: c.seal.ClearField("mldsa65")),
)
refuses(
    "F06-half-short",
    "COV-01 ENV-20",
    "envelope.malformed",
    "An ML-DSA half of the size of ML-DSA-44's.",
    _cover(lambda c: setattr(c.seal, "mldsa65", c.seal.mldsa65[:2420])),
)
refuses(
    "F06-half-of-another-message",
    "COV-07 KEY-07",
    "signature.invalid",
    "The Ed25519 half of another message of the same sender.",
    signed_only(seal=_halves_swapped),
)
refuses(
    "F06-context-of-another-label",
    "COV-07 ENV-20 KEY-07",
    "signature.invalid",
    "ML-DSA with the label of possession as its context.",
    lambda: to_verify(_other_context().cover),
)
refuses(
    "F06-statement-of-another-label",
    "COV-07 ENV-02 KEY-07",
    "signature.invalid",
    "Both halves over a statement that begins with the label of records.",
    _as_record,
)
refuses(
    "F06-statement-of-another-depth",
    "COV-07 ENV-20",
    "signature.invalid",
    "The statement says one level more than there is.",
    signed_only(signed=_deeper_statement),
)
refuses(
    "F06-keyset-in-statement",
    "COV-07 ENV-20",
    "signature.invalid",
    "The statement names another keyset of the same agency.",
    _other_keyset,
)
refuses(
    "F23-leaf-hashed-twice",
    "COV-07 ENV-17",
    "signature.invalid",
    "The signature is over a hash of the leaf.",
    signed_only(leaf=_unlabelled_leaf),
)
refuses(
    "F23-bodies-digest-without-lengths",
    "COV-07 ENV-01",
    "signature.invalid",
    "The bodies hashed as one.",
    lambda: to_verify(_plain_concatenation()),
)
refuses(
    "F23-digests-exchanged",
    "COV-07 ENV-17",
    "signature.invalid",
    "The digest of the rings in the place of the bodies'.",
    _cover(_exchanged),
)
refuses(
    "F23-node-as-leaf",
    "COV-07 ENV-18",
    "signature.invalid",
    "A path that is cut to nothing.",
    lambda: to_verify(_node_as_leaf()),
)
refuses(
    "F23-path-longer",
    "COV-07 ENV-18",
    "signature.invalid",
    "A path with one sibling too many.",
    lambda: to_verify(_longer_path()),
)
refuses(
    "F23-other-place",
    "COV-07 ENV-18",
    "signature.invalid",
    "The right path from another place.",
    lambda: to_verify(_other_place()),
)
refuses(
    "F23-index-beyond",
    "COV-07 ENV-18",
    "seal.malformed",
    "A place that the path cannot lead to.",
    lambda: to_verify(_index_beyond()),
)
refuses(
    "F23-seal-of-another-batch",
    "COV-07",
    "signature.invalid",
    "A true seal of the same sender, over other messages.",
    lambda: to_verify(_foreign_batch()),
)
refuses(
    "F23-path-of-21",
    "COV-01 ENV-18",
    "envelope.malformed",
    "A path longer than twenty.",
    _cover(lambda c: c.seal.path.extend([bytes(32)] * 21)),
)
refuses(
    "F12-core-moved-an-hour",
    "COV-07 ENV-10",
    "signature.invalid",
    "Somebody gave the message another hour to live.",
    _cover(lambda c: setattr(c, "core", c.core.replace(_expiry(AT + WEEK), _expiry(AT + WEEK + HOUR)))),
)
