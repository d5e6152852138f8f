"""The note: the only free text of the protocol. No attachment hangs on it, and no code list is repeated in it."""

from __future__ import annotations

from referral_proto.model.base import Section
from referral_proto.model.codes.case import NoteKind
from referral_proto.model.codes.exchange import SectionType
from referral_proto.model.contacts import Officer
from referral_proto.model.kinds import Language, Narrative
from referral_proto.moment import Moment

__all__ = ["Note"]


class Note(Section):
    """Free text in one language. `about` is the section it explains; `translated_from` the language it was said in."""

    text: Narrative
    language: Language
    kind: NoteKind | None = None
    about: SectionType | None = None
    translated_from: Language | None = None
    author: Officer | None = None
    written_at: Moment | None = None
