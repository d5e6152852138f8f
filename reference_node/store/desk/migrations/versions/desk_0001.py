"""The first tables of the desk. A migration that was released never changes; the next one corrects it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "desk_0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Cases, messages, deliveries, unreadable mail, bookmarks."""
    op.create_table(
        "desk_case",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("thread", sa.LargeBinary(16), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_desk_case"),
        sa.UniqueConstraint("thread", name="uq_desk_case_thread"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "desk_message",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("leaf", sa.LargeBinary(32), nullable=False),
        sa.Column("case_number", _NUMBER, nullable=False),
        sa.Column("outgoing", sa.Boolean, nullable=False),
        sa.Column("sender", sa.String(44), nullable=False),
        sa.Column("message_id", sa.LargeBinary(16), nullable=False),
        sa.Column("stored_at", sa.BigInteger, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.Column("wrapped_keys", sa.LargeBinary, nullable=False),
        sa.Column("recipients", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.SmallInteger, nullable=False),
        sa.Column("code", sa.String(64)),
        sa.PrimaryKeyConstraint("number", name="pk_desk_message"),
        sa.ForeignKeyConstraint(["case_number"], ["desk_case.number"], name="fk_desk_message_case_number"),
        sa.UniqueConstraint("leaf", name="uq_desk_message_leaf"),
        sa.UniqueConstraint("sender", "message_id", name="uq_desk_message_sender_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_desk_message_case_number", "desk_message", ["case_number"])
    op.create_index("ix_desk_message_state", "desk_message", ["state"])
    op.create_table(
        "desk_delivery",
        sa.Column("leaf", sa.LargeBinary(32), nullable=False),
        sa.Column("recipient", sa.String(44), nullable=False),
        sa.Column("delivered", sa.Boolean, nullable=False),
        sa.Column("code", sa.String(64)),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("leaf", "recipient", name="pk_desk_delivery"),
    )
    op.create_table(
        "desk_unreadable",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_desk_unreadable"),
    )
    op.create_table(
        "desk_bookmark",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_desk_bookmark"),
    )


def downgrade() -> None:
    """There is no way back: an older program refuses a newer database."""
    raise NotImplementedError
