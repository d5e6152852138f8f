"""verify_cover: what an auditor checks, with public records only. Numbered as in spec: checks, V-1 to V-7.

Everything here also runs inside `admit`, which computes the two digests from the ciphertext instead of reading them.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Final, NamedTuple

from referral_proto.crypto import labels
from referral_proto.crypto.keyset import HybridSignature, VerifyingKeyset
from referral_proto.crypto.memory import SealMemory
from referral_proto.crypto.merkle import root_from_path
from referral_proto.crypto.seal_statement import statement
from referral_proto.errors import PeerError
from referral_proto.flow.seal import BODIES_STEP, digest_of, leaf_of
from referral_proto.ids import Leaf
from referral_proto.model.envelope import SUITE, Core, Cover, Seal
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.standing import Standing, Status
from referral_proto.wire import decode

__all__ = ["VerifiedCover", "check_lifetime", "read_core", "verify_cover", "verify_seal"]


_agency: Final = attrgetter("agency")
_NOT_VALID: Final = Status.NOT_VALID


class VerifiedCover(NamedTuple):
    """The sender's keyset signed this core together with these ciphertexts. `standing` says how that keyset stood at
    the trusted time: VALID, CONTESTED or INDETERMINATE, never NOT_VALID, and only VALID is silence.
    """

    core: Core
    core_digest: bytes
    leaf: Leaf
    keyset: VerifyingKeyset
    standing: Standing


def verify_cover(
    cover: bytes, directory: Directory, at: Moment | None, memory: SealMemory | None = None
) -> VerifiedCover:
    """Verify a cover, late: `at` is the trusted time of receipt, None where nobody can say it.

    `memory` remembers verified seals of a batch, the mathematics only; key validity is judged anew each time.
    Raises PeerError: envelope.malformed, core.*, seal.malformed, trust.*, signature.invalid.
    """
    # V-1 canonical cover, nothing unknown
    try:
        parsed = decode(Cover, cover)
    except PeerError as error:
        raise PeerError("envelope.malformed", error.where) from None
    core = read_core(parsed.core)
    check_lifetime(core, directory)
    # V-6 the keyset is the sender's, and how it stood then
    standing = directory.standing(core.sender.agency, core.sender.keyset, at)
    if standing.status is _NOT_VALID:
        raise PeerError(standing.code, core.sender.agency)
    keyset = directory.keyset(core.sender.agency, core.sender.keyset)
    core_digest = digest_of(parsed.core)
    leaf = leaf_of(core_digest, parsed.rings_digest, parsed.bodies_digest)
    verify_seal(core, leaf, parsed.seal, keyset, memory)
    return VerifiedCover(core, core_digest, leaf, keyset, standing)


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
    agencies = set(map(_agency, core.recipients))
    if not agencies or len(agencies) != len(core.recipients):
        raise PeerError("core.recipients")
    if core.sender.agency in agencies:
        raise PeerError("core.reflected")
    if core.expires_at <= core.created_at:
        raise PeerError("core.lifetime")
    if not core.commitments or len(core.commitments) % BODIES_STEP:
        raise PeerError("core.commitments")
    return core


def check_lifetime(core: Core, directory: Directory) -> None:
    """V-5: the lifetime is within the federation's cap."""
    if core.expires_at - core.created_at > directory.max_lifetime:
        raise PeerError("core.lifetime")


def verify_seal(core: Core, leaf: Leaf, seal: Seal, keyset: VerifyingKeyset, memory: SealMemory | None) -> None:
    """V-7: the leaf stands in the batch and both signatures are over its root."""
    signed = statement(core.suite, len(seal.path), keyset.id, root_from_path(leaf, seal.index, seal.path))
    signature = HybridSignature(seal.ed25519, seal.mldsa65)
    if memory is None:
        keyset.verify(signed, labels.SEAL, signature)
    else:
        memory.verify(keyset, signed, labels.SEAL, signature)
