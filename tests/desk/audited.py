"""An audited desk for tests, on SQLite and PostgreSQL, and what its alarms left behind. Tests nothing."""

from __future__ import annotations

import json
import stat
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reference_node.desk.audit import GRACE
from referral_proto import Digest
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.contradiction import judge
from referral_proto.model.codes.log import LogContradictionKind
from referral_proto.model.records import SignedRecord
from referral_proto.trust.signed import record_digest
from referral_proto.wire import decode
from tests.desk.ledger import LogBox, LogOffice, log_keys
from tests.desk.world import AGENCIES, KH, Clock, Desk, records
from tests.store.log_database import server, url

__all__ = [
    "PLANTED",
    "box",
    "codes",
    "contradiction",
    "decoded",
    "kh",
    "office",
    "only_report",
    "root",
    "rounds",
    "server",
    "url",
]


PLANTED = (b"CHHOEUN", b"Sreyleak", b"KX7T-B2MD-RH9Q-W4NC")
"""Words of the example that no relay, auditor or inspector may see."""


@pytest.fixture
def office(clock: Clock) -> LogOffice:
    return LogOffice(clock)


@pytest.fixture
def kh(tmp_path: Path, clock: Clock, office: LogOffice, url: str) -> Iterator[Desk]:
    """A desk on SQLite and on PostgreSQL whose relay keeps a log."""
    one = Desk(KH, tmp_path, clock, office.log_box(KH), url=url)
    yield one
    one.database.close()


def rounds(desk: Desk, number: int = GRACE + 1) -> None:
    for _ in range(number):
        desk.round()


def codes(desk: Desk) -> list[str]:
    return [one.code for one in desk.office.alarms.waiting()]


def box(desk: Desk) -> LogBox:
    found = desk.box
    assert isinstance(found, LogBox)
    return found


def root() -> Digest:
    signed = decode(SignedRecord, records(*AGENCIES)[0])
    return record_digest(signed.kind, signed.record)


def decoded(text: str) -> bytes:
    return b64decode(text)


def only_report(desk: Desk) -> Any:
    (file,) = desk.evidence.glob("*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    return json.loads(file.read_text())


def contradiction(desk: Desk) -> LogContradictionKind:
    (file,) = desk.evidence.glob("*.contradiction")
    return judge(file.read_bytes(), LogIdentity.of(KH, log_keys(KH))).kind
