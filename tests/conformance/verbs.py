"""What a vector asks for: verb and given in, `{"ok": …}` or `{"error": code}` out.

The library's side of what `spec/README.md` asks of every implementation.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from referral_proto.crypto import labels
from referral_proto.crypto.digest import Label, labelled_hash
from referral_proto.crypto.keyfile import unwrap_key
from referral_proto.crypto.keytext import parse_opening_key, parse_signing_key
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import ReferralError
from referral_proto.flow.admit import Admitted, admit, admit_for_dispatch
from referral_proto.flow.cover import verify_cover
from referral_proto.flow.open import Opened, open_envelope
from referral_proto.flow.respond import check_answer
from referral_proto.ids import Leaf, ThreadId, agency_id
from referral_proto.model import envelope, records
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.wire import decode, decode_section, encode, encode_section
from tests.conformance import following, proving, world

Given = dict[str, Any]
CLOSED = {
    one.__name__: one
    for one in (
        envelope.Envelope,
        envelope.Core,
        envelope.Cover,
        records.SignedRecord,
        records.FederationRecord,
        records.AgencyRecord,
        records.RelayRecord,
        records.OpeningKeyRecord,
    )
}
BY_NAME: dict[str, Label] = {label.decode(): label for label in labels.ALL}


def outcome(vector: dict[str, Any]) -> dict[str, Any]:
    """Carry out the vector's verb. An error of the tree becomes its code; any other exception is a bug and escapes."""
    try:
        return {"ok": VERBS[vector["verb"]](vector["given"])}
    except ReferralError as error:
        return {"error": error.code}


def _directory(given: Given) -> Directory:
    names = given.get("records", ["keys/world.json"])
    names = [names] if isinstance(names, str) else names
    if "more" in given:
        return following.folded({"base": names, "more": given["more"]})
    return world.directory(*names)


def _decode(given: Given) -> Given:
    data = world.content(given["bytes"])
    if given["message"] == "Section":
        section = decode_section(data)
        again = encode_section(section)
        said = {"section": type(section).__name__, "value": section.model_dump(mode="json", exclude_defaults=True)}
    else:
        value = decode(CLOSED[given["message"]], data)
        again = encode(value)
        said = {"value": value.model_dump(mode="json", exclude_defaults=True)}
    assert again == data, "what was read is not written as it was read"
    return said


def _verify_cover(given: Given) -> Given:
    cover = world.content(given["cover"])
    at = None if given["at"] is None else Moment.parse(given["at"])
    verified = verify_cover(cover, _directory(given), at)
    return {
        "sender": verified.core.sender.agency,
        "keyset": verified.keyset.id.hex(),
        "message_id": verified.core.message_id.hex(),
        "leaf": verified.leaf.hex(),
        "standing": verified.standing.status.value,
    }


def _admitted(given: Given) -> Admitted:
    data = world.content(given["envelope"])
    return admit(data, agency_id(given["recipient"]), _directory(given), Moment.parse(given["at"]))


def _said(admitted: Admitted) -> Given:
    return {
        "sender": admitted.core.sender.agency,
        "message_id": admitted.core.message_id.hex(),
        "leaf": admitted.leaf.hex(),
        "cover_sha256": sha256(admitted.cover()).hexdigest(),
    }


def _admit(given: Given) -> Given:
    return _said(_admitted(given))


def _dispatch(given: Given) -> Given:
    data = world.content(given["envelope"])
    return _said(admit_for_dispatch(data, agency_id(given["sender"]), _directory(given), Moment.parse(given["at"])))


def _opened(given: Given) -> Opened:
    admitted = _admitted(given)
    key = OpeningKey.from_seed(agency_id(given["recipient"]), bytes.fromhex(given["opening_seed"]))
    return open_envelope(admitted, {key.id: key}, _directory(given))


def _open(given: Given) -> Given:
    opened = _opened(given)
    return {
        "control": opened.control.model_dump(mode="json", exclude_defaults=True),
        "sections": [
            {"index": one.index, "type": one.type.name, "salt": one.salt.hex(), "bytes": one.data.hex()}
            for one in opened.sections
        ],
        "quarantined": [kind.name for kind in opened.quarantined],
        "unrecognised": list(opened.unrecognised),
    }


def _answer(given: Given) -> Given:
    asked, thread = Leaf(bytes.fromhex(given["asked"])), ThreadId(bytes.fromhex(given["thread"]))
    check_answer(_opened(given), asked, thread, frozenset(map(agency_id, given["asked_of"])))
    return {}


def _hash(given: Given) -> Given:
    parts = [bytes.fromhex(part) for part in given["parts"]]
    return {"digest": labelled_hash(BY_NAME[given["label"]], *parts).hex()}


def _key_text(given: Given) -> Given:
    key = (parse_opening_key if given["kind"] == "opening" else parse_signing_key)(given["text"])
    return {"agency": key.agency, "id": key.id.hex()}


def _key_file(given: Given) -> Given:
    kind, payload = unwrap_key(world.content(given["file"]), given["passphrase"])
    return {"kind": kind, "payload": payload.hex()}


VERBS: dict[str, Callable[[Given], Given]] = {
    "decode": _decode,
    "verify_cover": _verify_cover,
    "admit": _admit,
    "dispatch": _dispatch,
    "open": _open,
    "answer": _answer,
    "fold": following.fold,
    "standing": following.standing,
    "refresh": following.refresh,
    "hash": _hash,
    "key_text": _key_text,
    "key_file": _key_file,
    "inclusion": proving.inclusion,
    "consistency": proving.consistency,
    "checkpoint": proving.checkpoint,
    "receipt": proving.receipt,
    "contradiction": proving.contradiction,
    "acknowledgement": proving.acknowledgement,
    "evidence": proving.evidence,
}
