"""The catalogue of error codes: code → whose fault, what happened, what to do. Data only; nothing here raises.

A code is an API: it is never renamed or given another meaning. Each area of the library has one table below; the
node declares its own through `declare`. The words are for a caseworker or an operator, not for a programmer.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Fault(StrEnum):
    """Whose fault an error is; also decides the exit code of a command."""

    OURS = "ours"
    CALLER = "caller"
    PEER = "peer"
    WORLD = "world"

    @property
    def exit_code(self) -> int:
        """1 ours, 2 caller, 3 peer, 4 world (documented in docs/exit-codes.md)."""
        return {"ours": 1, "caller": 2, "peer": 3, "world": 4}[self.value]


class Explanation(NamedTuple):
    """What a person is told about a code."""

    fault: Fault
    what: str
    do: str


_O, _C, _P, _W = Fault.OURS, Fault.CALLER, Fault.PEER, Fault.WORLD
_ASK_SENDER = "Ask the sending agency to send it again; if it repeats, tell your administrator"
_ASK_PEER = "Keep the file as it is and ask the sending agency's administrator"
_REPORT = "Keep the message and report this to the project"

IDS: Mapping[str, Explanation] = {
    "id.malformed": Explanation(_C, "This is not a valid identifier", "Check the spelling; agencies look like th.dsdw"),
    "moment.malformed": Explanation(_C, "This is not a valid time", "Write times as 2026-11-21T12:00:00Z (UTC)"),
    "ours.broken-promise": Explanation(_O, "The program found a mistake of its own", _REPORT),
}

WIRE: Mapping[str, Explanation] = {
    "wire.malformed": Explanation(_P, "The bytes are damaged or not of this kind", _ASK_SENDER),
    "wire.not-canonical": Explanation(_P, "The bytes are not in the canonical form", _ASK_PEER),
    "wire.unknown-field": Explanation(_P, "The bytes hold a field that must not be there", _ASK_PEER),
    "wire.missing-field": Explanation(_P, "A field that must be there is missing", _ASK_PEER),
    "wire.invalid-value": Explanation(_P, "A field holds a value that is not allowed", _ASK_PEER),
    "wire.too-large": Explanation(_P, "The bytes are larger than the protocol allows", _ASK_PEER),
    "wire.wrong-section": Explanation(_P, "A section of another type stands in its place", _ASK_PEER),
    "model.invalid": Explanation(_C, "The data is incomplete or not allowed", "Correct the field that is named"),
}

ENVELOPE: Mapping[str, Explanation] = {
    "envelope.too-large": Explanation(_P, "The envelope is larger than the protocol allows", _ASK_SENDER),
    "envelope.malformed": Explanation(_P, "The envelope is damaged or not an envelope", _ASK_SENDER),
    "envelope.counts": Explanation(_P, "The envelope's parts do not match its signed list", _ASK_PEER),
    "envelope.body-size": Explanation(_P, "A part of the envelope has a size that is not allowed", _ASK_PEER),
    "envelope.ring-size": Explanation(_P, "A key ring of the envelope has a wrong size", _ASK_PEER),
    "core.malformed": Explanation(_P, "The envelope's signed header is damaged or not canonical", _ASK_PEER),
    "core.suite": Explanation(_P, "The envelope uses a cipher suite that is not known here", "Update this program"),
    "core.recipients": Explanation(_P, "The envelope's list of recipients is empty, too long or repeats", _ASK_PEER),
    "core.reflected": Explanation(_P, "The envelope names its sender as a recipient", _ASK_PEER),
    "core.lifetime": Explanation(_P, "The envelope's lifetime is not allowed", _ASK_PEER),
    "core.commitments": Explanation(_P, "The envelope's list of sections has a length that is not allowed", _ASK_PEER),
    "seal.malformed": Explanation(_P, "The envelope's seal is damaged or has the wrong form", _ASK_PEER),
    "signature.invalid": Explanation(_P, "The signature does not match", "Do not use the content. " + _ASK_PEER),
    "admit.not-recipient": Explanation(_P, "The envelope is not addressed to this agency", "Send it to its recipient"),
    "admit.not-sender": Explanation(_P, "The envelope was signed by another agency", "Send only your own envelopes"),
    "admit.opening-key": Explanation(
        _P,
        "The envelope was sealed for a key of this agency that is not valid",
        "Ask the sender to refresh its records",
    ),
    "admit.from-future": Explanation(
        _P, "The envelope says it was made in the future", "Check the clock of this machine, then ask the sender"
    ),
    "admit.expired": Explanation(_P, "The envelope came after its expiry", "Ask the sender to seal it again"),
}

TRUST: Mapping[str, Explanation] = {
    "trust.unknown-agency": Explanation(
        _P, "No record of this agency is known here", "Refresh the trust records, or ask the registrar"
    ),
    "trust.unknown-keyset": Explanation(
        _P, "The signing key is not in the agency's record", "Refresh the trust records, then ask the sender"
    ),
    "trust.keyset-not-valid": Explanation(_P, "The signing key was not valid at that time", "Ask the sending agency"),
    "trust.keyset-revoked": Explanation(_P, "The signing key had been revoked", "Do not act on it; ask the sender"),
    "trust.unknown-opening-key": Explanation(_P, "The opening key is not known", "Refresh the trust records"),
    "trust.opening-key-not-valid": Explanation(_P, "The opening key was not valid then", "Refresh the trust records"),
    "trust.no-opening-key": Explanation(
        _P, "The agency has published no opening key that is valid now", "Ask that agency to publish its keys"
    ),
    "trust.unknown-relay": Explanation(_P, "No record names the agency's relay", "Refresh the trust records"),
    "trust.record-malformed": Explanation(_P, "A trust record is damaged", "Fetch the record again"),
    "trust.record-signature": Explanation(
        _P, "A trust record lacks the signatures it needs", "Do not use it; ask the registrar of that country"
    ),
    "trust.record-fork": Explanation(
        _P, "Two different trust records stand under one number", "Use neither; tell the registrar and both agencies"
    ),
    "trust.possession": Explanation(_P, "An agency has not proved that it holds its key", "Ask the registrar"),
    "trust.key-shared": Explanation(_P, "Two agencies claim the same key", "Do not use it; tell both registrars"),
    "trust.root": Explanation(
        _P, "The federation record is not the one that this node was set up with", "Stop, and ask a founding state"
    ),
    "trust.chain": Explanation(_P, "A trust record does not follow the one before it", "Refresh the trust records"),
    "trust.keyset-contested": Explanation(
        _P, "The signing key is said to have been in other hands by then", "Do not act on it; ask who says so, and why"
    ),
    "trust.agency-withdrawn": Explanation(_P, "The agency no longer takes part", "Ask the registrar of its country"),
    "trust.keyset-unsupported": Explanation(
        _P, "A registrar alone tried to change an agency's key", "Do not use it; tell the agency and a second registrar"
    ),
    "trust.keyset-restored": Explanation(_P, "A key that had ended came back", "Do not use it; ask the registrar"),
    "trust.recovery-unsupported": Explanation(
        _P, "A recovery of lost keys lacks a second country's registrar", "Do not use it; ask both registrars"
    ),
    "trust.recovery-pending": Explanation(
        _P, "An agency's keys are being replaced without its old key", "Ask the agency by telephone whether this is so"
    ),
    "trust.recovery-opposed": Explanation(
        _P, "An agency opposed the replacement of its keys", "Tell both registrars: somebody tried to take its place"
    ),
    "trust.recovery-halted": Explanation(
        _P,
        "An agency's key objects to the replacement of its keys, without its registrar",
        "Call the agency; if its key was stolen, ask a third country's registrar to sign the recovery too",
    ),
    "trust.dated-ahead": Explanation(
        _P, "A trust record is dated more than a day ahead", "Set the clock; if it is right, ask the registrar"
    ),
    "trust.recovery-done": Explanation(
        _P, "An agency's keys were replaced without its old key", "Ask the agency by telephone whether this is so"
    ),
    "trust.no-federation": Explanation(_C, "There is no federation record", "Put the federation record in place"),
}

OPEN: Mapping[str, Explanation] = {
    # One word for every cryptographic failure: a finer one would tell an attacker which guess was right.
    "open.refused": Explanation(_P, "The envelope cannot be opened", _ASK_SENDER),
    "open.no-key": Explanation(
        _C, "The key that opens this envelope is not on this machine", "Open it where the key is, or ask for a new one"
    ),
    "open.control": Explanation(_P, "The message's control part is missing or contradicts itself", _ASK_PEER),
    "open.table": Explanation(_P, "The message does not hold what its own table says", _ASK_PEER),
    "open.section": Explanation(_P, "A section of the message is malformed", _ASK_PEER),
    "open.repeated-section": Explanation(_P, "The message holds two sections of one type", _ASK_PEER),
    "respond.not-a-request": Explanation(_C, "This message asks for no answer", "Choose another message"),
    "respond.kind": Explanation(_C, "This kind of message is not an answer", "Choose accept, decline, ask or redirect"),
    "respond.reason": Explanation(_C, "A refusal needs a reason", "Say why: choose one of the reasons"),
    "answer.unrelated": Explanation(_P, "The answer does not belong to a message that was sent", _ASK_PEER),
}

POLICY: Mapping[str, Explanation] = {
    "policy.purpose": Explanation(_C, "The purpose is not in the disclosure matrix", "Choose a listed purpose"),
    "policy.home-state": Explanation(
        _C,
        "The person forbids that the home state is told, but no citizenship is written down",
        "Write the citizenship, or name the state under the states that must not be told",
    ),
    "policy.recipient": Explanation(_C, "There is no recipient", "Name at least one receiving agency"),
    "section.too-large": Explanation(_C, "A section is too large", "Shorten it, or send it as an attachment"),
    "seal.too-many-recipients": Explanation(_C, "There are too many recipients", "Send it in several messages"),
    "seal.lifetime": Explanation(_C, "The lifetime is longer than the protocol allows", "Choose 30 days or less"),
    "seal.readers": Explanation(_C, "A section names a reader that is not a recipient", "Correct the recipients"),
    "seal.sender": Explanation(_C, "The sender cannot also be a recipient", "Name another agency"),
}

CRYPTO: Mapping[str, Explanation] = {
    "key.malformed": Explanation(_P, "A public key is not well formed", "Do not use it; ask the agency that owns it"),
    "key.weak": Explanation(
        _P, "A public key protects nothing: anyone could sign or read under it", "Do not use it; tell the registrar"
    ),
    "seal.batch-size": Explanation(
        _C, "A batch holds no message, or more than one signature may cover", "Seal between 1 and 1,048,576 at once"
    ),
}

KEYS: Mapping[str, Explanation] = {
    "key.seed": Explanation(_C, "The stored secret of a key has a wrong length", "Read the key from its own key file"),
    "key.payload": Explanation(_C, "This cannot be put into a key file", "Put one key, of a known kind, into one file"),
    "key.costs": Explanation(
        _C, "The protection chosen for the key file is not allowed", "Use the default, or up to 1 GiB and 16 rounds"
    ),
    "key.passphrase": Explanation(_C, "The passphrase is empty or not text", "Type the passphrase of the key file"),
    "key.wrong-passphrase": Explanation(
        _C, "The passphrase does not open this key file", "Check keyboard language and capitals, then type it again"
    ),
    "key.damaged": Explanation(
        _W, "The key file is damaged, incomplete or not a key file", "Restore it from its backup; do not delete it"
    ),
    "key.file-costs": Explanation(
        _W, "The key file asks for more memory or time than is allowed", "Check where it comes from, then restore it"
    ),
    "key.text-malformed": Explanation(
        _C, "This is not a key in text form", "Copy the whole line again, without spaces or line breaks"
    ),
    "key.text-checksum": Explanation(
        _C, "The key's text was changed on its way", "Copy it again, or ask for it over another channel"
    ),
    "key.no-passphrase": Explanation(
        _C,
        "No passphrase was given and there is no terminal to ask at",
        "Use --passphrase-file or REFERRAL_PASSPHRASE_FILE",
    ),
    "key.passphrase-shown": Explanation(
        _C, "Every user of this machine may read the passphrase file", "Take their rights away: chmod 600"
    ),
    "key.passphrases-differ": Explanation(_C, "The two passphrases are not the same", "Type the same one twice"),
    "key.kind": Explanation(_C, "The key file holds a key of another kind", "Put the right key file in its place"),
    "key.other-agency": Explanation(_C, "The keys belong to different agencies", "Use keys of one agency"),
}

FILES: Mapping[str, Explanation] = {
    "file.not-found": Explanation(_C, "There is no such file", "Check the name and the folder"),
    "file.not-a-file": Explanation(_C, "This is a folder or a device, not a file", "Name the file itself"),
    "file.no-folder": Explanation(_C, "There is no such folder", "Make the folder, or name another one"),
    "file.exists": Explanation(
        _C, "A file that would be written is there already", "Move it away first; nothing was changed"
    ),
    "file.too-large": Explanation(_C, "The file is larger than a file of its kind can be", "Name the right file"),
    "file.empty": Explanation(_P, "The file is empty: it was not copied to its end", "Copy it again from its source"),
    "file.permission": Explanation(
        _W, "This user may not read or write there", "Ask the administrator of this machine, or choose another folder"
    ),
    "file.full": Explanation(
        _W, "There is no room for the file; nothing was written", "Free space on the disk, then run the command again"
    ),
    "file.failed": Explanation(_W, "The disk failed to read or write the file", "Check the disk or the USB stick"),
    "records.none": Explanation(_C, "The folder holds no trust records", "Name the folder with the *.record files"),
    "records.too-many": Explanation(_C, "The folder holds too many trust records", "Keep only those in force there"),
    "referral.not-json": Explanation(_C, "The referral is not valid JSON", "Correct it at the line that is named"),
    "referral.unknown-field": Explanation(
        _C, "The referral has a field that does not exist", "Correct its name; docs/cli.md says where the names stand"
    ),
    "referral.missing-field": Explanation(_C, "The referral lacks a field that is needed", "Add the named field"),
    "referral.invalid-value": Explanation(
        _C, "A field of the referral holds a value that is not allowed", "Correct the field that is named"
    ),
}

CLI: Mapping[str, Explanation] = {
    "cli.usage": Explanation(_C, "The command cannot be understood", "See --help"),
    "cli.interrupted": Explanation(_C, "Stopped before the end", "Start it again"),
    "cli.output": Explanation(_W, "The output could not be written", "Check where it goes: the disk may be full"),
    "cli.trust-extra": Explanation(
        _C, "This command needs a part that is not installed", "Install it: pip install 'referral-proto[trust]'"
    ),
    "cli.unconfirmed": Explanation(
        _C, "Nobody said yes to the plan; nothing was done", "Read the plan, then run the command again with --yes"
    ),
    "cli.no-time": Explanation(
        _C,
        "The signatures hold, but nobody says when it was received: whether the key was good then stays open",
        "Give the time with --at, from a receipt that you trust",
    ),
    "cli.own-key": Explanation(
        _C,
        "The trust records do not know this signing key as good at that time: everybody would refuse the file",
        "Use the agency's current signing key, or bring the trust records up to date",
    ),
    "cli.nothing-to-send": Explanation(
        _C,
        "Neither the matrix nor consent lets any section go to one of the recipients; nothing was sealed",
        "Read what was left out and why; choose another purpose, or ask the person",
    ),
}

NET: Mapping[str, Explanation] = {
    "net.unreachable": Explanation(
        _W, "The relay cannot be reached, or does not know this certificate", "Check the line and the relay's address"
    ),
    "net.timeout": Explanation(_W, "The relay did not answer in time", "Nothing is lost; it is tried again"),
    "net.busy": Explanation(_W, "The relay has no room at the moment", "Nothing is lost; it is tried again"),
    "net.closed": Explanation(_W, "The connection was closed", "Nothing is lost; try again"),
    "net.refused": Explanation(
        _P, "The relay does not allow this", "Check that this program's certificate is the one pinned there"
    ),
    "net.protocol": Explanation(_P, "The relay's answer makes no sense", "Update both programs; tell its operator"),
    "net.pins": Explanation(_C, "No certificate is pinned for the relay", "Refresh the trust records"),
}

# What a relay may say to a peer or a desk over the line; a client takes no other code from a stranger.
RELAY: Mapping[str, Explanation] = {
    "relay.not-allowed": Explanation(
        _P, "The relay does not allow this to the certificate shown", "Check which certificate is pinned for whom"
    ),
    "relay.not-served": Explanation(
        _P, "The relay does not serve the agency that is named", "Refresh the trust records, then try again"
    ),
    "relay.wrong-peer": Explanation(
        _P, "The envelope was not brought by the relay of the agency that signed it", "Send it through that relay"
    ),
    "relay.conflict": Explanation(
        _P, "Another message stands under the same number", "Seal it again; if it repeats, tell your administrator"
    ),
    "relay.too-many": Explanation(_P, "The call holds too many or too large envelopes", "Send fewer at once"),
    "relay.rate": Explanation(_W, "Too many messages in a short time", "Nothing is lost; it is tried again later"),
    "relay.quota": Explanation(
        _W, "Too much from this sender waits to be collected", "Ask the receiving agency to collect its messages"
    ),
    "relay.try-later": Explanation(_W, "The relay can store nothing now", "Nothing is lost; it is tried again later"),
    "relay.stopping": Explanation(_W, "The relay is about to stop", "Nothing is lost; it is tried again later"),
    "relay.broken": Explanation(_W, "The relay found a mistake of its own", "Tell the operator of that relay"),
    "relay.no-log": Explanation(
        _P, "The relay keeps no such log, or none so large", "Refresh the trust records, then ask that agency"
    ),
    "relay.acknowledgement": Explanation(
        _P,
        "The relay does not take the acknowledgement: no such envelope came, or its trust records do not support it",
        "Refresh the trust records of desk and relay; it is tried again",
    ),
    "relay.anchor": Explanation(
        _P,
        "The relay does not take the head of the desk's log: its trust records do not support it, or it does not begin "
        "with the head before",
        "Have the keys of the desk's log enrolled, then refresh the trust records; it is tried again",
    ),
    "relay.opening-key": Explanation(
        _P,
        "The relay does not take the opening key: its own trust records do not support it",
        "Refresh the trust records of desk and relay; it is tried again",
    ),
    "outbox.expired": Explanation(
        _W, "The envelope could not be delivered before it expired", "Find out why, then seal and send it again"
    ),
}

CATALOGUE: dict[str, Explanation] = {}


def declare(table: Mapping[str, Explanation]) -> None:
    """Add an area's codes. A code that stands already with another meaning is a programming error."""
    for code, explanation in table.items():
        assert CATALOGUE.get(code, explanation) == explanation, f"error code {code!r} declared twice"
        CATALOGUE[code] = explanation


for _area in (IDS, WIRE, ENVELOPE, TRUST, OPEN, POLICY, CRYPTO, KEYS, FILES, CLI, NET, RELAY):
    declare(_area)
