"""Invented witnesses over their own databases, and a clock that a test sets. Tests nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reference_node.store.engine import Database
from reference_node.store.witness import open_witness
from reference_node.witness import Cosigner, Endpoint, WitnessServer
from referral_proto.log.submission import Submission
from referral_proto.log.tree import consistency_proof
from referral_proto.moment import Moment
from tests.log.world import AT, LOG, MEMBERS, WITNESS_KEYS, Memory, note

NAME = MEMBERS[0].name


class Clock:
    """Says what it was set to."""

    def __init__(self, at: Moment = AT) -> None:
        self.at = at

    def now(self) -> Moment:
        return self.at


def database(folder: Path, name: str = "witness") -> Database:
    return open_witness(f"sqlite:///{folder / name}.sqlite")


def cosigner(opened: Database, clock: Clock | None = None, name: str = NAME) -> Cosigner:
    return Cosigner(name, WITNESS_KEYS[name], (LOG,), opened, clock or Clock())


def submission(tree: Memory, old: int, at: Moment = AT) -> Submission:
    """What the log sends for its tree as it stands, to a witness that cosigned size `old`."""
    return Submission(old, consistency_proof(tree, old, tree.size), note(tree, at))


def sender(tree: Memory, at: Moment = AT) -> Callable[[int], Submission]:
    return lambda old: submission(tree, old, at)


@contextmanager
def serving(found: Cosigner, prefix: str = "/w") -> Iterator[Endpoint]:
    """The witness on a port of its own."""
    server = WitnessServer(found, "127.0.0.1", 0, prefix)
    server.start()
    try:
        host, port = server.address
        member = next(one for one in MEMBERS if one.name == found.name)
        yield Endpoint(member, f"http://{host}:{port}{prefix}")
    finally:
        server.stop()
