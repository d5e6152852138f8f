"""The tables of logs, as queries see them. Hashes, masked events, signed heads; nothing here could name a person.

What keeps them append-only are the triggers that the migration makes with them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text

__all__ = ["METADATA", "log", "log_checkpoint", "log_cosignature", "log_event", "log_node"]

METADATA = MetaData()
_Number = BigInteger().with_variant(Integer(), "sqlite")

# One row for each log; its lock is the turn to append. `root` is folded from nodes and kept to find damage by.
log = Table(
    "log",
    METADATA,
    Column("id", _Number, primary_key=True),
    Column("origin", Text, nullable=False, unique=True),
    Column("size", _Number, nullable=False),
    Column("root", LargeBinary, nullable=False),
)

# Hashes of complete subtrees: `number`-th of those with 2^level leaves.
log_node = Table(
    "log_node",
    METADATA,
    Column("log", _Number, primary_key=True),
    Column("level", _Number, primary_key=True),
    Column("number", _Number, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
)

# `veiled` is masked with the nonce: without it nothing is left but the entry, which is published anyway.
log_event = Table(
    "log_event",
    METADATA,
    Column("log", _Number, primary_key=True),
    Column("number", _Number, primary_key=True),
    Column("entry", LargeBinary, nullable=False),
    Column("nonce", LargeBinary),
    Column("veiled", LargeBinary, nullable=False),
)

log_checkpoint = Table(
    "log_checkpoint",
    METADATA,
    Column("log", _Number, primary_key=True),
    Column("size", _Number, primary_key=True),
    Column("at", _Number, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", LargeBinary, nullable=False),
)

log_cosignature = Table(
    "log_cosignature",
    METADATA,
    Column("log", _Number, primary_key=True),
    Column("size", _Number, primary_key=True),
    Column("witness", Text, primary_key=True),
    Column("key_id", LargeBinary, primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)
