"""The witness's decisions: the statuses of C2SP tlog-witness, no way back, no race, and evidence against logs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from reference_node.store.engine import Database
from reference_node.store.witness.book import METADATA, evidence_against, last_cosigned
from reference_node.witness import Answer, Cosigner
from referral_proto.crypto.logkeys import WitnessKeys
from referral_proto.errors import CallerError, WorldError
from referral_proto.log.checkpoint import LogIdentity, Witnesses, sign_checkpoint, verify_checkpoint
from referral_proto.log.contradiction import judge
from referral_proto.log.head import Head
from referral_proto.log.note import parse_note, render_note
from referral_proto.log.submission import Submission, origin_hash
from referral_proto.log.tree import consistency_proof
from referral_proto.model.codes.log import LogContradictionKind
from tests.log.world import AT, KEYS, LOG, MEMBERS, OTHER_KEYS, RECIPIENT, Memory, leaves, note
from tests.witness.watch import NAME, Clock, cosigner, database, submission

ME = Witnesses((MEMBERS[0],), 1)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Database]:
    found = database(tmp_path)
    yield found
    found.close()


def tree(size: int, salt: int = 0) -> Memory:
    return Memory(leaves(size, salt))


def test_a_checkpoint_that_follows_is_cosigned_and_stored(opened: Database) -> None:
    clock = Clock(AT.plus(5))
    witness = cosigner(opened, clock)
    for old, size, wait in ((0, 7, 5), (7, 7, 9), (7, 20, 30), (20, 64, 31)):
        clock.at = AT.plus(wait)
        sent = submission(tree(size), old)
        answer = witness.add_checkpoint(sent.body())
        assert answer.status == 200
        checkpoint = verify_checkpoint(sent.checkpoint + answer.body, LOG, ME)
        assert checkpoint.cosigned == ((NAME, AT.plus(wait)),)
        shown = witness.checkpoint(origin_hash(RECIPIENT))
        assert shown.status == 200 and shown.body == sent.checkpoint + answer.body


def test_the_first_checkpoint_may_be_of_an_empty_log(opened: Database) -> None:
    witness = cosigner(opened)
    assert witness.add_checkpoint(submission(tree(0), 0).body()).status == 200
    assert witness.add_checkpoint(submission(tree(3), 0).body()).status == 200


@pytest.mark.parametrize(
    "body", [b"", b"old 0\n", b"old 0\n\nnothing", b"old x\n\n" + note(tree(7)), b"\n\n" + note(tree(7))]
)
def test_400_for_another_form(opened: Database, body: bytes) -> None:
    assert cosigner(opened).add_checkpoint(body).status == 400


def test_400_for_an_old_size_beyond_the_checkpoint(opened: Database) -> None:
    assert cosigner(opened).add_checkpoint(Submission(8, (), note(tree(7))).body()).status == 400


def test_404_for_a_log_that_is_not_watched(opened: Database) -> None:
    witness = cosigner(opened)
    for origin in (f"{RECIPIENT}/2", "th.example-shelter"):
        sent = Submission(0, (), note(tree(7), origin=origin))
        assert witness.add_checkpoint(sent.body()).status == 404
        assert witness.checkpoint(origin_hash(origin)).status == 404
    assert witness.checkpoint(origin_hash(RECIPIENT)).status == 404
    assert witness.checkpoint("checkpoint").status == 404


def test_403_without_both_of_the_logs_signatures(opened: Database) -> None:
    witness = cosigner(opened)
    parsed = parse_note(note(tree(7)))
    for lines in (parsed.lines[:1], parsed.lines[1:], parse_note(note(tree(7), keys=OTHER_KEYS)).lines):
        assert witness.add_checkpoint(Submission(0, (), render_note(parsed.text, lines)).body()).status == 403
    bad = parsed.lines[0]._replace(signature=bytes(64))
    for lines in ((*parsed.lines, bad), (bad, parsed.lines[1])):
        assert witness.add_checkpoint(Submission(0, (), render_note(parsed.text, lines)).body()).status == 403


def test_409_names_the_size_that_was_cosigned_last(opened: Database) -> None:
    witness = cosigner(opened)
    assert witness.add_checkpoint(submission(tree(20), 7).body()) == Answer(409, b"0\n", "text/x.tlog.size")
    assert witness.add_checkpoint(submission(tree(20), 0).body()).status == 200
    for sent in (submission(tree(30), 0), submission(tree(30), 19), submission(tree(10), 10), submission(tree(10), 0)):
        assert witness.add_checkpoint(sent.body()) == Answer(409, b"20\n", "text/x.tlog.size")


def test_422_for_what_does_not_follow(opened: Database) -> None:
    witness = cosigner(opened)
    wrong = sign_checkpoint(Head(RECIPIENT, 0, bytes(32)), KEYS, AT)
    assert witness.add_checkpoint(Submission(0, (), wrong).body()).status == 422
    assert witness.add_checkpoint(Submission(0, (bytes(32),), note(tree(7))).body()).status == 422
    assert witness.add_checkpoint(submission(tree(7), 0).body()).status == 200
    forked, grown = tree(20, salt=1), tree(20)
    for proof, checkpoint in (
        ((), note(grown)),
        (consistency_proof(grown, 7, 20)[:-1], note(grown)),
        ((*consistency_proof(grown, 7, 20), bytes(32)), note(grown)),
        (consistency_proof(grown, 6, 20), note(grown)),
        (consistency_proof(forked, 7, 20), note(forked)),
        (consistency_proof(grown, 7, 20), note(forked)),
        ((), note(tree(7, salt=1))),
        ((bytes(32),), note(tree(7))),
    ):
        assert witness.add_checkpoint(Submission(7, proof, checkpoint).body()).status == 422
    with opened.read() as connection:
        last = last_cosigned(connection, RECIPIENT)
    assert last is not None and last.size == 7


@pytest.mark.req("WIT-06")
def test_what_a_log_signs_against_itself_is_kept_as_evidence(opened: Database) -> None:
    clock = Clock()
    witness = cosigner(opened, clock)
    witness.add_checkpoint(submission(tree(20), 0).body())
    two_roots = Submission(20, (), note(tree(20, salt=1)))
    rolled_back = submission(tree(10), 10, AT.plus(60))
    for sent in (two_roots, rolled_back, rolled_back, submission(tree(30), 0), submission(tree(5), 5, AT)):
        witness.add_checkpoint(sent.body())
    with opened.read() as connection:
        kept = evidence_against(connection, RECIPIENT)
    kinds = {judge(found, LOG).kind for found in kept}
    assert kinds == {LogContradictionKind.TWO_ROOTS, LogContradictionKind.ROLLED_BACK} and len(kept) == 2
    for number in range(40):
        clock.at = AT.plus(number)
        witness.add_checkpoint(Submission(20, (), note(tree(20, salt=number + 2))).body())
    with opened.read() as connection:
        assert len(evidence_against(connection, RECIPIENT)) == 16


def test_a_strangers_signatures_are_not_shown_to_monitors(opened: Database) -> None:
    witness, parsed = cosigner(opened), parse_note(note(tree(7)))
    stranger = parsed.lines[0]._replace(name="stranger.example", key_id=bytes(4))
    sent = Submission(0, (), render_note(parsed.text, (stranger, *parsed.lines)))
    assert witness.add_checkpoint(sent.body()).status == 200
    assert b"stranger" not in witness.checkpoint(origin_hash(RECIPIENT)).body


@pytest.mark.req("WIT-05")
def test_a_clock_that_steps_back_never_dates_a_larger_tree_earlier(opened: Database) -> None:
    clock = Clock(AT.plus(100))
    witness = cosigner(opened, clock)
    assert witness.add_checkpoint(submission(tree(7), 0).body()).status == 200
    clock.at = AT
    answer = witness.add_checkpoint(submission(tree(9), 7).body())
    assert verify_checkpoint(note(tree(9)) + answer.body, LOG, ME).trusted_time == AT.plus(100)
    clock.at = AT.plus(-3600)
    with pytest.raises(WorldError, match=r"witness\.clock"):
        witness.add_checkpoint(submission(tree(12), 9).body())


def test_restarting_forgets_nothing(tmp_path: Path) -> None:
    for old, size in ((0, 7), (7, 20), (20, 21)):
        opened = database(tmp_path)
        witness = cosigner(opened)
        if old:
            assert witness.add_checkpoint(submission(tree(6), 0).body()).status == 409
        assert witness.add_checkpoint(submission(tree(size), old).body()).status == 200
        opened.close()


def test_the_database_itself_never_goes_back(opened: Database) -> None:
    cosigner(opened).add_checkpoint(submission(tree(20), 0).body())
    for statement in (
        "UPDATE cosigned SET size = 19",
        "UPDATE cosigned SET at = at - 1",
        "UPDATE cosigned SET root = zeroblob(32)",
        "UPDATE cosigned SET origin = 'xx.other'",
        "DELETE FROM cosigned",
        "REPLACE INTO cosigned SELECT origin, 0, root, at, note FROM cosigned",
    ):
        with pytest.raises(DBAPIError), opened.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    with opened.read() as connection:
        assert set(METADATA.tables) <= set(
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        )


def test_a_witness_has_keys_of_its_own(opened: Database) -> None:
    shared = WitnessKeys.from_seeds(*KEYS.seeds())
    with pytest.raises(CallerError, match=r"log\.witnesses"):
        Cosigner(NAME, shared, (LOG,), opened, Clock())


@pytest.mark.req("WIT-04")
def test_threads_that_race_never_make_the_witness_go_back(opened: Database) -> None:
    """Many sizes are offered at once from the same old size: one wins each round, the others learn where it stands."""
    witness, rounds = cosigner(opened), 4
    full = tree(60)
    stands = 0
    for _ in range(rounds):
        sizes = range(stands + 1, stands + 9)
        bodies = [Submission(stands, consistency_proof(full, stands, s), note(tree(s))).body() for s in sizes]
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(witness.add_checkpoint, bodies))
        won = [size for size, answer in zip(sizes, answers, strict=True) if answer.status == 200]
        assert len(won) == 1
        assert {(a.status, a.body) for a in answers if a.status != 200} == {(409, b"%d\n" % won[0])}
        stands = won[0]


RACER = """
import json, sys
from pathlib import Path
from tests.log.world import Memory, leaves, note
from tests.witness.watch import cosigner, database
from referral_proto.log.submission import Submission
from referral_proto.log.tree import consistency_proof
opened = database(Path(sys.argv[1]))
witness, full, stands, won = cosigner(opened), Memory(leaves(80)), 0, []
print("ready", flush=True)
sys.stdin.readline()
while stands < 60:
    size = stands + int(sys.argv[2])
    found = witness.add_checkpoint(
        Submission(stands, consistency_proof(full, stands, size), note(Memory(leaves(size)))).body()
    )
    assert found.status in (200, 409), found
    if found.status == 200:
        won.append([stands, size])
        stands = size
    else:
        stands = int(found.body)
opened.close()
print(json.dumps(won))
"""


@pytest.mark.req("WIT-04")
def test_processes_that_race_over_one_database_never_make_it_go_back(tmp_path: Path) -> None:
    database(tmp_path).close()
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", RACER, str(tmp_path)]
    racers = [
        subprocess.Popen([*command, step], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for step in ("1", "3")
    ]
    for racer in racers:
        assert racer.stdout is not None and racer.stdout.readline() == "ready\n"
    outputs = []
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        out, _ = racer.communicate(timeout=60)
        assert racer.returncode == 0
        outputs.append(json.loads(out))
    steps = sorted(step for won in outputs for step in won)
    # Each old size was left once, and what followed began where the one before had ended.
    assert [old for old, _ in steps] == [0, *(size for _, size in steps[:-1])]


def test_an_origin_is_looked_up_by_its_hash_only(opened: Database) -> None:
    witness = Cosigner(NAME, WitnessKeys.create(), (LOG, LogIdentity.of("th.example", OTHER_KEYS)), opened, Clock())
    assert witness.checkpoint(RECIPIENT).status == 404
    assert witness.checkpoint(sha256(b"th.example").hexdigest().upper()).status == 404
