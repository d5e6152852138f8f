"""Keys and certificates that are exchanged under real processes: nothing is stopped, nothing is lost.

The relay and the desk of th.dsdw get a new TLS certificate each, and the desk a new signing keyset, while it sends.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from reference_node.keys import TlsIdentity, make_tls, save_tls
from reference_node.rpc.desk_client import DeskClient
from referral_proto import MessageKind, Purpose
from referral_proto.adapters import save_signing_key
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.flow.cover import read_core
from referral_proto.model.envelope import Envelope
from referral_proto.moment import HOUR, Moment
from referral_proto.trust.amend import rotate_keyset
from referral_proto.wire import decode
from tests.desk.world import EXAMPLE
from tests.e2e.desks import desk_folder
from tests.e2e.running import running, until
from tests.relay.world import KH, MEMORY_KIB, PASSPHRASE, TH, World

OFTEN = "[retention]\nhousekeeping_seconds = 0.1\n"
QUICK = f"cut_seconds = 4.0\n[outbox]\nbase_seconds = 0.2\ncap_seconds = 0.5\nidle_seconds = 0.05\n{OFTEN}"
PACE = "keyset_settles_seconds = 2\npoll_seconds = 0.2\nbackoff_cap_seconds = 1.0\n"
COUNT = 200
"""Messages at least; they flow until everything has been exchanged."""


def now() -> Moment:
    return Moment(int(time.time()))


def put(new: TlsIdentity, folder: Path) -> None:
    """First the certificate, then the key: for a while they do not match."""
    made = folder / "made"
    made.mkdir(exist_ok=True)
    save_tls(new, made / "tls.key", made / "tls.crt", PASSPHRASE, MEMORY_KIB)
    (made / "tls.crt").replace(folder / "tls.crt")
    (made / "tls.key").replace(folder / "tls.key")


@pytest.mark.req("TRU-18")
@pytest.mark.timeout(300)
def test_keys_and_certificates_rotate_while_messages_flow(tmp_path: Path) -> None:
    world = World.founded(now().plus(-HOUR))
    th, kh, desk = tmp_path / "th", tmp_path / "kh", tmp_path / "desk"
    world.relay_folder(th, TH, QUICK)
    world.relay_folder(kh, KH, QUICK)
    desk_folder(world, desk, TH, PACE)
    old_keys, old_desk, old_relay = world.agencies[TH].keys, world.agencies[TH].desk, world.relays[TH]
    new_desk, new_relay = make_tls(f"desk.{TH}", now()), make_tls(f"relay.{TH}", now())
    new_keys = SigningKeyset.create(TH)
    with running(th) as relay, running(kh), running(desk, half="desk") as office:
        client = DeskClient(desk / "desk.sock")
        receiver = world.as_desk(KH)
        sent: list[bytes] = []
        done = Event()

        def send() -> None:
            while len(sent) < COUNT or not done.is_set():
                made = client.refer(EXAMPLE, MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
                sent.append(bytes(made.leaf))

        load = Thread(target=send)
        load.start()
        until(lambda: len(sent) > 10)

        # The desk's keyset: the new one lies there before the records know it, so it waits.
        save_signing_key(desk / "keys" / "new.key", new_keys, PASSPHRASE, MEMORY_KIB)
        (desk / "keys" / "new.key").replace(desk / "keys" / "signing.key")
        until(lambda: "waits until the records know it" in office.errors())
        rotated = rotate_keyset(world.directory.history(TH), new_keys, now(), world.registrars["th"], old_keys)
        world.records[f"agency-{TH}-2"] = rotated
        world.announce(TH, [old_relay.der, new_relay.der], 1)
        # The receiving side knows first, as it does when everybody follows a repository.
        for folder in (kh, th, desk):
            world.write_records(folder / "records")
        office.process.send_signal(signal.SIGHUP)
        until(lambda: "a new signing keyset is in use" in office.errors())

        # The relay's certificate: its desk pins both, then it is exchanged.
        (desk / "relay.crt").write_bytes(old_relay.certificate + new_relay.certificate)
        until(lambda: "another certificate is shown, or expected" in office.errors())
        put(new_relay, th)
        until(lambda: "a new certificate is in use" in relay.errors())
        # The desk's: its relay pins both, then it is exchanged.
        (th / f"{TH}.crt").write_bytes(old_desk.certificate + new_desk.certificate)
        file = th / "relay.toml"
        text = file.read_text("utf-8")
        both = f'"{old_desk.fingerprint}", "{new_desk.fingerprint}"'
        file.write_text(text.replace(f'"{old_desk.fingerprint}"', both), "utf-8")
        until(lambda: "changed desk certificates are in force" in relay.errors())
        put(new_desk, desk)
        until(lambda: office.errors().count("another certificate is shown, or expected") > 1)
        # The old certificate of the relay goes out of use: at the peer every connection that shows it is cut.
        world.announce(TH, [new_relay.der], 2)
        for folder in (kh, th, desk):
            world.write_records(folder / "records")
        fresh = len(sent)
        until(lambda: len(sent) > fresh + 10)
        done.set()
        load.join()

        signed: dict[bytes, bytes] = {}

        def collected() -> int:
            cursor = 0
            while page := receiver.collect(KH, cursor):
                cursor = page[-1].cursor
                for one in page:
                    core = read_core(decode(Envelope, one.envelope).core)
                    signed[one.envelope] = core.sender.keyset
            return len(signed)

        until(lambda: collected() == len(sent))
        until(lambda: client.status().under_way == 0)
        assert client.status().queued == 0
        assert set(signed.values()) == {old_keys.id, new_keys.id}
        receiver.close()
        client.close()
