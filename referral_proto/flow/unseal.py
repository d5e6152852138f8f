"""unseal: ring, keys, bodies, commitments; from an Admitted to section bytes. Reads no section (spec: checks, O-1 …).

Every cryptographic failure is the one opaque `open.refused`: a finer answer would tell an attacker which guess was
right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from referral_proto.crypto.body import KEY_SIZE, open_body
from referral_proto.crypto.commitment import commit
from referral_proto.crypto.hpke import ring_info, unwrap
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import CallerError, OurError, PeerError
from referral_proto.flow.admit import Admitted
from referral_proto.ids import OpeningKeyId

__all__ = ["Unsealed", "UnsealedSection", "unseal", "unseal_with_keys"]

_NO_KEY: Final = bytes(KEY_SIZE)


class UnsealedSection(NamedTuple):
    """One section's bytes as the sender committed to them, with the salt that opens the commitment."""

    index: int  # type: ignore[assignment] # hides tuple's search for a value, which nobody asks of this one
    section: bytes
    salt: bytes

    def __repr__(self) -> str:
        return f"UnsealedSection(index={self.index})"


class Unsealed(NamedTuple):
    """What this recipient may read, as bytes. `section_keys` (body index → 32 bytes) are for the case's key store."""

    admitted: Admitted
    recipient_index: int
    sections: tuple[UnsealedSection, ...]
    section_keys: Mapping[int, bytes]

    def __repr__(self) -> str:
        return f"Unsealed({self.admitted.leaf.hex()}, {len(self.sections)} sections)"


def unseal(admitted: Admitted, keyring: Mapping[OpeningKeyId, OpeningKey]) -> Unsealed:
    """Open this recipient's ring and every body it grants.

    Raises CallerError open.no-key; PeerError open.refused.
    """
    place, secret = _own_ring(admitted, keyring)
    # O-1 the ring opens under the key that the core names
    ring = unwrap(secret, admitted.envelope.rings[place], ring_info(admitted.core_digest, place))
    # O-2 one key for each body; zeros are no key and are never tried
    count = len(admitted.core.commitments)
    if len(ring) != KEY_SIZE * count:
        raise PeerError("open.refused")
    split = [ring[at : at + KEY_SIZE] for at in range(0, len(ring), KEY_SIZE)]
    return _opened(admitted, place, {i: key for i, key in enumerate(split) if key != _NO_KEY})


def unseal_with_keys(admitted: Admitted, section_keys: Mapping[int, bytes]) -> Unsealed:
    """The same from section keys that the desk kept, when the ring is gone or the message is its own."""
    agencies = [r.agency for r in admitted.core.recipients]
    place = agencies.index(admitted.recipient) if admitted.recipient in agencies else -1
    return _opened(admitted, place, dict(section_keys))


def _own_ring(admitted: Admitted, keyring: Mapping[OpeningKeyId, OpeningKey]) -> tuple[int, OpeningKey]:
    for place, recipient in enumerate(admitted.core.recipients):
        if recipient.agency == admitted.recipient:
            secret = keyring.get(OpeningKeyId(recipient.opening_key))
            if secret is None:
                raise CallerError("open.no-key")
            return place, secret
    raise OurError("ours.broken-promise", "recipient")


def _opened(admitted: Admitted, place: int, section_keys: dict[int, bytes]) -> Unsealed:
    core, bodies = admitted.core, admitted.envelope.bodies
    # O-3 the control section is granted to every recipient
    if 0 not in section_keys:
        raise PeerError("open.refused")
    sections: list[UnsealedSection] = []
    for index, key in sorted(section_keys.items()):
        # O-4 the body opens and its padding is zeros
        salt, section = open_body(key, admitted.core_digest, index, bodies[index])
        # O-5 what opened is what was signed: the cipher alone commits to nothing
        if commit(core.message_id, index, salt, section) != core.commitments[index]:
            raise PeerError("open.refused")
        sections.append(UnsealedSection(index, section, salt))
    return Unsealed(admitted, place, tuple(sections), section_keys)
