"""What the amending functions make is believed when, and only when, those sign who must."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from referral_proto.errors import CallerError, PeerError
from referral_proto.model.codes.federation import Mandate
from referral_proto.moment import DAY
from referral_proto.trust import amend
from referral_proto.trust.agency import History
from referral_proto.trust.changes import What, changes, expiring
from referral_proto.trust.directory import Directory
from referral_proto.trust.signed import countersign
from referral_proto.trust.standing import Status
from tests.trust.chains import DELAY, NOW, agency, digest, federation, keys

SHELTER = "th.shelter"
OLD, NEW = keys(SHELTER), keys(SHELTER, 1)
TH, KH = keys("th.registrar"), keys("kh.registrar")
BASE = [federation(), agency()]
BEFORE = Directory.fold(BASE, at=NOW)
HELD = BEFORE.history(SHELTER)

Make = Callable[[History], bytes]
MAKES: dict[str, tuple[Make, bool, What]] = {
    "rotate": (lambda h: amend.rotate_keyset(h, NEW, NOW), True, What.KEYSET_ADDED),
    "revoke": (lambda h: amend.revoke_keyset(h, OLD.id, NOW), False, What.KEYSET_ENDED),
    "compromise": (
        lambda h: amend.declare_compromise(h, OLD.id, NOW.plus(-DAY), TH.agency, NOW),
        False,
        What.KEYSET_ENDED,
    ),
    "withdraw": (lambda h: amend.withdraw(h, NOW), False, What.AGENCY_WITHDRAWN),
    "mandates": (lambda h: amend.set_mandates(h, [Mandate.HEALTH_CARE], NOW), False, What.MANDATES),
    "relay": (lambda h: amend.move_relay(h, KH.agency, NOW), True, What.RELAY),
}


@pytest.mark.parametrize("name", MAKES)
def test_the_registrar_alone_suffices_only_for_what_narrows(name: str) -> None:
    make, needs_agency, what = MAKES[name]
    request = make(HELD)
    by_registrar = countersign(request, TH)
    if needs_agency:
        with pytest.raises(PeerError) as caught:
            Directory.fold([*BASE, by_registrar], at=NOW)
        assert caught.value.code == "trust.keyset-unsupported"
    else:
        after = Directory.fold([*BASE, by_registrar], at=NOW)
        assert what in {change.what for change in changes(BEFORE, after, NOW)}
    after = Directory.fold([*BASE, countersign(request, TH, OLD)], at=NOW)
    assert what in {change.what for change in changes(BEFORE, after, NOW)}
    assert changes(after, after, NOW) == ()
    with pytest.raises(PeerError):
        Directory.fold([*BASE, request], at=NOW)


def test_rotation_makes_room_and_forgets_nothing() -> None:
    records, at, signer = list(BASE), NOW, OLD
    for number in range(1, 12):
        history = Directory.fold(records, at=at).history(SHELTER)
        new, at = keys(SHELTER, number), at.plus(200 * DAY)
        records.append(amend.rotate_keyset(history, new, at, TH, signer))
        signer = new
    directory = Directory.fold(records, at=at)
    assert len(directory.agency(SHELTER).signing_keysets) <= 3
    assert directory.standing(SHELTER, OLD.id, NOW).status is Status.VALID
    assert directory.standing(SHELTER, OLD.id, at).status is Status.NOT_VALID


def test_a_compromise_is_contested_since_then_and_ends_now() -> None:
    said = amend.declare_compromise(HELD, OLD.id, NOW.plus(-DAY), TH.agency, NOW, TH)
    directory = Directory.fold([*BASE, said], at=NOW)
    assert directory.standing(SHELTER, OLD.id, NOW.plus(-1)).status is Status.CONTESTED
    assert directory.standing(SHELTER, OLD.id, NOW).status is Status.NOT_VALID


def test_a_recovery_takes_its_time() -> None:
    recovery = amend.recover(HELD, NEW, "kh", NOW, TH, KH)
    seen = {digest(recovery): NOW}
    waiting = Directory.fold([*BASE, recovery], at=NOW, seen=seen)
    assert [c.what for c in changes(BEFORE, waiting, NOW)] == [What.ALARM]
    done = Directory.fold([*BASE, recovery], at=NOW.plus(DELAY), seen=seen)
    assert done.standing(SHELTER, NEW.id, NOW.plus(DELAY)).status is Status.VALID
    assert done.standing(SHELTER, OLD.id, NOW.plus(DELAY)).status is Status.NOT_VALID


def test_a_country_joins_by_the_threshold() -> None:
    vn = keys("vn.registrar")
    amended = amend.amend_federation(
        BEFORE.chain, NOW, keys("th.founder"), keys("int.founder"), registrars={"vn": vn.public}
    )
    after = Directory.fold([*BASE, amended], at=NOW)
    assert [r.country for r in after.federation.registrars] == ["int", "kh", "th", "vn"]
    assert [c.what for c in changes(BEFORE, after, NOW)] == [What.FEDERATION]


def test_mistakes_are_named() -> None:
    with pytest.raises(CallerError) as caught:
        amend.revoke_keyset(HELD, bytes(32), NOW)
    assert caught.value.code == "issue.unknown-keyset"
    with pytest.raises(CallerError) as caught:
        amend.rotate_keyset(HELD, TH, NOW)
    assert caught.value.code == "key.other-agency"
    with pytest.raises(CallerError) as caught:
        amend.declare_compromise(HELD, OLD.id, NOW.plus(1), TH.agency, NOW)
    assert caught.value.code == "issue.invalid"


def test_what_ends_soon_is_named_before_it_does() -> None:
    assert [one.what for one in expiring(BEFORE, OLD.agency, NOW)] == ["opening-key"]
    soon = HELD.record.signing_keysets[0].not_after_at.plus(-DAY)
    assert [one.what for one in expiring(BEFORE, OLD.agency, soon)] == ["signing-keyset", "opening-key"]
