"""Who watches whom follows the records; a witness never watches a log that has its own key."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference_node.witness.watched import entered, identities, watched, watchers
from referral_proto.errors import CallerError, PeerError
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.moment import DAY
from referral_proto.trust.logs import log_entry
from tests.log.world import KEYS, LOG, OTHER_KEYS, Memory, leaves
from tests.relay.watched import Watched
from tests.relay.world import KH, START, TH
from tests.witness.watch import Clock, cosigner, database, submission


@pytest.fixture(scope="module")
def federation() -> Watched:
    return Watched.founded()


def test_a_log_is_shown_to_the_witnesses_of_the_record(federation: Watched) -> None:
    who = watchers(federation.world.directory, START)
    assert {one.url: one.witness.name for one in who.endpoints} == {
        f"http://127.0.0.1:{port}": name for name, port in federation.ports.items()
    }
    assert who.quorum == 2


def test_every_standing_log_is_watched_and_those_of_the_settings(federation: Watched) -> None:
    keys = next(iter(federation.witnesses.values()))
    outside = LogIdentity.of("vn.outside", KEYS)
    logs, unfit = watched(federation.world.directory, START, [outside], keys)
    assert {one.origin for one in logs} == {
        "vn.outside", *(f"{agency}{end}" for agency in federation.world.agencies for end in ("", "/desk"))
    }  # fmt: skip
    assert unfit == ()
    early, _ = watched(federation.world.directory, START.plus(-2 * DAY), [], keys)
    assert early == ()


def test_the_records_come_before_the_settings(federation: Watched) -> None:
    keys = next(iter(federation.witnesses.values()))
    logs, _ = watched(federation.world.directory, START, [LogIdentity.of(KH, OTHER_KEYS)], keys)
    assert [one for one in logs if one.origin == KH] == [federation.identity(KH)]


def test_a_log_with_the_witnesses_own_key_is_left_out(federation: Watched) -> None:
    keys = next(iter(federation.witnesses.values()))
    shared = LogIdentity("vn.outside", keys.ed25519, KEYS.mldsa44)
    logs, unfit = watched(federation.world.directory, START, [shared], keys)
    assert unfit == ("vn.outside",) and "vn.outside" not in {one.origin for one in logs}


def test_an_entry_by_hand_must_prove_its_keys() -> None:
    entry = log_entry("vn.outside", KEYS, START)
    assert entered(entry) == LogIdentity.of("vn.outside", KEYS)
    other = log_entry("vn.outside", OTHER_KEYS, START)
    with pytest.raises(PeerError, match=r"trust\.log-possession"):
        entered(entry.model_copy(update={"possession": other.possession}))


def test_keys_of_strangers_are_none(federation: Watched) -> None:
    assert identities(federation.world.directory, "vn.nobody", "vn.nobody") == ()
    assert identities(federation.world.directory, TH, f"{TH}/2") == ()
    assert len(identities(federation.world.directory, TH, TH)) == 1


def test_what_is_watched_may_change_and_what_was_cosigned_is_remembered(tmp_path: Path) -> None:
    opened = database(tmp_path)
    witness = cosigner(opened, Clock())
    tree = Memory(leaves(3))
    assert witness.add_checkpoint(submission(tree, 0).body()).status == 200
    witness.watch([])
    assert (witness.watched, witness.add_checkpoint(submission(tree, 3).body()).status) == ((), 404)
    witness.watch([LOG])
    assert witness.add_checkpoint(submission(Memory(leaves(3, 1)), 3).body()).status == 422
    assert witness.add_checkpoint(submission(tree, 3).body()).status == 200
    with pytest.raises(CallerError, match=r"log\.witnesses"):
        witness.watch([LogIdentity("x.own", witness._keys.ed25519, KEYS.mldsa44)])
    assert witness.watched == (LOG.origin,)
    opened.close()


def test_a_log_whose_keys_were_replaced_is_judged_by_the_new_ones(tmp_path: Path) -> None:
    """What was cosigned last bears the old ones: no evidence can be made of it, and no error either."""
    from referral_proto.log.submission import Submission
    from tests.log.world import note

    opened = database(tmp_path)
    witness = cosigner(opened, Clock())
    tree = Memory(leaves(3))
    assert witness.add_checkpoint(submission(tree, 0).body()).status == 200
    witness.watch([LogIdentity.of(LOG.origin, OTHER_KEYS)])
    assert witness.add_checkpoint(submission(tree, 3).body()).status == 403
    assert witness.add_checkpoint(Submission(2, (), note(tree, keys=OTHER_KEYS)).body()).status == 409
    assert witness.add_checkpoint(Submission(3, (), note(tree, keys=OTHER_KEYS)).body()).status == 200
    opened.close()
