"""Asking witnesses to cosign a checkpoint (C2SP tlog-witness, the log's side). Believes no answer unverified.

All witnesses are asked at once, each within the given time; one that is down, slow or lying costs its own cosignature
and nothing else. Stores nothing: what came back is the caller's to keep.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from reference_node import faults
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.log.checkpoint import (
    LogIdentity,
    Witness,
    Witnesses,
    read_head,
    verify_checkpoint,
    with_cosignatures,
)
from referral_proto.log.note import MAX_NOTE, SignatureLine, parse_lines
from referral_proto.log.submission import Submission, origin_hash, parse_size
from referral_proto.moment import Moment

__all__ = ["Collected", "Endpoint", "collect", "latest_seen"]

assert faults.WITNESS  # the codes below are declared there

_PIECE: Final = 65_536


@dataclass(frozen=True)
class Endpoint:
    """A witness and where it listens: `http://host:port/prefix` or `https://…`. CallerError log.witnesses."""

    witness: Witness
    url: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise CallerError("log.witnesses")


class Collected(NamedTuple):
    """What one witness gave. `lines`: its verified cosignatures of the checkpoint of `size`; none with a `failure`.

    seen: where it refused, the checkpoint of this log that it holds, under the log's own signatures: larger than what
    it was sent (`witness.ahead`), or not the beginning of it.
    """

    witness: str
    size: int
    lines: tuple[SignatureLine, ...] = ()
    failure: ReferralError | None = None
    seen: bytes | None = None


def collect(
    submission: Callable[[int], Submission],
    log: LogIdentity,
    endpoints: Sequence[Endpoint],
    known: Mapping[str, int],
    *,
    latest: Moment,
    seconds: float,
) -> list[Collected]:
    """Ask every witness, in the order of `endpoints`; raises nothing that a witness could cause.

    submission: what to send to a witness that cosigned that size last (`store.log.submission`); called from several
    threads. known: sizes that witnesses cosigned last, as far as known. latest: no cosignature may be later.
    Failures: WorldError witness.unreachable, .timeout, .ahead; PeerError witness.refused, .lied.
    """
    if not endpoints:
        return []

    def one(endpoint: Endpoint) -> Collected:
        name = endpoint.witness.name
        try:
            return _ask(endpoint, submission, log, known.get(name, 0), latest, time.monotonic() + seconds)
        except ReferralError as error:
            return Collected(name, 0, failure=error)

    with ThreadPoolExecutor(len(endpoints), thread_name_prefix="witness") as pool:
        return list(pool.map(one, endpoints))


def latest_seen(endpoint: Endpoint, log: LogIdentity, *, seconds: float) -> bytes | None:
    """The last checkpoint of `log` that a witness holds, verified under the log's keys; None if it never saw one.

    WorldError witness.unreachable, .timeout; PeerError witness.refused, note.*, checkpoint.*.
    """
    line = _Line(endpoint, time.monotonic() + seconds)
    status, body = line.exchange("GET", f"/{origin_hash(log.origin)}/checkpoint")
    if status == 404:
        return None
    if status != 200:
        raise PeerError("witness.refused", endpoint.witness.name)
    verify_checkpoint(body, log)
    return body


def _ask(
    endpoint: Endpoint,
    submission: Callable[[int], Submission],
    log: LogIdentity,
    known: int,
    latest: Moment,
    deadline: float,
) -> Collected:
    name, line = endpoint.witness.name, _Line(endpoint, deadline)
    sent = submission(known)
    status, body = line.exchange("POST", "/add-checkpoint", sent.body())
    if status == 409:
        try:
            stands = parse_size(body)
        except PeerError:
            raise PeerError("witness.refused", name) from None
        size = read_head(sent.checkpoint).size
        if stands > size:
            return _ahead(endpoint, log, size, deadline)
        sent = submission(stands)
        status, body = line.exchange("POST", "/add-checkpoint", sent.body())
    if status != 200:
        return _refused(endpoint, log, deadline)
    return Collected(name, read_head(sent.checkpoint).size, _verified(endpoint.witness, log, sent, body, latest))


def _verified(
    witness: Witness, log: LogIdentity, sent: Submission, body: bytes, latest: Moment
) -> tuple[SignatureLine, ...]:
    """The witness's own lines, if all of its keys have signed what was sent, at a time that can be."""
    identities = {(key.name, key.key_id) for key in witness.keys}
    try:
        lines = tuple(found for found in parse_lines(body) if (found.name, found.key_id) in identities)
        note = with_cosignatures(sent.checkpoint, lines)
        if verify_checkpoint(note, log, Witnesses((witness,), 1), latest).cosigned:
            return lines
    except PeerError:
        pass
    raise PeerError("witness.lied", witness.name)


def _ahead(endpoint: Endpoint, log: LogIdentity, size: int, deadline: float) -> Collected:
    """The witness says it has seen more. Only the log's own signatures can show it; a mere claim is a lie."""
    name = endpoint.witness.name
    seen = latest_seen(endpoint, log, seconds=deadline - time.monotonic())
    if seen is None or read_head(seen).size <= size:
        raise PeerError("witness.refused", name)
    return Collected(name, size, failure=WorldError("witness.ahead", name), seen=seen)


def _refused(endpoint: Endpoint, log: LogIdentity, deadline: float) -> Collected:
    """Why it refused can only be found in what it holds."""
    name, seen = endpoint.witness.name, None
    with suppress(PeerError, WorldError):
        seen = latest_seen(endpoint, log, seconds=deadline - time.monotonic())
    return Collected(name, 0, failure=PeerError("witness.refused", name), seen=seen)


class _Line:
    """One request at a time to a witness, all of them before a deadline. Follows no redirect."""

    def __init__(self, endpoint: Endpoint, deadline: float) -> None:
        self._parts, self._name, self._deadline = urlsplit(endpoint.url), endpoint.witness.name, deadline

    def exchange(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body. WorldError witness.unreachable, witness.timeout; PeerError witness.refused (too large)."""
        connection = self._connection()
        try:
            headers = {"Content-Type": "text/plain; charset=utf-8"} if body else {}
            connection.request(method, self._parts.path.rstrip("/") + path, body or None, headers)
            self._hurry(connection)
            response = connection.getresponse()
            return response.status, self._read(connection, response)
        except TimeoutError:
            failure = WorldError("witness.timeout", self._name)
        except (OSError, HTTPException):
            failure = WorldError("witness.unreachable", self._name)
        finally:
            connection.close()
        raise failure

    def _connection(self) -> HTTPConnection:
        host, port, left = self._parts.hostname or "", self._parts.port, self._left()
        if self._parts.scheme == "https":
            return HTTPSConnection(host, port, timeout=left, context=ssl.create_default_context())
        return HTTPConnection(host, port, timeout=left)

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise WorldError("witness.timeout", self._name)
        return left

    def _hurry(self, connection: HTTPConnection) -> None:
        # The socket's patience starts anew with each byte; a witness that drips must not hold a thread for ever.
        if connection.sock is not None:
            connection.sock.settimeout(self._left())

    def _read(self, connection: HTTPConnection, response: HTTPResponse) -> bytes:
        pieces, size = [], 0
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_NOTE:
                raise PeerError("witness.refused", self._name)
            self._hurry(connection)
        if response.length:
            # The line broke: half an answer is no lie.
            raise HTTPException
        return b"".join(pieces)
