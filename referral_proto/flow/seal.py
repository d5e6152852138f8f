"""Sealing: sections to envelopes, one signature for a batch. Decides nothing about who may read what.

Each envelope: bodies encrypted under keys of their own, padded, filled with decoys to a multiple of four and
shuffled behind the control section; one ring for each recipient; everything bound to the core, the core to the
sender, and the leaf to a signed batch root (spec: envelope).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from referral_proto.crypto import labels, random
from referral_proto.crypto.body import KEY_SIZE, SALT_SIZE, seal_body
from referral_proto.crypto.commitment import commit
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.hpke import ring_info, wrap
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.merkle import BatchTree, leaf_hash
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.crypto.seal_statement import statement
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId, Leaf, MessageId, agency_id
from referral_proto.model.envelope import (
    MAX_BODIES,
    MAX_RECIPIENTS,
    SUITE,
    Core,
    Cover,
    Envelope,
)
from referral_proto.moment import DAY, Moment
from referral_proto.wire.codec import compose

__all__ = ["BODIES_STEP", "Draft", "Part", "Reader", "Sealed", "digest_of", "leaf_of", "seal_drafts"]

BODIES_STEP: Final = 4
"""The number of bodies is a multiple of this; decoys fill it up."""
_LONGEST: Final = 30 * DAY
_NO_KEY: Final = bytes(KEY_SIZE)
# TH written out for one part and for three digests, since every envelope and cover passes here.
_32: Final = (32).to_bytes(4, "big")
_CORE: Final = labels.CORE.prefix + (1).to_bytes(4, "big")
_LEAF: Final = labels.LEAF.prefix + (3).to_bytes(4, "big") + _32


@dataclass(frozen=True, slots=True)
class Reader:
    """A recipient with the opening key that its ring is sealed for."""

    agency: AgencyId
    opening_key: OpeningPublicKey


@dataclass(frozen=True, slots=True)
class Part:
    """One section's canonical bytes and the recipients (indexes) that may read it."""

    section: bytes = field(repr=False)
    readers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Draft:
    """What goes into one envelope; `control` is read by all recipients."""

    recipients: tuple[Reader, ...]
    control: bytes = field(repr=False)
    parts: tuple[Part, ...]
    created_at: Moment
    expires_at: Moment


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope, its cover, and the section keys (body index → 32 bytes) that the sender's own desk keeps."""

    envelope: bytes
    cover: bytes
    message_id: MessageId
    leaf: Leaf
    section_keys: Mapping[int, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Unsigned:
    core: bytes
    rings: tuple[bytes, ...]
    bodies: tuple[bytes, ...]
    rings_digest: bytes
    bodies_digest: bytes
    message_id: MessageId
    leaf: Leaf
    section_keys: dict[int, bytes]


def digest_of(core: bytes) -> bytes:
    """`TH(core, core bytes)`: what rings, bodies and leaf are bound to."""
    return sha256(_CORE + len(core).to_bytes(4, "big") + core).digest()


def leaf_of(core_digest: bytes, rings_digest: bytes, bodies_digest: bytes) -> Leaf:
    """`SHA-256(0x00 ‖ TH(leaf, core digest, rings digest, bodies digest))` (spec: envelope)."""
    return leaf_hash(sha256(_LEAF + core_digest + _32 + rings_digest + _32 + bodies_digest).digest())


def seal_drafts(drafts: Sequence[Draft], keys: SigningKeyset) -> tuple[Sealed, ...]:
    """Seal each draft; drafts with the same recipients share one signature. Answers come in the order of the drafts.

    Raises CallerError seal.*, section.too-large, id.malformed.
    """
    prepared = [_prepare(draft, keys) for draft in drafts]
    batches: dict[tuple[bytes, ...], list[int]] = {}
    for place, draft in enumerate(drafts):
        # Batch-mates can be linked by their root, so a root never spans two sets of recipients.
        batches.setdefault(tuple(sorted(r.opening_key.id for r in draft.recipients)), []).append(place)
    sealed: list[Sealed | None] = [None] * len(drafts)
    for places in batches.values():
        tree = BatchTree([prepared[place].leaf for place in places])
        signature = keys.sign(statement(SUITE, tree.depth, keys.id, tree.root), labels.SEAL)
        for place in places:
            one = prepared[place]
            index = tree.index_of(one.leaf)
            seal = {
                "index": index,
                "path": tree.path(index),
                "ed25519": signature.ed25519,
                "mldsa65": signature.mldsa65,
            }
            envelope = compose(Envelope, core=one.core, rings=one.rings, bodies=one.bodies, seal=seal)
            cover = compose(
                Cover, core=one.core, rings_digest=one.rings_digest, bodies_digest=one.bodies_digest, seal=seal
            )
            sealed[place] = Sealed(envelope, cover, one.message_id, one.leaf, one.section_keys)
    return tuple(one for one in sealed if one is not None)


def _check(draft: Draft, keys: SigningKeyset) -> None:
    agencies = [reader.agency for reader in draft.recipients]
    if not agencies:
        raise CallerError("policy.recipient")
    if len(agencies) > MAX_RECIPIENTS:
        raise CallerError("seal.too-many-recipients")
    if len(set(agencies)) != len(agencies) or any(r.agency != r.opening_key.agency for r in draft.recipients):
        raise CallerError("seal.readers", "recipients")
    if keys.agency in agencies:
        raise CallerError("seal.sender")
    for agency in (keys.agency, *agencies):
        agency_id(agency)
    # What is composed below is not validated by its model: everything that comes from a caller is judged here.
    times = (draft.created_at, draft.expires_at)
    if not all(isinstance(at, Moment) for at in times) or not 0 < times[1] - times[0] <= _LONGEST:
        raise CallerError("seal.lifetime")
    everyone = frozenset(range(len(agencies)))
    if not all(part.readers <= everyone for part in draft.parts):
        raise CallerError("seal.readers", "sections")
    if len(draft.parts) >= MAX_BODIES:
        raise CallerError("section.too-large", "sections")


def _prepare(draft: Draft, keys: SigningKeyset) -> _Unsigned:
    _check(draft, keys)
    everyone = frozenset(range(len(draft.recipients)))
    behind: list[Part | None] = list(draft.parts)
    behind += [None] * (-(1 + len(behind)) % BODIES_STEP)
    random.shuffle(behind)
    parts: list[Part | None] = [Part(draft.control, everyone), *behind]
    message_id = MessageId(random.token(16))
    salts, fresh = random.tokens(len(parts), SALT_SIZE), random.tokens(len(parts), KEY_SIZE)
    section_keys = {index: fresh[index] for index, part in enumerate(parts) if part is not None}
    core = compose(
        Core,
        suite=SUITE,
        message_id=message_id,
        sender={"agency": keys.agency, "keyset": keys.id},
        recipients=[{"agency": r.agency, "opening_key": r.opening_key.id} for r in draft.recipients],
        created_at=draft.created_at,
        expires_at=draft.expires_at,
        commitments=[
            # A decoy commits to nothing: its salt, never given to anybody, is its commitment.
            salt if part is None else commit(message_id, index, salt, part.section)
            for index, (part, salt) in enumerate(zip(parts, salts, strict=True))
        ],
    )
    core_digest = digest_of(core)
    real = {
        index: seal_body(section_keys[index], core_digest, index, salts[index], part.section)
        for index, part in enumerate(parts)
        if part is not None
    }
    sizes = [len(body) for body in real.values()]
    bodies = tuple(real[i] if i in real else random.token(random.draw(sizes)) for i in range(len(parts)))
    rings = tuple(
        wrap(
            reader.opening_key,
            b"".join(
                [
                    key if part is not None and recipient in part.readers else _NO_KEY
                    for key, part in zip(fresh, parts, strict=True)
                ]
            ),
            ring_info(core_digest, recipient),
        )
        for recipient, reader in enumerate(draft.recipients)
    )
    rings_digest = labelled_hash(labels.RINGS, *rings)
    bodies_digest = labelled_hash(labels.BODIES, *bodies)
    leaf = leaf_of(core_digest, rings_digest, bodies_digest)
    return _Unsigned(core, rings, bodies, rings_digest, bodies_digest, message_id, leaf, section_keys)
