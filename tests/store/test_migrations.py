"""The migrations lead to exactly the tables that the queries use, in one step or none."""

from __future__ import annotations

import ast
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from reference_node.store.log import METADATA as LOGS
from reference_node.store.relay import TREE, open_relay
from reference_node.store.relay.tables import METADATA
from referral_proto.errors import WorldError


def test_the_migrated_database_is_the_one_in_tables(tmp_path: Path) -> None:
    database = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": TREE.version_table}
        )
        assert compare_metadata(context, [METADATA, LOGS]) == []
        made = dict(connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all())
    database.close()
    tables = {name for name, sql in made.items() if sql.startswith("CREATE TABLE") and name in METADATA.tables}
    assert tables == set(METADATA.tables)
    assert {name for name in tables if "STRICT" in made[name]} == tables
    assert "AUTOINCREMENT" in made["outbox"]


def test_the_head_is_the_newest_revision_and_there_is_one_line_of_them() -> None:
    scripts = ScriptDirectory(str(TREE.folder))
    assert scripts.get_heads() == [TREE.head]
    assert len(list(scripts.walk_revisions())) == len(list((TREE.folder / "versions").glob("*.py")))


def test_a_migration_does_not_read_the_tables_it_once_made() -> None:
    for file in (TREE.folder / "versions").glob("*.py"):
        imported = {
            name
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
        }
        assert not [name for name in imported if name and name.startswith(("reference_node", "referral_proto"))]


def test_a_database_in_good_order_opens_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'relay.sqlite'}"
    open_relay(url).close()
    program = (
        "import sys; from reference_node.store.relay import open_relay; "
        f"open_relay({url!r}).close(); print('alembic' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise WorldError("store.full")

    file = tmp_path / "relay.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.execute", fail)
        with pytest.raises(WorldError, match=r"store\.full"):
            open_relay(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
    open_relay(f"sqlite:///{file}").close()
