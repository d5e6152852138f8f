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

__all__ = [
    "METADATA",
    "acknowledgement",
    "actor",
    "alarm",
    "anchor",
    "audit",
    "bookmark",
    "case",
    "delivery",
    "handed",
    "kept",
    "message",
    "opening",
    "proof",
    "tail",
    "unexplained",
    "unreadable",
]

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

# Who did what the access log tells of: the log itself holds digests only.
actor: Final = Table(
    "desk_actor",
    METADATA,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("name", String(160), nullable=False, unique=True),
    # Without it nobody can tell whose digest it is, not even who guesses the name.
    Column("salt", LargeBinary(32), nullable=False),
    Column("at", BigInteger, nullable=False),
)

# Heads of the access log that were signed, and the relay's receipt for each.
anchor: Final = Table(
    "desk_anchor",
    METADATA,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("note", LargeBinary, nullable=False),
    Column("receipt", LargeBinary),
    Column("trusted_at", BigInteger),
    # Audits that did not find it; -1 once it is found, or told.
    Column("rounds", SmallInteger, nullable=False, index=True),
)

# What this desk says about mail that came. `place`: where the relay's log has it.
acknowledgement: Final = Table(
    "desk_acknowledgement",
    METADATA,
    Column("leaf", LargeBinary(32), primary_key=True),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("sender", String(44), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("signed", LargeBinary),
    Column("receipt", LargeBinary),
    Column("code", String(64)),
    Column("tried_at", BigInteger),
    Column("place", BigInteger),
    Column("rounds", SmallInteger, nullable=False),
)

# What proves the way of mail that went out, verified here.
proof: Final = Table(
    "desk_proof",
    METADATA,
    Column("leaf", LargeBinary(32), primary_key=True),
    Column("recipient", String(44), primary_key=True),
    Column("receipt", LargeBinary),
    Column("logged_at", BigInteger),
    Column("trusted_at", BigInteger),
    Column("earlier_checkpoint", LargeBinary),
    Column("acknowledgement", LargeBinary),
    Column("acknowledged", SmallInteger),
    Column("acknowledged_at", BigInteger),
    Column("acknowledgement_receipt", LargeBinary),
    Column("acknowledgement_trusted_at", BigInteger),
    Column("code", String(64)),
)

# Envelopes that the relay handed over, and where its log has each. `rounds`: audits that did not find it; -1 once told.
handed: Final = Table(
    "desk_handed",
    METADATA,
    Column("leaf", LargeBinary(32), primary_key=True),
    Column("sender", String(44), nullable=False),
    Column("opening_key", LargeBinary(32)),
    Column("at", BigInteger, nullable=False),
    Column("origin", String(255)),
    Column("place", BigInteger),
    Column("rounds", SmallInteger, nullable=False),
)

# Each log of the relay as far as it was read: `size`, `edge` (the hashes of the complete subtrees, largest first) and
# `note`. `sure_…`: as far as a quorum of witnesses has cosigned it. `since`: when this desk first asked for it.
audit: Final = Table(
    "desk_audit",
    METADATA,
    Column("origin", String(255), primary_key=True),
    Column("generation", SmallInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("event_at", BigInteger, nullable=False),
    Column("sure_size", BigInteger, nullable=False),
    Column("sure_edge", LargeBinary, nullable=False),
    Column("sure_note", LargeBinary, nullable=False),
    Column("since", BigInteger, nullable=False),
)

# Entries that were read and that no quorum has cosigned yet. `at`: when.
tail: Final = Table(
    "desk_tail",
    METADATA,
    Column("origin", String(255), primary_key=True),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", LargeBinary(32), nullable=False),
    Column("at", BigInteger, nullable=False),
)

# Deliveries in that log whose envelope has not come yet, each with its receipt.
unexplained: Final = Table(
    "desk_unexplained",
    METADATA,
    Column("origin", String(255), primary_key=True),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("leaf", LargeBinary(32), nullable=False),
    Column("receipt", LargeBinary, nullable=False),
    Column("rounds", SmallInteger, nullable=False),
)

# Receipts of the agency's own log, made from what was audited. `kind`: of the event.
kept: Final = Table(
    "desk_kept",
    METADATA,
    Column("leaf", LargeBinary(32), primary_key=True),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("origin", String(255), nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("receipt", LargeBinary, nullable=False),
    Column("trusted_at", BigInteger, index=True),
)

alarm: Final = Table(
    "desk_alarm",
    METADATA,
    Column("number", _Number, primary_key=True, autoincrement=True),
    Column("code", String(64), nullable=False),
    Column("mark", String(320), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("evidence", String(160)),
    Column("settled_at", BigInteger),
    UniqueConstraint("code", "mark"),
    sqlite_autoincrement=True,
)

# Identifiers of opening keys that this desk has ever held.
opening: Final = Table("desk_opening", METADATA, Column("key", LargeBinary(32), primary_key=True))
