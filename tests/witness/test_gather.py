"""Over HTTP: honest witnesses make a quorum; one that is down, slow, dripping or lying costs its own line only."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from reference_node.store.log import add_cosignatures, append, open_log, receipt, sign, witness_sizes
from reference_node.store.log import submission as stored_submission
from reference_node.store.relay import open_relay
from reference_node.witness import Collected, Endpoint, WitnessServer, collect, latest_seen
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.log.checkpoint import cosign, verify_checkpoint, with_cosignatures
from referral_proto.log.note import render_lines
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.log.submission import MAX_SUBMISSION
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import LogEvent
from referral_proto.wire.codec import decode
from tests.log.world import (
    AT,
    KEYS,
    LOG,
    MEMBERS,
    OTHER_KEYS,
    RECIPIENT,
    WITNESS_KEYS,
    WITNESSES,
    Memory,
    event,
    head,
    leaves,
    note,
)
from tests.witness.watch import NAME, Clock, cosigner, database, sender, serving, submission

LATEST = AT.plus(60)
TREE = Memory(leaves(20))


def ask(endpoint: Endpoint, known: int = 0, tree: Memory = TREE, seconds: float = 10) -> Collected:
    (found,) = collect(sender(tree), LOG, [endpoint], {endpoint.witness.name: known}, latest=LATEST, seconds=seconds)
    return found


def code(found: Collected) -> str:
    assert found.failure is not None and found.lines == ()
    return found.failure.code


def whole_request(connection: socket.socket) -> bytes:
    """All of it: to close a line on which bytes still wait would break it for the other side."""
    with connection.makefile("rb") as stream:
        lines = [stream.readline()]
        while lines[-1] not in {b"\r\n", b""}:
            lines.append(stream.readline())
        sizes = [int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length")]
        return b"".join([*lines, stream.read(sum(sizes))])


@contextmanager
def answering(reply: Callable[[bytes], bytes], times: int = 2) -> Iterator[Endpoint]:
    """A witness that answers each of the first requests with raw bytes; it closes the line after each."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        for _ in range(times):
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            held.append(connection)
            got = whole_request(connection)
            connection.sendall(reply(got))
            if reply(got):
                connection.close()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Endpoint(MEMBERS[0], f"http://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        listener.close()
        for connection in held:
            connection.close()


def http(status: int, body: bytes = b"", kind: str = "text/plain") -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def test_a_quorum_is_collected_and_a_receipt_becomes_final(tmp_path: Path) -> None:
    """Delivery, checkpoint, three witnesses, one of them down: the receipt bears the time by which two had cosigned."""
    relay = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    events = [event(number) for number in range(9)]
    log_id = relay.write(lambda c: open_log(c, RECIPIENT))
    clocks = [Clock(AT.plus(3)), Clock(AT.plus(8)), Clock(AT.plus(1))]
    opened = [database(tmp_path, f"w{number}") for number in range(3)]
    with ExitStack() as stack:
        witnesses = [cosigner(d, c, m.name) for d, c, m in zip(opened, clocks, MEMBERS, strict=True)]
        endpoints = [stack.enter_context(serving(found)) for found in witnesses[:2]]
        endpoints.append(Endpoint(MEMBERS[2], "http://127.0.0.1:1/w"))

        def ask_all() -> list[Collected]:
            def send(old: int) -> object:
                with relay.read() as connection:
                    return stored_submission(connection, log_id, old)

            with relay.read() as connection:
                known = witness_sizes(connection, log_id)
            found = collect(send, LOG, endpoints, known, latest=LATEST, seconds=10)  # type: ignore[arg-type]
            for one in found:
                relay.write(lambda c, one=one: add_cosignatures(c, log_id, one.size, one.lines))  # type: ignore[misc]
            return found

        for start, end in ((0, 4), (4, 9)):
            relay.write(lambda c, part=events[start:end]: append(c, log_id, part))  # type: ignore[misc]
            relay.write(lambda c: sign(c, log_id, KEYS, AT))
            found = ask_all()
            assert [one.failure.code if one.failure else None for one in found] == [None, None, "witness.unreachable"]
            assert [one.size for one in found[:2]] == [end, end]
    with relay.read() as connection:
        data = receipt(connection, log_id, 6, WITNESSES.quorum)
    expected = Expected(LogEventKind.DELIVERED, decode(LogEvent, events[6]).subject)
    assert verify_receipt(data or b"", expected, LOG, WITNESSES).trusted_time == AT.plus(8)
    for found_database in (relay, *opened):
        found_database.close()


def test_a_log_that_does_not_know_where_a_witness_stands_learns_it(tmp_path: Path) -> None:
    opened = database(tmp_path)
    with serving(cosigner(opened)) as endpoint:
        assert ask(endpoint, tree=Memory(leaves(7))).failure is None
        for known in (0, 3, 7):
            assert len(ask(endpoint, known).lines) == 2
    opened.close()


def test_a_witness_that_has_seen_more_shows_it_under_the_logs_own_signatures(tmp_path: Path) -> None:
    opened = database(tmp_path)
    with serving(cosigner(opened)) as endpoint:
        assert latest_seen(endpoint, LOG, seconds=10) is None
        ask(endpoint, tree=Memory(leaves(50)))
        found = ask(endpoint)
        assert code(found) == "witness.ahead"
        assert verify_checkpoint(found.seen or b"", LOG).size == 50
        assert latest_seen(endpoint, LOG, seconds=10) == found.seen
    opened.close()


def test_a_forked_log_gets_no_cosignature(tmp_path: Path) -> None:
    opened = database(tmp_path)
    with serving(cosigner(opened)) as endpoint:
        ask(endpoint, tree=Memory(leaves(7)))
        assert code(ask(endpoint, 7, Memory(leaves(20, salt=1)))) == "witness.refused"
        assert code(ask(endpoint, 0, Memory(leaves(20, salt=1)))) == "witness.refused"
    opened.close()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (lambda _: http(200), "witness.lied"),
        (lambda _: http(200, b"nothing of the kind\n"), "witness.lied"),
        (lambda _: http(500), "witness.refused"),
        (lambda _: http(302), "witness.refused"),
        (lambda _: http(409, b"many\n"), "witness.refused"),
        (lambda _: http(409, b"21\n"), "witness.refused"),
        (lambda _: http(409, b"5\n"), "witness.refused"),
        (lambda _: b"garbage\r\n\r\n", "witness.unreachable"),
        (lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", "witness.unreachable"),
        (lambda _: http(200, b"x" * 400_000), "witness.refused"),
    ],
)
def test_a_witness_that_answers_nonsense(reply: Callable[[bytes], bytes], expected: str) -> None:
    with answering(reply) as endpoint:
        assert code(ask(endpoint)) == expected


def cosigned_by(name: str, tree: Memory, at: int) -> bytes:
    return render_lines(cosign(head(tree), name, WITNESS_KEYS[name], AT.plus(at)))


@pytest.mark.req("WIT-07")
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(cosigned_by(NAME, Memory(leaves(19)), 1), id="another size"),
        pytest.param(cosigned_by(NAME, TREE, 10**7), id="the future"),
        pytest.param(cosigned_by(MEMBERS[1].name, TREE, 1), id="another witness"),
        pytest.param(cosigned_by(NAME, TREE, 1).splitlines(keepends=True)[0], id="half of it"),
    ],
)
def test_a_cosignature_that_does_not_hold_is_not_kept(body: bytes) -> None:
    with answering(lambda _: http(200, body)) as endpoint:
        assert code(ask(endpoint)) == "witness.lied"


def test_what_others_signed_beside_it_is_left_out() -> None:
    body = cosigned_by(MEMBERS[1].name, TREE, 1) + cosigned_by(NAME, TREE, 2)
    with answering(lambda _: http(200, body)) as endpoint:
        found = ask(endpoint)
    assert {line.name for line in found.lines} == {NAME}
    assert verify_checkpoint(with_cosignatures(note(TREE), found.lines), LOG, WITNESSES).cosigned == (
        (NAME, AT.plus(2)),
    )


def test_nobody_stops_a_log_with_a_larger_checkpoint_that_it_did_not_sign() -> None:
    larger = note(Memory(leaves(50)), keys=OTHER_KEYS)
    with answering(lambda got: http(200, larger) if got.startswith(b"GET") else http(409, b"50\n")) as endpoint:
        found = ask(endpoint)
    assert code(found) == "note.unsigned" and found.seen is None


@pytest.mark.req("WIT-07")
def test_a_witness_that_says_nothing_or_drips_costs_its_time_only() -> None:
    with answering(lambda _: b"") as endpoint:
        assert code(ask(endpoint, seconds=0.2)) == "witness.timeout"
    listener, done = socket.create_server(("127.0.0.1", 0)), Event()

    def drip() -> None:
        connection, _ = listener.accept()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        try:
            while not done.wait(0.02):
                connection.sendall(b"x")
        except OSError:
            pass
        connection.close()

    thread = Thread(target=drip, daemon=True)
    thread.start()
    found = ask(Endpoint(MEMBERS[0], f"http://127.0.0.1:{listener.getsockname()[1]}"), seconds=0.3)
    done.set()
    thread.join()
    listener.close()
    assert code(found) == "witness.timeout"


def test_an_address_that_cannot_be_is_the_callers_mistake() -> None:
    for url in ("ftp://witness.example", "witness.example", "http://", "http://witness.example/?x=1"):
        with pytest.raises(CallerError, match=r"log\.witnesses"):
            Endpoint(MEMBERS[0], url)
    assert collect(sender(TREE), LOG, [], {}, latest=LATEST, seconds=1) == []


def raw(endpoint: Endpoint, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection(urlsplit(endpoint.url).netloc, timeout=10)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


def test_the_server_answers_every_request_with_a_status_and_no_text(tmp_path: Path) -> None:
    opened = database(tmp_path)
    body = submission(TREE, 0).body()
    with serving(cosigner(opened)) as endpoint:
        assert raw(endpoint, "GET", "/w/none/checkpoint") == (404, b"")
        assert raw(endpoint, "GET", "/none/checkpoint") == (404, b"")
        assert raw(endpoint, "GET", "/w/../checkpoint") == (404, b"")
        assert raw(endpoint, "POST", "/w/other", body) == (404, b"")
        assert raw(endpoint, "POST", "/add-checkpoint", body) == (404, b"")
        assert raw(endpoint, "POST", "/w/add-checkpoint", b"junk") == (400, b"")
        length = {"Content-Length": str(MAX_SUBMISSION + 1)}
        assert raw(endpoint, "POST", "/w/add-checkpoint", b"", **length) == (413, b"")
        assert raw(endpoint, "POST", "/w/add-checkpoint", b"", **{"Content-Length": "-1"}) == (411, b"")
        assert raw(endpoint, "POST", "/w/add-checkpoint", b"", **{"Transfer-Encoding": "chunked"})[0] == 411
        assert raw(endpoint, "POST", "/w/add-checkpoint", body)[0] == 200
        # One connection carries several requests, and an idle one does not keep the server from stopping.
        kept = HTTPConnection(urlsplit(endpoint.url).netloc, timeout=10)
        for status in (409, 409):
            kept.request("POST", "/w/add-checkpoint", body)
            response = kept.getresponse()
            assert (response.status, response.read()) == (status, b"20\n")
            assert response.headers["Content-Type"] == "text/x.tlog.size"
    kept.close()
    opened.close()


def test_a_broken_database_is_an_answer_too(tmp_path: Path) -> None:
    opened = database(tmp_path)
    with serving(cosigner(opened)) as endpoint:
        with opened.engine.begin() as connection:
            for trigger in ("cosigned_once", "cosigned_grows", "cosigned_there"):
                connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
            connection.exec_driver_sql("DROP TABLE cosigned")
        assert raw(endpoint, "POST", "/w/add-checkpoint", submission(TREE, 0).body()) == (503, b"")
        assert code(ask(endpoint)) == "witness.refused"
        with pytest.raises(PeerError, match=r"witness\.refused"):
            latest_seen(endpoint, LOG, seconds=10)
    opened.close()


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    opened = database(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(WorldError, match=r"listen\.in-use"):
        WitnessServer(cosigner(opened), "127.0.0.1", taken.getsockname()[1])
    opened.close()


def test_a_refused_log_learns_what_the_witness_holds(tmp_path: Path) -> None:
    with serving(cosigner(database(tmp_path))) as endpoint:
        assert ask(endpoint).lines
        found = ask(endpoint, 20, Memory(leaves(20, 1)))
        assert code(found) == "witness.refused"
        assert found.seen is not None and verify_checkpoint(found.seen, LOG).root == TREE.root
