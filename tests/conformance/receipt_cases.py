"""Verbs `receipt` and `acknowledgement`: what a relay and a desk say of an envelope (F22, and what of F14 it takes)."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.ids import Leaf
from referral_proto.log.acknowledgement import acknowledge
from referral_proto.log.checkpoint import cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.event import leaf_of
from referral_proto.log.head import Head
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import inclusion_proof
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.log import LogEvent, SignedAcknowledgement
from referral_proto.wire import decode, encode
from tests.conformance.cases import base64, case
from tests.conformance.log_world import (
    AT,
    KEYS,
    ORIGIN,
    OTHER_KEYS,
    WITNESS_KEYS,
    Tree,
    given_log,
    given_witnesses,
    tree,
)
from tests.conformance.world import SHELTER, A, B, opening, signing

ENVELOPE: Final = Leaf(sha256(b"an envelope from xa.welfare to xb.welfare").digest())
SKEW: Final = 300
DELAY: Final = 3600


def event(at: int = 0, **other: Any) -> bytes:
    """The delivery of the envelope, with a nonce that is published here and random elsewhere."""
    fields: dict[str, Any] = {
        "nonce": sha256(b"a published nonce").digest(),
        "kind": LogEventKind.DELIVERED,
        "subject": ENVELOPE,
        "sender": A,
        "recipient": B,
        "opening_key": opening(B).id,
        "at": AT.plus(at),
    }
    return encode(LogEvent(**(fields | other)))


def receipt(said: bytes, *times: int | None, keys: Any = KEYS, index: int = 5, path_of: int = 5) -> bytes:
    """The event as the sixth of seven leaves, under a checkpoint with these cosignatures."""
    leaves = list(tree(7).leaves)
    leaves[5] = leaf_of(said)
    whole = Tree(leaves)
    head = Head(ORIGIN, 7, whole.root)
    lines = []
    for (name, witness), time in zip(WITNESS_KEYS.items(), times, strict=False):
        if time is not None:
            lines += cosign(head, name, witness, AT.plus(time))
    note = with_cosignatures(sign_checkpoint(head, keys, AT.plus(5)), lines)
    return make_receipt(said, index, inclusion_proof(whole, path_of, 7), note)


def earlier(*times: int | None) -> bytes:
    """A checkpoint of the four leaves before."""
    head = Head(ORIGIN, 4, tree(4).root)
    lines = []
    for (name, witness), time in zip(WITNESS_KEYS.items(), times, strict=False):
        if time is not None:
            lines += cosign(head, name, witness, AT.plus(time))
    return with_cosignatures(sign_checkpoint(head, KEYS, AT.plus(min(t for t in times if t is not None))), lines)


def received(
    identity: str,
    requirements: str,
    about: str,
    made: Callable[[], bytes],
    error: str | None = None,
    before: Callable[[], bytes] | None = None,
    **other: Any,
) -> None:
    def given() -> dict[str, Any]:
        said = {
            "kind": "DELIVERED",
            "subject": ENVELOPE.hex(),
            "sender": A,
            "recipient": B,
            "opening_key": opening(B).id.hex(),
        }
        seen = {} if before is None else {"earlier": [base64(before())]}
        return {
            "receipt": base64(made()),
            "about": said | other,
            "log": given_log(),
            **given_witnesses(),
            "skew": SKEW,
            "delay": DELAY,
            **seen,
        }

    case(identity, "receipt", requirements, about, given, error)


def acknowledged(
    identity: str,
    requirements: str,
    about: str,
    made: Callable[[], bytes],
    error: str | None = None,
    **other: Any,
) -> None:
    def given() -> dict[str, Any]:
        said = {"leaf": ENVELOPE.hex(), "sender": A, "recipient": B}
        return {"acknowledgement": base64(made()), **(said | other)}

    case(identity, "acknowledgement", requirements, about, given, error)


def _said(
    keys: SigningKeyset, kind: AcknowledgementKind = AcknowledgementKind.RECEIVED, leaf: Leaf = ENVELOPE
) -> Callable[[], bytes]:
    return lambda: acknowledge(keys, leaf, A, kind, AT.plus(60))


def _resaid() -> bytes:
    """UNREADABLE put in the place of RECEIVED, under the old signatures."""
    signed = decode(SignedAcknowledgement, _said(signing(B))())
    other = decode(SignedAcknowledgement, _said(signing(B), AcknowledgementKind.UNREADABLE)())
    return encode(signed.model_copy(update={"acknowledgement": other.acknowledgement}))


received("F14-receipt", "LOG-12 LOG-14", "Two of three have cosigned.", lambda: receipt(event(), 30, 10))
received("F14-receipt-provisional", "LOG-13 LOG-14", "Nobody has cosigned yet.", lambda: receipt(event()))
received(
    "F14-receipt-bounded",
    "LOG-15",
    "A checkpoint before it says since when.",
    lambda: receipt(event(), 30, 10),
    None,
    lambda: earlier(-60, -50),
)
received(
    "F14-receipt-lying-witness",
    "LOG-15",
    "A witness of the quorum has set its time a day ahead: the log is not backdated by that.",
    lambda: receipt(event(), 30, 10),
    None,
    lambda: earlier(-60, 86_400),
)
received(
    "F22-receipt-other-envelope",
    "LOG-12",
    "The receipt of another envelope.",
    lambda: receipt(event(subject=sha256(b"another envelope").digest()), 30, 10),
    "receipt.mismatch",
)
received(
    "F22-receipt-other-recipient",
    "LOG-12",
    "One recipient's receipt for another.",
    lambda: receipt(event(recipient=SHELTER), 30, 10),
    "receipt.mismatch",
)
received(
    "F22-receipt-other-sender",
    "LOG-12",
    "The receipt says that somebody else sent it.",
    lambda: receipt(event(sender=SHELTER), 30, 10),
    "receipt.mismatch",
)
received(
    "F22-receipt-other-opening-key",
    "LOG-12",
    "The receipt names another opening key than the envelope.",
    lambda: receipt(event(opening_key=opening(B, 0).id), 30, 10),
    "receipt.mismatch",
)
received(
    "F22-receipt-other-kind",
    "LOG-12",
    "The receipt of a conflict, shown as one of a delivery.",
    lambda: receipt(event(kind=LogEventKind.CONFLICT, opening_key=None, related=bytes(32)), 30, 10),
    "receipt.mismatch",
)
received(
    "F22-receipt-other-log",
    "LOG-12",
    "A log of that name under a stranger's keys.",
    lambda: receipt(event(), keys=OTHER_KEYS),
    "note.unsigned",
)
received(
    "F14-receipt-other-place",
    "LOG-05 LOG-12",
    "Another index than the path leads to.",
    lambda: receipt(event(), 30, 10, index=4),
    "log.proof",
)
received(
    "F14-receipt-other-path",
    "LOG-05 LOG-12",
    "The path of another leaf.",
    lambda: receipt(event(), 30, 10, path_of=2),
    "log.proof",
)
received(
    "F22-receipt-backdated",
    "LOG-15",
    "An hour before a checkpoint that does not hold it yet.",
    lambda: receipt(event(at=-3600), 30, 10),
    "receipt.backdated",
    lambda: earlier(-60, -50),
)
received(
    "F22-receipt-postdated",
    "LOG-15",
    "An hour after the witnesses had seen it.",
    lambda: receipt(event(at=3600), 30, 10),
    "receipt.postdated",
)
received("F08-receipt-cut", "LOG-12", "Half a receipt.", lambda: receipt(event())[:-1], "wire.malformed")

acknowledged("F22-acknowledged", "LOG-17", "The desk has read it.", _said(signing(B)))
acknowledged(
    "F22-acknowledged-unreadable",
    "LOG-17",
    "The desk could not read it.",
    _said(signing(B), AcknowledgementKind.UNREADABLE),
)
acknowledged(
    "F22-acknowledged-other-envelope",
    "LOG-17",
    "It is about another envelope.",
    _said(signing(B), leaf=Leaf(bytes(32))),
    "acknowledgement.mismatch",
)
acknowledged(
    "F22-acknowledged-by-the-sender",
    "LOG-17",
    "The sender acknowledges in the recipient's place.",
    _said(signing(A)),
    "trust.unknown-keyset",
)
acknowledged(
    "F22-acknowledged-for-another",
    "LOG-17",
    "One agency's word shown as another's.",
    _said(signing(SHELTER)),
    "acknowledgement.mismatch",
    recipient=SHELTER,
    sender=B,
)
acknowledged("F22-acknowledged-resaid", "LOG-17", "Another word, the old signatures.", _resaid, "signature.invalid")
acknowledged("F08-acknowledged-cut", "LOG-17", "Half of it.", lambda: _said(signing(B))()[:-1], "wire.malformed")
