"""The nouns of the protocol by name: sections, their parts, envelope, records. Nothing is loaded until a name is used.

Code lists are in `model.codes`. No verb and no encoding lives on this floor.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE: dict[str, str] = {
    "Absence": "referral_proto.model.base",
    "AccessAnchor": "referral_proto.model.evidence",
    "AccessEntry": "referral_proto.model.evidence",
    "AccessEvidence": "referral_proto.model.evidence",
    "Acknowledgement": "referral_proto.model.log",
    "AgeAssessment": "referral_proto.model.child",
    "AgencyName": "referral_proto.model.records",
    "AgencyRecord": "referral_proto.model.records",
    "AnySection": "referral_proto.model.section",
    "Attachment": "referral_proto.model.documents",
    "Belonging": "referral_proto.model.handover",
    "BestInterest": "referral_proto.model.child",
    "Child": "referral_proto.model.child",
    "Claim": "referral_proto.model.evidence",
    "Clock": "referral_proto.model.control",
    "Consent": "referral_proto.model.consent",
    "Control": "referral_proto.model.control",
    "Core": "referral_proto.model.envelope",
    "Cover": "referral_proto.model.envelope",
    "CustodyReference": "referral_proto.model.child",
    "DisclosureRow": "referral_proto.model.control",
    "Document": "referral_proto.model.documents",
    "EndedKey": "referral_proto.model.records",
    "Envelope": "referral_proto.model.envelope",
    "Escort": "referral_proto.model.travel",
    "EvidenceBundle": "referral_proto.model.evidence",
    "EvidenceDelivery": "referral_proto.model.evidence",
    "EvidenceEntry": "referral_proto.model.evidence",
    "EvidenceMessage": "referral_proto.model.evidence",
    "Exploitation": "referral_proto.model.screening",
    "Family": "referral_proto.model.family",
    "FederationRecord": "referral_proto.model.records",
    "Grant": "referral_proto.model.consent",
    "Guardian": "referral_proto.model.child",
    "Handover": "referral_proto.model.handover",
    "Health": "referral_proto.model.health",
    "HouseholdAssessment": "referral_proto.model.family",
    "Identity": "referral_proto.model.identity",
    "Informed": "referral_proto.model.consent",
    "Interpreter": "referral_proto.model.contacts",
    "Leg": "referral_proto.model.travel",
    "Legal": "referral_proto.model.legal",
    "Limits": "referral_proto.model.records",
    "LogContradiction": "referral_proto.model.log",
    "LogEntry": "referral_proto.model.records",
    "LogEvent": "referral_proto.model.log",
    "Medication": "referral_proto.model.health",
    "MissingSection": "referral_proto.model.referral",
    "NamePart": "referral_proto.model.names",
    "Note": "referral_proto.model.note",
    "Noun": "referral_proto.model.base",
    "Officer": "referral_proto.model.contacts",
    "OpenedControl": "referral_proto.model.evidence",
    "OpeningKeyRecord": "referral_proto.model.records",
    "Override": "referral_proto.model.consent",
    "Parent": "referral_proto.model.identity",
    "Part": "referral_proto.model.base",
    "Permit": "referral_proto.model.legal",
    "Perpetrator": "referral_proto.model.screening",
    "PersonName": "referral_proto.model.names",
    "Place": "referral_proto.model.places",
    "Preview": "referral_proto.model.preview",
    "Proceeding": "referral_proto.model.legal",
    "Protection": "referral_proto.model.protection",
    "PublicKeyset": "referral_proto.model.records",
    "Receipt": "referral_proto.model.log",
    "Recipient": "referral_proto.model.envelope",
    "RecordSignature": "referral_proto.model.records",
    "Recruitment": "referral_proto.model.screening",
    "Referral": "referral_proto.model.referral",
    "Registrar": "referral_proto.model.records",
    "Reintegration": "referral_proto.model.reintegration",
    "Relative": "referral_proto.model.family",
    "RelayRecord": "referral_proto.model.records",
    "RetraffickingAlert": "referral_proto.model.reintegration",
    "Risk": "referral_proto.model.protection",
    "SECTION_MODELS": "referral_proto.model.section",
    "SECTION_TYPES": "referral_proto.model.section",
    "SafeContact": "referral_proto.model.contacts",
    "Screening": "referral_proto.model.screening",
    "Seal": "referral_proto.model.envelope",
    "Section": "referral_proto.model.base",
    "SectionVersion": "referral_proto.model.records",
    "Sender": "referral_proto.model.envelope",
    "SignedAcknowledgement": "referral_proto.model.log",
    "SignedClaim": "referral_proto.model.evidence",
    "SignedRecord": "referral_proto.model.records",
    "SigningKeysetEntry": "referral_proto.model.records",
    "SupportPlan": "referral_proto.model.reintegration",
    "Threat": "referral_proto.model.protection",
    "TraffickingEvent": "referral_proto.model.screening",
    "Travel": "referral_proto.model.travel",
    "Verification": "referral_proto.model.identity",
    "Visit": "referral_proto.model.reintegration",
    "WitnessEntry": "referral_proto.model.records",
    "WitnessedCheckpoint": "referral_proto.model.log",
}

__all__ = sorted(_TABLE)  # noqa: PLE0605 - computed once from the table, which a test holds true


def __getattr__(name: str) -> Any:
    if name not in _TABLE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_TABLE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
