"""Keys of the trust repository: made, kept in key files, shown to others. They sign TUF metadata and nothing else.

    tuf-root tuf-targets      a founder's, off-line          kind of the key file
    tuf-country               a registrar's, off-line        payload: lp(holder) ‖ ed25519 seed(32)
    tuf-online                the publishing operator's, for snapshot and timestamp

They are Ed25519, so that any TUF implementation reads the repository. Freshness is therefore classical: who breaks
Ed25519 can roll a node's view back or freeze it, but can put no record in force, since records bear hybrid signatures.
One key has one role: a key made for one is refused for another.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from struct import Struct
from struct import error as struct_error
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

from referral_proto.adapters.keyfiles import MEMORY_KIB, load_secret, save_secret
from referral_proto.crypto import random
from referral_proto.crypto.digest import lp
from referral_proto.crypto.weak import refuse_weak_ed25519
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.ids import AgencyId, agency_id

__all__ = ["HOLDER", "KeyRole", "RepositoryKey", "RepositoryPublicKey", "public_bytes"]

HOLDER: Final = "x-referral-holder"
"""The field of a key in TUF metadata that names who holds it."""
_SEED: Final = 32
_LARGEST: Final = 4096
_u32: Final = Struct(">I")


class KeyRole(StrEnum):
    """What a key may sign."""

    ROOT = "root"
    TARGETS = "targets"
    COUNTRY = "country"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class RepositoryPublicKey:
    """What a holder gives to others. `ed25519`: 32 bytes."""

    role: KeyRole
    holder: AgencyId
    ed25519: bytes

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read `to_bytes`. PeerError trust.repository-malformed, key.weak, key.malformed."""
        try:
            if len(data) > _LARGEST:
                raise ValueError
            read = json.loads(data)
            if set(read) != {"referral-trust-key", "role", "holder", "ed25519"} or read["referral-trust-key"] != 1:
                raise ValueError
            key = cls(KeyRole(read["role"]), agency_id(read["holder"]), bytes.fromhex(read["ed25519"]))
        except (ValueError, TypeError, RecursionError, CallerError):
            raise PeerError("trust.repository-malformed", "public key") from None
        refuse_weak_ed25519(key.ed25519)
        return key

    def to_bytes(self) -> bytes:
        """The file that travels: JSON."""
        fields = {"role": self.role, "holder": self.holder, "ed25519": self.ed25519.hex()}
        return json.dumps({"referral-trust-key": 1, **fields}).encode() + b"\n"

    @property
    def key(self) -> Key:
        """As python-tuf has it, with the holder's name in it."""
        loaded = Ed25519PublicKey.from_public_bytes(self.ed25519)
        key: Key = SSlibKey.from_crypto(loaded)
        key.unrecognized_fields[HOLDER] = self.holder
        return key

    @property
    def id(self) -> str:
        """The key id of TUF: 64 hex digits, to be compared over the telephone."""
        return self.key.keyid


@dataclass(frozen=True, slots=True)
class RepositoryKey:
    """A secret key of the repository."""

    role: KeyRole
    holder: AgencyId
    seed: bytes = field(repr=False)

    @classmethod
    def create(cls, role: KeyRole, holder: AgencyId) -> Self:
        """A new key."""
        return cls(role, holder, random.token(_SEED))

    @property
    def public(self) -> RepositoryPublicKey:
        """Its public half."""
        return RepositoryPublicKey(self.role, self.holder, self._private.public_key().public_bytes_raw())

    @property
    def signer(self) -> CryptoSigner:
        """What python-tuf signs with."""
        return CryptoSigner(self._private)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def save(self, path: Path, passphrase: str, memory_kib: int = MEMORY_KIB) -> None:
        """A new key file, 0600. Raises as `save_secret`."""
        payload = lp(self.holder.encode("ascii")) + self.seed
        save_secret(path, f"tuf-{self.role}", payload, passphrase, memory_kib)

    @classmethod
    def load(cls, path: Path, role: KeyRole, passphrase: str) -> Self:
        """Read `save`. Raises as `load_secret`; CallerError key.kind if it was made for another role."""
        payload = load_secret(path, f"tuf-{role}", passphrase)
        try:
            (length,) = _u32.unpack_from(payload)
            holder = agency_id(payload[_u32.size : -_SEED].decode("ascii"))
        except (struct_error, UnicodeDecodeError, CallerError):
            raise WorldError("key.damaged", "key file") from None
        if len(payload) != _u32.size + length + _SEED:
            raise WorldError("key.damaged", "key file")
        return cls(role, holder, payload[-_SEED:])


def public_bytes(key: Key) -> bytes:
    """The 32 bytes of an Ed25519 key in TUF metadata. PeerError trust.repository-layout for any other; key.weak."""
    try:
        if (key.keytype, key.scheme) != ("ed25519", "ed25519"):
            raise ValueError
        public = bytes.fromhex(key.keyval["public"])
    except (ValueError, TypeError, KeyError):
        raise PeerError("trust.repository-layout", "keys") from None
    refuse_weak_ed25519(public)
    return public
