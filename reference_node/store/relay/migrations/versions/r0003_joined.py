"""Revision 0003: where in an agency's log stands what was stored, and what is proved of a delivery that ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PROVED = ("receipt", "acknowledgement", "acknowledgement_receipt", "earlier_checkpoint")


def upgrade() -> None:
    """What was stored before has no place in a log."""
    op.create_table(
        "logged",
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("kind", _Number, nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("log", _Number, nullable=False),
        sa.Column("number", _Number, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("agency", "kind", "subject"),
        sqlite_strict=True,
    )
    op.create_table(
        "anchored",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("origin"),
        sqlite_strict=True,
    )
    none = sa.text("X''" if op.get_bind().dialect.name == "sqlite" else "''::bytea")
    for name in _PROVED:
        op.add_column("outcome", sa.Column(name, sa.LargeBinary(), nullable=False, server_default=none))
