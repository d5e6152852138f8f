"""Law: one ciphertext may open under two keys, but the signed commitment lets only one of the two contents stand.

ChaCha20-Poly1305 commits to no key. The attacker below is a sender who gives two recipients the same body under
different keys, so that each reads another story over the same signature.
"""

from __future__ import annotations

from referral_proto.crypto import labels
from referral_proto.crypto.body import open_body
from referral_proto.crypto.commitment import commit
from tests.conformance.salamander import salamander

CORE, MESSAGE_ID, INDEX = b"\x41" * 32, b"\x42" * 16, 3
AAD = labels.BODY.prefix + CORE + INDEX.to_bytes(4, "big")
STORY = b"Return her to her mother."


def test_a_body_that_opens_under_two_keys_matches_one_commitment() -> None:
    both = salamander(AAD, STORY)
    salt1, section1 = open_body(both.first, CORE, INDEX, both.body)
    salt2, section2 = open_body(both.second, CORE, INDEX, both.body)
    assert section1.startswith(STORY)
    assert section1 != section2
    signed = commit(MESSAGE_ID, INDEX, salt1, section1)
    assert signed != commit(MESSAGE_ID, INDEX, salt2, section2)


def test_a_commitment_is_to_one_message_index_salt_and_section() -> None:
    signed = commit(MESSAGE_ID, INDEX, b"\x01" * 32, b"section")
    assert signed == commit(MESSAGE_ID, INDEX, b"\x01" * 32, b"section")
    others = {
        commit(b"\x43" * 16, INDEX, b"\x01" * 32, b"section"),
        commit(MESSAGE_ID, INDEX + 1, b"\x01" * 32, b"section"),
        commit(MESSAGE_ID, INDEX, b"\x02" * 32, b"section"),
        commit(MESSAGE_ID, INDEX, b"\x01" * 32, b"sectioN"),
        commit(MESSAGE_ID, INDEX, b"\x01" * 32 + b"s", b"ection"),
    }
    assert len(others | {signed}) == 6
