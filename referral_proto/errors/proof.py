"""Error codes of what is proved: notes, checkpoints, proofs, receipts, witnesses. Data only, as in `codes`.

`note.*`, `checkpoint.*`, `log.*` are about what a log or a witness signed, `receipt.*` about one proof of one event.
"""

from __future__ import annotations

from collections.abc import Mapping

from referral_proto.errors.codes import Explanation, Fault

__all__ = ["LOG", "RECEIPT"]

_C, _P, _W = Fault.CALLER, Fault.PEER, Fault.WORLD
_ASK_RELAY = "Keep the file as it is and ask the operator of that relay"
_KEEP = "Keep both files as evidence and tell the registrars"

LOG: Mapping[str, Explanation] = {
    "note.malformed": Explanation(_P, "A signed note is damaged or not a signed note", _ASK_RELAY),
    "note.too-large": Explanation(_P, "A signed note is larger, or bears more signatures, than is allowed", _ASK_RELAY),
    "note.unsigned": Explanation(_P, "A signed note lacks a signature that it needs", "Do not use it. " + _ASK_RELAY),
    "note.signature": Explanation(
        _P, "A signature of a known key on a signed note does not match", "Do not use it. " + _ASK_RELAY
    ),
    "note.key": Explanation(_C, "This is not the key of a log or a witness in text form", "Copy the whole line again"),
    "checkpoint.malformed": Explanation(_P, "A log's checkpoint is damaged or not canonical", _ASK_RELAY),
    "checkpoint.origin": Explanation(_P, "The checkpoint is of another log", "Ask for the checkpoint of the right log"),
    "checkpoint.root": Explanation(_P, "The checkpoint of an empty log has a root that no empty log has", _ASK_RELAY),
    "checkpoint.time": Explanation(_P, "A cosignature bears a time that cannot be", "Tell the operator of the witness"),
    "log.proof": Explanation(_P, "The proof does not lead to the checkpoint", "Do not rely on it. " + _ASK_RELAY),
    "log.out-of-range": Explanation(_C, "The log has no such place or no such size", "Choose one within the log"),
    "log.witnesses": Explanation(
        _C, "The list of witnesses names one twice, shares a key, or cannot reach its quorum", "Correct the list"
    ),
    "log.no-contradiction": Explanation(
        _P, "The two statements do not contradict each other", "Do not accuse anybody on the strength of this file"
    ),
    "log.behind": Explanation(
        _W,
        "The log holds less than it has signed: it was restored from an old copy or lost data",
        "Do not start it. Restore the latest copy, or open a new log that names this one",
    ),
    "log.forked": Explanation(
        _W, "The log does not hold what it has signed", "Do not start it. " + _KEEP + ", then open a new log"
    ),
}

RECEIPT: Mapping[str, Explanation] = {
    "receipt.mismatch": Explanation(_P, "The receipt is for something else", "Ask the relay for the right receipt"),
    "receipt.backdated": Explanation(_P, "The receipt claims a time before the log can have held the event", _KEEP),
    "receipt.postdated": Explanation(_P, "The receipt claims a time after the witnesses had seen the event", _KEEP),
}
