"""Error codes of what is proved: notes, checkpoints, proofs, receipts, witnesses, evidence. Data only, as in `codes`.

`note.*`, `checkpoint.*`, `log.*` are about what a log or a witness signed, `receipt.*` about one proof of one event,
`acknowledgement.*` about what a desk signed, `evidence.*` about what an auditor is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from referral_proto.errors.codes import Explanation, Fault

__all__ = ["EVIDENCE", "LOG", "RECEIPT", "TRUSTED_LOGS"]

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
    "acknowledgement.kind": Explanation(
        _P, "The acknowledgement says something that this version does not know", "Update this program"
    ),
    "acknowledgement.mismatch": Explanation(
        _P, "The acknowledgement is for another envelope, or from another agency", "Ask that agency for the right one"
    ),
}

TRUSTED_LOGS: Mapping[str, Explanation] = {
    "trust.unknown-log": Explanation(
        _P, "No record names the keys under which this log signs", "Refresh the trust records, then ask that agency"
    ),
    "trust.log-owner": Explanation(
        _P, "The agency's record names the log of another agency", "Do not use this record; tell the registrar"
    ),
    "trust.log-possession": Explanation(
        _P, "The agency's record names keys of a log without proof that somebody holds them", "Tell the registrar"
    ),
    "trust.log-restored": Explanation(
        _P, "A later record brings back a log that had ended", "Do not use this record; tell the registrar"
    ),
    "trust.log-not-standing": Explanation(
        _P,
        "The log's keys did not stand at the time that the checkpoint bears: they began later, or had ended or leaked",
        "Do not rely on it; ask that agency for a checkpoint under its present keys",
    ),
    "trust.log-unbounded": Explanation(
        _P,
        "The log's keys ended or leaked since, and no quorum of witnesses says that the checkpoint is older than that",
        "Do not rely on it, unless records from before that time and a copy kept since then say the same",
    ),
}

_ASK_EXPORTER = "Ask whoever made the file to make it again"
_NOT_PROVED = "Do not take it as proved; ask whoever made the file for what is missing"

EVIDENCE: Mapping[str, Explanation] = {
    "evidence.format": Explanation(_P, "This is not a bundle of evidence", "Name the right file"),
    "evidence.newer": Explanation(
        _P, "The bundle is of a newer version than this program knows", "Update this program, then verify it again"
    ),
    "evidence.too-large": Explanation(_P, "The bundle is larger than a bundle can be", _ASK_EXPORTER),
    "evidence.damaged": Explanation(_P, "The bundle was changed or cut on its way", "Copy it again from its source"),
    "evidence.repeated": Explanation(_P, "The bundle holds the same thing twice", _ASK_EXPORTER),
    "evidence.content": Explanation(
        _C, "A bundle of evidence cannot be made of this", "Correct what is named, or show less in one bundle"
    ),
    "evidence.refused": Explanation(
        _P, "The evidence does not show what it should", "Read the report: what to do stands at its end"
    ),
    "evidence.records": Explanation(
        _P,
        "The records of an agency that is involved do not hold together to their end",
        "Ask the registrar of its country whether its keys had ended",
    ),
    "evidence.recipient": Explanation(
        _P, "The bundle holds a receipt from somebody to whom the message was not sent", _NOT_PROVED
    ),
    "evidence.no-quorum": Explanation(
        _P,
        "Too few of the witnesses that watched then have signed: nobody but the log's own relay says when it was",
        "Ask whoever made the file to make it again once the witnesses have signed",
    ),
    "evidence.no-time": Explanation(
        _P,
        "Nothing trustworthy says when it was received: whether the key was good then stays open",
        "Ask whoever made the file for a receipt that the witnesses have signed",
    ),
    "evidence.log-keys": Explanation(
        _P, "The log's keys were not in force when the witnesses saw its checkpoint", "Do not rely on it. " + _KEEP
    ),
    "evidence.earlier": Explanation(
        _P, "What is shown as a checkpoint from before the delivery is not one", _NOT_PROVED
    ),
    "evidence.too-early": Explanation(
        _P, "The receipt claims a time before the message was made", "Ask both agencies about their clocks. " + _KEEP
    ),
    "evidence.too-late": Explanation(
        _P, "The message came after it had expired", "Do not count it as received; ask the sender to send it again"
    ),
    "evidence.order": Explanation(_P, "The acknowledgement comes before the delivery that it is about", _KEEP),
    "evidence.control": Explanation(
        _P, "What is shown as the message's control section is not what its sender sealed", _NOT_PROVED
    ),
    "evidence.unrelated": Explanation(
        _P, "The message claims to answer one that its sender never got, or not from these parties", _NOT_PROVED
    ),
    "evidence.claim": Explanation(
        _P,
        "A claim is made by somebody who cannot make it, or about something that the bundle does not hold",
        _NOT_PROVED,
    ),
    "evidence.claim-ahead": Explanation(
        _P, "A claim is dated ahead of your own clock", "Compare your clock; do not count the claim before its time"
    ),
    "evidence.no-clock": Explanation(
        _P, "No clock says whether a claim is dated ahead of its time", "Verify it with the moment at which you do so"
    ),
    "evidence.key-ended": Explanation(
        _P,
        "The key of a claim has ended since: nothing proves that the claim was made while it was good",
        "Ask the claimant to sign its claim again with the key that it has now",
    ),
    "evidence.arrival-open": Explanation(
        _P,
        "The bundle holds what a claim says had not come, and nothing here proves that the claimant had it by then",
        "Ask whoever answered for the receipt of the claimant's relay, and the claimant when it came",
    ),
    "evidence.contradicted": Explanation(
        _P, "The bundle itself holds what a claim in it says never came", "Do not believe the claim; ask the claimant"
    ),
    "evidence.no-deadline": Explanation(_P, "Nothing here says by when an answer was due", _NOT_PROVED),
    "evidence.not-due": Explanation(
        _P, "The deadline had not passed when the claim was made", "Ask the claimant for a later claim"
    ),
    "evidence.due-before-received": Explanation(
        _P, "The deadline had passed before the recipient's desk got the message", _NOT_PROVED
    ),
    "evidence.not-delivered": Explanation(_P, "Nothing here proves that the recipient's relay had it", _NOT_PROVED),
    "evidence.not-received": Explanation(
        _P, "Nothing here proves that the recipient's desk got it and could read it", _NOT_PROVED
    ),
    "evidence.unopened": Explanation(
        _P,
        "The bundle holds a message of the recipient whose control section is not shown: it may be the answer",
        "Ask whoever made the file to show that control section",
    ),
    "evidence.entries": Explanation(
        _P, "The entries that are shown are not the whole log up to its signed head", "Do not rely on it. " + _KEEP
    ),
    "evidence.not-anchored": Explanation(
        _P,
        "No head of the desk's log stands in its relay's log: the desk could still change all of it",
        "Ask for the evidence again once the log is anchored",
    ),
    "evidence.no-claim": Explanation(
        _P, "Nobody claims anything about the entry, which proves nothing by itself", _NOT_PROVED
    ),
    "evidence.two-logs": Explanation(
        _P,
        "The desk signed two heads of its log that cannot both be true",
        "Do not rely on it: keep the file, and show it to the agency's head and its registrar",
    ),
    "evidence.event": Explanation(_P, "An event that is shown is not what stands in the log", _KEEP),
    "evidence.root-file": Explanation(
        _C, "This is not a root file", "Name the file that the founding states published, as root.json"
    ),
    "evidence.no-file": Explanation(_C, "There is nothing to verify there", "Name files, or a folder that holds some"),
}
