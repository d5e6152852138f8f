"""Law: a memory of signatures is mathematics alone: statement, key and both halves, or it is another question."""

from __future__ import annotations

import pytest

from referral_proto.errors import PeerError
from referral_proto.model.records import SignedRecord
from referral_proto.trust.directory import Directory
from referral_proto.trust.memory import FoldMemory
from referral_proto.wire import decode, encode
from tests.trust.chains import NOW, agency, federation

RECORDS = (federation(), agency(), agency(name="kh.police"))


def altered(record: bytes, **halves: bytes) -> bytes:
    signed = decode(SignedRecord, record)
    (one,) = signed.signatures
    return encode(signed.model_copy(update={"signatures": (one.model_copy(update=halves),)}))


@pytest.mark.parametrize(
    "halves",
    [{"ed25519": bytes(64)}, {"mldsa65": bytes(3309)}, {"signer": "th.other"}],
    ids=["ed25519", "mldsa65", "who"],
)
def test_a_warm_memory_lets_no_other_signature_pass(halves: dict[str, bytes]) -> None:
    memory = FoldMemory()
    Directory.fold(RECORDS, at=NOW, memory=memory)
    forged = altered(RECORDS[1], **halves)
    for _ in range(2):
        with pytest.raises(PeerError, match=r"trust\.record-signature"):
            Directory.fold([RECORDS[0], forged], at=NOW, memory=memory)
    assert Directory.fold(RECORDS, at=NOW, memory=memory).agencies() == ("kh.police", "th.shelter")


def test_what_did_not_change_is_not_folded_again() -> None:
    memory = FoldMemory()
    first, second = (Directory.fold(RECORDS, at=NOW, memory=memory) for _ in range(2))
    assert all(first.history(one) is second.history(one) for one in first.agencies())
    more = Directory.fold([*RECORDS, agency(name="th.other")], at=NOW.plus(1), memory=memory)
    assert all(first.history(one) is more.history(one) for one in first.agencies())


def test_what_nobody_asks_for_any_more_is_forgotten() -> None:
    memory = FoldMemory()
    Directory.fold(RECORDS, at=NOW, memory=memory)
    full = len(memory)
    for _ in range(4):
        Directory.fold(RECORDS[:2], at=NOW, memory=memory)
    assert 0 < len(memory) < full


def test_a_fold_that_fails_leaves_the_memory_usable() -> None:
    memory = FoldMemory()
    with pytest.raises(PeerError):
        Directory.fold([federation(), b"no record"], memory=memory)
    assert Directory.fold(RECORDS, at=NOW, memory=memory).agencies() == ("kh.police", "th.shelter")
