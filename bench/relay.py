"""A real relay process on real files beside a bare gRPC echo, both over mutual TLS, by turns.

The relay checks each envelope, both signatures included, and answers once it is durable (SQLite, `synchronous=FULL`).
A lone caller's envelope has a commit to itself; callers that wait together share one. Each envelope is 6 KB, to one
recipient, with a signature of its own. Beside them: how often this disk makes 6 KB durable at all.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.echo import METHOD
from bench.figures import Figure
from reference_node.demo.stage import KH, TH, Stage, free_endpoints, set_stage
from reference_node.keys import TlsIdentity, certificates, load_tls
from referral_proto.adapters import load_directory, load_signing_key
from referral_proto.flow.seal import Draft, Reader, seal_drafts
from referral_proto.moment import DAY, Moment
from referral_proto.ports import DeliverStatus, Delivery
from referral_proto.rpc import ClientIdentity, GrpcRelay, certificate_name, open_channel

__all__ = ["measure_relay"]

SECTION = 150
TURNS, QUICK_TURNS = 5, 2
LANES = ((1, 1, 100), (8, 1, 400), (8, 16, 60))
"""Callers at once, envelopes in a call, calls in a turn."""
TICK = os.sysconf("SC_CLK_TCK")
UNLIMITED = "\n[limits]\nrate_per_second = 1000000.0\nburst = 1000000\n"


@dataclass(slots=True)
class Lane:
    """What one way of calling gave, turn by turn: messages a second, and the server's CPU in µs a message."""

    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def measure_relay(progress: Callable[[float], None], *, quick: bool) -> list[Figure]:
    """Start both servers, call them by turns, end them. The folder is deleted."""
    turns = QUICK_TURNS if quick else TURNS
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        with free_endpoints() as endpoints:
            stage = set_stage(folder, endpoints, _now())
        settings = stage.half(KH, "relay") / "relay.toml"
        settings.write_text(settings.read_text(encoding="utf-8") + UNLIMITED, encoding="utf-8")
        envelopes = iter(_envelopes(stage, turns * sum(batch * calls for _, batch, calls in LANES)))
        shown = load_tls(stage.half(TH, "relay") / "tls.key", stage.half(TH, "relay") / "tls.crt", stage.passphrase)
        relay, relay_id = _relay(stage, shown, stack)
        echo, echo_id = _echo(stage, shown, stack)
        disk: dict[str, list[float]] = {"fsync": [], "commit": []}
        lanes = {(who, lane): Lane() for who in ("relay", "echo") for lane in LANES}
        for turn in range(turns):
            for callers, batch, calls in LANES:
                lane = (callers, batch, calls)
                work = [[next(envelopes) for _ in range(batch)] for _ in range(calls)]
                _run(lanes["echo", lane], echo, work, callers, echo_id)
                _run(lanes["relay", lane], relay, work, callers, relay_id)
            disk["fsync"].append(_fsyncs(folder))
            disk["commit"].append(_commits(folder))
            progress((turn + 1) / turns)
    return _figures(lanes, disk)


def _now() -> Moment:
    return Moment(int(time.time()))


def _envelopes(stage: Stage, count: int) -> Iterator[bytes]:
    directory, keys = (
        load_directory(stage.auditor / "records"),
        load_signing_key(stage.half(TH, "desk") / "keys" / "signing.key", stage.passphrase),
    )
    at = _now()
    reader = Reader(KH, directory.current_opening_key(KH, at))
    draft = Draft((reader,), bytes(SECTION), (), at, at.plus(DAY))
    for _ in range(count):
        yield seal_drafts([draft], keys)[0].envelope


def _relay(stage: Stage, shown: TlsIdentity, stack: ExitStack) -> tuple[Callable[[Sequence[bytes]], None], int]:
    folder = stage.half(KH, "relay")
    command = [sys.executable, "-m", "reference_node.cli", "relay", "--dir", os.fspath(folder)]
    process = _start([*command, "--passphrase-file", os.fspath(stage.passphrase_file)], stack)
    assert process.stdout is not None
    said = process.stdout.readline().split()
    assert said[:2] == ["ready", "relay"], said
    identity = ClientIdentity(shown.private_key, shown.certificate)
    client = GrpcRelay(said[2], KH, certificates(folder / "tls.crt"), identity)
    stack.callback(client.close)

    def deliver(envelopes: Sequence[bytes]) -> None:
        replies = client.deliver([Delivery(envelope, KH) for envelope in envelopes])
        assert all(reply.status is DeliverStatus.ACCEPTED for reply in replies), replies

    return deliver, process.pid


def _echo(stage: Stage, shown: TlsIdentity, stack: ExitStack) -> tuple[Callable[[Sequence[bytes]], None], int]:
    own = load_tls(stage.half(KH, "relay") / "tls.key", stage.half(KH, "relay") / "tls.crt", stage.passphrase)
    process = _start([sys.executable, "-m", "bench.echo"], stack)
    assert process.stdin is not None and process.stdout is not None
    given = {"private_key": own.private_key, "certificate": own.certificate, "roots": shown.certificate}
    process.stdin.write(json.dumps({**{k: v.decode() for k, v in given.items()}, "workers": 16}) + "\n")
    process.stdin.flush()
    endpoint = f"127.0.0.1:{int(process.stdout.readline())}"
    identity = ClientIdentity(shown.private_key, shown.certificate)
    channel = open_channel(endpoint, certificate_name("relay", KH), (own.der,), identity)
    stack.callback(channel.close)
    say: Any = channel.unary_unary(METHOD, None, None)

    def ask(envelopes: Sequence[bytes]) -> None:
        whole = b"".join(envelopes)
        assert say(whole) == whole

    return ask, process.pid


def _start(command: list[str], stack: ExitStack) -> subprocess.Popen[str]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def end() -> None:
        process.terminate()
        process.communicate(timeout=30)

    stack.callback(end)
    return process


def _run(
    lane: Lane, call: Callable[[Sequence[bytes]], None], work: list[list[bytes]], callers: int, process: int
) -> None:
    with ThreadPoolExecutor(callers) as pool:
        before, start = _cpu(process), time.perf_counter()
        list(pool.map(call, work))
        seconds, used = time.perf_counter() - start, _cpu(process) - before
    messages = sum(map(len, work))
    lane.rate.append(messages / seconds)
    lane.cpu.append(used / messages * 1e6)


def _cpu(process: int) -> float:
    """Seconds of processor time that a process used so far, user and system."""
    after_name = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICK


def _fsyncs(folder: Path, count: int = 100) -> float:
    data = os.urandom(6 * 1024)
    with (folder / "fsync").open("wb", buffering=0) as file:
        start = time.perf_counter()
        for _ in range(count):
            file.write(data)
            os.fsync(file.fileno())
        return count / (time.perf_counter() - start)


def _commits(folder: Path, count: int = 100) -> float:
    data = os.urandom(6 * 1024)
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS held (id INTEGER PRIMARY KEY, data BLOB)")
    start = time.perf_counter()
    for _ in range(count):
        connection.execute("INSERT INTO held (data) VALUES (?)", (data,))
    rate = count / (time.perf_counter() - start)
    connection.close()
    return rate


def _figures(lanes: dict[tuple[str, tuple[int, int, int]], Lane], disk: dict[str, list[float]]) -> list[Figure]:
    found: list[Figure] = []
    for callers, batch, calls in LANES:
        ours, echo = lanes["relay", (callers, batch, calls)], lanes["echo", (callers, batch, calls)]
        name = f"relay, {callers} caller{'s' * (callers > 1)}, {batch} a call"
        found.append(_figure(name, "msg/s", ours.rate, "bare echo", echo.rate))
        found.append(_figure("  server CPU each", "µs", ours.cpu, "bare echo", echo.cpu))
    found.append(_figure("6 KB made durable: fsync", "/s", disk["fsync"], "bare SQLite commit", disk["commit"]))
    return found


def _figure(name: str, unit: str, ours: list[float], peer: str, theirs: list[float]) -> Figure:
    mean, median = statistics.fmean(ours), statistics.median(ours)
    peer_mean, peer_median = statistics.fmean(theirs), statistics.median(theirs)
    return Figure(
        name,
        unit,
        mean,
        median,
        peer,
        peer_mean,
        peer_median,
        median / peer_median,
        None,
        mean / peer_mean,
        samples=len(ours),
    )
