"""Law: two different lists of parts, or two labels, never reach the hash as the same bytes; the values are frozen."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto import labels
from referral_proto.crypto.commitment import commit
from referral_proto.crypto.digest import Label, labelled_hash, lp

parts_lists = st.lists(st.binary(max_size=40), max_size=5)


@given(parts_lists)
def test_it_is_the_formula_of_the_spec(parts: list[bytes]) -> None:
    name = b"referral-proto/v1/core"
    plain = len(name).to_bytes(4, "big") + name + len(parts).to_bytes(4, "big")
    for part in parts:
        plain += len(part).to_bytes(4, "big") + part
    assert labelled_hash(labels.CORE, *parts) == hashlib.sha256(plain).digest()


@given(parts_lists, parts_lists)
def test_other_parts_have_another_hash(one: list[bytes], two: list[bytes]) -> None:
    assert (labelled_hash(labels.RINGS, *one) == labelled_hash(labels.RINGS, *two)) == (one == two)


@given(st.binary(max_size=40), st.integers(min_value=0, max_value=40))
def test_parts_cut_elsewhere_have_another_hash(data: bytes, cut: int) -> None:
    assert labelled_hash(labels.BODIES, data[:cut], data[cut:]) != labelled_hash(labels.BODIES, data)
    if cut < len(data):
        moved = labelled_hash(labels.BODIES, data[: cut + 1], data[cut + 1 :])
        assert moved != labelled_hash(labels.BODIES, data[:cut], data[cut:])


@given(st.binary(max_size=300))
def test_a_length_prefix_says_the_length(data: bytes) -> None:
    assert lp(data) == len(data).to_bytes(4, "big") + data


def test_the_values_are_frozen() -> None:
    assert labelled_hash(labels.CORE).hex() == "13a33e64f22e2295fa774694674ceb7e3b9c307e97a3e82d4dc95c9ac381f230"
    assert (
        labelled_hash(labels.RINGS, b"", b"ring").hex()
        == "7c7f0ac61ce2da89cc3106343542e9f88f3363a73d352ea587c418b8fdd7e9dc"
    )
    assert (
        commit(bytes(range(16)), 7, b"\x05" * 32, b"section").hex()
        == "208f7b17709c14ebf069a71dec7aa5e943c27f1ccf6cd9ef14ef3775b89198aa"
    )


def test_a_label_can_be_used_again() -> None:
    assert labelled_hash(labels.LEAF, b"x") == labelled_hash(labels.LEAF, b"x")


def test_labels_are_spelled_as_in_the_spec() -> None:
    assert [bytes(label).decode() for label in labels.ALL] == [
        "referral-proto/v1/section",
        "referral-proto/v1/core",
        "referral-proto/v1/rings",
        "referral-proto/v1/bodies",
        "referral-proto/v1/leaf",
        "referral-proto/v1/body",
        "referral-proto/v1/ring",
        "referral-proto/v1/seal",
        "referral-proto/v1/signing-keyset",
        "referral-proto/v1/opening-key",
        "referral-proto/v1/possession",
        "referral-proto/v1/record",
        "referral-proto/v1/key-file",
        "referral-proto/v1/key-text",
        "referral-proto/v1/matrix",
        "referral-proto/v1/profile",
        "referral-proto/v1/log-event",
        "referral-proto/v1/log-veil",
        "referral-proto/v1/checkpoint",
        "referral-proto/v1/witness",
        "referral-proto/v1/acknowledgement",
        "referral-proto/v1/actor",
        "referral-proto/v1/claim",
    ]


def test_every_label_is_listed_and_no_prefix_opens_another() -> None:
    listed = {value for value in vars(labels).values() if isinstance(value, Label)}
    assert listed == set(labels.ALL)
    assert len(listed) == len(labels.ALL)
    prefixes = sorted(label.prefix for label in labels.ALL)
    assert not [one for one, two in pairwise(prefixes) if two.startswith(one)]
    # ML-DSA takes a context of at most 255 bytes.
    assert max(map(len, labels.ALL)) <= 255
