"""The relay's tables. Sealed bytes, identifiers, sizes and times; nothing here could name a person.

Times are whole seconds since 1970. Cursors are counted in `counter`, whose row stays locked until its transaction ends:
a cursor that is visible has no smaller one still to come, as it could with a database's own sequence.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

__all__ = [
    "METADATA",
    "anchored",
    "conflict",
    "counter",
    "envelope",
    "inbox",
    "logged",
    "mark",
    "outbox",
    "outcome",
    "pending_proof",
    "seen",
    "sighting",
    "stored",
    "watched_log",
]

METADATA = MetaData()
_Number = BigInteger().with_variant(Integer(), "sqlite")


def _number(name: str, **options: Any) -> Column[int]:
    return Column(name, _Number, **{"nullable": False, **options})


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **options)


def _bytes(name: str, **options: Any) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False, **options)


envelope = Table(
    "envelope",
    METADATA,
    _bytes("leaf", primary_key=True),
    _bytes("data"),
    _number("size"),
    _text("sender"),
    # Rows of `inbox` that are not confirmed and rows of `outbox`; at zero the bytes go.
    _number("holders"),
    sqlite_strict=True,
)

stored = Table(
    "stored",
    METADATA,
    _text("sender", primary_key=True),
    _number("bytes"),
    sqlite_strict=True,
)

counter = Table(
    "counter",
    METADATA,
    _text("agency", primary_key=True),
    _text("box", primary_key=True),
    _number("last"),
    sqlite_strict=True,
)

inbox = Table(
    "inbox",
    METADATA,
    _text("recipient", primary_key=True),
    _number("cursor", primary_key=True, autoincrement=False),
    _bytes("leaf"),
    _number("received_at"),
    _number("confirmed_at", nullable=True),
    sqlite_strict=True,
)

# Replay protection. An envelope on its way out bears its own sender as recipient, whom no envelope may name.
seen = Table(
    "seen",
    METADATA,
    _text("sender", primary_key=True),
    _bytes("message_id", primary_key=True),
    _text("recipient", primary_key=True),
    _bytes("leaf"),
    _number("expires_at"),
    Index("seen_expires_at", "expires_at"),
    sqlite_strict=True,
)

conflict = Table(
    "conflict",
    METADATA,
    _text("sender", primary_key=True),
    _bytes("message_id", primary_key=True),
    _text("recipient", primary_key=True),
    _bytes("leaf", primary_key=True),
    _bytes("first_leaf"),
    _number("at"),
    sqlite_strict=True,
)

outbox = Table(
    "outbox",
    METADATA,
    _number("id", primary_key=True),
    _text("sender"),
    _bytes("leaf"),
    _text("recipient"),
    # The operator of the recipient's relay when last looked up.
    _text("operator"),
    _number("expires_at"),
    _number("attempts"),
    _number("next_at"),
    _number("claimed_until"),
    _text("code"),
    UniqueConstraint("leaf", "recipient", name="outbox_leaf_recipient"),
    Index("outbox_due", "operator", "next_at"),
    sqlite_strict=True,
    # An id is never used again: a process that was given up for dead must not end another's delivery.
    sqlite_autoincrement=True,
)

outcome = Table(
    "outcome",
    METADATA,
    _text("agency", primary_key=True),
    _number("cursor", primary_key=True, autoincrement=False),
    _bytes("leaf"),
    _text("recipient"),
    _number("status"),
    _text("code"),
    _number("at"),
    # What is proved of it, verified: see `Proved` in the ports. Empty: nothing yet.
    _bytes("receipt"),
    _bytes("acknowledgement"),
    _bytes("acknowledgement_receipt"),
    _bytes("earlier_checkpoint"),
    sqlite_strict=True,
)

# Where in an agency's log an event stands, by what it is about: kind and subject as in the event. Not pruned, since
# evidence is asked for long after replay protection is over. sender: who may be shown it. said: a desk's signed words.
logged = Table(
    "logged",
    METADATA,
    _text("agency", primary_key=True),
    _number("kind", primary_key=True, autoincrement=False),
    _bytes("subject", primary_key=True),
    _number("log"),
    _number("number"),
    _text("sender"),
    _bytes("said"),
    sqlite_strict=True,
)

# The head of each desk's own log that was entered last, as its desk signed it.
anchored = Table(
    "anchored",
    METADATA,
    _text("origin", primary_key=True),
    _bytes("note"),
    sqlite_strict=True,
)

# `forgotten`: the largest expiry among rows of `seen` that were pruned.
# `trusted`: the time that the upkeep believes in.
mark = Table(
    "mark",
    METADATA,
    _text("name", primary_key=True),
    _number("value"),
    sqlite_strict=True,
)

# Deliveries that are asked about until all is proved, or until `until`. `cursor`: of the outcome that holds what is.
pending_proof = Table(
    "pending_proof",
    METADATA,
    _number("id", primary_key=True),
    _text("sender"),
    _bytes("leaf"),
    _text("recipient"),
    _bytes("opening_key"),
    _text("operator"),
    _number("cursor"),
    _number("next_at"),
    _number("attempts"),
    _number("claimed_until"),
    _number("until"),
    _number("has_receipt_cosigned"),
    # By the agency's desk, that it has the envelope; an UNREADABLE is asked about again.
    _number("has_acknowledgement"),
    UniqueConstraint("leaf", "recipient", name="pending_proof_leaf_recipient"),
    Index("pending_proof_due", "operator", "next_at"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# `evidence`: a LogContradiction; from then on nothing is asked of that log.
watched_log = Table(
    "watched_log",
    METADATA,
    _text("origin", primary_key=True),
    _number("next_at"),
    _number("attempts"),
    _number("claimed_until"),
    _number("unproved_since", nullable=True),
    Column("evidence", LargeBinary),
    sqlite_strict=True,
)

# Verified checkpoints. `joined`: the one that others of its log are held against; the rest wait for a proof.
sighting = Table(
    "sighting",
    METADATA,
    _text("origin", primary_key=True),
    _number("size", primary_key=True, autoincrement=False),
    _bytes("root", primary_key=True),
    _bytes("note"),
    _number("signed_at"),
    _number("seen_at"),
    _number("joined"),
    sqlite_strict=True,
)
