"""What the desk keeps: keys that open only where they belong, and a database that is refused when it is newer."""

from __future__ import annotations

import pickle
import sqlite3
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from reference_node.desk.casekeys import Kept, KeyCabinet
from reference_node.desk.forms import read_referral
from reference_node.desk.views import Order
from reference_node.keys import desk_log_keys
from reference_node.store.desk.tables import METADATA
from reference_node.store.desk.tree import DESK_TREE
from reference_node.store.engine import Database
from reference_node.store.log import METADATA as LOGS
from reference_node.store.relay import open_relay
from referral_proto import CallerError, Leaf, MessageKind, Purpose, ThreadId, WorldError
from referral_proto.log.checkpoint import verify_checkpoint
from referral_proto.model.records import LogEntry
from referral_proto.trust.logs import identity_of
from referral_proto.wire import decode
from tests.desk.conftest import OpenDesk
from tests.desk.test_inbound import made
from tests.desk.world import EXAMPLE, KH, START, TH, PostOffice

THREAD, LEAF = ThreadId(bytes(16)), Leaf(bytes(32))
KEPT = Kept({0: bytes(32), 7: bytes(range(32))}, (9, 4_000_000))


def test_keys_come_back_as_they_were_kept() -> None:
    cabinet = KeyCabinet(bytes(32))
    case = cabinet.case(THREAD, cabinet.new_case(THREAD))
    assert case.unwrap(LEAF, case.wrap(LEAF, KEPT)) == KEPT


@pytest.mark.parametrize("flip", [0, 11, 12, 20, -1])
def test_altered_keys_do_not_open(flip: int) -> None:
    cabinet = KeyCabinet(bytes(32))
    case = cabinet.case(THREAD, cabinet.new_case(THREAD))
    wrapped = bytearray(case.wrap(LEAF, KEPT))
    wrapped[flip] ^= 1
    with pytest.raises(WorldError) as refused:
        case.unwrap(LEAF, bytes(wrapped))
    assert refused.value.code == "desk.key-damaged"


def test_keys_open_for_their_own_case_and_message_only() -> None:
    cabinet = KeyCabinet(bytes(32))
    wrapped_case = cabinet.new_case(THREAD)
    case = cabinet.case(THREAD, wrapped_case)
    wrapped = case.wrap(LEAF, KEPT)
    other = cabinet.case(THREAD, cabinet.new_case(THREAD))
    for opening in (
        lambda: case.unwrap(Leaf(bytes(31) + b"1"), wrapped),
        lambda: other.unwrap(LEAF, wrapped),
        lambda: cabinet.case(ThreadId(bytes(15) + b"1"), wrapped_case),
        lambda: KeyCabinet(bytes(31) + b"1").case(THREAD, wrapped_case),
        lambda: case.unwrap(LEAF, b""),
    ):
        with pytest.raises(WorldError):
            opening()


def test_two_wraps_of_the_same_keys_differ() -> None:
    cabinet = KeyCabinet(bytes(32))
    case = cabinet.case(THREAD, cabinet.new_case(THREAD))
    assert case.wrap(LEAF, KEPT) != case.wrap(LEAF, KEPT)


def test_keys_are_not_shown_or_pickled() -> None:
    cabinet = KeyCabinet(bytes(range(32)))
    case = cabinet.case(THREAD, cabinet.new_case(THREAD))
    assert repr(bytes(range(32)))[2:-1] not in repr((cabinet, case, KEPT))
    for one in (cabinet, case):
        with pytest.raises(TypeError):
            pickle.dumps(one)
    with pytest.raises(CallerError):
        KeyCabinet(b"short")


def test_another_key_encryption_key_opens_nothing(desk: OpenDesk, post: PostOffice) -> None:
    sealed = made(TH, KH)
    post.put(KH, sealed.envelope)
    desk(KH).round()
    with pytest.raises(WorldError) as refused:
        desk(KH, kek=bytes(32)).office.archive.show(sealed.leaf)
    assert refused.value.code == "desk.key-damaged"


def test_an_envelope_exchanged_in_the_database_is_noticed(desk: OpenDesk, post: PostOffice) -> None:
    kh, sealed, other = desk(KH), made(TH, KH), made(TH, KH)
    post.put(KH, sealed.envelope)
    kh.round()
    kh.database.close()
    with sqlite3.connect(kh.folder / "desk.sqlite") as direct:
        direct.execute("UPDATE desk_message SET envelope = ?", (other.envelope,))
    direct.close()
    with pytest.raises(WorldError) as refused:
        kh.office.archive.show(sealed.leaf)
    assert refused.value.code == "desk.key-damaged"


def test_the_migration_makes_the_tables_that_the_queries_use(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/desk.sqlite", DESK_TREE)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": DESK_TREE.version_table})
        found = compare_metadata(context, [METADATA, LOGS])
    database.close()
    assert found == []


def test_the_desks_logs_have_the_tables_and_triggers_of_the_relays(tmp_path: Path) -> None:
    desk = Database(f"sqlite:///{tmp_path}/desk.sqlite", DESK_TREE)
    relay = open_relay(f"sqlite:///{tmp_path}/relay.sqlite")
    made = []
    for database in (desk, relay):
        with database.read() as connection:
            query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name LIKE 'log%'"
            rows = {name: " ".join(sql.split()) for name, sql in connection.exec_driver_sql(query)}
            made.append({name: sql for name, sql in rows.items() if name.partition("_")[0] == "log"})
        database.close()
    assert len(made[0]) >= 20
    assert {name: made[1].get(name) for name in made[0]} == made[0]


def test_a_database_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "desk.sqlite"
    Database(f"sqlite:///{file}", DESK_TREE).close()
    with sqlite3.connect(file) as direct:
        direct.execute("UPDATE desk_version SET version_num = 'desk_9999'")
    direct.close()
    before = file.read_bytes()
    with pytest.raises(WorldError) as refused:
        Database(f"sqlite:///{file}", DESK_TREE)
    assert refused.value.code == "store.newer-version"
    assert file.read_bytes() == before


def test_a_full_disk_refuses_and_leaves_nothing_half(desk: OpenDesk) -> None:
    th = desk(TH)
    order = Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
    th.office.outbound.refer(order)
    with th.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    th.database.close()
    tight = Database(f"sqlite:///{th.folder}/desk.sqlite", DESK_TREE, database_bytes=int(pages or 0) * 4096)
    th.office.archive._held.cabinet._database = tight

    def until_full() -> None:
        for _ in range(20):
            th.office.outbound.refer(order)

    with pytest.raises(WorldError) as refused:
        until_full()
    assert refused.value.code == "store.full"
    tight.close()
    listed = desk(TH).office.archive.cases()
    assert listed.unreadable == ()
    assert all(len(case.messages) == 1 for case in listed.cases)


def test_the_database_is_the_owners_alone(desk: OpenDesk) -> None:
    assert (desk(TH).folder / "desk.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_desk_without_keys_for_its_own_log_makes_them_once(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    first, fresh = desk_log_keys(keys, KH, "a passphrase", START)
    assert fresh
    file = keys / "log.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not any(seed in file.read_bytes() for seed in first.seeds())
    again, fresh = desk_log_keys(keys, KH, "a passphrase", START.plus(60))
    assert (fresh, again.seeds()) == (False, first.seeds())
    entry = decode(LogEntry, (tmp_path / "desk-log.entry").read_bytes())
    assert (entry.origin, entry.not_before_at) == (f"{KH}/desk", START)
    assert verify_checkpoint(entry.possession, identity_of(entry)).size == 0
    with pytest.raises(CallerError, match=r"key\.wrong-passphrase"):
        desk_log_keys(keys, KH, "another", START)
