"""Keys of two invented agencies, made from fixed seeds once. Holds fixtures only; no assertion lives here."""

from __future__ import annotations

import pytest

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.ids import AgencyId


@pytest.fixture(scope="session")
def keys() -> SigningKeyset:
    return SigningKeyset.from_seeds(AgencyId("xa.shelter"), b"\x11" * 32, b"\x12" * 32)


@pytest.fixture(scope="session")
def other_keys() -> SigningKeyset:
    return SigningKeyset.from_seeds(AgencyId("xb.police"), b"\x21" * 32, b"\x22" * 32)


@pytest.fixture(scope="session")
def opening() -> OpeningKey:
    return OpeningKey.from_seed(AgencyId("xa.shelter"), b"\x13" * 32)


@pytest.fixture(scope="session")
def other_opening() -> OpeningKey:
    return OpeningKey.from_seed(AgencyId("xb.police"), b"\x23" * 32)
