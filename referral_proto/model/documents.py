"""Documents and attachments: what they are, where they are, what was seen of them. Never their contents."""

from __future__ import annotations

from referral_proto.model.base import Part
from referral_proto.model.codes.person import AttachmentKind, DocumentEvidence, DocumentHolder, DocumentType
from referral_proto.model.kinds import Agency, Country, Hash, PartialDate, RecordNumber, Text

__all__ = ["Attachment", "Document"]


class Document(Part):
    """A document of identity or travel. `issuer_country` by ISO 3166; `issuer` as it is printed."""

    type: DocumentType
    number: RecordNumber | None = None
    issuer_country: Country | None = None
    issuer: Text | None = None
    issue_date: PartialDate | None = None
    expiry_date: PartialDate | None = None
    evidence: DocumentEvidence | None = None
    holder: DocumentHolder | None = None


class Attachment(Part):
    """Larger content by its digest alone: it travels in an envelope of its own. `custodian` holds it."""

    kind: AttachmentKind
    digest: Hash
    custodian: Agency | None = None
