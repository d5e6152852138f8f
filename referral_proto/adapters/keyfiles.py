"""Key files: which key stands in which file, and the vault that reads a folder of them. No cryptography of its own.

    signing-keyset       lp(agency) ‖ ed25519 seed(32) ‖ ml-dsa-65 seed(32)      signing.key
    opening-key          lp(agency) ‖ x-wing seed(32)                            opening-*.key, one for each epoch

Both are wrapped under a passphrase (`crypto/keyfile.py`), written 0600 and never written over. To destroy an opening
key is to overwrite and delete its file; the vault forgets it at the next look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from struct import Struct
from struct import error as struct_error
from types import MappingProxyType
from typing import Final, NoReturn

from referral_proto.adapters import disk
from referral_proto.crypto.digest import lp
from referral_proto.crypto.keyfile import LARGEST_PAYLOAD, unwrap_key, wrap_key
from referral_proto.crypto.keyset import SigningKeyset, VerifyingKeyset
from referral_proto.crypto.keytext import parse_opening_key, parse_signing_key
from referral_proto.crypto.labels import KEY_FILE
from referral_proto.crypto.opening import OpeningKey, OpeningPublicKey
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.ids import AgencyId, OpeningKeyId, agency_id

__all__ = [
    "MEMORY_KIB",
    "OPENING",
    "SIGNING",
    "KeyFileVault",
    "load_key",
    "load_opening_key",
    "load_public_key",
    "load_secret",
    "load_signing_key",
    "save_opening_key",
    "save_secret",
    "save_signing_key",
]

SIGNING: Final = "signing-keyset"
OPENING: Final = "opening-key"
MEMORY_KIB: Final = 65_536
"""Argon2id's memory for a new key file."""
_ROLE: Final = "key file"
_LARGEST: Final = LARGEST_PAYLOAD + 1024
_SEED: Final = 32
_EPOCH: Final = re.compile(r"opening-(0|[1-9][0-9]{0,8})\.key", re.ASCII)
_u32: Final = Struct(">I")


def save_secret(path: Path, kind: str, payload: bytes, passphrase: str, memory_kib: int = MEMORY_KIB) -> None:
    """A new key file with any payload of at most 64 KiB. Raises as `wrap_key` and `disk.write`."""
    disk.write(path, wrap_key(kind, payload, passphrase, memory_kib=memory_kib), _ROLE, secret=True)


def load_secret(path: Path, kind: str, passphrase: str, role: str = _ROLE) -> bytes:
    """The payload of a key file of that kind. CallerError key.kind; WorldError key.damaged; as `unwrap_key`."""
    found, payload = _unwrap(path, passphrase, role)
    if found != kind:
        raise CallerError("key.kind", role)
    return payload


def load_key(path: Path, passphrase: str, role: str = _ROLE) -> SigningKeyset | OpeningKey:
    """Whichever key stands in the file. As `load_secret`."""
    kind, payload = _unwrap(path, passphrase, role)
    if kind == SIGNING:
        return _signing(payload, role)
    if kind == OPENING:
        return _opening(payload, role)
    raise CallerError("key.kind", role)


def load_public_key(path: Path, role: str = "public key") -> VerifyingKeyset | OpeningPublicKey | None:
    """A public key from its text form in a file, spaces around it stripped; None if the file is a key file.

    Raises as `disk.read` and `crypto.keytext`.
    """
    data = disk.read(path, role, _LARGEST)
    if data.startswith(KEY_FILE.prefix):
        return None
    text = data.decode("ascii", "replace").strip()
    try:
        return parse_opening_key(text) if text.startswith("referral-opening-key:") else parse_signing_key(text)
    except (CallerError, PeerError) as error:
        raise type(error)(error.code, role) from None


def save_signing_key(path: Path, keys: SigningKeyset, passphrase: str, memory_kib: int = MEMORY_KIB) -> None:
    """A new key file with a signing keyset."""
    save_secret(path, SIGNING, _named(keys.agency, *keys.seeds()), passphrase, memory_kib)


def load_signing_key(path: Path, passphrase: str, role: str = _ROLE) -> SigningKeyset:
    """As `load_secret`."""
    return _signing(load_secret(path, SIGNING, passphrase, role), role)


def save_opening_key(path: Path, key: OpeningKey, passphrase: str, memory_kib: int = MEMORY_KIB) -> None:
    """A new key file with an opening key."""
    save_secret(path, OPENING, _named(key.agency, key.seed), passphrase, memory_kib)


def load_opening_key(path: Path, passphrase: str, role: str = _ROLE) -> OpeningKey:
    """As `load_secret`."""
    return _opening(load_secret(path, OPENING, passphrase, role), role)


def _unwrap(path: Path, passphrase: str, role: str) -> tuple[str, bytes]:
    try:
        data = disk.read(path, role, _LARGEST)
    except PeerError:
        raise WorldError("key.damaged", role) from None
    try:
        return unwrap_key(data, passphrase)
    except (CallerError, WorldError) as error:
        raise type(error)(error.code, role) from None


def _signing(payload: bytes, role: str) -> SigningKeyset:
    agency, seeds = _split(payload, 2 * _SEED, role)
    return SigningKeyset.from_seeds(agency, seeds[:_SEED], seeds[_SEED:])


def _opening(payload: bytes, role: str) -> OpeningKey:
    return OpeningKey.from_seed(*_split(payload, _SEED, role))


def _named(agency: AgencyId, *seeds: bytes) -> bytes:
    return lp(agency.encode("ascii")) + b"".join(seeds)


def _split(payload: bytes, size: int, role: str) -> tuple[AgencyId, bytes]:
    try:
        (length,) = _u32.unpack_from(payload)
        agency = agency_id(payload[_u32.size : -size].decode("ascii"))
    except (struct_error, UnicodeDecodeError, CallerError):
        raise WorldError("key.damaged", role) from None
    if len(payload) != _u32.size + length + size:
        raise WorldError("key.damaged", role)
    return agency, payload[-size:]


class KeyFileVault:
    """The port KeyVault over a folder of key files under one passphrase.

    `signing.key` and every `opening-*.key` are read when the vault is made, so that a wrong passphrase shows at once.
    Later looks unwrap only files that are new. May be used by several threads. All keys are of one agency.
    """

    def __init__(self, folder: Path, passphrase: str, memory_kib: int = MEMORY_KIB) -> None:
        """`memory_kib`: Argon2id's memory for key files that the vault adds itself."""
        self._folder, self._memory_kib = folder, memory_kib
        self._passphrase = passphrase
        self._opening: dict[Path, OpeningKey] = {}
        self._signing = load_signing_key(folder / "signing.key", passphrase, f"{_ROLE} signing.key")
        self.keyring()

    @property
    def agency(self) -> AgencyId:
        return self._signing.agency

    def signing_keyset(self) -> SigningKeyset:
        """The keyset the agency signs with."""
        return self._signing

    def look_at_signing(self) -> SigningKeyset:
        """What stands in `signing.key` now; `use` puts it in use. Raises as `load_signing_key`; CallerError
        key.other-agency.
        """
        found = load_signing_key(self._folder / "signing.key", self._passphrase, f"{_ROLE} signing.key")
        if found.agency != self.agency:
            raise CallerError("key.other-agency", f"{_ROLE} signing.key")
        return found

    def use(self, keys: SigningKeyset) -> None:
        """Sign with this keyset from now on. Whether it is the agency's, the caller has found out in the records."""
        self._signing = keys

    def keyring(self) -> Mapping[OpeningKeyId, OpeningKey]:
        """Every opening key that has a file now. Raises as `load_opening_key`; CallerError key.other-agency."""
        known = self._opening
        found = {path: known.get(path) or self._new(path) for path in sorted(self._folder.glob("opening-*.key"))}
        self._opening = found
        return MappingProxyType({key.id: key for key in found.values()})

    def epochs(self) -> Mapping[int, OpeningKey]:
        """The opening keys by the epoch that their file names say. Raises as `keyring`."""
        self.keyring()
        found = ((_EPOCH.fullmatch(path.name), key) for path, key in self._opening.items())
        return {int(match[1]): key for match, key in found if match is not None}

    def add_epoch(self, epoch: int) -> OpeningKey:
        """A new opening key, durable in its file on return. CallerError file.exists; WorldError file.*."""
        key = OpeningKey.create(self.agency)
        save_opening_key(self._place(epoch), key, self._passphrase, self._memory_kib)
        return key

    def destroy_epoch(self, epoch: int) -> None:
        """Overwrite and remove the key's file. What it can and cannot do: `disk.destroy`. WorldError file.*."""
        disk.destroy(self._place(epoch), _ROLE)
        self.keyring()

    def _place(self, epoch: int) -> Path:
        return self._folder / f"opening-{epoch}.key"

    def secret(self, name: str, kind: str) -> bytes:
        """The payload of another key file of the folder, read anew each time. Raises as `load_secret`."""
        return load_secret(self._folder / name, kind, self._passphrase, f"{_ROLE} {name}")

    def _new(self, path: Path) -> OpeningKey:
        role = f"{_ROLE} {path.name}"
        key = load_opening_key(path, self._passphrase, role)
        if key.agency != self.agency:
            raise CallerError("key.other-agency", role)
        return key

    def __repr__(self) -> str:
        return f"KeyFileVault({self.agency})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a vault is neither pickled nor copied")
