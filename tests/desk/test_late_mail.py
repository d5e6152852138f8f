"""Mail that the relay took in before anybody knew of a leak, and the desk collects afterwards: filed, and contested."""

from __future__ import annotations

import pytest

from reference_node.desk.forms import read_answer
from referral_proto import Directory, Leaf, Moment, PeerError
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.moment import DAY, HOUR
from referral_proto.trust.amend import revoke_keyset
from referral_proto.trust.standing import Status
from tests.desk.conftest import OpenDesk
from tests.desk.test_trust import REGISTRAR, compromised, offer
from tests.desk.world import AGENCIES, KH, START, TH, Desk, directory, records, registrars, vaults


def collected_late(desk: OpenDesk, since: Moment) -> tuple[Desk, Leaf]:
    th, kh = desk(TH), desk(KH)
    leaf = offer(th)
    th.round()
    kh.records.put(compromised(since, START.plus(DAY)))
    kh.round()
    return kh, leaf


@pytest.mark.req("TRU-19")
def test_contested_mail_that_is_collected_late_is_filed_and_shown_with_who_and_since_when(desk: OpenDesk) -> None:
    kh, leaf = collected_late(desk, START.plus(-HOUR))
    cases = kh.office.archive.cases()
    assert cases.unreadable == ()
    (one,) = [message for case in cases.cases for message in case.messages]
    assert (one.leaf, one.key.status, one.key.code) == (leaf, Status.CONTESTED, "trust.keyset-contested")
    assert (one.key.since, one.key.asserted_by) == (START.plus(-HOUR), REGISTRAR)
    assert kh.office.archive.show(one.leaf).sections
    # It is shown, and not acted on.
    with pytest.raises(PeerError, match=r"trust\.keyset-contested"):
        kh.office.outbound.answer(one.leaf, read_answer(b'{"kind": "ACCEPT"}'))


def test_it_is_acknowledged_as_received(desk: OpenDesk) -> None:
    kh, leaf = collected_late(desk, START.plus(-HOUR))
    (row,) = kh.office.courier._notary._book.due(START.plus(DAY), 9)
    assert (row.leaf, row.kind) == (leaf, AcknowledgementKind.RECEIVED)


def test_what_the_relay_took_in_before_the_leak_is_valid_however_late_it_is_collected(desk: OpenDesk) -> None:
    kh, leaf = collected_late(desk, START.plus(HOUR))
    assert kh.office.archive.show(leaf).message.key.status is Status.VALID


def test_mail_for_an_opening_key_whose_signer_was_revoked_meanwhile_is_filed(desk: OpenDesk) -> None:
    th, kh = desk(TH), desk(KH)
    leaf = offer(th)
    th.round()
    history, at = directory().history(KH), START.plus(DAY)
    revoked = revoke_keyset(history, vaults()[KH].signing.id, at, registrars()["kh"])
    kh.records.put(Directory.fold((*records(*AGENCIES), revoked), at=at, lenient=True))
    kh.round()
    assert kh.office.archive.cases().unreadable == ()
    assert kh.office.archive.show(leaf).message.key.status is Status.VALID


def test_a_file_by_hand_under_a_contested_key_is_refused_at_once(desk: OpenDesk) -> None:
    th, kh = desk(TH), desk(KH)
    sealed = th.office.archive.sealed(offer(th))
    kh.records.put(compromised(START.plus(-HOUR), START))
    kh.round()
    with pytest.raises(PeerError, match=r"trust\.keyset-(revoked|contested)"):
        kh.office.inbound.take_by_hand(sealed)
    assert kh.office.archive.cases().cases == ()
