"""The guard's second look: whatever the handshake let through, a call over another TLS version or with a strange
certificate is nobody's."""

from __future__ import annotations

from typing import Any

import pytest

from reference_node.observe import Metrics, open_log
from reference_node.relay.peers import Peers
from reference_node.relay.rate import Rates
from reference_node.rpc import Guard
from reference_node.settings import LogSettings
from referral_proto.errors import PeerError, WorldError
from tests.relay.world import KH, START, TH, World

WORLD = World.founded(START)
PEERS = Peers.of(WORLD.directory, [(KH, WORLD.agencies[KH].desk.der)], START)
GOOD = {"ssl_tls_version": [b"TLSv1.3"], "x509_pem_cert": [WORLD.relays[TH].certificate]}


class Call:
    def __init__(self, shown: dict[str, Any]) -> None:
        self.shown = shown

    def auth_context(self) -> dict[str, Any]:
        return self.shown


@pytest.fixture
def guard() -> Guard:
    log = open_log(LogSettings(level="error"), "relay", KH)
    return Guard(lambda: PEERS, Rates(1.0, 10, lambda: 0.0), log, Metrics())


def test_a_pinned_certificate_over_tls_1_3(guard: Guard) -> None:
    assert guard.peer(Call(GOOD)).operator == TH  # type: ignore[arg-type]
    # Older gRPC does not say the version; then the cipher list is the only lock.
    del (older := dict(GOOD))["ssl_tls_version"]
    assert guard.peer(Call(older)).operator == TH  # type: ignore[arg-type]


@pytest.mark.req("TRN-01")
@pytest.mark.parametrize(
    "shown",
    [
        {},
        {**GOOD, "ssl_tls_version": [b"TLSv1.2"]},
        {**GOOD, "ssl_tls_version": []},
        {**GOOD, "x509_pem_cert": []},
        {**GOOD, "x509_pem_cert": [WORLD.agencies[TH].desk.certificate]},
        {**GOOD, "x509_pem_cert": [WORLD.relays[TH].certificate, WORLD.relays[KH].certificate]},
    ],
)
def test_anything_else_is_nobody(guard: Guard, shown: dict[str, Any]) -> None:
    with pytest.raises(PeerError) as caught:
        guard.peer(Call(shown))  # type: ignore[arg-type]
    assert caught.value.code == "relay.not-allowed"


def test_each_pays_for_what_it_brings(guard: Guard) -> None:
    peer = guard.peer(Call(GOOD))  # type: ignore[arg-type]
    guard.pay(peer, 10)
    with pytest.raises(WorldError) as caught:
        guard.pay(peer, 1)
    assert caught.value.code == "relay.rate"
