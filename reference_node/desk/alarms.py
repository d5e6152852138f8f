"""Alarms: what this desk found that an honest relay does not do, with evidence beside it. Judges nothing itself.

    NAME.json       what was found, when, and what to do, with the checkpoints and receipts that show it, in base64
    NAME.evidence   where it is about one entry of the log: a bundle that `referral verify` judges, with the agency's
                    signed claim that nothing was handed over for it, which nobody else can say
    log-….contradiction   where the log contradicts itself: that convicts its keeper before anybody

Files are 0600, in the evidence folder; they name leaves and agencies, and nothing that is sealed. An alarm rings until
somebody settles it, through restarts; about the same thing it rings once.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reference_node import faults
from reference_node.observe import Log
from reference_node.store.desk.audits import AuditBook
from reference_node.store.desk.proving import AlarmRow
from reference_node.witness.evidence import keep_contradiction
from referral_proto.adapters import disk
from referral_proto.errors import CallerError, ReferralError, WorldError, explain
from referral_proto.flow.evidence.bundle import build_audit, chosen_records
from referral_proto.flow.evidence.claim import sign_claim
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.ports import Clock, KeyVault

__all__ = ["Alarms", "LogPlace", "Shown"]

assert faults.AUDIT  # the codes below are declared there

_ODD: Final = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class LogPlace:
    """One entry of the relay's log, with the path from it to a checkpoint."""

    origin: str
    index: int
    entry: bytes
    path: tuple[bytes, ...]
    checkpoint: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows the finding: an entry, a contradiction, and other exact bytes by name."""

    place: LogPlace | None = None
    contradiction: tuple[str, bytes] | None = None
    other: Mapping[str, bytes | None] = field(default_factory=dict)


class Alarms:
    """Raises, keeps and settles alarms. May be used by several threads."""

    def __init__(
        self,
        book: AuditBook,
        folder: Path | None,
        vault: KeyVault,
        records: Callable[[], Iterable[bytes]],
        clock: Clock,
        log: Log,
    ) -> None:
        """folder: where evidence goes; without one, alarms have none. records: the SignedRecords in force."""
        self._book, self._folder, self._vault, self._records = book, folder, vault, records
        self._clock, self._log = clock, log

    def make(self, code: str, mark: str, said: Mapping[str, Any], shown: Shown) -> AlarmRow | None:
        """Write the evidence; the row to enter, or None if this alarm was given before. An alarm rings even if its
        evidence cannot be written.
        """
        if self._book.rang(code, mark):
            return None
        at = self._clock.now()
        name = None
        try:
            name = None if self._folder is None else self._write(self._folder, code, mark, said, shown)
        except ReferralError as error:
            self._log.error("evidence could not be kept", code=error.code)
        self._log.error("the relay's log needs attention", code=code)
        return AlarmRow(0, code, mark, at, name)

    def ring(self, code: str, mark: str, said: Mapping[str, Any], shown: Shown) -> bool:
        """Make an alarm and enter it; False if it was given before."""
        made = self.make(code, mark, said, shown)
        return made is not None and self._book.raise_alarm(made)

    def rang(self, code: str, mark: str) -> bool:
        """Whether such an alarm was given, settled or not."""
        return self._book.rang(code, mark)

    def waiting(self, *, settled: bool = False) -> tuple[AlarmRow, ...]:
        """Those that nobody has seen to; with `settled`, all."""
        return self._book.alarms(settled=settled)

    def count(self) -> int:
        """How many wait."""
        return self._book.ringing()

    def settle(self, number: int) -> None:
        """Somebody has seen to it. CallerError desk.no-alarm."""
        if not self._book.settle(number, self._clock.now()):
            raise CallerError("desk.no-alarm")

    def _write(self, folder: Path, code: str, mark: str, said: Mapping[str, Any], shown: Shown) -> str:
        """The name of the file that shows most."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise WorldError("file.failed", "evidence") from None
        name = _ODD.sub("_", f"{code}-{mark}")[:120]
        proof = {key: b64encode(value).decode("ascii") for key, value in shown.other.items() if value is not None}
        explained = explain(code)
        report = {
            "code": code,
            "what": explained.what,
            "do": explained.do,
            "agency": self._vault.agency,
            "noticed_at": self._clock.now().iso(),
            **said,
            "base64": proof,
        }
        best = f"{name}.json"
        _put(folder / best, (json.dumps(report, indent=1) + "\n").encode())
        if shown.place is not None:
            best = f"{name}.evidence"
            _put(folder / best, self._bundle(shown.place))
        if shown.contradiction is not None:
            best = keep_contradiction(folder, *shown.contradiction).name
        return best

    def _bundle(self, place: LogPlace) -> bytes:
        at, keys = self._clock.now(), self._vault.signing_keyset()
        kind = ClaimKind.UNEXPLAINED
        said = sign_claim(keys, kind, at, origin=place.origin, index=place.index, entry=place.entry)
        entry = (place.index, place.entry, place.path, place.checkpoint)
        return build_audit([entry], chosen_records(self._records(), [self._vault.agency]), [said])


def _put(path: Path, data: bytes) -> None:
    # A desk that stopped between the file and the row comes here again.
    disk.write(path, data, "evidence", secret=True, replace=True)
