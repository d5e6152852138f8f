"""Who may call: a certificate is a relay's by the records or a desk's by the settings, and never both."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference_node.keys import certificates, make_tls
from reference_node.relay.peers import Peers
from reference_node.relay.shown import desks_of
from reference_node.settings import DeskPin
from referral_proto.errors import CallerError, PeerError
from tests.relay.world import KH, START, TH, World

WORLD = World.founded()


def test_relays_are_known_by_record_and_desks_by_settings() -> None:
    desk = WORLD.agencies[TH].desk
    peers = Peers.of(WORLD.directory, [(TH, desk.der)], START)
    assert peers.known(WORLD.relays[KH].der).operator == KH
    assert peers.known(WORLD.relays[KH].der).agency is None
    assert peers.known(desk.der).agency == TH
    assert peers.known(desk.der).operator is None


@pytest.mark.req("TRN-01")
def test_nobody_else_is_anybody() -> None:
    peers = Peers.of(WORLD.directory, [], START)
    for stranger in (WORLD.agencies[TH].desk, make_tls("relay.th.dsdw", START)):
        with pytest.raises(PeerError) as caught:
            peers.known(stranger.der)
        assert caught.value.code == "relay.not-allowed"


@pytest.mark.req("TRN-01")
def test_a_record_that_pins_a_desks_certificate_neither_lends_nor_shuts_it_out() -> None:
    world = World.founded()
    desk = world.agencies[TH].desk
    world.announce(KH, [world.relays[KH].der, desk.der], 1)
    peers = Peers.of(world.directory, [(TH, desk.der)], START)
    assert (peers.known(desk.der).agency, peers.known(desk.der).operator) == (TH, None)
    assert peers.known(world.relays[KH].der).operator == KH
    assert peers.confused == (KH,)


def test_roots_hold_every_pinned_certificate(tmp_path: Path) -> None:
    desk = WORLD.agencies[TH].desk
    (tmp_path / "roots.pem").write_bytes(Peers.of(WORLD.directory, [(TH, desk.der)], START).roots)
    assert set(certificates(tmp_path / "roots.pem")) == {desk.der, *(one.der for one in WORLD.relays.values())}


def test_a_certificate_file_must_be_the_one_that_is_pinned(tmp_path: Path) -> None:
    file = tmp_path / "desk.crt"
    good, other = WORLD.agencies[TH].desk, WORLD.agencies[KH].desk
    file.write_bytes(good.certificate)
    assert desks_of([DeskPin(agency=TH, certificate=file, fingerprints=(good.fingerprint,))]) == ((TH, good.der),)
    for content in (other.certificate, good.certificate + other.certificate):
        file.write_bytes(content)
        with pytest.raises(CallerError) as caught:
            desks_of([DeskPin(agency=TH, certificate=file, fingerprints=(good.fingerprint,))])
        assert caught.value.code == "settings.pin"
