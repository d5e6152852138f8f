"""The log lets through what is on its list and of its type, and nothing else, whoever writes the line."""

from __future__ import annotations

import json
import logging
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_node.observe import Log, Metrics, hush_libraries, open_log, redact
from reference_node.settings import LogSettings
from referral_proto.errors import WorldError
from referral_proto.ports import DeliverStatus
from tests.relay.world import SECRET, free_port

ANYTHING = st.recursive(
    st.one_of(st.text(), st.binary(), st.integers(), st.floats(), st.booleans(), st.none()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KEYS = st.sampled_from(["agency", "code", "leaf", "count", "seconds", "method", "status", "peer", "name", "where", "x"])


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return open_log(LogSettings(file=tmp_path / "a.log"), "relay", "th.dsdw")


def test_a_line_as_it_should_be(tmp_path: Path, log: Log) -> None:
    log.info(
        "an envelope came",
        leaf=bytes(range(32)),
        status=DeliverStatus.ACCEPTED,
        bytes=6016,
        code="admit.expired",
        method="/referral_proto.v1.Relay/Deliver",
        peer="ab" * 32,
        problem=ValueError,
        seconds=0.12345,
    )
    (line,) = lines(tmp_path / "a.log")
    del line["at"]
    assert line == {
        "agency": "th.dsdw",
        "bytes": 6016,
        "code": "admit.expired",
        "event": "an envelope came",
        "half": "relay",
        "leaf": "00010203",
        "level": "info",
        "method": "/referral_proto.v1.Relay/Deliver",
        "peer": "abababab",
        "problem": "ValueError",
        "seconds": 0.123,
        "status": "accepted",
    }


@pytest.mark.parametrize("key", ["agency", "code", "count", "leaf", "method", "name", "peer", "seconds", "status"])
@pytest.mark.parametrize("value", [SECRET, SECRET.decode(), [SECRET.decode()], {"a": SECRET}, ValueError(SECRET)])
def test_content_does_not_pass_under_any_key(tmp_path: Path, log: Log, key: str, value: object) -> None:
    log.error(SECRET.decode(), **{key: value})
    text = (tmp_path / "a.log").read_text("utf-8")
    assert "planted" not in text
    assert "Sokha" not in text
    (line,) = lines(tmp_path / "a.log")
    assert (line["event"], line["dropped"]) == ("unnamed", 1)


@given(st.dictionaries(KEYS, ANYTHING), st.text())
def test_whatever_is_handed_in_only_the_listed_types_come_out(values: dict[str, Any], event: str) -> None:
    out = redact(None, "info", {**values, "event": event})
    assert set(out) <= {"event", "agency", "code", "leaf", "count", "seconds", "method", "status", "peer", "dropped"}
    for key, value in out.items():
        assert isinstance(value, str | int | float)
        if isinstance(value, str) and key != "event":
            assert len(value) <= 100
            assert " " not in value
    assert (out.get("dropped") or 0) + len(out.keys() - {"event", "dropped"}) == len(values)


def test_the_level_and_the_file_are_settings(tmp_path: Path) -> None:
    log = open_log(LogSettings(file=tmp_path / "b.log", level="warning"), "relay", "th.dsdw")
    log.info("not worth it")
    log.warning("worth it")
    assert [line["event"] for line in lines(tmp_path / "b.log")] == ["worth it"]
    assert (tmp_path / "b.log").stat().st_mode & 0o777 == 0o600
    with pytest.raises(WorldError) as caught:
        open_log(LogSettings(file=tmp_path / "nowhere" / "c.log"), "relay", "th.dsdw")
    assert caught.value.code == "file.failed"


def test_what_libraries_log_loses_its_text(tmp_path: Path, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    hush_libraries(log)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("grpc._server").exception("Exception calling application: %s", SECRET)
    (line,) = lines(tmp_path / "a.log")
    assert (line["library"], line["problem"]) == ("grpc._server", "ValueError")
    assert "planted" not in (tmp_path / "a.log").read_text("utf-8")


def test_metrics_are_served_on_loopback() -> None:
    metrics = Metrics()
    metrics.count("deliveries", "accepted", 3)
    metrics.gauge("outbox_depth", lambda: 7)
    address = f"127.0.0.1:{free_port()}"
    stop = metrics.serve(address)
    try:
        with pytest.raises(WorldError, match=r"listen\.in-use"):
            metrics.serve(address)
        with urllib.request.urlopen(f"http://{address}/metrics", timeout=30) as answer:
            text = answer.read().decode()
    finally:
        stop()
    assert 'referral_deliveries_total{kind="accepted"} 3.0' in text
    assert "referral_outbox_depth 7.0" in text
