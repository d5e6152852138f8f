"""admit: what a relay and a desk check before they store an envelope, with public records only (spec: checks, A-1 …).

Codes come from public data and help the peer. Replay is not here: it needs a store and runs in its transaction.
Only the functions of this file make an Admitted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from referral_proto.crypto import labels
from referral_proto.crypto.body import BUCKETS, KEY_SIZE
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.hpke import OVERHEAD
from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.crypto.memory import SealMemory
from referral_proto.errors import OurError, PeerError
from referral_proto.flow.cover import check_lifetime, read_core, verify_seal
from referral_proto.flow.seal import digest_of, leaf_of
from referral_proto.ids import AgencyId, Leaf
from referral_proto.model.envelope import Core, Cover, Envelope
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.standing import Standing, Status
from referral_proto.wire import decode, encode

__all__ = ["MAX_ENVELOPE", "Admitted", "admit", "admit_for_dispatch", "readmit"]

MAX_ENVELOPE: Final = 4_500_000
"""Bytes: sixteen bodies of the largest size, sixteen rings, core and seal."""
_SIZES: Final = frozenset(BUCKETS)
_BY_ADMIT: Final = object()


@dataclass(frozen=True, slots=True)
class Admitted:
    """An envelope that may be stored: signed by its sender, addressed to `recipient`, in time, still sealed."""

    data: bytes = field(repr=False)
    envelope: Envelope = field(repr=False)
    core: Core
    core_digest: bytes
    rings_digest: bytes
    bodies_digest: bytes
    leaf: Leaf
    keyset: VerifyingKeyset
    recipient: AgencyId | None
    """The recipient it was admitted for; None on its way out of the sender's own relay."""
    at: Moment
    _by: object = field(repr=False)

    def __post_init__(self) -> None:
        if self._by is not _BY_ADMIT:
            raise OurError("ours.broken-promise", "Admitted")

    def cover(self) -> bytes:
        """The auditor's view: the same core and seal with digests in place of the ciphertext."""
        return encode(
            Cover(
                core=self.envelope.core,
                rings_digest=self.rings_digest,
                bodies_digest=self.bodies_digest,
                seal=self.envelope.seal,
            )
        )


def admit(
    data: bytes, recipient: AgencyId, directory: Directory, at: Moment, memory: SealMemory | None = None
) -> Admitted:
    """Check an envelope that came for `recipient` at the moment `at` (the receiving relay's clock, or the recorded
    receipt when a desk collects later).

    Raises PeerError: envelope.*, core.*, seal.malformed, admit.*, trust.*, signature.invalid.
    """
    envelope, core = _parts(data)
    # A-5 the recipient is named, and its opening key was valid when the envelope was made
    named = [r for r in core.recipients if r.agency == recipient]
    if not named:
        raise PeerError("admit.not-recipient")
    try:
        directory.opening_key(recipient, named[0].opening_key, core.created_at)
    except PeerError:
        raise PeerError("admit.opening-key") from None
    return _sealed(data, envelope, core, recipient, directory, at, memory)


def admit_for_dispatch(
    data: bytes, sender: AgencyId, directory: Directory, at: Moment, memory: SealMemory | None = None
) -> Admitted:
    """The same checks by the sender's own relay, before an envelope leaves; nobody's opening key is asked for."""
    envelope, core = _parts(data)
    # D-1 a desk hands in what its own agency signed
    if core.sender.agency != sender:
        raise PeerError("admit.not-sender")
    return _sealed(data, envelope, core, None, directory, at, memory)


def readmit(
    data: bytes, recipient: AgencyId | None, directory: Directory, at: Moment, memory: SealMemory | None = None
) -> tuple[Admitted, Standing]:
    """An envelope that was admitted at `at` and stored since, judged again by what is known now: late verification.

    Its seal must still verify and its sender's keyset must not have ended before `at`; that it is CONTESTED is for the
    caller to show. Opening key, time window and lifetime were judged when it came. Raises PeerError envelope.*, core.*,
    seal.malformed, admit.not-recipient, trust.*, signature.invalid.
    """
    envelope, core = _parts(data)
    if recipient is not None and all(r.agency != recipient for r in core.recipients):
        raise PeerError("admit.not-recipient")
    standing = directory.standing(core.sender.agency, core.sender.keyset, at)
    if standing.status is Status.NOT_VALID:
        raise PeerError(standing.code, core.sender.agency)
    keyset = directory.keyset(core.sender.agency, core.sender.keyset)
    return _verified(data, envelope, core, recipient, keyset, at, memory), standing


def _parts(data: bytes) -> tuple[Envelope, Core]:
    # A-1 size
    if len(data) > MAX_ENVELOPE:
        raise PeerError("envelope.too-large")
    # A-2 canonical envelope, nothing unknown
    try:
        envelope = decode(Envelope, data)
    except PeerError as error:
        raise PeerError("envelope.malformed", error.where) from None
    core = read_core(envelope.core)
    # A-3 one ring for each recipient, one body for each commitment
    bodies = len(core.commitments)
    if len(envelope.rings) != len(core.recipients) or len(envelope.bodies) != bodies:
        raise PeerError("envelope.counts")
    # A-4 sizes say nothing: bodies from the list of sizes, rings of the one size
    if not _SIZES.issuperset(map(len, envelope.bodies)):
        raise PeerError("envelope.body-size")
    if set(map(len, envelope.rings)) != {OVERHEAD + KEY_SIZE * bodies}:
        raise PeerError("envelope.ring-size")
    return envelope, core


def _sealed(
    data: bytes,
    envelope: Envelope,
    core: Core,
    recipient: AgencyId | None,
    directory: Directory,
    at: Moment,
    memory: SealMemory | None,
) -> Admitted:
    # A-6 time window
    if core.created_at > at + directory.max_skew:
        raise PeerError("admit.from-future")
    if core.expires_at <= at:
        raise PeerError("admit.expired")
    # A-7 the lifetime is within the cap, and the sender's keyset is good now (V-5, V-6)
    check_lifetime(core, directory)
    keyset = directory.signing_keyset(core.sender.agency, core.sender.keyset, at)
    return _verified(data, envelope, core, recipient, keyset, at, memory)


def _verified(
    data: bytes,
    envelope: Envelope,
    core: Core,
    recipient: AgencyId | None,
    keyset: VerifyingKeyset,
    at: Moment,
    memory: SealMemory | None,
) -> Admitted:
    # A-8 the digests of what came, the leaf over them, and the seal over the leaf (V-7)
    core_digest = digest_of(envelope.core)
    rings_digest = labelled_hash(labels.RINGS, *envelope.rings)
    bodies_digest = labelled_hash(labels.BODIES, *envelope.bodies)
    leaf = leaf_of(core_digest, rings_digest, bodies_digest)
    verify_seal(core, leaf, envelope.seal, keyset, memory)
    return Admitted(
        data, envelope, core, core_digest, rings_digest, bodies_digest, leaf, keyset, recipient, at, _BY_ADMIT
    )
