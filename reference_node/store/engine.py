"""Database: opens SQLite or PostgreSQL and runs transactions. Holds the settings that durability rests on.

A write that returned survives a power cut: SQLite runs in WAL with `synchronous=FULL`, PostgreSQL as its server is set.
No exception of a driver leaves this file; callers see WorldError `store.*`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Event, Lock
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from reference_node.store.failures import transient, world_error
from reference_node.store.migrate import Tree, migrate
from referral_proto.errors import WorldError

__all__ = ["Database", "insert"]

_ATTEMPTS: Final = 6
_READ: Final = "referral_read"
_BUSY_SECONDS: Final = 10.0
T = TypeVar("T")


class Database:
    """One open database. May be shared by threads; several processes may open the same one.

    database_bytes: largest size of an SQLite file, 0 for none; a write beyond it fails as on a full disk.
    """

    def __init__(self, url: str, tree: Tree, *, database_bytes: int = 0) -> None:
        """Open and migrate. Raises WorldError store.*."""
        is_sqlite = make_url(url).get_backend_name() == "sqlite"
        # SQLite lets a waiting writer poll; a lock lets the writers of one process wait in line instead.
        self._turn: AbstractContextManager[Any] = Lock() if is_sqlite else nullcontext()
        self.engine = _sqlite(url, database_bytes) if is_sqlite else _postgresql(url)
        try:
            self._migrate(tree)
        except BaseException:
            self.close()
            raise

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that only reads and waits for no writer."""
        try:
            with self.engine.connect().execution_options(**{_READ: True}) as connection, connection.begin():
                yield connection
                return
        except (DBAPIError, PoolTimeout) as error:
            failure = world_error(error)
        # Raised outside the handler: a driver's exception may quote values.
        raise failure

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction; durable when this returns. `work` may run several times, each time from the
        start, so it changes nothing but the database. Raises WorldError store.*; then nothing was written.
        """
        failure = WorldError("store.failed")
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self._turn, self.engine.begin() as connection:
                    return work(connection)
            except (DBAPIError, PoolTimeout) as error:
                failure, again = world_error(error), transient(error)
            if not again or attempt == _ATTEMPTS:
                break
            Event().wait(0.005 * 2**attempt)
        raise failure

    def close(self) -> None:
        """Close every connection that is not in use. Idempotent."""
        self.engine.dispose()

    def _migrate(self, tree: Tree) -> None:
        failure = WorldError("store.failed")
        # Of two processes that meet an empty PostgreSQL database, one fails to create what the other just did.
        for attempt in (1, 2, 3):
            try:
                with self._turn, self.engine.begin() as connection:
                    migrate(connection, tree)
                return
            except DBAPIError as error:
                failure = world_error(error)
            if attempt == 3 or failure.code != "store.failed":
                break
        raise failure


def insert(dialect: str, table: Table) -> Any:
    """INSERT with ON CONFLICT, which both databases know and SQL does not; `.excluded` as each dialect has it."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 5},
    )


def _sqlite(url: str, database_bytes: int) -> Engine:
    file = Path(make_url(url).database or "")
    try:
        # 0600 before SQLite sees it; the WAL inherits the mode.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        _to_wal(file)
    except sqlite3.Error as error:
        failure = world_error(DBAPIError("", None, error))
    except OSError:
        failure = WorldError("store.unreachable")
    else:
        engine = create_engine(
            url, hide_parameters=True, pool_size=20, max_overflow=20, connect_args={"timeout": _BUSY_SECONDS}
        )
        _prepare(engine, database_bytes)
        return engine
    raise failure


def _to_wal(file: Path) -> None:
    """The switch to WAL ignores the busy timeout: two processes that start together must take turns."""
    for attempt in range(1, 101):
        connection = sqlite3.connect(file, timeout=_BUSY_SECONDS)
        try:
            if connection.execute("PRAGMA journal_mode=WAL").fetchone() != ("wal",):
                raise WorldError("store.unreachable")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or attempt == 100:
                raise
        finally:
            connection.close()
        Event().wait(0.1)


def _prepare(engine: Engine, database_bytes: int) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: object) -> None:
        # The driver opens no transactions of its own; `began` does.
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_size_limit=67108864")
        if database_bytes:
            (page,) = connection.execute("PRAGMA page_size").fetchone()
            connection.execute(f"PRAGMA max_page_count={max(1, database_bytes // page)}")

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        # A transaction that reads first and writes later could fail at its second half: writers say so at once.
        reads = connection.get_execution_options().get(_READ)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
