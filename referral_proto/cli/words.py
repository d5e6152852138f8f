"""Words around the data, in English, Thai or Khmer. Data and lookup; prints nothing, decides nothing.

Labels of codes, fields and sections are data of the model (`model/codes/wording.py`); here is only what this command
line says itself. Corrections are welcome: docs/translations.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from referral_proto.model.base import Noun
from referral_proto.model.codes.code import Code
from referral_proto.model.codes.wording import label
from referral_proto.policy.consent import Reason

__all__ = ["PHRASES", "REASONS", "Words"]

REASONS: Final[Mapping[Reason, str]] = {
    Reason.NOT_IN_MATRIX: "the purpose or the agency's mandates do not need it",
    Reason.NO_CONSENT: "the person's consent does not cover it",
    Reason.CONSENT_REFUSED: "the person refused",
    Reason.CONSENT_WITHDRAWN: "the person withdrew the consent",
    Reason.CONSENT_EXPIRED: "the consent has expired",
    Reason.CONSENT_FOR_OTHERS: "the person consented for other agencies only",
    Reason.HOME_STATE_VETO: "the person forbade that the home state is told",
    Reason.NOT_IN_ANSWER: "this kind of answer does not hold it",
    Reason.OVERRIDE_OTHER: "the recorded override does not cover it",
}
"""Why a section is left out, after "because"."""

PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    "from": {"en": "From", "th": "จาก", "km": "ពី"},
    "to": {"en": "To", "th": "ถึง", "km": "ជូន"},
    "made": {"en": "Made", "th": "จัดทำเมื่อ", "km": "ធ្វើនៅ"},
    "leaf": {"en": "Leaf", "th": "Leaf", "km": "Leaf"},
    "key": {"en": "Signed with key", "th": "ลงนามด้วยกุญแจ", "km": "ចុះហត្ថលេខាដោយកូនសោ"},
    "checked": {
        "en": "Signature, addressee and time were checked for",
        "th": "ตรวจลายเซ็น ผู้รับ และเวลาแล้ว ณ",
        "km": "បានពិនិត្យហត្ថលេខា អ្នកទទួល និងពេលវេលា សម្រាប់",
    },
    "table": {"en": "Who was given what", "th": "ใครได้รับข้อมูลใด", "km": "អ្នកណាបានទទួលអ្វី"},
    "control-only": {"en": "No other section", "th": "ไม่มีส่วนอื่น", "km": "គ្មានផ្នែកផ្សេងទៀត"},
    "no-value": {"en": "No value", "th": "ไม่มีข้อมูล", "km": "គ្មានទិន្នន័យ"},
    "silent": {"en": "Nothing said about", "th": "ไม่ได้ระบุ", "km": "មិនបានបញ្ជាក់"},
    "not-shown": {"en": "Not shown", "th": "ไม่แสดง", "km": "មិនបង្ហាញ"},
    "quarantined": {
        "en": "sent although the purpose does not grant it to this agency; quarantined unread, tell the sender",
        "th": "ส่งมาเกินกว่าที่วัตถุประสงค์อนุญาต กักไว้โดยไม่อ่าน โปรดแจ้งผู้ส่ง",
        "km": "ត្រូវបានផ្ញើលើសពីអ្វីដែលគោលបំណងអនុញ្ញាត រក្សាទុកដោយមិនអាន សូមជូនដំណឹងអ្នកផ្ញើ",
    },
    "newer": {
        "en": "of a newer version, not recognised here",
        "th": "จากรุ่นใหม่กว่า อ่านที่นี่ไม่ได้",
        "km": "ពីជំនាន់ថ្មីជាង មិនអាចអានបាននៅទីនេះ",
    },
    "section-type": {"en": "Section type", "th": "ประเภทส่วน", "km": "ប្រភេទផ្នែក"},
    "fields": {"en": "Fields", "th": "ช่องข้อมูล", "km": "ចំណុចទិន្នន័យ"},
    "bytes": {"en": "bytes", "th": "ไบต์", "km": "បៃ"},
    "other-matrix": {
        "en": "The sender applied another disclosure matrix than this program",
        "th": "ผู้ส่งใช้ตารางการเปิดเผยข้อมูลฉบับอื่น",
        "km": "អ្នកផ្ញើបានប្រើតារាងបង្ហាញទិន្នន័យផ្សេង",
    },
    "yes": {"en": "yes", "th": "ใช่", "km": "បាទ/ចាស"},
    "no": {"en": "no", "th": "ไม่", "km": "ទេ"},
}


class Words:
    """One language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def code(self, code: Code) -> str:
        """A code's label; a code of a newer version says so, with its number."""
        return label(code, self.language)

    def field(self, noun: type[Noun], field: str) -> str:
        """A field's label; `#37`, a number that this version does not know, says so."""
        return label(f"field.{noun.__name__}.{field}", self.language)

    def phrase(self, key: str) -> str:
        """One of PHRASES."""
        return PHRASES[key][self.language]
