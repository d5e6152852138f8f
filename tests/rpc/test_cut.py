"""Who is pinned no more is cut off: the connection ends, whatever the other side does, and nobody else loses mail."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from reference_node.app import RelayApp
from reference_node.keys import TlsIdentity, make_tls, save_tls
from referral_proto.errors import ReferralError, WorldError
from referral_proto.ports import DeliverStatus, Delivery
from referral_proto.trust.amend import withdraw
from tests.relay.world import KH, MEMORY_KIB, PASSPHRASE, SHELTER, START, TH, World, deliveries, free_port, statuses
from tests.rpc.conftest import Served

ACCEPTED, DUPLICATE = DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
QUICK = "cut_seconds = 4.0\n"
Until = Callable[[Callable[[], bool]], None]


def idle(world: World, shown: TlsIdentity, folder: Path) -> ssl.SSLSocket:
    """An HTTP/2 connection to the relay of kh.mosvy that never makes a call and answers nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=world.relays[KH].certificate.decode())
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.set_alpn_protocols(["h2"])
    (folder / "shown.pem").write_bytes(shown.private_key + shown.certificate)
    context.load_cert_chain(folder / "shown.pem")
    while (line := knock(context, world.ports[KH])) is None:
        pass
    return line


def knock(context: ssl.SSLContext, port: int) -> ssl.SSLSocket | None:
    """None: a server that was leaving took the connection with it, as any client may meet while two share a port."""
    with ExitStack() as opened:
        try:
            plain = opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            secure = opened.enter_context(context.wrap_socket(plain, server_hostname=f"relay.{KH}"))
            # The age and the idle time of a connection are far longer: what ends before is cut.
            secure.settimeout(60)
            secure.sendall(PREFACE)
            if not secure.recv(9):
                return None
        except OSError:
            return None
        opened.pop_all()
        return secure


def ended(line: ssl.SSLSocket) -> bool:
    """Read until the relay has closed the connection; a timeout fails the test."""
    try:
        while line.recv(4096):
            pass
    except (ssl.SSLError, ConnectionError):
        pass
    line.close()
    return True


def leave(app: RelayApp, world: World) -> None:
    """th.dsdw is withdrawn by its registrar."""
    record = withdraw(world.directory.history(TH), world.at, world.registrars["th"])
    (app.settings.records / "left.record").write_bytes(record)
    app.upkeep.turn()


@pytest.mark.req("TRU-18")
def test_an_idle_connection_of_an_agency_that_left_is_closed(served: Served, tmp_path: Path) -> None:
    app = served.start(KH, QUICK)
    line = idle(served.world, served.world.relays[TH], tmp_path)
    leave(app, served.world)
    assert ended(line)


def test_nothing_is_cut_while_everybody_stays(served: Served, tmp_path: Path) -> None:
    app = served.start(KH, QUICK)
    gate = app.server._gate
    new = make_tls(f"relay.{TH}", START)
    served.world.announce(TH, [served.world.relays[TH].der, new.der], 1)
    served.world.write_records(app.settings.records)
    app.upkeep.turn()
    assert new.der in {cert for relay in app.trust.relays() for cert in relay.tls_certificates}
    assert app.server._gate is gate


def test_who_leaves_while_others_are_seen_off_is_cut_off_too(served: Served, tmp_path: Path) -> None:
    world = served.world
    app = served.start(KH, QUICK)
    first = idle(world, world.relays[TH], tmp_path)
    app.server.renew()
    second = idle(world, world.relays[TH], tmp_path)
    leave(app, world)
    assert ended(first)
    assert ended(second)


def test_a_peer_under_load_loses_nothing_when_another_is_cut_off(served: Served, tmp_path: Path, until: Until) -> None:
    """The outbox of the relay of kh.mosvy's peer takes what a cut costs: every message arrives, and is told so."""
    world = served.world = World.founded(START, ((TH, TH), (SHELTER, SHELTER), (KH, KH)))
    quick = "[outbox]\nbase_seconds = 0.2\ncap_seconds = 0.5\nidle_seconds = 0.05\nbatch = 2\n"
    receiver = served.start(KH, QUICK)
    served.start(TH, quick)
    world.ports[SHELTER] = free_port()
    idler = idle(world, world.relays[SHELTER], tmp_path)
    sealed = [one.envelope for one in world.seal(TH, [KH], 120)]
    desk = world.as_desk(TH)
    trouble: list[str] = []

    def send() -> None:
        for at in range(0, len(sealed), 4):
            try:
                assert set(statuses(desk.submit(sealed[at : at + 4]))) == {ACCEPTED}
            except ReferralError as error:
                trouble.append(error.code)

    sender = Thread(target=send)
    sender.start()
    until(lambda: bool(receiver.mailbox.collect(KH, 0, 1)))
    left = withdraw(world.directory.history(SHELTER), world.at, world.registrars["th"])
    (receiver.settings.records / "left.record").write_bytes(left)
    receiver.upkeep.turn()
    sender.join()
    assert trouble == []
    assert ended(idler)

    def ends() -> int:
        served.clock.move(1)
        found, cursor = set(), 0
        while page := desk.outcomes(TH, cursor, 64):
            cursor = page[-1].cursor
            assert {one.status for one in page} <= {ACCEPTED, DUPLICATE}
            found |= {one.leaf for one in page}
        return len(found)

    until(lambda: ends() == len(sealed))
    first = receiver.mailbox.collect(KH, 0, 64)
    got = [*first, *receiver.mailbox.collect(KH, first[-1].cursor, 64)]
    assert sorted(one.envelope for one in got) == sorted(sealed)
    desk.close()


def test_lines_to_an_operator_that_left_are_closed(served: Served) -> None:
    app = served.start(KH, QUICK)
    line = app.outbox._lines.post(TH)
    leave(app, served.world)
    with pytest.raises(WorldError, match=r"net\.closed"):
        line.snapshot()


def test_a_second_relay_does_not_share_the_port(served: Served) -> None:
    app = served.start(KH)
    again = type(app.server)(
        app.settings.listen,
        app.server._identity,
        app.server._roots,
        app.server._guard,
        app.server._service,
        2,
        1800,
    )
    with pytest.raises(WorldError, match=r"listen\.in-use"):
        again.start()


def test_a_new_certificate_is_shown_once_the_records_pin_it(served: Served) -> None:
    app, world = served.start(KH, QUICK), served.world
    old, new = world.relays[KH], make_tls(f"relay.{KH}", START)
    folder = app.settings.tls_key.parent
    (folder / "tls.crt").write_bytes(new.certificate[:100])
    app.renewing.turn()
    assert "changed keys were not taken up" in served.log(KH)
    for name in ("tls.key", "tls.crt"):
        (folder / name).unlink()
    save_tls(new, folder / "tls.key", folder / "tls.crt", PASSPHRASE, MEMORY_KIB)
    app.renewing.turn()
    app.renewing.turn()
    assert served.log(KH).count("waits until the records pin it") == 1
    before = world.as_relay(TH, KH)
    assert statuses(before.deliver(deliveries(world.seal(TH, [KH]), KH))) == [ACCEPTED]
    world.announce(KH, [old.der, new.der], 1)
    world.write_records(app.settings.records)
    app.upkeep.turn()
    app.renewing.turn()
    assert "a new certificate is in use" in served.log(KH)
    world.relays[KH] = new
    after = world.as_relay(TH, KH)
    # The old connection goes on; a new one is shown the new certificate alone.
    for line in (before, after):
        (sealed,) = world.seal(TH, [KH])
        assert statuses(line.deliver([Delivery(sealed.envelope, KH)])) == [ACCEPTED]
        line.close()


def test_desks_are_read_again_when_the_settings_file_changes(tmp_path: Path) -> None:
    from reference_node.app import build_relay
    from tests.relay.world import HandClock

    world = World.founded()
    settings = world.relay_folder(tmp_path / "relay", KH, QUICK)
    file = tmp_path / "relay" / "relay.toml"
    app = build_relay(settings, PASSPHRASE, HandClock(), file)
    new, old = make_tls(f"desk.{KH}", START), world.agencies[KH].desk
    (tmp_path / "relay" / f"{KH}.crt").write_bytes(old.certificate + new.certificate)
    app.renewing.turn()
    with pytest.raises(ReferralError, match=r"relay\.not-allowed"):
        app.trust.peers.known(new.der)
    text = file.read_text("utf-8")
    file.write_text(text.replace(f'"{old.fingerprint}"', f'"{old.fingerprint}", "{new.fingerprint}"'), "utf-8")
    app.renewing.turn()
    assert app.trust.peers.known(new.der).agency == app.trust.peers.known(old.der).agency == KH
    app.stop()
