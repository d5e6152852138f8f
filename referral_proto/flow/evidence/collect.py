"""A bundle out of loose pieces: which receipt is whose is read from the pieces themselves. Verifies nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from referral_proto.errors import CallerError, PeerError
from referral_proto.flow.cover import read_core
from referral_proto.flow.evidence.bundle import build_exchange, chosen_records, show_message
from referral_proto.flow.seal import digest_of, leaf_of
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.acknowledgement import read_acknowledgement
from referral_proto.log.checkpoint import read_head
from referral_proto.log.head import agency_of
from referral_proto.model.envelope import Cover, Envelope
from referral_proto.model.log import LogEvent, Receipt
from referral_proto.wire import decode, encode

__all__ = ["Collected", "Piece", "bundle_of", "cover_of"]


class Piece(StrEnum):
    """What a piece is; the value is its place in a delivery."""

    RECEIPT = "receipt"
    ACKNOWLEDGEMENT = "acknowledgement"
    ACKNOWLEDGEMENT_RECEIPT = "acknowledgement_receipt"
    EARLIER_CHECKPOINT = "earlier_checkpoint"


class Collected(NamedTuple):
    """What the bundle is about."""

    leaf: Leaf
    sender: AgencyId
    recipients: tuple[AgencyId, ...]


class _Proofs(NamedTuple):
    receipt: bytes = b""
    acknowledgement: bytes = b""
    acknowledgement_receipt: bytes = b""
    earlier_checkpoint: bytes = b""


_LOGGED: Final = frozenset((Piece.RECEIPT, Piece.ACKNOWLEDGEMENT_RECEIPT))


def cover_of(envelope: bytes) -> bytes:
    """The cover of an envelope, not judged. PeerError wire.*."""
    whole = decode(Envelope, envelope)
    return encode(
        Cover(
            core=whole.core,
            rings_digest=labelled_hash(labels.RINGS, *whole.rings),
            bodies_digest=labelled_hash(labels.BODIES, *whole.bodies),
            seal=whole.seal,
        )
    )


def bundle_of(
    message: bytes,
    sealed: bool,
    pieces: Mapping[Piece, Sequence[bytes]],
    claims: Sequence[bytes],
    records: Iterable[bytes],
) -> tuple[bytes, Collected]:
    """The bundle of one message, a cover or `sealed`, with the pieces that logs and desks gave out about it.

    PeerError wire.*, core.*, checkpoint.*; CallerError evidence.content: two pieces of a kind from one recipient.
    """
    cover = cover_of(message) if sealed else message
    parsed = decode(Cover, cover)
    core = read_core(parsed.core)
    found: dict[AgencyId, _Proofs] = {}
    for piece, held in pieces.items():
        for data in held:
            whose = _whose(piece, data)
            before = found.get(whose, _Proofs())
            if getattr(before, piece):
                raise CallerError("evidence.content", piece)
            found[whose] = before._replace(**{piece.value: data})
    recipients = tuple(AgencyId(one.agency) for one in core.recipients)
    sender = AgencyId(core.sender.agency)
    chosen = chosen_records(records, (sender, *recipients))
    bundle = build_exchange([show_message(cover, found)], chosen, claims)
    leaf = leaf_of(digest_of(parsed.core), parsed.rings_digest, parsed.bodies_digest)
    return bundle, Collected(leaf, sender, recipients)


def _whose(piece: Piece, data: bytes) -> AgencyId:
    if piece in _LOGGED:
        recipient = decode(LogEvent, decode(Receipt, data).event).recipient
        if recipient is None:
            raise PeerError("receipt.mismatch", "recipient")
        return AgencyId(recipient)
    if piece is Piece.ACKNOWLEDGEMENT:
        return AgencyId(read_acknowledgement(data).said.recipient)
    return agency_of(read_head(data).origin)[0]
