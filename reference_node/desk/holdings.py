"""What the desk holds: its keys, its database, the trust records, and how a stored message is opened again.

The opened message lives in memory for as long as somebody looks at it. Nothing opened is written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from reference_node.desk.accesslog import AccessLog
from reference_node.desk.casekeys import CaseKey, Kept, KeyCabinet
from reference_node.desk.changes import Changes
from reference_node.store.desk.cabinet import Cabinet
from reference_node.store.desk.mail import PostBook
from reference_node.store.desk.receipts import ReceiptBook
from reference_node.store.desk.rows import CaseRow, MessageRow
from referral_proto import (
    Admitted,
    AgencyId,
    Directory,
    Moment,
    Opened,
    SealMemory,
    ThreadId,
    Unsealed,
    WorldError,
)
from referral_proto.flow.admit import readmit
from referral_proto.flow.open import open_unsealed
from referral_proto.flow.unseal import unseal_with_keys
from referral_proto.ports import Clock, KeyVault
from referral_proto.trust.standing import Standing

__all__ = ["Holdings", "Records"]


class Records(Protocol):
    """The trust records in force. `refresh` takes up changes and says whether there were any; `require` raises
    WorldError trust.*, PeerError trust.country-expired if nothing may be decided on them now; `notices` are codes of
    what needs attention.
    """

    @property
    def directory(self) -> Directory: ...

    def refresh(self) -> bool: ...

    def require(self, *agencies: AgencyId) -> None: ...

    def refusal(self, *agencies: AgencyId) -> str: ...

    def age(self) -> int | None: ...

    def notices(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Holdings:
    """Shared by all use cases of one desk; every part may be used by several threads."""

    agency: AgencyId
    vault: KeyVault
    case_keys: KeyCabinet = field(repr=False)
    cabinet: Cabinet
    book: PostBook
    receipts: ReceiptBook
    access: AccessLog
    records: Records
    clock: Clock
    changes: Changes = field(default_factory=Changes)
    memory: SealMemory = field(default_factory=SealMemory)
    fetch_keys: Callable[[Iterable[AgencyId]], None] = field(default=lambda _: None, repr=False)
    """Asks the relay for opening keys that are missing here or end soon. Raises nothing."""

    @property
    def directory(self) -> Directory:
        return self.records.directory

    def open_case(self, thread: ThreadId, at: Moment) -> tuple[CaseRow, CaseKey]:
        """The case of a thread and its key; a new case gets a new key."""
        row = self.cabinet.case(thread) or self.cabinet.open_case(thread, self.case_keys.new_case(thread), at)
        return row, self.case_keys.case(thread, row.wrapped_key)

    def kept(self, row: MessageRow) -> Kept:
        """The section keys of a stored message. WorldError desk.key-damaged."""
        case = self.cabinet.case(row.thread)
        if case is None:
            raise WorldError("desk.key-damaged")
        return self.case_keys.case(row.thread, case.wrapped_key).unwrap(row.leaf, row.wrapped_keys)

    def readmit(self, row: MessageRow) -> tuple[Admitted, Standing]:
        """The stored envelope, checked again as of the time it was stored, and how its sender's key stood then: what
        is compromised since is shown, and shown as contested. PeerError trust.*, signature.invalid; WorldError
        desk.key-damaged.
        """
        recipient = None if row.outgoing else self.agency
        admitted, standing = readmit(row.envelope, recipient, self.directory, row.stored_at, self.memory)
        # Another envelope in this row is a database that somebody altered.
        if admitted.leaf != row.leaf or row.outgoing != (admitted.core.sender.agency == self.agency):
            raise WorldError("desk.key-damaged")
        return admitted, standing

    def reopen(self, row: MessageRow) -> tuple[Opened, Standing]:
        """The stored message, opened in memory. Raises as `readmit`, PeerError open.*."""
        kept = self.kept(row)
        admitted, standing = self.readmit(row)
        unsealed = unseal_with_keys(admitted, kept.section_keys)
        return open_unsealed(unsealed, self.directory, frozenset(kept.quarantined)), standing

    def control_only(self, row: MessageRow) -> tuple[Unsealed, Standing]:
        """The stored message with nothing opened but its control section. Raises as `reopen`."""
        admitted, standing = self.readmit(row)
        return unseal_with_keys(admitted, {0: self.kept(row).section_keys[0]}), standing
