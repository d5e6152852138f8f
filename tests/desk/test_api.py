"""The desk's service on its socket: who may open it, that everything passes, and how errors come back."""

from __future__ import annotations

import json
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import grpc
import pytest

from reference_node.desk.views import CaseList
from reference_node.rpc.desk_client import DeskClient
from reference_node.rpc.desk_server import DeskServer
from reference_node.store.desk.rows import State
from referral_proto import CallerError, Digest, Leaf, MessageKind, PeerError, Purpose, SectionType, WorldError
from referral_proto.model.codes.exchange import LegalBasis, TransferSafeguard, UseRestriction
from tests.desk.conftest import OpenDesk
from tests.desk.test_inbound import made
from tests.desk.world import EXAMPLE, KH, NGO, TH, Desk


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a short name."""
    with tempfile.TemporaryDirectory(prefix="d-") as folder:
        yield Path(folder, "desk.sock")


@pytest.fixture
def th(desk: OpenDesk) -> Desk:
    return desk(TH)


@pytest.fixture
def client(th: Desk, place: Path) -> Iterator[DeskClient]:
    server = DeskServer(th.office, place)
    server.start()
    with DeskClient(place) as one:
        yield one
    assert server.close(5)
    assert not place.exists()


def test_the_socket_is_the_owners_alone(client: DeskClient, place: Path) -> None:
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert client.status().agency == TH


def test_the_whole_way_through_the_service(client: DeskClient, th: Desk, desk: OpenDesk) -> None:
    kh = desk(KH)
    sent = client.refer(EXAMPLE, MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
    assert client.status().queued == 1
    th.round()
    kh.round()
    question = made(KH, TH, thread=sent.thread)
    th.office.inbound.take_by_hand(question.envelope)
    answered = client.answer(question.leaf, b'{"kind": "DECLINE", "reason": "NO_CAPACITY"}')
    more = client.refer(
        EXAMPLE,
        MessageKind.VERIFICATION_REQUEST,
        Purpose.NATIONALITY_VERIFICATION,
        (KH,),
        thread=sent.thread,
        about=(Digest(question.leaf),),
        legal_basis=LegalBasis.CONSENT,
        transfer_safeguard=TransferSafeguard.BILATERAL_AGREEMENT,
        use_restrictions=(UseRestriction.NO_MEDIA,),
    )
    (case,) = client.cases().cases
    assert [m.leaf for m in case.messages] == [sent.leaf, question.leaf, answered.leaf, more.leaf]
    assert case.messages[0].state is State.DELIVERED
    assert case.messages[0].deliveries[0].recipient == KH
    assert case.messages[2].about == (Digest(question.leaf),)
    shown = client.show(more.leaf)
    control = json.loads(shown.control)
    assert control["use_restrictions"] == ["NO_MEDIA"]
    assert control["transfer_safeguard"] == "BILATERAL_AGREEMENT"
    # The newest messages of the case; the question is named by its answer already.
    assert set(control["heads"]) == {sent.leaf.hex(), answered.leaf.hex()}
    assert [one.section for one in shown.sections] == [SectionType.CONSENT, SectionType.IDENTITY]
    assert "CHHOEUN" not in repr(shown)


def test_what_the_client_gets_is_what_the_desk_has(client: DeskClient, th: Desk) -> None:
    client.refer(EXAMPLE, MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH, NGO))
    th.office.inbound.take(b"unreadable", th.office.courier._held.clock.now())
    assert client.cases() == th.office.archive.cases()
    assert client.status() == th.office.courier.standing()


def test_sealed_bytes_go_out_and_come_in(client: DeskClient) -> None:
    sealed = made(KH, TH)
    assert client.bring(sealed.envelope) == (sealed.leaf, True)
    assert client.bring(sealed.envelope) == (sealed.leaf, False)
    assert client.export(sealed.leaf) == sealed.envelope


def test_errors_come_back_as_they_were(client: DeskClient) -> None:
    with pytest.raises(CallerError, match=r"desk\.no-message"):
        client.show(Leaf(bytes(32)))
    with pytest.raises(PeerError, match=r"envelope\.malformed"):
        client.bring(b"nothing")
    with pytest.raises(CallerError) as refused:
        client.refer(b'{"preview": {}}', MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
    assert (refused.value.code, refused.value.where) == ("referral.missing-field", "preview.pseudonym")
    with pytest.raises(PeerError, match=r"trust\.unknown-agency"):
        client.refer(EXAMPLE, MessageKind.OFFER, Purpose.REFERRAL_OFFER, ("xx.nobody",))  # type: ignore[arg-type]


def test_a_mistake_of_ours_shows_its_code_and_nothing_else(
    client: DeskClient, th: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> CaseList:
        raise RuntimeError("CHHOEUN Sreyleak")

    monkeypatch.setattr(type(th.office.archive), "cases", broken)
    with pytest.raises(Exception, match=r"ours\.broken-promise") as refused:
        client.cases()
    assert "CHHOEUN" not in str(refused.value)


def test_a_caller_who_waits_is_told_of_a_change(client: DeskClient, th: Desk) -> None:
    before = client.cases()
    found: list[CaseList] = []
    waiting = Thread(target=lambda: found.append(client.cases(revision=before.revision, wait=30)))
    waiting.start()
    th.office.inbound.take_by_hand(made(KH, TH).envelope)
    waiting.join(20)
    assert found[0].revision != before.revision
    assert len(found[0].cases) == 1


def test_many_who_wait_leave_room_for_work(client: DeskClient) -> None:
    revision = client.cases().revision
    waiting = [Thread(target=lambda: client.cases(revision=revision, wait=1)) for _ in range(12)]
    for one in waiting:
        one.start()
    assert client.status().cases == 0
    for one in waiting:
        one.join(20)


def test_no_desk_is_told_from_a_desk_that_refuses(place: Path) -> None:
    with DeskClient(place) as client, pytest.raises(WorldError, match=r"desk\.unreachable"):
        client.status()


def test_a_second_desk_on_one_socket_is_refused(client: DeskClient, th: Desk, place: Path) -> None:
    with pytest.raises(WorldError, match=r"desk\.socket"):
        DeskServer(th.office, place).start()
    assert client.status().agency == TH


def test_a_socket_that_a_killed_desk_left_is_taken_over(th: Desk, place: Path) -> None:
    place.touch()
    server = DeskServer(th.office, place)
    server.start()
    with DeskClient(place) as client:
        assert client.status().agency == TH
    assert server.close(5)


def test_a_path_that_is_too_long_is_refused_before_anything_is_touched(th: Desk, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"desk\.socket"):
        DeskServer(th.office, tmp_path / ("x" * 120)).start()


def test_a_request_that_says_nothing_is_the_callers_mistake(client: DeskClient, place: Path) -> None:
    channel = grpc.insecure_channel(f"unix:{place}")
    call = channel.unary_unary("/referral_proto.v1.Desk/Refer")
    with pytest.raises(grpc.RpcError) as refused:
        call(b"")
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT  # type: ignore[attr-defined]
    channel.close()


def test_a_second_desk_leaves_the_first_ones_socket(client: DeskClient, desk: OpenDesk, place: Path) -> None:
    second = DeskServer(desk(KH).office, place)
    with pytest.raises(WorldError, match=r"desk\.socket"):
        second.start()
    assert second.close(5)
    assert client.status().agency == TH
    with DeskClient(place) as another:
        assert another.status().agency == TH
