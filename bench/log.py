"""The log: appending, proving, verifying, and what it takes in memory as it grows. Beside raw SQLite, and pymerkle.

Never here: what a log means. The same rows and hashes by plain `sqlite3` and `hashlib` are the peer; proofs are asked
of a database that was closed and opened again.
"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter_ns

from bench.figures import Figure, beside, plain
from bench.samples import Samples
from reference_node.store.engine import Database
from reference_node.store.log import append, head_of, open_log
from reference_node.store.log.tree import StoredTree
from reference_node.store.relay import open_relay
from referral_proto.crypto.digest import lp
from referral_proto.crypto.labels import LOG_EVENT, LOG_VEIL
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.event import delivered, join, split
from referral_proto.log.tree import Place, inclusion_proof, verify_inclusion
from referral_proto.moment import Moment

__all__ = ["measure_log"]

ADDED, QUICK_ADDED = 10_000, 2_000
LARGE, QUICK_LARGE = 1_000_000, 50_000
SMALL = 10_000
PEER_SIZE = 4_096
TURNS, PROOFS, QUICK_PROOFS = 7, 2_000, 300
ORIGIN = AgencyId("xb.invented")
AT = Moment.parse("2026-11-21T12:00:00Z")
MIB = 1024 * 1024


def measure_log(progress: Callable[[float], None], *, quick: bool) -> list[Figure]:
    """Grow a log and ask it. The folder is deleted."""
    added, large, proofs = (QUICK_ADDED, QUICK_LARGE, QUICK_PROOFS) if quick else (ADDED, LARGE, PROOFS)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        figures = [_appended(folder, added)]
        progress(0.2)
        grown = folder / "large.sqlite"
        _grow(grown, large)
        progress(0.7)
        figures += _proved(grown, large, proofs)
        if (pymerkle := _beside_pymerkle(folder, proofs)) is not None:
            figures.append(pymerkle)
        progress(0.9)
        small = folder / "small.sqlite"
        _grow(small, SMALL)
        figures.append(_memory(small, grown, large))
    progress(1.0)
    return figures


def _events(number: int, start: int = 0) -> list[bytes]:
    """Deliveries that differ in their nonce alone."""
    _, rest = split(delivered(Leaf(bytes(32)), AgencyId("xa.invented"), ORIGIN, bytes(32), AT))
    return [join(sha256(b"nonce %d" % n).digest(), rest) for n in range(start, start + number)]


def _open(file: Path) -> Database:
    return open_relay(f"sqlite:///{file}", 0)


def _grow(file: Path, size: int, step: int = 50_000) -> None:
    with closing(_open(file)) as database:
        log_id = database.write(lambda connection: open_log(connection, ORIGIN))
        for start in range(0, size, step):
            batch = _events(min(step, size - start), start)
            database.write(lambda connection, batch=batch: append(connection, log_id, batch))  # type: ignore[misc]


def _appended(folder: Path, number: int) -> Figure:
    """One transaction with all of them, made durable; the peer writes and hashes what stands in the tables then."""
    events = _events(number)
    ours, raw = Samples(), Samples()
    for turn in range(TURNS):
        with closing(_open(folder / f"ours-{turn}.sqlite")) as database:
            log_id = database.write(lambda connection: open_log(connection, ORIGIN))
            work = partial(database.write, lambda connection, at=log_id: append(connection, at, events))  # type: ignore[misc]
            ours.values.append(_timed(work, number))
            with database.read() as connection:
                root = head_of(connection, log_id).head.root
        with closing(_raw_database(folder / f"raw-{turn}.sqlite")) as peer:
            raw.values.append(_timed(partial(_raw_append, peer, events), number))
            (last,) = peer.execute("SELECT hash FROM log_node ORDER BY level DESC LIMIT 1").fetchone()
            assert number & (number - 1) or last == root
    figure = beside(f"log: {number:,} entries appended in one transaction", ours, "raw sqlite3", raw, 2.0)
    return replace(figure, note="per entry; the peer inserts the same rows without triggers, and makes the same hashes")


def _raw_database(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE log_node (log INTEGER NOT NULL, level INTEGER NOT NULL, number INTEGER NOT NULL,"
        " hash BLOB NOT NULL, PRIMARY KEY (log, level, number)) STRICT, WITHOUT ROWID"
    )
    connection.execute(
        "CREATE TABLE log_event (log INTEGER NOT NULL, number INTEGER NOT NULL, entry BLOB NOT NULL, nonce BLOB,"
        " veiled BLOB NOT NULL, PRIMARY KEY (log, number)) STRICT, WITHOUT ROWID"
    )
    return connection


def _raw_append(connection: sqlite3.Connection, events: list[bytes]) -> None:
    label, veil = lp(LOG_EVENT) + (1).to_bytes(4, "big"), LOG_VEIL.prefix
    entries = [sha256(label + len(one).to_bytes(4, "big") + one).digest() for one in events]
    level, hashes = 0, [sha256(b"\0" + entry).digest() for entry in entries]
    nodes: list[tuple[int, int, int, bytes]] = []
    while hashes:
        nodes += [(1, level, number, one) for number, one in enumerate(hashes)]
        level, hashes = (
            level + 1,
            [sha256(b"\1" + left + right).digest() for left, right in zip(hashes[::2], hashes[1::2], strict=False)],
        )
    rows = []
    for number, (event, entry) in enumerate(zip(events, entries, strict=True)):
        nonce, rest = event[2:34], event[34:]
        sha256(veil + nonce)
        rows.append((1, number, entry, nonce, rest))
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO log_node VALUES (?, ?, ?, ?)", nodes)
    connection.executemany("INSERT INTO log_event VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


def _proved(file: Path, size: int, proofs: int) -> list[Figure]:
    """Inclusion proofs from a database that was opened anew; reading their rows one by one; verifying them."""
    wanted = _places(size)
    ours, raw, checked, hashed = Samples(), Samples(), Samples(), Samples()
    with closing(_open(file)) as database, closing(sqlite3.connect(file, isolation_level=None)) as peer:
        with database.read() as connection:
            head = head_of(connection, 1)
        root = head.head.root
        for _ in range(proofs):
            index = next(wanted)
            with database.read() as connection:
                tree = StoredTree(connection, head.id)
                start = perf_counter_ns()
                path = inclusion_proof(tree, index, size)
                ours.values.append((perf_counter_ns() - start) / 1e3)
                (leaf,) = tree.nodes([Place(0, index)])
            raw.values.append(_timed(partial(_raw_rows, peer, next(wanted), len(path)), 1))
            checked.values.append(_timed(partial(verify_inclusion, leaf, index, size, path, root), 1))
            hashed.values.append(_timed(partial(_raw_hashes, leaf, path), 1))
    proof = beside(f"log: inclusion proof at {size:,} leaves, after a restart", ours, "raw row reads", raw, 2.0)
    check = beside("log: verify an inclusion proof", checked, "its hashes", hashed, 2.0)
    return [replace(proof, note=f"{len(path)} rows by their key, one query each, beside one query for all"), check]


def _places(size: int) -> Iterator[int]:
    drawn = Random(20261122)
    return (drawn.randrange(size) for _ in count())


def _raw_rows(connection: sqlite3.Connection, index: int, rows: int) -> None:
    for level in range(rows):
        number = (index >> level) & ~1
        connection.execute(
            "SELECT hash FROM log_node WHERE log = 1 AND level = ? AND number = ?", (level, number)
        ).fetchone()


def _raw_hashes(leaf: bytes, path: tuple[bytes, ...]) -> None:
    found = leaf
    for one in path:
        found = sha256(b"\1" + one + found).digest()


def _beside_pymerkle(folder: Path, proofs: int) -> Figure | None:
    """The same proof from a kept library's SQLite tree, at a size that it reaches in time; without it, no figure."""
    try:
        from pymerkle import SqliteTree
    except ImportError:
        return None
    file = folder / "ours-small.sqlite"
    _grow(file, PEER_SIZE)
    ours, theirs = Samples(), Samples()
    wanted = _places(PEER_SIZE)
    with closing(_open(file)) as database, SqliteTree(str(folder / "pymerkle.db"), algorithm="sha256") as tree:
        tree.append_entries([b"entry %d" % number for number in range(PEER_SIZE)])
        for _ in range(min(proofs, 100)):
            index = next(wanted)
            with database.read() as connection:
                stored = StoredTree(connection, 1)
                ours.values.append(_timed(partial(inclusion_proof, stored, index, PEER_SIZE), 1))
            theirs.values.append(_timed(partial(tree.prove_inclusion, index + 1, PEER_SIZE), 1))
    return beside(f"log: inclusion proof at {PEER_SIZE:,} leaves", ours, "pymerkle, SQLite", theirs, None)


def _memory(small: Path, large: Path, size: int) -> Figure:
    """What a fresh process needs at most to append a batch and prove, at both sizes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        little = pool.submit(_peak, str(small), SMALL).result()
        much = pool.submit(_peak, str(large), size).result()
    note = (
        f"{much:.0f} MiB at {size:,} leaves beside {little:.0f} at {SMALL:,}; peak of a process that appends and proves"
    )
    figure = plain(f"log: memory at {size:,} leaves", Samples([much]), note)
    return replace(figure, unit="MiB", ratio=much / little, limit=1.1)


def _peak(file: str, size: int) -> float:
    with closing(_open(Path(file))) as database:
        database.write(lambda connection: append(connection, 1, _events(1_000, size)))
        wanted = _places(size)
        with database.read() as connection:
            for _ in range(200):
                inclusion_proof(StoredTree(connection, 1), next(wanted), size)
    # Not getrusage: a process that was started by a larger one inherits its peak.
    status = Path("/proc/self/status").read_text("ascii")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def _timed(call: Callable[[], object], number: int) -> float:
    """Microseconds for each of `number`."""
    if number > 1:
        gc.collect()
    start = perf_counter_ns()
    call()
    return (perf_counter_ns() - start) / number / 1e3
