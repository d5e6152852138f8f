"""Law: a memory answers as verification does, for every keyset, statement and pair of signatures, in any order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto import labels
from referral_proto.crypto.digest import Label
from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.crypto.memory import SealMemory
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId

KEYS = SigningKeyset.from_seeds(AgencyId("xa.shelter"), b"\x11" * 32, b"\x12" * 32)
OTHER = SigningKeyset.from_seeds(AgencyId("xb.police"), b"\x21" * 32, b"\x22" * 32)
STATEMENTS = [labels.SEAL.prefix + b"statement %d" % i for i in range(3)]
SIGNATURES = [KEYS.sign(statement, labels.SEAL) for statement in STATEMENTS]
ZEROS = HybridSignature(bytes(64), bytes(3309))
MIXED = HybridSignature(SIGNATURES[0].ed25519, SIGNATURES[1].mldsa65)


def passes(memory: SealMemory, keyset: VerifyingKeyset, statement: bytes, signature: HybridSignature) -> bool:
    try:
        memory.verify(keyset, statement, labels.SEAL, signature)
    except PeerError as error:
        return error.code != "signature.invalid"
    return True


@given(
    st.integers(1, 4),
    st.lists(
        st.tuples(
            st.sampled_from([KEYS.public, OTHER.public]),
            st.integers(0, 2),
            st.sampled_from([*SIGNATURES, ZEROS, MIXED]),
        ),
        max_size=12,
    ),
)
def test_it_answers_as_verification_does(
    capacity: int, questions: list[tuple[VerifyingKeyset, int, HybridSignature]]
) -> None:
    memory = SealMemory(capacity)
    for keyset, number, signature in questions:
        valid = keyset is KEYS.public and signature is SIGNATURES[number]
        assert passes(memory, keyset, STATEMENTS[number], signature) == valid
        assert len(memory) <= capacity


@pytest.mark.parametrize(
    "signature",
    [
        ZEROS,
        HybridSignature(SIGNATURES[0].ed25519, bytes(3309)),
        HybridSignature(bytes(64), SIGNATURES[0].mldsa65),
        HybridSignature(b"", b""),
        MIXED,
    ],
    ids=["zeros", "zero mldsa65", "zero ed25519", "empty", "mixed"],
)
def test_a_warm_memory_refuses_other_signatures(signature: HybridSignature) -> None:
    memory = SealMemory()
    assert passes(memory, KEYS.public, STATEMENTS[0], SIGNATURES[0])
    assert not passes(memory, KEYS.public, STATEMENTS[0], signature)
    assert len(memory) == 1


def test_a_warm_memory_refuses_another_keyset_and_label() -> None:
    memory = SealMemory()
    memory.verify(KEYS.public, STATEMENTS[0], labels.SEAL, SIGNATURES[0])
    assert not passes(memory, OTHER.public, STATEMENTS[0], SIGNATURES[0])
    same_agency = VerifyingKeyset(KEYS.agency, OTHER.public.ed25519, OTHER.public.mldsa65)
    assert not passes(memory, same_agency, STATEMENTS[0], SIGNATURES[0])


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The statements that were really verified, in order."""
    seen: list[bytes] = []
    really = VerifyingKeyset.verify

    def count(self: VerifyingKeyset, statement: bytes, label: Label, signature: HybridSignature) -> None:
        seen.append(statement)
        really(self, statement, label, signature)

    monkeypatch.setattr(VerifyingKeyset, "verify", count)
    return seen


def test_a_batch_is_verified_once(verified: list[bytes]) -> None:
    memory = SealMemory()
    for _ in range(50):
        assert passes(memory, KEYS.public, STATEMENTS[0], SIGNATURES[0])
    assert verified == [STATEMENTS[0]]


def test_a_refusal_is_not_remembered(verified: list[bytes]) -> None:
    memory = SealMemory()
    for _ in range(3):
        assert not passes(memory, KEYS.public, STATEMENTS[0], ZEROS)
    assert len(verified) == 3
    assert len(memory) == 0


def test_the_one_used_longest_ago_is_forgotten(verified: list[bytes]) -> None:
    memory = SealMemory(2)
    for number in (0, 1, 0, 2, 0, 1):
        assert passes(memory, KEYS.public, STATEMENTS[number], SIGNATURES[number])
    assert verified == [STATEMENTS[number] for number in (0, 1, 2, 1)]
    assert repr(memory) == "SealMemory(2 of 2)"


def test_threads_share_it() -> None:
    memory, together = SealMemory(2), Barrier(4)

    def work(start: int) -> list[bool]:
        together.wait()
        return [
            passes(memory, KEYS.public, STATEMENTS[i % 3], SIGNATURES[i % 3])
            and not passes(memory, KEYS.public, STATEMENTS[i % 3], ZEROS)
            for i in range(start, start + 12)
        ]

    with ThreadPoolExecutor(4) as pool:
        assert all(all(answers) for answers in pool.map(work, range(4)))
    assert len(memory) == 2


def test_a_memory_holds_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        SealMemory(0)
