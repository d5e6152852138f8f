"""Logs and metrics, redacted by type: what is not on the list below, or not of the type that stands there, is dropped.

Nobody who writes a log line has to remember what must not be in it. Bytes other than a leaf, free text, exceptions and
unknown keys never pass; a dropped value leaves its count.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final, TextIO, cast

import structlog

from reference_node.settings import LogSettings
from referral_proto.errors import ReferralError, WorldError
from referral_proto.ids import AGENCY_PATTERN
from referral_proto.ports import DeliverStatus

__all__ = ["Log", "Metrics", "hush_libraries", "open_log", "redact", "told"]

Log = structlog.typing.FilteringBoundLogger

_EVENT: Final = re.compile(r"[a-z][a-z ,'-]{2,79}", re.ASCII)
_AGENCY: Final = re.compile(AGENCY_PATTERN, re.ASCII)
_CODE: Final = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+){1,3}", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z0-9_/][A-Za-z0-9_./:\[\]-]{0,99}", re.ASCII)
_ENDPOINT: Final = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,253}:[0-9]{1,5}", re.ASCII)
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, str) and pattern.fullmatch(value) else None


def _number(value: Any) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _seconds(value: Any) -> Any:
    return round(float(value), 3) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _leaf(value: Any) -> Any:
    return value[:4].hex() if isinstance(value, bytes) and len(value) == 32 else None


def _type(value: Any) -> Any:
    return value.__name__ if isinstance(value, type) else None


def _status(value: Any) -> Any:
    return value.name.lower() if isinstance(value, DeliverStatus) else None


def _fingerprint(value: Any) -> Any:
    return value[:8] if isinstance(value, str) and _FINGERPRINT.fullmatch(value) else None


_AGENCY_ID, _INT = _matching(_AGENCY), _number
_ALLOWED: Final[Mapping[str, Callable[[Any], Any]]] = {
    "agency": _AGENCY_ID,
    "attempts": _INT,
    "bytes": _INT,
    "cause": _matching(_NAME),
    "code": _matching(_CODE),
    "count": _INT,
    "cursor": _INT,
    "depth": _INT,
    "endpoint": _matching(_ENDPOINT),
    "half": _matching(_NAME),
    "leaf": _leaf,
    "level": _matching(_NAME),
    "library": _matching(_NAME),
    "method": _matching(_NAME),
    "operator": _AGENCY_ID,
    "origin": _matching(_NAME),
    "peer": _fingerprint,
    "problem": _type,
    "recipient": _AGENCY_ID,
    "seconds": _seconds,
    "sender": _AGENCY_ID,
    "status": _status,
    "subject": _AGENCY_ID,
    "witness": _matching(_NAME),
}


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: only allowed keys with values of their type remain."""
    name = event.get("event")
    kept: dict[str, Any] = {"event": name if isinstance(name, str) and _EVENT.fullmatch(name) else "unnamed"}
    dropped = 0
    for key, value in event.items():
        if key == "event":
            continue
        read = _ALLOWED[key](value) if key in _ALLOWED else None
        if read is None:
            dropped += 1
        else:
            kept[key] = read
    if dropped:
        kept["dropped"] = dropped
    return kept


def told(error: ReferralError) -> dict[str, str]:
    """What a log line says of an error: its code, and its place if it has one."""
    return {"code": error.code, "cause": error.where} if error.where else {"code": error.code}


class _Sink:
    """Where lines go. A log that cannot be written must not undo what it tells of: failures are swallowed."""

    def __init__(self, write: Callable[[str], object], close: Callable[[], None] | None = None) -> None:
        self._write, self._close = write, close

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self._write(text)

    def flush(self) -> None:
        """Every line was written whole."""

    def __del__(self) -> None:
        if self._close is not None:
            self._close()


def _sink(file: Path | None) -> _Sink:
    if file is None:
        return _Sink(sys.stderr.write)
    try:
        # One write to an append-only descriptor for each line: several processes may share the file.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    except OSError:
        raise WorldError("file.failed", "log") from None
    return _Sink(lambda text: os.write(descriptor, text.encode("ascii")), lambda: os.close(descriptor))


def open_log(settings: LogSettings, half: str, agency: str) -> Log:
    """A logger of JSON lines. Raises WorldError file.failed."""
    logger: Log = structlog.wrap_logger(
        structlog.WriteLogger(cast("TextIO", _sink(settings.file))),
        processors=[
            structlog.processors.add_log_level,
            redact,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(settings.level),
        half=half,
        agency=agency,
    )
    return logger


class _Hushed(logging.Handler):
    """Says which library had something to say, and not what: its text may hold anything."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        problem = record.exc_info[0] if record.exc_info else None
        found = {} if problem is None else {"problem": problem}
        self._log.warning("a library complained", library=record.name, **found)


def hush_libraries(log: Log) -> None:
    """For a process of its own: what libraries log goes the same way, without their text."""
    logging.basicConfig(handlers=[_Hushed(log)], level=logging.WARNING, force=True)
    logging.raiseExceptions = False


class Metrics:
    """Counters by name and label, and gauges read when asked. Served for Prometheus if an address was given."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._gauges: dict[str, Callable[[], float]] = {}

    def count(self, name: str, label: str, by: int = 1) -> None:
        """label: a status, a code or a method; never an agency, and nothing of a message."""
        with self._lock:
            self._counts[name, label] += by

    def gauge(self, name: str, read: Callable[[], float]) -> None:
        self._gauges[name] = read

    def serve(self, address: str) -> Callable[[], None]:
        """Listen on `host:port`; returns what stops it. Raises WorldError listen.in-use."""
        from prometheus_client import CollectorRegistry, start_http_server

        registry = CollectorRegistry()
        registry.register(self)
        host, port = address.rsplit(":", 1)
        try:
            server, thread = start_http_server(int(port), host.strip("[]"), registry)
        except OSError:
            raise WorldError("listen.in-use", "metrics") from None

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return stop

    def collect(self) -> Iterator[Any]:
        """As Prometheus asks for it."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        with self._lock:
            counts = dict(self._counts)
        for name in sorted({name for name, _ in counts}):
            family = CounterMetricFamily(f"referral_{name}", name.replace("_", " "), labels=["kind"])
            for (_, label), count in sorted(item for item in counts.items() if item[0][0] == name):
                family.add_metric([label], count)
            yield family
        for name, read in sorted(self._gauges.items()):
            yield GaugeMetricFamily(f"referral_{name}", name.replace("_", " "), value=read())
