"""A real envelope about an invented person goes through the log: nothing of it stands in its tables or leaves it."""

from __future__ import annotations

from base64 import b64encode

from sqlalchemy import select

from reference_node.store.engine import Database
from reference_node.store.log import METADATA, StoredTree, append, checkpoint, forget, open_log, receipt, sign, tile
from referral_proto.flow.admit import admit
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.event import delivered, leaf_of
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.log.tiles import Tile
from referral_proto.log.tree import inclusion_proof, verify_inclusion
from referral_proto.model.codes.log import LogEventKind
from tests.log.world import KEYS
from tests.relay.world import KH, SECRET, START, TH, World
from tests.store.log_database import database, server, url

__all__ = ["database", "server", "url"]  # fixtures

LOG = LogIdentity.of(KH, KEYS)


def stored(database: Database) -> bytes:
    """Every value of every table of logs."""
    with database.read() as connection:
        rows = [row for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    values = [value for row in rows for value in row if isinstance(value, bytes | str)]
    return b"\0".join(value if isinstance(value, bytes) else value.encode() for value in values)


def test_an_envelope_leaves_a_leaf_and_nothing_else(database: Database) -> None:
    world = World.founded()
    (sealed,) = world.seal(TH, [KH])
    admitted = admit(sealed.envelope, KH, world.directory, START)
    core = admitted.core
    opening_key = next(one.opening_key for one in core.recipients if one.agency == KH)
    event = delivered(admitted.leaf, TH, KH, opening_key, START)
    log_id = database.write(lambda c: open_log(c, KH))
    index = database.write(lambda c: append(c, log_id, [event]))
    database.write(lambda c: sign(c, log_id, KEYS, START))
    planted = [word for word in SECRET.replace(b",", b"").split() if len(word) > 3]
    secret = [*planted, core.message_id, opening_key, admitted.leaf, TH.encode(), sealed.envelope[64:96]]
    kept = stored(database)
    with database.read() as connection:
        public = checkpoint(connection, log_id) + tile(connection, log_id, Tile(None, 0, 1))
        proof = receipt(connection, log_id, index) or b""
    for word in secret:
        for spelled in (word, word.hex().encode(), b64encode(word).rstrip(b"=")):
            assert spelled not in kept
            assert spelled not in public
    # The receipt tells its holder which envelope, from whom, to whom, and nothing of the person.
    expected = Expected(LogEventKind.DELIVERED, admitted.leaf, TH, KH, opening_key)
    assert verify_receipt(proof, expected, LOG).event.at == START
    assert not [word for word in planted if word in proof]


def test_what_is_forgotten_can_still_be_counted_but_not_told(database: Database) -> None:
    event = delivered(World.founded().seal(TH, [KH])[0].leaf, TH, KH, bytes(32), START)
    log_id = database.write(lambda c: open_log(c, KH))
    database.write(lambda c: append(c, log_id, [event]))
    note = database.write(lambda c: sign(c, log_id, KEYS, START))
    assert database.write(lambda c: forget(c, log_id, 0))
    with database.read() as connection:
        assert receipt(connection, log_id, 0) is None
        path = inclusion_proof(StoredTree(connection, log_id), 0, 1)
    # Whoever kept the receipt proves the event as before.
    verify_inclusion(leaf_of(event), 0, 1, path, leaf_of(event))
    assert note and event[2:34] not in stored(database)
