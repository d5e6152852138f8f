"""Bringing a database to this program's version: one Alembic tree for each half, run in one transaction at start.

A database of a newer version, or of something else, is left alone. Alembic takes most of a second to import, so it is
imported only when there is something to change.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, column, inspect, select, table

from reference_node import faults
from referral_proto.errors import WorldError

__all__ = ["Tree", "migrate"]

_ONE_AT_A_TIME: Final = Lock()
assert faults.STORE  # the codes below are declared there


@dataclass(frozen=True, slots=True)
class Tree:
    """One half's migrations.

    folder: holds `versions/`. head: newest revision. version_table: named after the half, so that a desk's database is
    not taken for a relay's.
    """

    folder: Path
    head: str
    version_table: str


def migrate(connection: Connection, tree: Tree) -> None:
    """Within the connection's transaction. Raises WorldError store.newer-version, store.damaged."""
    version = _version(connection, tree)
    if version == tree.head:
        return
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", tree.folder.as_posix().replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    scripts = ScriptDirectory.from_config(config)
    if version is not None and version not in {script.revision for script in scripts.walk_revisions()}:
        raise WorldError("store.newer-version")

    def upgrade(revision: Any, _: Any) -> Any:
        return scripts._upgrade_revs("head", revision)

    # Alembic keeps its operations in a module: two threads would run each other's.
    with _ONE_AT_A_TIME, EnvironmentContext(config, scripts, fn=upgrade) as environment:
        environment.configure(connection=connection, version_table=tree.version_table)
        environment.run_migrations()
    assert _version(connection, tree) == tree.head


def _version(connection: Connection, tree: Tree) -> str | None:
    """The database's revision; None for an empty database."""
    tables = inspect(connection).get_table_names()
    if tree.version_table in tables:
        return connection.scalar(select(table(tree.version_table, column("version_num")).c.version_num))
    if tables:
        raise WorldError("store.damaged")
    return None
