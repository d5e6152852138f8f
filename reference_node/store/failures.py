"""What a database exception means to an operator: one table for SQLite, one for PostgreSQL. Raises nothing itself.

The exception's own text is never passed on: it may quote values.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from reference_node import faults
from referral_proto.errors import WorldError

__all__ = ["transient", "world_error"]

assert faults.STORE  # the codes below are declared there

_SQLITE: Final = {
    sqlite3.SQLITE_FULL: "store.full",
    sqlite3.SQLITE_IOERR: "store.full",
    sqlite3.SQLITE_BUSY: "store.locked",
    sqlite3.SQLITE_LOCKED: "store.locked",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
    sqlite3.SQLITE_CANTOPEN: "store.unreachable",
    sqlite3.SQLITE_READONLY: "store.unreachable",
    sqlite3.SQLITE_PERM: "store.unreachable",
}
"""Primary result codes (sqlite.org/rescode.html); an extended code has its primary one in the low byte."""

_POSTGRESQL: Final = {
    "53100": "store.full",
    "53200": "store.full",
    "53300": "store.unreachable",
    "40001": "store.locked",
    "40P01": "store.locked",
    "55P03": "store.locked",
    "XX001": "store.damaged",
    "XX002": "store.damaged",
    "25006": "store.unreachable",
    "3D000": "store.unreachable",
}
_POSTGRESQL_CLASSES: Final = {"08": "store.unreachable", "28": "store.unreachable", "57": "store.unreachable"}
"""SQLSTATE values and classes (PostgreSQL documentation, appendix A)."""
_TRANSIENT: Final = frozenset({"40001", "40P01"})


Failure = DBAPIError | PoolTimeout


def _state(error: Failure) -> str:
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")


def transient(error: Failure) -> bool:
    """Did the database ask for the whole transaction once more (serialisation failure, deadlock)?"""
    return _state(error) in _TRANSIENT


def world_error(error: Failure) -> WorldError:
    """The `store.*` error for a database exception; `where` is the database's own code for it."""
    if isinstance(error, PoolTimeout):
        return WorldError("store.locked", "pool")
    original = error.orig
    if isinstance(original, sqlite3.Error):
        number = getattr(original, "sqlite_errorcode", 0) & 0xFF
        return WorldError(_SQLITE.get(number, "store.failed"), getattr(original, "sqlite_errorname", ""))
    state = _state(error)
    if code := _POSTGRESQL.get(state) or _POSTGRESQL_CLASSES.get(state[:2]):
        return WorldError(code, state)
    # psycopg has no SQLSTATE for a server that is not there or went away.
    return WorldError("store.failed" if state else "store.unreachable", state)
