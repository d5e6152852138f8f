"""Revision 0004: what still has to be proved about deliveries, and the checkpoints of logs that the relay has seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _Number, nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _bytes(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _table(name: str, *parts: sa.schema.SchemaItem, **options: bool) -> None:
    op.create_table(name, *parts, sqlite_strict=True, **options)


def upgrade() -> None:
    """From revision 0003. What was delivered before is not asked about: the opening key that it named is not known."""
    _table(
        "pending_proof",
        sa.Column("id", _Number, primary_key=True),
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
        _number("has_acknowledgement"),
        sa.UniqueConstraint("leaf", "recipient", name="pending_proof_leaf_recipient"),
        sqlite_autoincrement=True,
    )
    op.create_index("pending_proof_due", "pending_proof", ["operator", "next_at"])
    _table(
        "watched_log",
        _text("origin"),
        _number("next_at"),
        _number("attempts"),
        _number("claimed_until"),
        _number("unproved_since", nullable=True),
        _bytes("evidence", nullable=True),
        sa.PrimaryKeyConstraint("origin"),
    )
    _table(
        "sighting",
        _text("origin"),
        _number("size"),
        _bytes("root"),
        _bytes("note"),
        _number("signed_at"),
        _number("seen_at"),
        _number("joined"),
        sa.PrimaryKeyConstraint("origin", "size", "root"),
    )
