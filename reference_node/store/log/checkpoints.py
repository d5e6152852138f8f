"""Signed heads, the cosignatures they gather, and the receipts they back. Nothing unproved is ever signed.

One checkpoint for each size. A log signs only a head that it can prove to begin with the last one it signed, at a time
that is no earlier: so a damaged or rolled-back database never turns an honest operator into a liar.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, text

from reference_node.store.log.journal import event
from reference_node.store.log.tables import log_checkpoint, log_cosignature
from reference_node.store.log.tree import StoredTree, head_of
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.log.checkpoint import sign_checkpoint, with_cosignatures
from referral_proto.log.note import SignatureLine
from referral_proto.log.receipt import make_receipt
from referral_proto.log.submission import Submission
from referral_proto.log.tree import consistency_proof, inclusion_proof, verify_consistency
from referral_proto.moment import Moment

__all__ = [
    "add_cosignatures",
    "checkpoint",
    "cosigned_size",
    "cosigned_sizes",
    "first_signed_at",
    "receipt",
    "sign",
    "submission",
    "witness_sizes",
]


def sign(connection: Connection, log_id: int, keys: LogKeys, at: Moment) -> bytes:
    """The checkpoint of the log as it stands, without cosignatures; made if this size has none yet. About 1 ms.

    WorldError log.forked: what is stored does not begin with what was signed last.
    """
    head = head_of(connection, log_id, lock=True).head
    last = connection.execute(
        select(log_checkpoint.c.size, log_checkpoint.c.root, log_checkpoint.c.at, log_checkpoint.c.note)
        .where(log_checkpoint.c.log == log_id)
        .order_by(log_checkpoint.c.size.desc())
        .limit(1)
    ).one_or_none()
    if last is not None:
        if last.size > head.size:
            raise WorldError("log.forked", head.origin)
        proof = consistency_proof(StoredTree(connection, log_id), last.size, head.size)
        try:
            verify_consistency(last.size, bytes(last.root), head.size, head.root, proof)
        except PeerError:
            raise WorldError("log.forked", head.origin) from None
        if last.size == head.size:
            return bytes(last.note)
        # A clock that was set back: an earlier time on a larger tree would read as a rollback.
        at = Moment(max(at, last.at))
    note = sign_checkpoint(head, keys, at)
    row = {"log": log_id, "size": head.size, "at": at, "root": head.root, "note": note}
    connection.execute(log_checkpoint.insert(), row)
    return note


def checkpoint(connection: Connection, log_id: int, size: int | None = None) -> bytes:
    """The checkpoint of that size, or the largest, with every cosignature that came. CallerError log.out-of-range."""
    wanted = select(log_checkpoint.c.size, log_checkpoint.c.note).where(log_checkpoint.c.log == log_id)
    if size is not None:
        wanted = wanted.where(log_checkpoint.c.size == size)
    row = connection.execute(wanted.order_by(log_checkpoint.c.size.desc()).limit(1)).one_or_none()
    if row is None:
        raise CallerError("log.out-of-range", "size")
    return with_cosignatures(bytes(row.note), _lines(connection, log_id, row.size))


def add_cosignatures(connection: Connection, log_id: int, size: int, lines: Sequence[SignatureLine]) -> int:
    """Keep verified lines of witnesses for the checkpoint of that size; how many are new. The first of a key stays."""
    statement = text(
        "INSERT INTO log_cosignature (log, size, witness, key_id, signature) "
        "SELECT c.log, c.size, :name, :key_id, :signature FROM log_checkpoint c WHERE c.log = :log AND c.size = :size "
        "AND NOT EXISTS (SELECT 1 FROM log_cosignature o WHERE o.log = c.log AND o.size = c.size "
        "AND o.witness = :name AND o.key_id = :key_id)"
    )
    return sum(
        connection.execute(statement, {**line._asdict(), "log": log_id, "size": size}).rowcount for line in lines
    )


def witness_sizes(connection: Connection, log_id: int) -> dict[str, int]:
    """The size that each witness cosigned last, as far as its cosignatures were kept."""
    kept = log_cosignature.c
    wanted = select(kept.witness, func.max(kept.size)).where(kept.log == log_id).group_by(kept.witness)
    return {witness: int(size) for witness, size in connection.execute(wanted)}


def cosigned_size(connection: Connection, log_id: int, index: int, quorum: int) -> int | None:
    """The smallest size beyond `index` that `quorum` witnesses have cosigned: the earliest trusted time for it."""
    kept = log_cosignature.c
    return connection.scalar(
        select(kept.size)
        .where(kept.log == log_id, kept.size > index)
        .group_by(kept.size)
        .having(func.count(func.distinct(kept.witness)) >= quorum)
        .order_by(kept.size)
        .limit(1)
    )


def first_signed_at(connection: Connection, log_id: int) -> Moment | None:
    """When the log signed its first checkpoint, by its own word; None if it has signed nothing here."""
    found = connection.scalar(select(func.min(log_checkpoint.c.at)).where(log_checkpoint.c.log == log_id))
    return None if found is None else Moment(found)


def cosigned_sizes(connection: Connection, log_id: int, most: int = 8) -> list[int]:
    """Sizes of the newest checkpoints that any witness has cosigned, the largest first."""
    kept = log_cosignature.c
    wanted = select(kept.size).where(kept.log == log_id).distinct().order_by(kept.size.desc()).limit(most)
    return [int(size) for size in connection.scalars(wanted)]


def receipt(connection: Connection, log_id: int, index: int, quorum: int | None = None) -> bytes | None:
    """The receipt of the event at `index`, under the largest checkpoint; with `quorum`, under the first that so many
    witnesses have cosigned, if there is one. None: the event is forgotten, or no checkpoint reaches so far.
    """
    stored = event(connection, log_id, index)
    if stored is None or stored.event is None:
        return None
    size = cosigned_size(connection, log_id, index, quorum) if quorum is not None else None
    if size is None:
        size = connection.scalar(select(func.max(log_checkpoint.c.size)).where(log_checkpoint.c.log == log_id))
    if size is None or size <= index:
        return None
    path = inclusion_proof(StoredTree(connection, log_id), index, size)
    return make_receipt(stored.event, index, path, checkpoint(connection, log_id, size))


def submission(connection: Connection, log_id: int, old: int) -> Submission:
    """What a witness that cosigned size `old` is to be sent now: the proof from there, and the largest checkpoint.

    CallerError log.out-of-range: nothing was signed yet, or `old` is larger.
    """
    row = connection.execute(
        select(log_checkpoint.c.size, log_checkpoint.c.note)
        .where(log_checkpoint.c.log == log_id)
        .order_by(log_checkpoint.c.size.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise CallerError("log.out-of-range", "size")
    proof = consistency_proof(StoredTree(connection, log_id), old, row.size)
    return Submission(old, proof, bytes(row.note))


def _lines(connection: Connection, log_id: int, size: int) -> list[SignatureLine]:
    kept = log_cosignature.c
    wanted = select(kept.witness, kept.key_id, kept.signature).where(kept.log == log_id, kept.size == size)
    rows = connection.execute(wanted.order_by(kept.witness, kept.key_id))
    return [SignatureLine(witness, bytes(key_id), bytes(signature)) for witness, key_id, signature in rows]
