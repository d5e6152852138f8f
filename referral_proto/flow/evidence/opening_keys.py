"""Whose an opening key was: the records that say so, asked for by agency and key, and judged when they are asked for.

They are never folded: that a signing key was replaced since must not take an old message's opening key away. Nothing
proves when such a record was signed; so one by a keyset that leaked, whenever that was, is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.labels import OPENING_KEY
from referral_proto.errors import PeerError
from referral_proto.ids import KeysetId
from referral_proto.model.records import OpeningKeyRecord, SignedRecord
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.signed import signed_by, unsigned
from referral_proto.trust.standing import Standing, Status
from referral_proto.wire import decode

__all__ = ["OpeningKeys", "OwnedKey", "leaked"]


class OwnedKey(NamedTuple):
    """What a record says. `leaked`: who says since when that the key which signed it was in other hands."""

    not_before_at: Moment
    not_after_at: Moment
    leaked: Standing | None


class OpeningKeys:
    """The opening keys of the agencies that a directory knows. May be used by one thread at a time."""

    def __init__(self, records: Iterable[bytes], directory: Directory) -> None:
        """Judges no signature; what does not read, or nobody signed, or no enrolled agency's, is left out."""
        self._directory = directory
        self._known = frozenset(directory.agencies())
        self._records: dict[tuple[str, bytes], list[tuple[SignedRecord, OpeningKeyRecord]]] = {}
        self._found: dict[tuple[str, bytes], OwnedKey | None] = {}
        for data in records:
            try:
                signed = decode(SignedRecord, data)
                record = unsigned(OpeningKeyRecord, signed)
            except PeerError:
                continue
            if signed.signatures and record.agency in self._known:
                place = record.agency, labelled_hash(OPENING_KEY, record.agency.encode(), record.xwing)
                self._records.setdefault(place, []).append((signed, record))

    def find(self, agency: str, key: bytes) -> OwnedKey | None:
        """Whose record stands for the key, one by a keyset that never leaked first; None if none is signed well."""
        place = agency, key
        if place not in self._found:
            judged = [self._judged(*held) for held in self._records.get(place, ())]
            owned = [one for one in judged if one is not None]
            self._found[place] = min(owned, key=lambda one: one.leaked is not None, default=None)
        return self._found[place]

    def _judged(self, signed: SignedRecord, record: OpeningKeyRecord) -> OwnedKey | None:
        agency, good = record.agency, []
        for one in signed.signatures:
            try:
                if self._directory.standing(agency, one.keyset, record.not_before_at).status is Status.VALID:
                    good.append(self._directory.keyset(agency, one.keyset))
            except PeerError:
                continue
        doubts = [leaked(self._directory, agency, keyset) for keyset in sorted(signed_by(signed, good))]
        if not doubts:
            return None
        return OwnedKey(record.not_before_at, record.not_after_at, None if None in doubts else doubts[0])


def leaked(directory: Directory, agency: str, keyset: bytes) -> Standing | None:
    """Who says, anywhere in the records, that the keyset was in other hands, and since when; None if nobody does.

    PeerError trust.unknown-agency, trust.unknown-keyset.
    """
    directory.keyset(agency, keyset)
    known = directory.history(agency).keysets[KeysetId(keyset)]
    entry = known.entry
    if entry.compromised_since_at is None:
        return None
    asserted = entry.compromise_asserted_at
    return Standing(Status.CONTESTED, "trust.keyset-contested", entry.compromised_since_at, known.asserted_by, asserted)
