"""verify_cover: what an auditor checks, with public records only. Numbered as in spec: checks, V-1 to V-7.

Everything here also runs inside `admit`, which computes the two digests from the ciphertext instead of reading them.
"""

from __future__ import annotations

from dataclasses import dataclass

from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.keyset import HybridSignature, VerifyingKeyset
from referral_proto.crypto.memory import SealMemory
from referral_proto.crypto.merkle import root_from_path
from referral_proto.crypto.seal_statement import statement
from referral_proto.errors import PeerError
from referral_proto.flow.seal import BODIES_STEP, leaf_of
from referral_proto.ids import Leaf
from referral_proto.model.envelope import SUITE, Core, Cover, Seal
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.wire import decode

__all__ = ["VerifiedCover", "read_core", "verify_cover", "verify_seal"]


@dataclass(frozen=True, slots=True)
class VerifiedCover:
    """The sender's keyset, good at the moment given, signed this core together with these ciphertexts."""

    core: Core
    core_digest: bytes
    leaf: Leaf
    keyset: VerifyingKeyset


def verify_cover(cover: bytes, directory: Directory, at: Moment, memory: SealMemory | None = None) -> VerifiedCover:
    """Verify a cover for the moment `at`, the trusted time of receipt.

    `memory` remembers verified seals of a batch, the mathematics only; key validity is judged anew each time.
    Raises PeerError: envelope.malformed, core.*, seal.malformed, trust.*, signature.invalid.
    """
    # V-1 canonical cover, nothing unknown
    try:
        parsed = decode(Cover, cover)
    except PeerError as error:
        raise PeerError("envelope.malformed", error.where) from None
    core = read_core(parsed.core)
    core_digest = labelled_hash(labels.CORE, parsed.core)
    leaf = leaf_of(core_digest, parsed.rings_digest, parsed.bodies_digest)
    keyset = verify_seal(core, leaf, parsed.seal, directory, at, memory)
    return VerifiedCover(core, core_digest, leaf, keyset)


def read_core(data: bytes) -> Core:
    """V-2 to V-4: the signed header, strict. Raises PeerError core.*."""
    # V-2 canonical core, nothing unknown
    try:
        core = decode(Core, data)
    except PeerError as error:
        raise PeerError("core.malformed", error.where) from None
    # V-3 the suite is known
    if core.suite != SUITE:
        raise PeerError("core.suite")
    # V-4 recipients, lifetime and commitments have the allowed form
    agencies = {recipient.agency for recipient in core.recipients}
    if not agencies or len(agencies) != len(core.recipients):
        raise PeerError("core.recipients")
    if core.sender.agency in agencies:
        raise PeerError("core.reflected")
    if core.expires_at <= core.created_at:
        raise PeerError("core.lifetime")
    if not core.commitments or len(core.commitments) % BODIES_STEP:
        raise PeerError("core.commitments")
    return core


def verify_seal(
    core: Core, leaf: Leaf, seal: Seal, directory: Directory, at: Moment, memory: SealMemory | None
) -> VerifyingKeyset:
    """V-5 to V-7: lifetime within the federation's cap, keyset good at `at`, place in the batch, both signatures."""
    # V-5 the lifetime is within the cap
    if core.expires_at - core.created_at > directory.max_lifetime:
        raise PeerError("core.lifetime")
    # V-6 the keyset belongs to the sender and was good then
    keyset = directory.signing_keyset(core.sender.agency, core.sender.keyset, at)
    # V-7 the leaf stands in the batch and both signatures are over its root
    signed = statement(core.suite, len(seal.path), keyset.id, root_from_path(leaf, seal.index, seal.path))
    signature = HybridSignature(seal.ed25519, seal.mldsa65)
    if memory is None:
        keyset.verify(signed, labels.SEAL, signature)
    else:
        memory.verify(keyset, signed, labels.SEAL, signature)
    return keyset
