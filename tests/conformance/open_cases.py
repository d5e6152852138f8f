"""Verb `open`, the sealed half: rings, keys, bodies, commitments (checks O-1 to O-5). Families F1, F2, F5, F10, F11."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from referral_proto.crypto import labels
from referral_proto.crypto.commitment import commit
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.hpke import ring_info, wrap
from referral_proto.crypto.random import token
from referral_proto.model.codes.exchange import DisclosureState, SectionType
from referral_proto.model.codes.screening import InterpreterNeed
from referral_proto.wire import encode_section
from tests.conformance import world
from tests.conformance.cases import case, to_open
from tests.conformance.forge import NOTE, PREVIEW, control, encrypt, forge, message, pad, pb, resigned, row
from tests.conformance.salamander import Salamander, salamander
from tests.conformance.world import SHELTER, B, opening, signing

Made = Callable[[], dict[str, Any]]
BOTH = (opening(B), opening(SHELTER))


def made(recipient: Any = B, epoch: int = world.CURRENT, **bends: Any) -> Made:
    """An envelope whose every step is right but for the bends."""
    return lambda: to_open(forge(**bends).envelope, recipient, epoch)


def accepts(name: str, requirements: str, about: str, given: Made) -> None:
    case(name, "open", requirements, about, given)


def refuses(name: str, requirements: str, about: str, given: Made, code: str = "open.refused") -> None:
    case(name, "open", requirements, about, given, code)


def _thief(with_keys: bool) -> Made:
    def given() -> dict[str, Any]:
        stolen = forge()
        thief = signing(B)

        def to_shelter(core: pb.Core) -> None:
            core.recipients[0].agency, core.recipients[0].opening_key = SHELTER, opening(SHELTER).id

        rings = []
        if with_keys:
            core = pb.Core.FromString(stolen.core_bytes)
            core.sender.agency, core.sender.keyset = thief.agency, thief.id
            to_shelter(core)
            digest = labelled_hash(labels.CORE, core.SerializeToString(deterministic=True))
            rings = [wrap(opening(SHELTER).public, b"".join([*stolen.keys[:2], bytes(64)]), ring_info(digest, 0))]
        return to_open(resigned(stolen, thief, to_shelter, rings), SHELTER)

    return given


def _swap(made_before: list[Any]) -> list[Any]:
    return [made_before[1], made_before[0], *made_before[2:]]


def _of_another_message(bodies: list[bytes]) -> list[bytes]:
    return [bodies[0], forge().bodies[1], *bodies[2:]]


def _replaced(index: int, change: Callable[[bytes], bytes]) -> Callable[[list[tuple[int, bytes]]], Mapping[int, bytes]]:
    """The plaintext of one body, put together otherwise."""
    return lambda padded: {i: change(plain) if i == index else plain for i, plain in padded}


def _noisy(plain: bytes) -> bytes:
    return plain[:-1] + b"\1"


def _too_long(plain: bytes) -> bytes:
    return (len(plain) - 35).to_bytes(4, "big") + plain[4:]


def _other_salt(plain: bytes) -> bytes:
    return plain[:4] + token(32) + plain[36:]


def _other_content(_: bytes) -> bytes:
    other = PREVIEW.model_copy(update={"interpreter_need": InterpreterNeed(1)})
    return pad(token(32), encode_section(other))


def _keys_for(*indexes: int) -> Callable[[list[bytes]], list[bytes]]:
    """Keys in the ring where none was granted."""
    return lambda rings: [
        b"".join(token(32) if i in indexes else ring[32 * i : 32 * i + 32] for i in range(4)) for ring in rings
    ]


def _decoy_that_opens() -> dict[str, Any]:
    # The sender hides a body among the decoys and tells one recipient its key; the core commits to nothing there.
    held: dict[str, Any] = {}
    key = token(32)

    def bodies(made_before: list[bytes]) -> list[bytes]:
        digest = labelled_hash(labels.CORE, held["core"])
        return [*made_before[:3], encrypt(key, digest, 3, pad(token(32), encode_section(NOTE)))]

    forged = forge(
        core_bytes=lambda core: held.setdefault("core", core),
        bodies=bodies,
        rings_plain=lambda rings: [ring[:96] + key for ring in rings],
    )
    return to_open(forged.envelope)


def _salamander(recipient: Any) -> Made:
    def given() -> dict[str, Any]:
        held: dict[str, Any] = {}

        def bodies(made_before: list[bytes]) -> list[bytes]:
            digest = labelled_hash(labels.CORE, held["core"])
            both = held["both"] = salamander(labels.BODY.prefix + digest + (1).to_bytes(4, "big"), b"Return her.")
            return [made_before[0], both.body, *made_before[2:]]

        def rings(plain: list[bytes]) -> list[bytes]:
            both: Salamander = held["both"]
            return [ring[:32] + key + ring[64:] for ring, key in zip(plain, (both.first, both.second), strict=True)]

        forged = forge(
            message(PREVIEW, readers=2),
            recipients=BOTH,
            core_bytes=lambda core: held.setdefault("core", core),
            bodies=bodies,
            rings_plain=rings,
        )
        return to_open(forged.envelope, recipient)

    return given


def _commitment_of(message_id: bytes, index: int) -> Made:
    def given() -> dict[str, Any]:
        salt, section = token(32), message(PREVIEW)[1]
        return to_open(
            forge(
                padded=_replaced(1, lambda _: pad(salt, section)),
                commitments=lambda made_before: [
                    made_before[0],
                    commit(message_id, index, salt, section),
                    *made_before[2:],
                ],
            ).envelope
        )

    return given


accepts(
    "F00-open",
    "OPN-01 OPN-02 OPN-03 OPN-04 OPN-05 ENV-09 ENV-10 ENV-13 ENV-14 ENV-15",
    "One section, two decoys.",
    made(),
)
accepts(
    "F00-open-second-of-two",
    "OPN-02 OPN-08 ENV-14",
    "The note is for the first recipient; the second has zeros in its ring, and the table says withheld.",
    lambda: to_open(_two_readers(), SHELTER),
)
accepts(
    "F00-open-any-size",
    "OPN-04 ENV-11",
    "A short section in a body of 1 KiB: any of the six sizes that holds it is read.",
    made(padded=_replaced(1, lambda plain: plain.ljust(1008, b"\0"))),
)
refuses("F11-no-key", "OPN-01", "The desk has another epoch's key only.", made(epoch=world.OLD), "open.no-key")
refuses(
    "F11-rings-exchanged-and-signed",
    "OPN-01 ENV-15",
    "The sender itself put the rings in the wrong order.",
    made(SHELTER, sections=message(PREVIEW, readers=2), recipients=BOTH, rings=_swap),
)
refuses(
    "F01-ring-of-another-core",
    "OPN-01 ENV-15",
    "A ring that was sealed for another message.",
    made(ring_infos=lambda infos: [ring_info(token(32), 0)]),
)
refuses(
    "F11-ring-of-another-place",
    "OPN-01 ENV-15",
    "A ring that was sealed for another place in the list.",
    made(ring_infos=lambda infos: [infos[0][:-1] + b"\1"]),
)
refuses(
    "F07-ring-of-noise", "OPN-01", "Random bytes of the right size.", made(rings=lambda rings: [token(len(rings[0]))])
)
refuses(
    "F11-ring-for-another-key",
    "OPN-01",
    "A ring that was sealed to another agency's key.",
    made(core=lambda core: _named(core, B), recipients=[opening(SHELTER)]),
)
refuses(
    "F10-zero-key",
    "OPN-02 ENV-14",
    "A body is encrypted under zeros, so that the ring's zeros would open it: zeros are no key.",
    made(body_keys=lambda keys: [keys[0], bytes(32), *keys[2:]]),
    "open.table",
)
refuses(
    "F10-control-not-granted", "OPN-03 ENV-08", "The control section's key is not in the ring.", made(grants={0: [1]})
)
refuses(
    "F10-control-under-zeros",
    "OPN-03 ENV-14",
    "The control section is encrypted under zeros.",
    made(body_keys=lambda keys: [bytes(32), *keys[1:]]),
)
refuses(
    "F10-decoy-granted",
    "OPN-04 ENV-16",
    "A random key for a decoy, as a probe for who tries it.",
    made(rings_plain=_keys_for(3)),
)
refuses(
    "F02-resigned-without-keys",
    "OPN-01 ENV-10",
    "A thief re-signs A's rings and bodies as its own.",
    _thief(with_keys=False),
)
refuses(
    "F02-resigned-with-keys",
    "OPN-04 ENV-10",
    "A recipient re-signs A's bodies for a third agency, with true keys in a new ring.",
    _thief(with_keys=True),
)
refuses(
    "F10-bodies-exchanged-and-signed",
    "OPN-04 ENV-10",
    "Two bodies and their keys have changed places.",
    made(bodies=_swap, rings_plain=lambda rings: [rings[0][32:64] + rings[0][:32] + rings[0][64:]]),
)
refuses(
    "F10-body-of-another-message",
    "OPN-04 ENV-10",
    "A body of an earlier message of the same sender.",
    made(bodies=_of_another_message),
)
refuses(
    "F10-padding-not-zero", "OPN-04 ENV-13", "The last byte behind the section is 1.", made(padded=_replaced(1, _noisy))
)
refuses(
    "F10-length-beyond",
    "OPN-04 ENV-13",
    "A length that is one byte more than there is.",
    made(padded=_replaced(1, _too_long)),
)
refuses(
    "F05-other-content",
    "OPN-05 ENV-09",
    "What opens is a preview that the sender did not sign.",
    made(padded=_replaced(1, _other_content)),
)
refuses(
    "F05-other-salt", "OPN-05 ENV-09", "The right section with another salt.", made(padded=_replaced(1, _other_salt))
)
refuses(
    "F05-salamander-first",
    "OPN-05 ENV-09",
    "One body for two recipients under two keys: the first reads a story.",
    _salamander(B),
)
refuses("F05-salamander-second", "OPN-05 ENV-09", "The same trick, for the second recipient.", _salamander(SHELTER))
refuses("F10-commitments-exchanged", "OPN-05 ENV-09", "Two commitments have changed places.", made(commitments=_swap))
refuses(
    "F10-commitment-of-another-message",
    "OPN-05 ENV-09",
    "A commitment made for another message id.",
    _commitment_of(bytes(16), 1),
)
refuses(
    "F10-decoy-that-opens",
    "OPN-05 ENV-16",
    "A body hidden among the decoys, to which the core commits by nothing.",
    _decoy_that_opens,
)


def _named(core: pb.Core, agency: str) -> None:
    core.recipients[0].agency, core.recipients[0].opening_key = agency, opening(B).id


def _two_readers() -> bytes:
    table = (
        row(SectionType.PREVIEW, DisclosureState.GIVEN, 0),
        row(SectionType.PREVIEW, DisclosureState.GIVEN, 1),
        row(SectionType.NOTE, DisclosureState.GIVEN, 0),
        row(SectionType.NOTE, DisclosureState.WITHHELD, 1),
    )
    sections = [control(table=table), PREVIEW, NOTE]
    return forge(list(map(encode_section, sections)), recipients=BOTH, grants={0: (0, 1, 2), 1: (0, 1)}).envelope
