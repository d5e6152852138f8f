"""The attacks: what a corrupt operator of the Cambodian relay can do, who has its database and its log's keys, and who
catches it each time. Every part is real: the relay that serves, its log, the witnesses, the other programs.

    tamper     rewrites a copy of the log and signs it        witnesses refuse; two signed stories convict the log
    drop       lets mail be received and takes it away        the agency's own desk finds the entry without an envelope
    backdate   enters a receipt with an earlier time          whoever verifies it sees what the log had signed by then

An attack that is not caught fails the demonstration.
"""

from __future__ import annotations

import sqlite3
from collections.abc import MutableMapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, text

from reference_node import faults
from reference_node.demo.auditor import verified
from reference_node.demo.exchange import Exchange
from reference_node.demo.proofs import Proofs
from reference_node.demo.stage import KH, TH, Stage
from reference_node.demo.troupe import Troupe
from reference_node.desk.views import AlarmView
from reference_node.keys import load_log_keys
from reference_node.rpc.desk_client import DeskClient
from reference_node.settings import RelaySettings, load
from reference_node.store.engine import Database
from reference_node.store.log import (
    append,
    checkpoint,
    cosigned_size,
    cosigned_sizes,
    events,
    find_log,
    head_of,
    receipt,
    sign,
    submission,
    witness_sizes,
)
from reference_node.store.relay import open_relay
from reference_node.witness.gather import Collected, collect
from reference_node.witness.watched import watchers
from referral_proto import AgencyId, Leaf, Moment, OurError, decode, explain
from referral_proto.adapters import SystemClock, disk, load_directory
from referral_proto.adapters.evidence_files import write_evidence
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.flow.cover import read_core
from referral_proto.flow.evidence.bundle import build_exchange, read_bundle
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.contradiction import from_heads
from referral_proto.log.event import delivered, dummy
from referral_proto.log.submission import Submission
from referral_proto.log.tree import EMPTY_ROOT
from referral_proto.model.envelope import Envelope
from referral_proto.model.log import LogEvent
from referral_proto.moment import DAY

__all__ = ["Attacks"]

assert faults.DEMO  # the codes below are declared there

EARLIER: Final = DAY
"""Seconds by which the backdated receipt lies."""
_TWO_STORIES: Final = "two-stories.contradiction"
_DROPPED: Final = "dropped.evidence"
_BACKDATED: Final = "backdated.evidence"
_LARGEST: Final = 64 * 1024 * 1024
_SECONDS: Final = 20.0
_LOG_TABLES: Final = ("log_cosignature", "log_checkpoint", "log_event", "log_node")


class Attacks:
    """`desks`: a client for each agency's desk; the restarted desk's replaces the one before. `stack` closes lines."""

    def __init__(
        self,
        stage: Stage,
        troupe: Troupe,
        desks: MutableMapping[AgencyId, DeskClient],
        exchange: Exchange,
        proofs: Proofs,
        stack: ExitStack,
    ) -> None:
        self._stage, self._troupe, self._desks, self._exchange = stage, troupe, desks, exchange
        self._proofs, self._stack = proofs, stack
        self._relay = stage.half(KH, "relay")
        self._keys = load_log_keys(self._relay, KH, stage.passphrase)

    def tamper(self, leaf: Leaf) -> dict[str, Any]:
        """A copy of the log in which the message `leaf` never came goes to the witnesses, signed as the true one is."""
        records = self._stage.auditor / "records"
        answers, honest, forged = dict[str, str](), b"", b""

        def refused() -> bool:
            nonlocal honest, forged
            asked, honest, forged = self._show_forged(leaf)
            _must(not any(one.lines for one in asked), "tamper: a witness cosigned it")
            answers.update({one.witness: "" if one.failure is None else one.failure.code for one in asked})
            # Another answer is none yet: a witness was busy, or has seen more of the true log since.
            return set(answers.values()) == {"witness.refused"}

        self._proofs.wait(refused, "answers of witnesses")
        evidence = from_heads(honest, forged, LogIdentity.of(KH, self._keys))
        _must(evidence is not None, "tamper: two stories")
        file = self._stage.auditor / _TWO_STORIES
        disk.write(file, evidence or b"", "evidence")
        heard = verified(file, records=records)
        said = [heard.line(f"proved: {KH} ")]
        _must(heard.code == 0, "tamper: what the auditor says")
        return {
            "log": KH,
            "witnesses": answers,
            "evidence": _TWO_STORIES,
            "command": heard.command,
            "exit_code": heard.code,
            "said": said,
        }

    def drop(self) -> tuple[Leaf, dict[str, Any]]:
        """A message is received and receipted, and taken away before its desk collects it."""
        self._troupe.stop(KH, "desk")
        leaf = self._exchange.hand_in_offer()
        _, way = self._proofs.delivered(TH, leaf, read=False)
        take_away(self._relay, leaf)
        self._troupe.begin((KH, "desk"))
        self._desks[KH] = self._stack.enter_context(DeskClient(self._troupe.socket(KH), self._exchange.officer(KH)))
        alarm = self._alarm("audit.unexplained", leaf)
        file = self._stage.auditor / _DROPPED
        found = self._stage.half(KH, "desk") / "evidence" / (alarm.evidence or "")
        write_evidence(file, disk.read(found, "evidence", _LARGEST))
        heard = verified(file)
        _must(heard.code == 0, "drop: what the auditor says")
        return leaf, {
            "leaf": leaf.hex(),
            "receipt_since": way.since and way.since.iso(),
            "noticed_by": KH,
            "code": alarm.code,
            "why": explain(alarm.code).what,
            "evidence": _DROPPED,
            "command": heard.command,
            "exit_code": heard.code,
            "said": [heard.line(f"The log {KH} ")],
        }

    def backdate(self, leaf: Leaf) -> dict[str, Any]:
        """The relay's log takes in a second receipt for that message, of an earlier day, and witnesses cosign it."""
        core = read_core(decode(Envelope, self._desks[TH].export(leaf)).core)
        claimed = Moment(core.created_at - EARLIER)
        event = delivered(leaf, TH, KH, core.recipients[0].opening_key, claimed)
        with closing(open_relay(load(RelaySettings, self._relay / "relay.toml").database)) as database:
            number, _ = _newest(database)
            index = database.write(lambda connection: self._enter(connection, number, event))
            quorum = load_directory(self._stage.auditor / "records").witnesses(SystemClock().now()).quorum

            def cosigned() -> bool:
                with database.read() as connection:
                    return cosigned_size(connection, number, index, quorum) is not None

            self._proofs.wait(cosigned, "witnesses")
            with database.read() as connection:
                given = receipt(connection, number, index, quorum)
                sizes = [size for size in cosigned_sizes(connection, number, 1000) if size <= index]
                earlier = checkpoint(connection, number, sizes[0])
        bundle = read_bundle(self._desks[TH].evidence(leaf))
        ((delivery,), message) = bundle.messages[0].deliveries, bundle.messages[0]
        changed = delivery.model_copy(update={"receipt": given, "earlier_checkpoint": earlier})
        shown = message.model_copy(update={"deliveries": (changed,)})
        file = self._stage.auditor / _BACKDATED
        write_evidence(file, build_exchange([shown], bundle.records))
        heard = verified(file)
        _must(heard.code == 3, "backdate: what the auditor says")
        said = [heard.line("verdict: failed"), heard.line("[receipt.backdated]")]
        return {
            "leaf": leaf.hex(),
            "claimed": claimed.iso(),
            "made": core.created_at.iso(),
            "code": "receipt.backdated",
            "evidence": _BACKDATED,
            "command": heard.command,
            "exit_code": heard.code,
            "said": said,
        }

    def _show_forged(self, leaf: Leaf) -> tuple[list[Collected], bytes, bytes]:
        """What the witnesses answer to a rewritten copy, the checkpoint that they had cosigned, and the forged one."""
        directory, at = load_directory(self._stage.auditor / "records"), SystemClock().now()
        endpoints, latest = watchers(directory, at).endpoints, at.plus(directory.max_skew)
        copy = self._relay / "tampered.sqlite"
        self._proofs.wait(lambda: self._copied(copy, len(endpoints)), f"quiet in the log of {KH}")
        with closing(open_relay(f"sqlite:///{copy}")) as database:
            number, honest = _newest(database)
            database.write(lambda connection: rewrite(connection, number, leaf, self._keys, at))
            _, forged = _newest(database)

            def made(old: int) -> Submission:
                with database.read() as connection:
                    found: Submission = submission(connection, number, old)
                    return found

            log = LogIdentity.of(KH, self._keys)
            return collect(made, log, endpoints, {}, latest=latest, seconds=_SECONDS), honest, forged

    def _copied(self, copy: Path, witnesses: int) -> bool:
        """A copy without triggers, made at a moment at which every witness had cosigned the whole log."""
        copy.unlink(missing_ok=True)
        disk.write(copy, b"", "copy", secret=True)
        with closing(sqlite3.connect(self._relay / "relay.sqlite")) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                target.execute(f'DROP TRIGGER "{name}"')
            target.commit()
        with closing(open_relay(f"sqlite:///{copy}")) as database, database.read() as connection:
            number = find_log(connection, KH)
            assert number is not None
            known, size = witness_sizes(connection, number), head_of(connection, number).head.size
            return len(known) == witnesses and set(known.values()) == {size}

    def _enter(self, connection: Connection, number: int, event: bytes) -> int:
        index: int = append(connection, number, [event])
        sign(connection, number, self._keys, SystemClock().now())
        return index

    def _alarm(self, code: str, leaf: Leaf) -> AlarmView:
        """Wait for an alarm of the Cambodian desk. OurError demo.step: the mail came after all."""
        desk, found = self._desks[KH], list[AlarmView]()

        def rings() -> bool:
            found.extend(one for one in desk.alarms() if one.code == code)
            came = [one.leaf for case in desk.cases().cases for one in case.messages]
            _must(leaf not in came, "drop: the message came")
            return bool(found)

        self._proofs.wait(rings, f"alarm at {KH}")
        return found[0]


def rewrite(connection: Connection, number: int, leaf: Leaf, keys: LogKeys, at: Moment) -> None:
    """Put an event about nothing in the place of each about `leaf`, build the whole tree anew and sign its head."""
    size = head_of(connection, number).head.size
    kept = [one.event or b"" for one in events(connection, number, 0, size)]
    told = [decode(LogEvent, one) for one in kept]
    changed = [dummy(said.at) if said.subject == leaf else one for said, one in zip(told, kept, strict=True)]
    for table in _LOG_TABLES:
        connection.execute(text(f"DELETE FROM {table} WHERE log = :log"), {"log": number})  # noqa: S608 - a constant
    connection.execute(
        text("UPDATE log SET size = 0, root = :root WHERE id = :log"), {"log": number, "root": EMPTY_ROOT}
    )
    append(connection, number, changed)
    sign(connection, number, keys, at)


def take_away(relay: Path, leaf: Leaf) -> None:
    """Delete the place of an envelope in its recipient's inbox."""
    with closing(sqlite3.connect(relay / "relay.sqlite", timeout=_SECONDS)) as raw, raw:
        raw.execute("DELETE FROM inbox WHERE leaf = ?", (bytes(leaf),))


def _newest(database: Database) -> tuple[int, bytes]:
    """The log's number, and its newest checkpoint."""
    with database.read() as connection:
        number = find_log(connection, KH)
        assert number is not None
        return number, checkpoint(connection, number)


def _must(held: bool, what: str) -> None:
    if not held:
        raise OurError("demo.step", what)
