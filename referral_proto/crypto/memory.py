"""A memory of seals that verified, for batches: a thousand envelopes under one signature cost one verification.

It caches the mathematics and nothing else. Whether a keyset is known, valid or revoked is judged anew at each use, by
whoever asks. The key is keyset, statement AND both signatures: keyed on the statement alone, all-zero signatures pass
once the true ones were seen. Failures are not remembered. Lost at the end of the process, never stored.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

from referral_proto.crypto.digest import Label
from referral_proto.crypto.keyset import HybridSignature, VerifyingKeyset

__all__ = ["DEFAULT_CAPACITY", "SealMemory"]

DEFAULT_CAPACITY: Final = 1024
"""Entries, of about 3.6 KB each. What is forgotten is verified again."""

_Key = tuple[bytes, bytes, bytes, bytes, bytes]


class SealMemory:
    """Verifies hybrid signatures and remembers the last `capacity` that were valid; may be shared between threads."""

    __slots__ = ("_capacity", "_lock", "_seen")

    def __init__(self, capacity: int = DEFAULT_CAPACITY) -> None:
        if capacity < 1:
            raise ValueError("capacity is at least 1")
        self._capacity = capacity
        self._lock = Lock()
        self._seen: OrderedDict[_Key, None] = OrderedDict()

    def verify(self, keyset: VerifyingKeyset, statement: bytes, label: Label, signature: HybridSignature) -> None:
        """As `keyset.verify(statement, label, signature)`: silent, or PeerError `signature.invalid`."""
        key = (keyset.id, label, statement, signature.ed25519, signature.mldsa65)
        with self._lock:
            if key in self._seen:
                self._seen.move_to_end(key)
                return
        # Outside the lock: two threads may both do the work, none waits for another's.
        keyset.verify(statement, label, signature)
        with self._lock:
            self._seen[key] = None
            self._seen.move_to_end(key)
            if len(self._seen) > self._capacity:
                self._seen.popitem(last=False)

    def __len__(self) -> int:
        with self._lock:
            return len(self._seen)

    def __repr__(self) -> str:
        return f"SealMemory({len(self)} of {self._capacity})"
