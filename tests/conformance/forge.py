"""An attacker's workbench: builds an envelope step by step and lets a test bend any step. Checks nothing.

Written from the spec with the primitives of `crypto/`, beside `flow.seal` and not through it, so that both can be held
against each other. `forge(sections, **bends)` takes a function for each step that shall go wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from struct import pack
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from referral_proto.crypto import labels, random
from referral_proto.crypto.body import BUCKETS
from referral_proto.crypto.commitment import commit
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.hpke import ring_info, wrap
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.crypto.opening import OpeningKey
from referral_proto.crypto.seal_statement import statement
from referral_proto.model.codes.exchange import DisclosureState, MessageKind, Purpose, SectionType
from referral_proto.model.control import Control, DisclosureRow
from referral_proto.model.note import Note
from referral_proto.model.preview import Preview
from referral_proto.model.section import SECTION_TYPES, AnySection
from referral_proto.v1 import envelope_pb2 as pb
from referral_proto.wire import encode_section
from tests.conformance.world import AT, WEEK, A, B, opening, signing

Bend = Callable[[Any], Any]
THREAD = bytes(range(16))
PREVIEW = Preview(pseudonym="KX7T-B2MD-RH9Q-W4NC", citizenships_claimed=("KH",), languages=("km", "th"))
NOTE = Note(text="An invented note.", language="en")


@dataclass(frozen=True)
class Forged:
    """An envelope, its cover, and every secret that went into it."""

    envelope: bytes
    cover: bytes
    core: pb.Core
    core_bytes: bytes
    leaf: bytes
    keys: list[bytes]
    salts: list[bytes]
    bodies: list[bytes]
    rings: list[bytes]


def control(*sections: AnySection, readers: int = 1, **other: Any) -> Control:
    """An offer that gives each of `sections` to every recipient, with some fields set otherwise."""
    rows = sorted(
        (SECTION_TYPES[type(section)], recipient, DisclosureState.GIVEN)
        for section in sections
        for recipient in range(readers)
    )
    fields: dict[str, Any] = {
        "kind": MessageKind.OFFER,
        "thread": THREAD,
        "purpose": Purpose.REFERRAL_OFFER,
        "table": tuple(DisclosureRow(section=s, recipient=r, state=state) for s, r, state in rows),
    }
    return Control(**(fields | other))


def message(*sections: AnySection, **other: Any) -> list[bytes]:
    """A control section that is true about `sections`, and these, as bytes."""
    return [encode_section(control(*sections, **other)), *(encode_section(one) for one in sections)]


def row(section: SectionType, state: DisclosureState, recipient: int = 0) -> DisclosureRow:
    """One cell of the control section's table."""
    return DisclosureRow(section=section, recipient=recipient, state=state)


def forge(
    sections: Sequence[bytes] | None = None,
    *,
    keys: SigningKeyset | None = None,
    recipients: Sequence[OpeningKey] | None = None,
    created_at: int = AT,
    expires_at: int = AT + WEEK,
    grants: Mapping[int, Sequence[int]] | None = None,
    decoys: int | None = None,
    **bends: Bend,
) -> Forged:
    """A batch of one. `grants`: recipient → body indexes whose keys its ring holds (all by default).

    Steps that a keyword may bend, in order: `commitments`, `core` (the message, in place), `core_bytes`, `padded`
    (pairs of index and plaintext), `body_keys`, `bodies`, `rings_plain`, `ring_infos`, `rings`, `leaf`, `signed` (the
    statement), `seal` (in place), `envelope` (in place), `envelope_bytes`, `cover_bytes`.
    """

    def bent(step: str, value: Any) -> Any:
        return bends[step](value) if step in bends else value

    keys = keys or signing(A)
    recipients = [opening(B)] if recipients is None else recipients
    contents: list[bytes | None] = list(message(PREVIEW) if sections is None else sections)
    contents += [None] * (-len(contents) % 4 if decoys is None else decoys)
    message_id = random.token(16)
    salts = [random.token(32) for _ in contents]
    core = pb.Core(
        suite=1,
        message_id=message_id,
        sender=pb.Sender(agency=keys.agency, keyset=keys.id),
        recipients=[pb.Recipient(agency=key.agency, opening_key=key.id) for key in recipients],
        created_at=created_at,
        expires_at=expires_at,
        commitments=bent(
            "commitments",
            [
                s if c is None else commit(message_id, i, s, c)
                for i, (c, s) in enumerate(zip(contents, salts, strict=True))
            ],
        ),
    )
    bent("core", core)
    core_bytes = bent("core_bytes", core.SerializeToString(deterministic=True))
    core_digest = labelled_hash(labels.CORE, core_bytes)
    padded = dict(
        bent("padded", [(i, pad(s, c)) for i, (c, s) in enumerate(zip(contents, salts, strict=True)) if c is not None])
    )
    body_keys = bent("body_keys", [random.token(32) for _ in contents])
    sizes = [len(one) + 16 for one in padded.values()]
    bodies = bent(
        "bodies",
        [
            encrypt(body_keys[i], core_digest, i, padded[i]) if i in padded else random.token(random.draw(sizes))
            for i in range(len(contents))
        ],
    )
    real = [i for i, one in enumerate(contents) if one is not None]
    plain = bent(
        "rings_plain",
        [
            b"".join(body_keys[i] if i in ((grants or {}).get(r, real)) else bytes(32) for i in range(len(contents)))
            for r in range(len(recipients))
        ],
    )
    infos = bent("ring_infos", [ring_info(core_digest, r) for r in range(len(recipients))])
    rings = bent("rings", [wrap(k.public, p, i) for k, p, i in zip(recipients, plain, infos, strict=True)])
    digests = labelled_hash(labels.RINGS, *rings), labelled_hash(labels.BODIES, *bodies)
    leaf = bent("leaf", leaf_hash(labelled_hash(labels.LEAF, core_digest, *digests)))
    signature = keys.sign(bent("signed", statement(1, 0, keys.id, leaf)), labels.SEAL)
    seal = pb.Seal(index=0, ed25519=signature.ed25519, mldsa65=signature.mldsa65)
    bent("seal", seal)
    envelope = pb.Envelope(core=core_bytes, rings=rings, bodies=bodies, seal=seal)
    cover = pb.Cover(core=core_bytes, rings_digest=digests[0], bodies_digest=digests[1], seal=seal)
    bent("envelope", envelope)
    return Forged(
        bent("envelope_bytes", envelope.SerializeToString(deterministic=True)),
        bent("cover_bytes", cover.SerializeToString(deterministic=True)),
        core,
        core_bytes,
        leaf,
        body_keys,
        salts,
        bodies,
        rings,
    )


def pad(salt: bytes, section: bytes) -> bytes:
    """`u32 len ‖ salt ‖ section ‖ zeros`, up to the smallest size that holds it."""
    size = next(size for size in BUCKETS if size >= len(section) + 52)
    return (pack(">I", len(section)) + salt + section).ljust(size - 16, b"\0")


def encrypt(key: bytes, core_digest: bytes, index: int, plaintext: bytes) -> bytes:
    """One body, of whatever length."""
    return ChaCha20Poly1305(key).encrypt(bytes(12), plaintext, labels.BODY.prefix + core_digest + pack(">I", index))


def edited(forged: Forged, edit: Callable[[pb.Envelope], object]) -> bytes:
    """The envelope after somebody without keys laid hands on it."""
    envelope = pb.Envelope.FromString(forged.envelope)
    edit(envelope)
    return envelope.SerializeToString(deterministic=True)


def resigned(
    forged: Forged, keys: SigningKeyset, edit: Callable[[pb.Core], object], rings: Sequence[bytes] = ()
) -> bytes:
    """The same bodies under another agency's core and seal: what a thief of ciphertext can do."""
    core = pb.Core.FromString(forged.core_bytes)
    core.sender.agency, core.sender.keyset = keys.agency, keys.id
    edit(core)
    core_bytes = core.SerializeToString(deterministic=True)
    all_rings = list(rings or forged.rings)
    digests = labelled_hash(labels.RINGS, *all_rings), labelled_hash(labels.BODIES, *forged.bodies)
    leaf = leaf_hash(labelled_hash(labels.LEAF, labelled_hash(labels.CORE, core_bytes), *digests))
    signature = keys.sign(statement(1, 0, keys.id, leaf), labels.SEAL)
    seal = pb.Seal(index=0, ed25519=signature.ed25519, mldsa65=signature.mldsa65)
    return pb.Envelope(core=core_bytes, rings=all_rings, bodies=forged.bodies, seal=seal).SerializeToString(
        deterministic=True
    )
