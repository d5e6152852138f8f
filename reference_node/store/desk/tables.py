"""The desk's tables. Sealed envelopes, wrapped keys and what happened to them; never a section in clear.

In clear stand: who writes to whom and when (as in every envelope's core), and the thread's random number, by which
messages are found. What kind of message it is stays sealed, as on the wire. Moments are whole UTC seconds.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

__all__ = ["METADATA", "bookmark", "case", "delivery", "message", "unreadable"]

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up by itself only in a column that is declared INTEGER.
_Number: Final = BigInteger().with_variant(Integer, "sqlite")

case: Final = Table(
    "desk_case",
    METADATA,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("thread", LargeBinary(16), nullable=False, unique=True),
    Column("opened_at", BigInteger, nullable=False),
    # The case key, wrapped under the key-encryption key.
    Column("wrapped_key", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

message: Final = Table(
    "desk_message",
    METADATA,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("leaf", LargeBinary(32), nullable=False, unique=True),
    Column("case_number", _Number, ForeignKey("desk_case.number"), nullable=False, index=True),
    Column("outgoing", Boolean, nullable=False),
    Column("sender", String(44), nullable=False),
    Column("message_id", LargeBinary(16), nullable=False),
    Column("stored_at", BigInteger, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    # Section keys, wrapped under the case key.
    Column("wrapped_keys", LargeBinary, nullable=False),
    Column("recipients", SmallInteger, nullable=False),
    Column("state", SmallInteger, nullable=False, index=True),
    Column("code", String(64)),
    UniqueConstraint("sender", "message_id"),
    sqlite_autoincrement=True,
)

delivery: Final = Table(
    "desk_delivery",
    METADATA,
    Column("leaf", LargeBinary(32), primary_key=True),
    Column("recipient", String(44), primary_key=True),
    Column("delivered", Boolean, nullable=False),
    Column("code", String(64)),
    Column("at", BigInteger, nullable=False),
)

unreadable: Final = Table(
    "desk_unreadable",
    METADATA,
    # SHA-256 of the bytes: what cannot be read may hold no leaf.
    Column("digest", LargeBinary(32), primary_key=True),
    Column("envelope", LargeBinary, nullable=False),
    Column("code", String(64), nullable=False),
    Column("received_at", BigInteger, nullable=False),
)

bookmark: Final = Table(
    "desk_bookmark",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
