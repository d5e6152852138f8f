"""open: from an Admitted to typed sections that policy lets this agency see (spec: checks, O-6 …). Only `open` makes
an Opened; whoever reads personal data asks for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import OurError, PeerError
from referral_proto.flow.admit import Admitted
from referral_proto.flow.unseal import Unsealed, UnsealedSection, unseal
from referral_proto.ids import OpeningKeyId
from referral_proto.model.codes.exchange import DisclosureState, MessageKind, SectionType
from referral_proto.model.control import Control
from referral_proto.model.section import AnySection
from referral_proto.policy.matrix import MATRIX_DIGEST, granted
from referral_proto.trust.directory import Directory
from referral_proto.wire.codec import decode_section, section_type

__all__ = ["ANSWERS", "Opened", "OpenedSection", "open_envelope", "open_unsealed"]

ANSWERS: Final = frozenset(
    (
        MessageKind.RECEIVED,
        MessageKind.ACKNOWLEDGED,
        MessageKind.ACCEPT,
        MessageKind.DECLINE,
        MessageKind.ASK,
        MessageKind.REDIRECT,
        MessageKind.VERIFICATION_RESULT,
        MessageKind.ASSESSMENT,
        MessageKind.RETURN_CLEARED,
        MessageKind.RETURN_STOPPED,
        MessageKind.HANDOVER_CONFIRMED,
        MessageKind.ERASURE_RECEIPT,
        MessageKind.REVOKE_CONFIRMED,
        MessageKind.UNREADABLE,
    )
)
"""Kinds that only make sense about a message that went before; they name it in `about`."""
_OPENINGS: Final = frozenset((MessageKind.OFFER, MessageKind.NOTIFY, MessageKind.PRE_NOTIFICATION))
_TYPES: Final = {int(kind): kind for kind in SectionType}
_CONTROL: Final = int(SectionType.CONTROL)
_GIVEN: Final = DisclosureState.GIVEN
_BY_OPEN: Final = object()


@dataclass(frozen=True, slots=True)
class OpenedSection:
    """A section with what proves it: body index and salt open the signed commitment."""

    index: int
    type: SectionType
    section: AnySection = field(repr=False)
    salt: bytes = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """What this agency may see of a message.

    `quarantined`: types that were sent although the matrix does not grant them to this agency; their content is not
    here. `unrecognised`: section types of a newer version. `other_matrix`: the sender applied another matrix.
    """

    admitted: Admitted
    control: Control
    sections: tuple[OpenedSection, ...]
    quarantined: tuple[SectionType, ...]
    unrecognised: tuple[int, ...]
    other_matrix: bool
    section_keys: Mapping[int, bytes] = field(repr=False)
    _by: object = field(repr=False)

    def __post_init__(self) -> None:
        if self._by is not _BY_OPEN:
            raise OurError("ours.broken-promise", "Opened")

    def section(self, kind: SectionType) -> AnySection | None:
        """The section of that type, or None; why it is not there stands in `control.table`."""
        return next((one.section for one in self.sections if one.type == kind), None)


def open_envelope(admitted: Admitted, keyring: Mapping[OpeningKeyId, OpeningKey], directory: Directory) -> Opened:
    """Open everything this agency was given and may see.

    Raises CallerError open.no-key; PeerError open.refused, open.control, open.table, open.section,
    open.repeated-section, trust.unknown-agency.
    """
    return open_unsealed(unseal(admitted, keyring), directory)


def open_unsealed(unsealed: Unsealed, directory: Directory, left_shut: frozenset[int] = frozenset()) -> Opened:
    """The steps behind `unseal`: typed sections, control, policy. `left_shut`: types that were quarantined when the
    message came and whose keys a desk therefore did not keep; they count as given and stay quarantined.
    """
    admitted = unsealed.admitted
    control = _control(unsealed.sections[0])
    given: dict[int, UnsealedSection] = {}
    for one in unsealed.sections[1:]:
        number = section_type(one.section)
        # O-7 at most one section of each type, and the control section once
        if number in given or number == _CONTROL:
            raise PeerError("open.repeated-section")
        given[number] = one
    _check_table(control, unsealed, left_shut.union(given))
    _check_kind(control)
    # O-10 the matrix grants the section to this agency's mandates for the purpose named; the sender's own copy is whole
    own_copy = unsealed.recipient_index < 0
    mandates = directory.mandates(admitted.recipient) if admitted.recipient is not None else frozenset()
    allowed = frozenset(given) if own_copy else granted(control.purpose, mandates)
    sections: list[OpenedSection] = []
    quarantined = [SectionType(number) for number in sorted(left_shut.difference(given))]
    unrecognised: list[int] = []
    for number, one in sorted(given.items()):
        kind = _TYPES.get(number)
        if kind is None:
            unrecognised.append(number)
        elif kind not in allowed:
            quarantined.append(kind)
        else:
            sections.append(OpenedSection(one.index, kind, _section(one), one.salt, one.section))
    return Opened(
        admitted,
        control,
        tuple(sections),
        tuple(quarantined),
        tuple(unrecognised),
        control.matrix_digest is not None and control.matrix_digest != MATRIX_DIGEST,
        unsealed.section_keys,
        _BY_OPEN,
    )


def _control(first: UnsealedSection) -> Control:
    # O-6 index 0 is the control section, canonical, nothing unknown
    if first.index != 0 or section_type(first.section) != _CONTROL:
        raise PeerError("open.control")
    try:
        control = decode_section(first.section)
    except PeerError as error:
        raise PeerError("open.control", error.where) from None
    if not isinstance(control, Control):
        raise PeerError("open.control")
    return control


def _section(one: UnsealedSection) -> AnySection:
    # O-11 the section is canonical and its known fields are valid; unknown fields and codes are kept and flagged
    try:
        return decode_section(one.section)
    except PeerError as error:
        raise PeerError("open.section", error.where) from None


def _check_table(control: Control, unsealed: Unsealed, given: frozenset[int]) -> None:
    # O-8 each cell of the table once, no recipient outside the core, and "given" is true for this recipient
    count, place = len(unsealed.admitted.core.recipients), unsealed.recipient_index
    cells: set[tuple[int, int]] = set()
    said: set[int] = set()
    for row in control.table:
        section, recipient = row.section, row.recipient
        if recipient >= count:
            raise PeerError("open.table")
        cells.add((section, recipient))
        if row.state == _GIVEN and (place < 0 or recipient == place):
            said.add(section)
    said.discard(_CONTROL)
    if len(cells) != len(control.table) or said != given:
        raise PeerError("open.table")


def _check_kind(control: Control) -> None:
    # O-9 an answer names what it answers, so that a request can never pass for one
    if control.kind in ANSWERS and not control.about:
        raise PeerError("open.control", "about")
    if control.kind in _OPENINGS and control.about:
        raise PeerError("open.control", "about")
