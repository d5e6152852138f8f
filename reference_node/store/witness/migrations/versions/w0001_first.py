"""Revision 0001: the witness's tables. What was cosigned never shrinks: the database itself refuses it.

SQLite only: a witness is one small program. REPLACE would delete without a trigger, so it is refused at the insert.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From an empty database."""
    op.execute(
        "CREATE TABLE cosigned (origin TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, "
        "at INTEGER NOT NULL, note BLOB NOT NULL) STRICT"
    )
    op.execute(
        "CREATE TABLE evidence (origin TEXT NOT NULL, digest BLOB NOT NULL, at INTEGER NOT NULL, data BLOB NOT NULL, "
        "PRIMARY KEY (origin, digest)) STRICT"
    )
    refuse = "BEGIN SELECT RAISE(ABORT, 'what was cosigned stays'); END"
    shrinks = "NEW.origin <> OLD.origin OR NEW.size < OLD.size OR NEW.at < OLD.at"
    there = "EXISTS (SELECT 1 FROM cosigned WHERE origin = NEW.origin)"
    other = "(NEW.size = OLD.size AND NEW.root <> OLD.root)"
    for statement in (
        f"CREATE TRIGGER cosigned_once BEFORE INSERT ON cosigned WHEN {there} {refuse}",
        f"CREATE TRIGGER cosigned_grows BEFORE UPDATE ON cosigned WHEN {shrinks} OR {other} {refuse}",
        f"CREATE TRIGGER cosigned_there BEFORE DELETE ON cosigned {refuse}",
    ):
        op.execute(statement)
