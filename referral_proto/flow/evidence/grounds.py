"""The grounds that evidence is judged on: one set of records, folded from the root, and what it says of any checkpoint.

Grounds depend on records and on the auditor's clock alone, and never change; whoever verifies many bundles keeps them.
What is remembered of a checkpoint is remembered under the exact bytes of its note, text and signatures, and for these
grounds only.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from referral_proto.errors import PeerError
from referral_proto.flow.evidence.opening_keys import OpeningKeys, leaked
from referral_proto.flow.evidence.report import Chain
from referral_proto.ids import AgencyId, Digest
from referral_proto.log.checkpoint import Checkpoint
from referral_proto.log.head import agency_of, desk_origin
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.records import AgencyRecord, SignedRecord
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.federation import Federation
from referral_proto.trust.memory import FoldMemory
from referral_proto.trust.notes import NOT_STANDING, judge_note
from referral_proto.trust.signed import unsigned
from referral_proto.trust.standing import Standing
from referral_proto.trust.standing import Status as Stood
from referral_proto.wire import decode

__all__ = ["Grounds", "Records"]


_NOTES_KEPT: Final = 1024
_FEDERATION: Final = bytes([0x08, RecordKind.FEDERATION])
_OPENING_KEY: Final = bytes([0x08, RecordKind.OPENING_KEY])


@dataclass(frozen=True, slots=True)
class Records:
    """SignedRecords by kind, sorted by their first field alone. Opening keys are not folded (`opening_keys`)."""

    chains: tuple[bytes, ...]
    opening_keys: tuple[bytes, ...]

    @classmethod
    def of(cls, records: Iterable[bytes]) -> Records:
        """Judges nothing: what does not read as a record is found when it is folded."""
        held = tuple(records)
        return cls(
            tuple(one for one in held if not one.startswith(_OPENING_KEY)),
            tuple(one for one in held if one.startswith(_OPENING_KEY)),
        )

    def within(self, chain: Federation) -> bool:
        """Whether every federation record is a part of the chain. Of one there may be copies, each signer's own."""
        own = [one for one in self.chains if one.startswith(_FEDERATION)]
        if len(own) <= len(chain.digests):
            return True
        try:
            return len({decode(SignedRecord, one).record for one in own}) <= len(chain.digests)
        except PeerError:
            return False

    def agencies(self) -> frozenset[str]:
        """Whose records these are. PeerError trust.record-malformed: one does not read as a record."""
        found: set[str] = set()
        for data in self.chains:
            try:
                signed = decode(SignedRecord, data)
            except PeerError as error:
                raise PeerError("trust.record-malformed", error.where) from None
            if signed.kind is RecordKind.AGENCY:
                found.add(unsigned(AgencyRecord, signed).agency)
        return frozenset(found)


class Grounds:
    """What the records say. May be used by one thread at a time."""

    def __init__(
        self, own: Records, more: Records | None, root: Digest, at: Moment | None, memory: FoldMemory | None
    ) -> None:
        """`own`: the bundle's records; `more`: others that the auditor holds. Raises as `Directory.fold`, and PeerError
        trust.chain if the bundle brings a federation record that is no part of the chain.
        """
        further = more.chains if more is not None else ()
        self.directory = Directory.fold((*own.chains, *further), root=root, at=at, lenient=True, memory=memory)
        if not own.within(self.directory.chain):
            raise PeerError("trust.chain", "federation")
        self.at = at
        self.problems = tuple(one for one in self.directory.problems if one.agency or not further)
        self.alarms = tuple((one.code, str(one.agency)) for one in self.directory.alarms)
        self.chains = tuple(self._chains())
        self.opening_keys = OpeningKeys(
            (*own.opening_keys, *(more.opening_keys if more is not None else ())), self.directory
        )
        self._notes: OrderedDict[bytes, Checkpoint] = OrderedDict()

    def _chains(self) -> Iterator[Chain]:
        current = self.directory.federation
        yield Chain("federation", current.sequence, current.issued_at)
        for agency in self.directory.agencies():
            record = self.directory.agency(agency)
            yield Chain(agency, record.sequence, record.issued_at)

    def untimed(self, agency: str, keyset: bytes, at: Moment) -> Standing:
        """How a keyset stands for what says of itself that it was signed at `at`, and nothing proves it: as it stood
        then; and if that is good, as it stands by the auditor's clock, and contested whenever it leaked.

        PeerError trust.unknown-agency, trust.unknown-keyset.
        """
        found = self.directory.standing(agency, keyset, at)
        if found.status is not Stood.VALID:
            return found
        doubt = leaked(self.directory, agency, keyset)
        if doubt is not None:
            return doubt
        if self.at is None:
            return Standing(Stood.INDETERMINATE, "evidence.no-clock")
        if self.directory.standing(agency, keyset, Moment(max(at, self.at))).status is Stood.VALID:
            return found
        return Standing(Stood.INDETERMINATE, "evidence.key-ended")

    def of_relay(self, agency: str) -> Callable[[bytes], Checkpoint]:
        """Verifies checkpoints of the logs that the agency's relay kept for it; of any other it is a PeerError
        checkpoint.origin.
        """

        def verify(note: bytes) -> Checkpoint:
            checkpoint = self.checkpoint(note)
            if agency_of(checkpoint.origin)[0] != agency:
                raise PeerError("checkpoint.origin")
            return checkpoint

        return verify

    def of_desk(self, agency: str, note: bytes) -> Checkpoint:
        """A checkpoint of the log that the agency's desk keeps. Raises as `checkpoint`."""
        checkpoint = self.checkpoint(note)
        if checkpoint.origin != desk_origin(AgencyId(agency)):
            raise PeerError("checkpoint.origin")
        return checkpoint

    def checkpoint(self, note: bytes) -> Checkpoint:
        """A checkpoint under the keys that its log had then, with the time by which the quorum in force then had
        cosigned; None if no quorum had.

        PeerError note.*, checkpoint.*, trust.unknown-agency, trust.unknown-log, evidence.log-keys.
        """
        found = self._notes.get(note)
        if found is None:
            found = self._judged(note)
            self._notes[note] = found
            if len(self._notes) > _NOTES_KEPT:
                self._notes.popitem(last=False)
        return found

    def _judged(self, note: bytes) -> Checkpoint:
        judged = judge_note(note, self.directory, self.at)
        # Of keys that ended, what nobody cosigned has no trusted time, which the checks that need one say.
        if judged.doubt == NOT_STANDING:
            raise PeerError("evidence.log-keys", judged.entry.origin)
        return judged.checkpoint
