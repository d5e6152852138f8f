"""Lines to a relay that keeps a log, and what its receipts must prove. Tests nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from reference_node.store.log.checkpoints import add_cosignatures
from reference_node.store.relay import ledger as rows
from referral_proto.crypto.logkeys import WitnessKeys
from referral_proto.errors import ReferralError
from referral_proto.flow.seal import Sealed
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import LogIdentity, cosign, read_head
from referral_proto.log.receipt import Expected, VerifiedReceipt, verify_receipt
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.log import Receipt
from referral_proto.ports import DeliverStatus
from referral_proto.rpc import GrpcRelay
from referral_proto.wire import decode
from tests.relay.world import KH, START, TH
from tests.rpc.conftest import Served

K = LogEventKind
ACCEPTED, DUPLICATE, CONFLICT = DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE, DeliverStatus.CONFLICT
RECEIVED, UNREADABLE = AcknowledgementKind.RECEIVED, AcknowledgementKind.UNREADABLE


@pytest.fixture
def kh(served: Served) -> Served:
    """Cambodia's relay, freshly made."""
    served.start(KH)
    return served


@pytest.fixture
def line(kh: Served) -> Iterator[GrpcRelay]:
    """From Thailand's relay."""
    made = kh.world.as_relay(TH, KH)
    yield made
    made.close()


@pytest.fixture
def desk(kh: Served) -> Iterator[GrpcRelay]:
    """From Cambodia's desk."""
    made = kh.world.as_desk(KH)
    yield made
    made.close()


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(ReferralError) as caught:
        call()
    return caught.value.code


def log_of(served: Served, agency: AgencyId = KH) -> LogIdentity:
    return LogIdentity.of(agency, served.world.agencies[agency].log_keys)


def proved(
    served: Served, receipt: bytes, sealed: Sealed, kind: LogEventKind = K.DELIVERED, recipient: AgencyId = KH
) -> VerifiedReceipt:
    """Of an envelope from Thailand."""
    key = served.world.agencies[recipient].opening.id if kind is K.DELIVERED else None
    expected = Expected(kind, sealed.leaf, TH, recipient, key)
    signer = served.world.directory.log_signer(decode(Receipt, receipt).checkpoint)
    assert signer == log_of(served, recipient)
    return verify_receipt(receipt, expected, signer)


def cosigned(served: Served, *names: str) -> None:
    """The newest checkpoint of Cambodia's log, by witnesses that are invented on the spot."""
    database = served.apps[KH].database
    with database.read() as connection:
        log_id = rows.current(connection, KH)
        assert log_id is not None
        head = read_head((rows.newest(connection, log_id) or (b"", START))[0])
    for name in names:
        lines = cosign(head, name, WitnessKeys.create(), START)
        database.write(lambda connection, lines=lines: add_cosignatures(connection, log_id, head.size, lines))  # type: ignore[misc]
