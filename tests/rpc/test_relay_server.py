"""Who may call what: over real TLS, a certificate opens exactly the doors that records and settings give it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from reference_node.keys import TlsIdentity, make_tls
from referral_proto.errors import ReferralError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.ports import DeliverStatus, Delivery
from referral_proto.rpc import ClientIdentity, GrpcRelay, open_channel
from referral_proto.v1 import relay_pb2 as pb
from tests.relay.world import KH, SHELTER, START, TH, World, deliveries, statuses
from tests.rpc.conftest import Served

ACCEPTED = DeliverStatus.ACCEPTED


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(ReferralError) as caught:
        call()
    return caught.value.code


def channel(world: World, shown: TlsIdentity, to: AgencyId = KH) -> grpc.Channel:
    identity = ClientIdentity(shown.private_key, shown.certificate)
    return open_channel(world.endpoint(to), f"relay.{to}", [world.relays[to].der], identity)


def test_from_desk_to_desk(served: Served, until: Callable[[Callable[[], bool]], None]) -> None:
    world = served.world
    # The receiver first: who has found nobody there waits, and no clock moves here.
    for operator in (KH, TH):
        served.start(operator)
    sealed = world.seal(TH, [KH, SHELTER], 20)
    sender, receiver, neighbour = world.as_desk(TH), world.as_desk(KH), world.as_desk(SHELTER)
    assert set(statuses(sender.submit([one.envelope for one in sealed]))) == {ACCEPTED}
    until(lambda: len(sender.outcomes(TH, 0)) == 40)
    for desk, agency in ((receiver, KH), (neighbour, SHELTER)):
        got = desk.collect(agency, 0)
        assert sorted(one.envelope for one in got) == sorted(one.envelope for one in sealed)
        assert {one.received_at for one in got} == {START}
        desk.confirm(agency, got[-1].cursor)
        assert desk.collect(agency, 0) == ()
    for desk in (sender, receiver, neighbour):
        desk.close()


@pytest.mark.req("TRN-11")
def test_a_desk_gets_its_own_mail_and_nobody_elses(both: Served) -> None:
    desk = both.world.as_desk(SHELTER)
    assert desk.collect(SHELTER, 0) == ()
    for agency in (TH, KH, AgencyId("th.nobody"), AgencyId("")):
        for call in (desk.collect, desk.outcomes, desk.confirm):
            assert refused(lambda c=call, a=agency: c(a, 1)) == "relay.not-allowed"  # type: ignore[misc]
    desk.close()


@pytest.mark.req("TRN-11")
def test_a_desk_does_not_deliver_and_a_relay_has_no_mailbox(both: Served) -> None:
    world = both.world
    desk, relay = world.as_desk(KH), world.as_relay(TH, KH)
    sealed = world.seal(TH, [KH])
    assert refused(lambda: desk.deliver(deliveries(sealed, KH))) == "relay.not-allowed"
    assert refused(lambda: relay.submit([sealed[0].envelope])) == "relay.not-allowed"
    for agency in (TH, KH):
        assert refused(lambda a=agency: relay.collect(a, 0)) == "relay.not-allowed"  # type: ignore[misc]
    assert statuses(relay.deliver(deliveries(sealed, KH))) == [ACCEPTED]
    for line in (desk, relay):
        line.close()


@pytest.mark.req("TRN-10")
def test_the_relay_that_brings_it_must_be_the_signed_senders(both: Served) -> None:
    # F17: Cambodia's relay is well known to Thailand's, but brings what Thailand's agency signed.
    relay = both.world.as_relay(KH, TH)
    (stolen,) = both.world.seal(SHELTER, [TH])
    (own,) = both.world.seal(KH, [TH])
    replies = relay.deliver([Delivery(stolen.envelope, TH), Delivery(own.envelope, TH)])
    assert [(reply.status, reply.code) for reply in replies] == [
        (DeliverStatus.REFUSED, "relay.wrong-peer"),
        (ACCEPTED, ""),
    ]
    relay.close()


@pytest.mark.req("TRN-01")
@pytest.mark.parametrize("name", ["relay.th.dsdw", "desk.kh.mosvy", "relay.kh.mosvy", "anybody"])
def test_a_certificate_that_nobody_pinned_gets_no_handshake(both: Served, name: str) -> None:
    line = both.world.dial(make_tls(name, START), KH)
    assert refused(lambda: line.collect(KH, 0)) == "net.unreachable"
    line.close()


def test_a_desk_pinned_at_another_relay_gets_no_handshake(both: Served) -> None:
    line = both.world.dial(both.world.agencies[TH].desk, KH)
    assert refused(lambda: line.collect(TH, 0)) == "net.unreachable"
    line.close()


@pytest.mark.req("TRN-01")
def test_a_certificate_signed_by_a_pinned_one_is_not_the_pinned_one(both: Served) -> None:
    child = _child_of(both.world.agencies[KH].desk)
    line = both.world.dial(child, KH)
    assert refused(lambda: line.collect(KH, 0)) in {"net.unreachable", "relay.not-allowed"}
    line.close()


def test_without_a_certificate_there_is_no_handshake(both: Served) -> None:
    world = both.world
    anonymous = grpc.secure_channel(
        world.endpoint(KH),
        grpc.ssl_channel_credentials(world.relays[KH].certificate),
        options=[("grpc.ssl_target_name_override", f"relay.{KH}")],
    )
    with pytest.raises(grpc.RpcError) as caught:
        anonymous.unary_unary("/referral_proto.v1.Relay/Collect")(b"", timeout=20)
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
    anonymous.close()


def test_a_relay_that_is_not_the_pinned_one_is_not_talked_to(both: Served) -> None:
    world = both.world
    shown = world.agencies[KH].desk
    identity = ClientIdentity(shown.private_key, shown.certificate)
    for pinned, operator in (([world.relays[TH].der], KH), ([make_tls("relay.kh.mosvy", START).der], KH)):
        line = GrpcRelay(world.endpoint(KH), operator, pinned, identity, 20.0)
        assert refused(lambda: line.collect(KH, 0)) == "net.unreachable"  # noqa: B023 - called at once
        line.close()
    # The right certificate under the wrong name: an operator's certificate does not stand for another operator.
    line = GrpcRelay(world.endpoint(KH), TH, [world.relays[KH].der], identity, 20.0)
    assert refused(lambda: line.collect(KH, 0)) == "net.unreachable"
    line.close()


def test_a_certificate_that_was_taken_back_is_refused_on_an_open_connection(served: Served) -> None:
    app = served.start(KH)
    line = served.world.as_relay(TH, KH)
    assert statuses(line.deliver(deliveries(served.world.seal(TH, [KH]), KH))) == [ACCEPTED]
    (app.settings.records / f"relay-{TH}.record").unlink()
    app.upkeep.turn()
    # Refused on it, or the connection was cut first and there is no way back in.
    code = refused(lambda: line.deliver(deliveries(served.world.seal(TH, [KH]), KH)))
    assert code in {"relay.not-allowed", "net.unreachable", "net.closed"}
    line.close()
    again = served.world.as_relay(TH, KH)
    assert refused(lambda: again.deliver([])) == "net.unreachable"
    again.close()


def test_old_and_new_certificate_stand_side_by_side_while_they_rotate(served: Served) -> None:
    app, world = served.start(KH), served.world
    old, new = world.relays[TH], make_tls(f"relay.{TH}", START)
    lines = [world.as_relay(TH, KH), world.dial(new, KH)]
    assert statuses(lines[0].deliver(deliveries(world.seal(TH, [KH]), KH))) == [ACCEPTED]
    assert refused(lambda: lines[1].deliver([])) == "net.unreachable"
    for sequence, pinned in ((1, [old.der, new.der]), (2, [new.der, old.der])):
        world.announce(TH, pinned, sequence)
        world.write_records(app.settings.records)
        app.upkeep.turn()
        for shown in (old, new):
            line = world.dial(shown, KH)
            assert statuses(line.deliver(deliveries(world.seal(TH, [KH]), KH))) == [ACCEPTED]
            line.close()
    for line in lines:
        line.close()


def test_health_and_reflection_as_everyone_expects_them(both: Served) -> None:
    with channel(both.world, both.world.agencies[KH].desk) as line:
        health = health_pb2_grpc.HealthStub(line)  # type: ignore[no-untyped-call]
        for service in ("", "referral_proto.v1.Relay"):
            answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=20)
            assert answer.status == health_pb2.HealthCheckResponse.SERVING
        with pytest.raises(grpc.RpcError) as caught:
            health.Check(health_pb2.HealthCheckRequest(service="nobody"), timeout=20)
        assert caught.value.code() is grpc.StatusCode.NOT_FOUND
        reflection = reflection_pb2_grpc.ServerReflectionStub(line)  # type: ignore[no-untyped-call]
        asked = reflection_pb2.ServerReflectionRequest(list_services="")
        (listed,) = reflection.ServerReflectionInfo(iter([asked]), timeout=20)
        assert {one.name for one in listed.list_services_response.service} == {
            "grpc.health.v1.Health",
            "grpc.reflection.v1alpha.ServerReflection",
            "referral_proto.v1.Relay",
        }


def test_streams_do_not_hold_up_calls(both: Served) -> None:
    world = both.world
    with channel(world, world.agencies[KH].desk) as line:
        reflection = reflection_pb2_grpc.ServerReflectionStub(line)  # type: ignore[no-untyped-call]
        from threading import Event

        done = Event()

        def ask() -> Any:
            yield reflection_pb2.ServerReflectionRequest(list_services="")
            done.wait(60)

        open_streams = [reflection.ServerReflectionInfo(ask(), timeout=60) for _ in range(2)]
        for stream in open_streams:
            next(stream)
        with pytest.raises(grpc.RpcError) as caught:
            next(reflection.ServerReflectionInfo(ask(), timeout=20))
        assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        desk = world.as_desk(KH)
        desk.collect(KH, 0)
        desk.close()
        done.set()
        for stream in open_streams:
            assert list(stream) == []


def test_a_mistake_of_ours_says_nothing_but_that(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    app = served.start(KH)

    def trip(*_: object) -> None:
        raise ValueError("planted: a value that somebody sent")

    monkeypatch.setattr(app.mailbox, "collect", trip)
    with channel(served.world, served.world.agencies[KH].desk) as line:
        collect = line.unary_unary("/referral_proto.v1.Relay/Collect")
        with pytest.raises(grpc.RpcError) as caught:
            collect(pb.CollectRequest(agency=KH).SerializeToString(), timeout=20)
        assert caught.value.code() is grpc.StatusCode.INTERNAL
        assert caught.value.details() == "relay.broken"
        with pytest.raises(grpc.RpcError) as caught:
            collect(b"\xff\xff no message", timeout=20)
        assert caught.value.code() is grpc.StatusCode.INTERNAL
        with pytest.raises(grpc.RpcError) as caught:
            line.unary_unary("/referral_proto.v1.Relay/Nothing")(b"", timeout=20)
        assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED
    assert "planted" not in served.log(KH)
    assert '"problem": "ValueError"' in served.log(KH)


def test_a_database_that_is_gone_is_said_as_try_later(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    app = served.start(KH)

    def damaged(*_: object) -> None:
        raise WorldError("store.damaged")

    monkeypatch.setattr(app.mailbox, "collect", damaged)
    desk = served.world.as_desk(KH)
    assert refused(lambda: desk.collect(KH, 0)) == "relay.try-later"
    desk.close()
    assert "store.damaged" in served.log(KH)


def _child_of(parent: TlsIdentity) -> TlsIdentity:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    issuer = x509.load_der_x509_certificate(parent.der)
    signer: Any = serialization.load_pem_private_key(parent.private_key, None)
    key = ec.generate_private_key(ec.SECP256R1())
    start = datetime.fromtimestamp(START, UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "child")]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + timedelta(days=800))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return TlsIdentity(
        pem,
        certificate.public_bytes(serialization.Encoding.PEM) + parent.certificate,
        certificate.public_bytes(serialization.Encoding.DER),
    )
