"""The answer's form: what is taken, and that a refusal names the place and never the value."""

from __future__ import annotations

import json

import pytest

from reference_node.desk.forms import read_answer
from referral_proto import CallerError, MessageKind, SectionType
from referral_proto.model.codes.exchange import AnswerReason
from referral_proto.model.identity import Identity


def test_everything_an_answer_can_say() -> None:
    answer = read_answer(
        json.dumps(
            {
                "kind": "ASK",
                "reason": "MORE_INFORMATION_NEEDED",
                "asked": ["IDENTITY"],
                "clocks": [{"kind": "DECISION", "due_at": "2026-12-01T00:00:00Z"}],
                "legal_basis": "PUBLIC_TASK",
                "findings": {"identity": {"citizenships": ["KH"]}},
            }
        ).encode()
    )
    assert (answer.kind, answer.reason) == (MessageKind.ASK, AnswerReason.MORE_INFORMATION_NEEDED)
    assert answer.asked == (SectionType.IDENTITY,)
    assert answer.sections == (Identity(citizenships=("KH",)),)


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"", "desk.form", "line 1, column 1"),
        (b"[]", "desk.form", ""),
        (b"\xff", "desk.form", ""),
        (b"[" * 100_000, "desk.form", ""),
        (b'{"kind": "SECRET-VALUE"}', "desk.form", "kind"),
        (b'{"reason": "OTHER"}', "desk.form", "kind"),
        (b'{"kind": "ACCEPT", "secret_name": 1}', "desk.form", ""),
        (b'{"kind": "ACCEPT", "redirect_to": "secret value"}', "desk.form", "redirect_to"),
        (b'{"kind": "ACCEPT", "findings": {"note": {"text": 5}}}', "referral.invalid-value", "note.text"),
    ],
)
def test_a_refusal_names_the_place_only(data: bytes, code: str, where: str) -> None:
    with pytest.raises(CallerError) as refused:
        read_answer(data)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert "secret" not in str(refused.value).lower()
