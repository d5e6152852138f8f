"""Checkpoints: both lines of the log or nothing, a quorum that nobody can inflate, and times that nobody can move."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.errors import CallerError, PeerError
from referral_proto.log.checkpoint import (
    NO_WITNESSES,
    LogIdentity,
    Witness,
    Witnesses,
    cosign,
    sign_checkpoint,
    verify_checkpoint,
    with_cosignatures,
)
from referral_proto.log.cosignature import cosign_ed25519, cosign_mldsa44
from referral_proto.log.head import Head, agency_of, origin_of, parse_head
from referral_proto.log.note import Note, SignatureLine, parse_note, render_note
from referral_proto.moment import Moment
from tests.log.world import (
    AT,
    KEYS,
    LOG,
    MEMBERS,
    OTHER_KEYS,
    RECIPIENT,
    WITNESS_KEYS,
    WITNESSES,
    Memory,
    cosigned,
    head,
    leaves,
    note,
)

TREE = Memory(leaves(7))
T1, T2, T3 = AT.plus(5), AT.plus(9), AT.plus(30)


def refused(data: bytes, witnesses: Witnesses = WITNESSES, log: LogIdentity = LOG) -> str:
    with pytest.raises(PeerError) as caught:
        verify_checkpoint(data, log, witnesses)
    return caught.value.code


def lines_of(data: bytes) -> tuple[SignatureLine, ...]:
    return parse_note(data).lines


def test_a_checkpoint_says_who_cosigned_when() -> None:
    checkpoint = verify_checkpoint(cosigned(TREE, (T3, T1, None)), LOG, WITNESSES)
    assert checkpoint.head == head(TREE) and checkpoint.signed_at == AT
    assert checkpoint.cosigned == ((MEMBERS[0].name, T3), (MEMBERS[1].name, T1))
    assert checkpoint.trusted_time == T3


@pytest.mark.parametrize(
    ("times", "quorum", "trusted"),
    [
        ((), 1, None),
        ((T1,), 2, None),
        ((T3, T2, T1), 1, T1),
        ((T3, T2, T1), 2, T2),
        ((T3, T2, T1), 3, T3),
        ((T3, T1), 2, T3),
    ],
)
def test_trusted_time_is_when_the_quorum_had_cosigned(
    times: tuple[Moment, ...], quorum: int, trusted: Moment | None
) -> None:
    witnesses = Witnesses(MEMBERS, quorum)
    assert verify_checkpoint(cosigned(TREE, times), LOG, witnesses).trusted_time == trusted


@given(st.lists(st.integers(1, 10**9), min_size=3, max_size=3), st.integers(1, 3), st.permutations(range(6)))
def test_neither_order_nor_doubling_of_lines_changes_anything(
    seconds: list[int], quorum: int, order: list[int]
) -> None:
    witnesses = Witnesses(MEMBERS, quorum)
    data = cosigned(TREE, tuple(map(Moment, seconds)))
    parsed = parse_note(data)
    extra = [parsed.lines[2:][at] for at in order]
    for mixed in ((*extra, *parsed.lines), (*parsed.lines[::-1],), (*parsed.lines, *extra)):
        same = verify_checkpoint(render_note(parsed.text, mixed), LOG, witnesses)
        assert same == verify_checkpoint(data, LOG, witnesses)
        assert same.trusted_time == sorted(seconds)[quorum - 1]


def test_fewer_liars_than_the_quorum_cannot_date_a_checkpoint_back() -> None:
    assert verify_checkpoint(cosigned(TREE, (Moment(1), T2, T3)), LOG, WITNESSES).trusted_time == T2


def test_a_cosignature_from_the_future_does_not_count() -> None:
    data = cosigned(TREE, (T1, AT.plus(10**6), None))
    assert verify_checkpoint(data, LOG, WITNESSES, latest=T3).trusted_time is None
    assert verify_checkpoint(data, LOG, WITNESSES).trusted_time == AT.plus(10**6)


@pytest.mark.req("LOG-06")
@pytest.mark.parametrize("left_out", [0, 1])
def test_a_checkpoint_that_lacks_one_of_the_logs_lines_is_refused(left_out: int) -> None:
    parsed = parse_note(cosigned(TREE, (T1, T2, T3)))
    kept = tuple(line for at, line in enumerate(parsed.lines) if at != left_out)
    assert refused(render_note(parsed.text, kept)) == "note.unsigned"


def test_an_unknown_witness_does_not_count_and_does_not_harm() -> None:
    stranger = WitnessKeys.from_seeds(b"\x21" * 32, b"\x22" * 32)
    data = with_cosignatures(note(TREE), cosign(head(TREE), "witness.stranger.example", stranger, T1))
    posing = with_cosignatures(note(TREE), cosign(head(TREE), MEMBERS[0].name, stranger, T1))
    for offered in (data, posing):
        checkpoint = verify_checkpoint(offered, LOG, Witnesses(MEMBERS, 1))
        assert checkpoint.cosigned == () and checkpoint.trusted_time is None


@pytest.mark.req("WIT-01")
def test_half_a_witness_does_not_count() -> None:
    name, keys = next(iter(WITNESS_KEYS.items()))
    for half in (cosign_ed25519, cosign_mldsa44):
        data = with_cosignatures(note(TREE), (half(name, keys, head(TREE), T1),))
        assert verify_checkpoint(data, LOG, Witnesses(MEMBERS, 1)).trusted_time is None
        # A witness of whom one key is known counts with that one.
        single = Witness(name, tuple(key for key in MEMBERS[0].keys if key.key_id == lines_of(data)[2].key_id))
        assert verify_checkpoint(data, LOG, Witnesses((single,), 1)).trusted_time == T1


def test_an_old_cosignature_over_another_head_is_refused() -> None:
    old = cosigned(Memory(leaves(6)), (T1, T2, T3))
    grafted = render_note(parse_note(note(TREE)).text, (*lines_of(note(TREE)), *lines_of(old)[2:]))
    assert refused(grafted) == "note.signature"
    # Without the witnesses' keys nobody can tell, and nobody trusts it either.
    assert verify_checkpoint(grafted, LOG, NO_WITNESSES).trusted_time is None


@pytest.mark.req("LOG-06")
@pytest.mark.parametrize("at", range(8))
def test_every_known_line_is_verified(at: int) -> None:
    parsed = parse_note(cosigned(TREE, (T1, T2, T3)))
    for place in (0, 7, 8, 40, -1):
        bad = list(parsed.lines)
        signature = bytearray(bad[at].signature)
        signature[place] ^= 1
        bad[at] = bad[at]._replace(signature=bytes(signature))
        assert refused(render_note(parsed.text, bad)) == "note.signature"
    for wrong in (b"", parsed.lines[at].signature[:-1], parsed.lines[at].signature + b"\0"):
        bad[at] = parsed.lines[at]._replace(signature=wrong or b"\0")
        assert refused(render_note(parsed.text, bad)) == "note.signature"


def test_the_checkpoint_of_another_log_is_refused() -> None:
    elsewhere = note(TREE, origin="th.example-shelter")
    assert refused(elsewhere) == "checkpoint.origin"
    assert refused(note(TREE, origin=f"{RECIPIENT}/2")) == "checkpoint.origin"
    assert refused(note(TREE, keys=OTHER_KEYS)) == "note.unsigned"
    # The lines of the right log under the head of another: the name is the log's, the text is not.
    text = Head("th.example-shelter", TREE.size, TREE.root).text()
    assert refused(render_note(text, lines_of(note(TREE)))) == "checkpoint.origin"


def test_a_log_line_is_no_cosignature_and_the_other_way() -> None:
    """The keys of a log under a witness's name, and a type 06 line that the log made for another origin."""
    with pytest.raises(CallerError, match=r"log\.witnesses"):
        verify_checkpoint(note(TREE), LOG, Witnesses((Witness.of("w.example", KEYS.ed25519, None),), 1))
    other = sign_checkpoint(head(TREE, f"{RECIPIENT}/2"), KEYS, AT)
    mixed = render_note(parse_note(note(TREE)).text, (lines_of(note(TREE))[0], lines_of(other)[1]))
    assert refused(mixed) == "note.unsigned"
    renamed = lines_of(other)[1]._replace(name=LOG.origin, key_id=LOG.keys[1].key_id)
    mixed = render_note(parse_note(note(TREE)).text, (lines_of(note(TREE))[0], renamed))
    assert refused(mixed) == "note.signature"


@pytest.mark.parametrize("seconds", [0, 253_402_300_800, 2**63 - 1, 2**64 - 1])
def test_a_time_that_cannot_be_is_refused(seconds: int) -> None:
    name, keys = next(iter(WITNESS_KEYS.items()))
    impossible = int.__new__(Moment, seconds)
    data = with_cosignatures(note(TREE), cosign(head(TREE), name, keys, impossible))
    assert refused(data) == "checkpoint.time"


@pytest.mark.req("WIT-02")
@pytest.mark.parametrize(
    ("members", "quorum"),
    [
        (MEMBERS, 0),
        (MEMBERS, 4),
        ((*MEMBERS, MEMBERS[0]), 2),
        ((MEMBERS[0], Witness.of("w.example", WITNESS_KEYS[MEMBERS[0].name].ed25519, None)), 1),
        ((), 0),
    ],
)
def test_a_list_of_witnesses_that_counts_one_party_twice_is_refused(members: tuple[Witness, ...], quorum: int) -> None:
    with pytest.raises(CallerError, match=r"log\.witnesses"):
        Witnesses(members, quorum)


def test_a_witness_needs_a_key_of_its_own_name_and_kind() -> None:
    for name, keys in (("w.example", ()), ("w.example", MEMBERS[0].keys), (LOG.origin, LOG.keys)):
        with pytest.raises(CallerError, match=r"log\.witnesses"):
            Witness(name, keys)


GOOD_TEXT = head(TREE).text()
ROOT = b64encode(TREE.root)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n",
        GOOD_TEXT + b"extension\n",
        GOOD_TEXT + b"\n",
        GOOD_TEXT[:-1],
        b"\n7\n" + ROOT + b"\n",
        b"o" * 256 + b"\n7\n" + ROOT + b"\n",
        b"o\n07\n" + ROOT + b"\n",
        b"o\n+7\n" + ROOT + b"\n",
        b"o\n-7\n" + ROOT + b"\n",
        b"o\n7 \n" + ROOT + b"\n",
        "o\n\u0667\n".encode() + ROOT + b"\n",
        b"o\n9223372036854775808\n" + ROOT + b"\n",
        b"o\n7\n" + b64encode(bytes(31)) + b"\n",
        b"o\n7\n" + ROOT[:-1] + b"\n",
        b"\xff\n7\n" + ROOT + b"\n",
    ],
)
def test_a_text_of_another_form_is_refused(text: bytes) -> None:
    with pytest.raises(PeerError) as caught:
        parse_head(text)
    assert caught.value.code == "checkpoint.malformed"


def test_an_empty_log_has_one_root() -> None:
    empty = Memory()
    assert verify_checkpoint(note(empty), LOG).size == 0
    assert refused(sign_checkpoint(Head(RECIPIENT, 0, TREE.root), KEYS, AT)) == "checkpoint.root"


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.text(min_size=1, max_size=60))
def test_a_head_is_read_back(size: int, root: bytes, origin: str) -> None:
    if "\n" in origin or not origin.isprintable():
        return
    found = Head(origin, size, root)
    assert parse_head(found.text()) == found


def test_the_origin_names_the_log_before() -> None:
    assert [origin_of(RECIPIENT, n) for n in (1, 2, 12)] == [RECIPIENT, f"{RECIPIENT}/2", f"{RECIPIENT}/12"]
    assert [agency_of(origin_of(RECIPIENT, n)) for n in (1, 2, 12)] == [(RECIPIENT, n) for n in (1, 2, 12)]
    for bad in ("", "x", f"{RECIPIENT}/", f"{RECIPIENT}/1", f"{RECIPIENT}/02", f"{RECIPIENT}/2/3", f"{RECIPIENT}/x"):
        with pytest.raises(PeerError, match=r"checkpoint\.origin"):
            agency_of(bad)
    with pytest.raises(CallerError, match=r"log\.out-of-range"):
        origin_of(RECIPIENT, 0)


def test_the_first_of_two_lines_of_one_key_is_kept() -> None:
    twice = with_cosignatures(
        cosigned(TREE, (T1,)), cosign(head(TREE), MEMBERS[0].name, WITNESS_KEYS[MEMBERS[0].name], T3)
    )
    assert len(lines_of(twice)) == 4
    assert verify_checkpoint(twice, LOG, Witnesses(MEMBERS, 1)).trusted_time == T1
    # Both kept by hand: the earlier of two true statements counts.
    both = Note(head(TREE).text(), (*lines_of(cosigned(TREE, (T3,))), *lines_of(cosigned(TREE, (T1,)))[2:]))
    assert verify_checkpoint(render_note(*both), LOG, Witnesses(MEMBERS, 1)).trusted_time == T1


def test_keys_travel_in_a_key_file_and_show_nothing() -> None:
    wrapped = KEYS.wrapped("passphrase of an example", memory_kib=64)
    again = LogKeys.unwrapped(wrapped, "passphrase of an example")
    assert again.seeds() == KEYS.seeds() and again.ed25519 == KEYS.ed25519
    assert LogIdentity.of(RECIPIENT, again) == LOG
    with pytest.raises(CallerError, match=r"key\.kind"):
        WitnessKeys.unwrapped(wrapped, "passphrase of an example")
    for secret in KEYS.seeds():
        assert secret.hex() not in repr(KEYS) and repr(secret) not in repr(KEYS)
