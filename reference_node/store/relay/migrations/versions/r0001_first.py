"""Revision 0001: the relay's first tables. Written out, not taken from `tables`: a migration never changes again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _Number, nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _table(name: str, *parts: sa.schema.SchemaItem, **options: bool) -> None:
    op.create_table(name, *parts, sqlite_strict=True, **options)


def upgrade() -> None:
    """From an empty database."""
    key = sa.PrimaryKeyConstraint
    _table(
        "envelope", _bytes("leaf"), _bytes("data"), _number("size"), _text("sender"), _number("holders"), key("leaf")
    )
    _table("stored", _text("sender"), _number("bytes"), key("sender"))
    _table("counter", _text("agency"), _text("box"), _number("last"), key("agency", "box"))
    _table(
        "inbox",
        _text("recipient"),
        _number("cursor"),
        _bytes("leaf"),
        _number("received_at"),
        _number("confirmed_at", nullable=True),
        key("recipient", "cursor"),
    )
    _table(
        "seen",
        _text("sender"),
        _bytes("message_id"),
        _text("recipient"),
        _bytes("leaf"),
        _number("expires_at"),
        key("sender", "message_id", "recipient"),
    )
    op.create_index("seen_expires_at", "seen", ["expires_at"])
    _table(
        "conflict",
        _text("sender"),
        _bytes("message_id"),
        _text("recipient"),
        _bytes("leaf"),
        _bytes("first_leaf"),
        _number("at"),
        key("sender", "message_id", "recipient", "leaf"),
    )
    _table(
        "outbox",
        sa.Column("id", _Number, primary_key=True),
        _text("sender"),
        _bytes("leaf"),
        _text("recipient"),
        _text("operator"),
        _number("expires_at"),
        _number("attempts"),
        _number("next_at"),
        _number("claimed_until"),
        _text("code"),
        sa.UniqueConstraint("leaf", "recipient", name="outbox_leaf_recipient"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_due", "outbox", ["operator", "next_at"])
    _table(
        "outcome",
        _text("agency"),
        _number("cursor"),
        _bytes("leaf"),
        _text("recipient"),
        _number("status"),
        _text("code"),
        _number("at"),
        key("agency", "cursor"),
    )
    _table("mark", _text("name"), _number("value"), key("name"))
    op.execute("INSERT INTO mark (name, value) VALUES ('forgotten', 0)")
