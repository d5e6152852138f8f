"""The peers: pyca and hashlib called straight, doing the same cryptographic work on the same bytes to the same end.

Law: what is hashed, encrypted and signed is put together as the spec's formulas say, and nothing else is done: no
protobuf, no model, no record looked up, no size, time or count judged, no error told from another. Keys are loaded
beforehand. What this gives is asserted against the program once, so that neither side does less than the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from struct import Struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from bench.samples import Stopwatch
from bench.scene import Scene, TimedKey
from referral_proto.crypto import labels
from referral_proto.flow.seal import Sealed
from referral_proto.model.envelope import Core, Envelope
from referral_proto.wire import decode

__all__ = ["Raw"]

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
NONCE = bytes(12)
BODY_SIZE, TAG, KEY, SALT = 1024, 16, 32, 32
u32: Callable[[int], bytes] = Struct(">I").pack
SEAL, BODY, RING = labels.SEAL, labels.BODY.prefix, labels.RING.prefix


def th(label: bytes, *parts: bytes) -> bytes:
    """The labelled hash; `label` with its length before it."""
    pieces = [label, u32(len(parts))]
    for part in parts:
        pieces += (u32(len(part)), part)
    return sha256(b"".join(pieces)).digest()


class Raw:
    """Sealing, verifying and opening the scene's message with all readers' keys at hand."""

    def __init__(self, scene: Scene, sealed: Sealed) -> None:
        envelope = decode(Envelope, sealed.envelope)
        core = decode(Core, envelope.core)
        self.core, self.rings, self.bodies = envelope.core, envelope.rings, envelope.bodies
        self.message_id, self.commitments, self.keyset_id = core.message_id, core.commitments, scene.keys.id
        self.signatures = envelope.seal.ed25519, envelope.seal.mldsa65
        self.digests = (th(labels.RINGS.prefix, *self.rings), th(labels.BODIES.prefix, *self.bodies))
        self.sections = scene.sections
        self.public_keys = [key.public.loaded for key in scene.opening_keys]
        self.secret = scene.opening_keys[0].loaded
        seed, _ = scene.keys.seeds()
        self.ed25519 = Ed25519PrivateKey.from_private_bytes(seed)
        self.watch = Stopwatch()
        self.mldsa65 = TimedKey(scene.mldsa65, self.watch)
        self.ed25519_public = Ed25519PublicKey.from_public_bytes(scene.keys.public.ed25519)
        self.mldsa65_public = MLDSA65PublicKey.from_public_bytes(scene.keys.public.mldsa65)
        assert all(len(body) == BODY_SIZE for body in self.bodies)
        assert sorted(self.open()) == sorted(scene.sections)
        self.seal()
        self.verify()

    def statement(self, rings: bytes, bodies: bytes, core: bytes) -> bytes:
        """What is signed for a batch of one: its only leaf is the root."""
        leaf = sha256(b"\0" + th(labels.LEAF.prefix, core, rings, bodies)).digest()
        return SEAL.prefix + u32(1) + b"\0" + self.keyset_id + leaf

    def verify_signatures(self, statement: bytes) -> None:
        self.ed25519_public.verify(self.signatures[0], statement)
        self.mldsa65_public.verify(self.signatures[1], statement, SEAL)

    def verify(self) -> None:
        """What a cover asks for: two hashes, the leaf, both signatures."""
        self.verify_signatures(self.statement(*self.digests, th(labels.CORE.prefix, self.core)))

    def open(self) -> list[bytes]:
        """Digests, both signatures, one ring, four bodies, four commitments."""
        core = th(labels.CORE.prefix, self.core)
        rings, bodies = th(labels.RINGS.prefix, *self.rings), th(labels.BODIES.prefix, *self.bodies)
        self.verify_signatures(self.statement(rings, bodies, core))
        ring = SUITE.decrypt(self.rings[0], self.secret, RING + core + u32(0))
        sections: list[bytes] = []
        for at, body in enumerate(self.bodies):
            key = ring[KEY * at : KEY * (at + 1)]
            plaintext = ChaCha20Poly1305(key).decrypt(NONCE, body, BODY + core + u32(at))
            end = 4 + SALT + int.from_bytes(plaintext[:4], "big")
            section = plaintext[4 + SALT : end]
            salt = plaintext[4 : 4 + SALT]
            commitment = th(labels.SECTION.prefix, self.message_id, u32(at), salt, section)
            assert commitment == self.commitments[at]
            sections.append(section)
        return sections

    def seal(self) -> tuple[Any, ...]:
        """Keys and salts drawn, four commitments, four bodies, three rings, digests, both signatures."""
        keys = [os.urandom(KEY) for _ in self.sections]
        salts = [os.urandom(SALT) for _ in self.sections]
        commitments = [
            th(labels.SECTION.prefix, self.message_id, u32(at), salts[at], section)
            for at, section in enumerate(self.sections)
        ]
        core = th(labels.CORE.prefix, self.core)
        bodies = [
            ChaCha20Poly1305(keys[at]).encrypt(
                NONCE,
                (u32(len(section)) + salts[at] + section).ljust(BODY_SIZE - TAG, b"\0"),
                BODY + core + u32(at),
            )
            for at, section in enumerate(self.sections)
        ]
        ring = b"".join(keys)
        rings = [SUITE.encrypt(ring, public, RING + core + u32(at)) for at, public in enumerate(self.public_keys)]
        statement = self.statement(th(labels.RINGS.prefix, *rings), th(labels.BODIES.prefix, *bodies), core)
        return commitments, self.ed25519.sign(statement), self.mldsa65.sign(statement, SEAL)
