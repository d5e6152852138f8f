"""The node's own error codes: what an operator is told and what to do. Data only, beside the library's catalogue.

Codes that travel over the line stand in the library (`relay.*`, `net.*`); these never leave the machine.
"""

from __future__ import annotations

from collections.abc import Mapping

from referral_proto.errors import Explanation, Fault, declare

__all__ = ["AUDIT", "CLI", "DEMO", "DESK", "DOCTOR", "LISTEN", "PROOFS", "RELAY", "SETTINGS", "STORE", "TLS", "WITNESS"]

_C, _O, _P, _W = Fault.CALLER, Fault.OURS, Fault.PEER, Fault.WORLD
_NOTHING_LOST = "Nothing that was confirmed is lost. "

CLI: Mapping[str, Explanation] = {
    "cli.extra-missing": Explanation(
        _C, "This command needs a package that is not installed", "Install referral-proto[node]"
    ),
}

SETTINGS: Mapping[str, Explanation] = {
    "settings.missing": Explanation(
        _C, "There is no settings file", "Name the right folder, or run `referral-node init`"
    ),
    "settings.malformed": Explanation(_C, "The settings file is not valid TOML", "Correct the line that is named"),
    "settings.unknown-key": Explanation(_C, "The settings hold a key that does not exist", "Correct or remove the key"),
    "settings.missing-key": Explanation(_C, "The settings lack a key that is needed", "Add the key that is named"),
    "settings.invalid": Explanation(_C, "A setting has a value that is not allowed", "Correct the key that is named"),
    "settings.pin": Explanation(
        _C,
        "A certificate file does not hold the certificate that the settings pin",
        "Ask for the file again, or correct the fingerprint",
    ),
    "settings.not-in-records": Explanation(
        _C, "The trust records do not agree with the settings", "Refresh the trust records, or correct the settings"
    ),
}

TLS: Mapping[str, Explanation] = {
    "tls.certificate": Explanation(
        _C,
        "The TLS certificate is damaged, not of type P-256, or does not belong to its key",
        "Make key and certificate again",
    ),
}

RELAY: Mapping[str, Explanation] = {
    "relay.not-tenant": Explanation(_C, "This relay does not serve the agency", "Name one of `agencies` in relay.toml"),
    "relay.no-such-envelope": Explanation(
        _C, "No such envelope waits at this relay", "List what waits with `referral-node relay-export`"
    ),
}

LISTEN: Mapping[str, Explanation] = {
    "listen.in-use": Explanation(
        _W,
        "Another program listens on this address, or the address is not of this machine",
        "Stop the other program, or change `listen`",
    ),
    "drain.unfinished": Explanation(_W, "Not everything stopped in time", _NOTHING_LOST + "Look for a hanging peer"),
}

STORE: Mapping[str, Explanation] = {
    "store.full": Explanation(
        _W, "The disk, or the database, is full", _NOTHING_LOST + "Free space; it goes on by itself"
    ),
    "store.locked": Explanation(
        _W,
        "Another program holds the database for too long",
        _NOTHING_LOST + "Find out what else opens the database file",
    ),
    "store.damaged": Explanation(
        _W, "The database is damaged or not a database of this program", "Stop the node and restore the last backup"
    ),
    "store.newer-version": Explanation(
        _W, "The database was written by a newer version of this program", "Install that version; nothing was changed"
    ),
    "store.unreachable": Explanation(_W, "The database cannot be opened or reached", "Check path, rights and line"),
    "store.failed": Explanation(
        _W, "The database refused an operation", _NOTHING_LOST + "Look at the database's own log"
    ),
}

DESK: Mapping[str, Explanation] = {
    "desk.kek": Explanation(_C, "The key-encryption key has a wrong length", "Restore keys/kek.key from the backup"),
    "desk.key-damaged": Explanation(
        _W,
        "The keys kept for a case do not open: the database is damaged or belongs to another desk",
        "Stop the desk and restore database and keys from the same backup",
    ),
    "desk.no-message": Explanation(_C, "There is no such message here", "List the messages with `referral-node cases`"),
    "desk.no-case": Explanation(_C, "There is no such case here", "List the cases with `referral-node cases`"),
    "desk.form": Explanation(_C, "The referral or the answer is not valid JSON of its form", "Correct what is named"),
    "desk.conflict": Explanation(
        _P, "The sender has used one message number for two messages", "Ask the sending agency's administrator"
    ),
    "desk.socket": Explanation(
        _W, "The desk's socket cannot be made: the path is too long, or another desk serves it", "Change `socket`"
    ),
    "desk.unreachable": Explanation(
        _W, "The desk does not answer", "Start it with `referral-node desk`, or name its folder with --dir"
    ),
    "desk.keys": Explanation(_W, "The desk's signing key or opening key is not there", "Restore the folder `keys`"),
}

_KEEP_EVIDENCE = "Keep the evidence file, and ask the relay's operator; then `referral-node alarms --settle NUMBER`"
_TELL_REGISTRARS = "Keep the evidence file and send it to the registrars; trust this relay no further"

AUDIT: Mapping[str, Explanation] = {
    "audit.not-audited": Explanation(
        _W,
        "The agency's records name no log of its relay, so that nobody can verify it",
        "Have the registrar enrol the log's keys (`referral trust request --log`)",
    ),
    "audit.unexplained": Explanation(
        _P, "The relay has logged a delivery that it did not hand over to this desk", _KEEP_EVIDENCE
    ),
    "audit.unlogged": Explanation(
        _P, "The relay has handed over a message whose delivery is not in its log", _KEEP_EVIDENCE
    ),
    "audit.missing": Explanation(
        _P, "The relay gave a receipt for what this desk acknowledged, and its log does not have it", _KEEP_EVIDENCE
    ),
    "audit.opening-key": Explanation(
        _P, "The relay has logged an opening key for this agency that this desk never made", _TELL_REGISTRARS
    ),
    "audit.foreign": Explanation(
        _P, "The relay has logged in this desk's name what this desk never said", _TELL_REGISTRARS
    ),
    "audit.event": Explanation(
        _P,
        "The relay does not show what stands behind an entry of its log, or nothing that belongs there",
        _KEEP_EVIDENCE,
    ),
    "audit.time": Explanation(_P, "Times in the relay's log go back", _KEEP_EVIDENCE),
    "audit.origin": Explanation(
        _P, "The relay's log was replaced by one that does not follow what this desk saw last", _KEEP_EVIDENCE
    ),
    "audit.behind": Explanation(
        _P,
        "The relay shows less of its log than it had shown before",
        "Ask the relay's operator whether it was restored",
    ),
    "audit.hidden": Explanation(_P, "The relay does not show all entries of its log", "Ask the relay's operator"),
    "audit.root": Explanation(_P, "The entries of the relay's log are not those that it has signed", _TELL_REGISTRARS),
    "audit.contradiction": Explanation(_P, "The relay's log contradicts itself", _TELL_REGISTRARS),
    "audit.uncosigned": Explanation(
        _P,
        "No quorum of witnesses has cosigned what the relay shows of its log, or it shows none, for hours: it may show "
        "others something else",
        "Ask the relay's operator whether its witnesses answer; if they do, tell the registrars",
    ),
    "audit.two-logs": Explanation(
        _P,
        "The records name two logs of the agency's relay that have not ended: one entered in each can be believed",
        "Have the registrar end the log that was lost in the agency's record",
    ),
    "audit.checkpoint": Explanation(
        _P,
        "The head of the relay's log is not signed with the keys in the agency's records",
        "Refresh the trust records; if it lasts, ask the relay's operator",
    ),
    "desk.answered": Explanation(_C, "Everybody it was sent to has answered", "Leave --non-response out"),
    "desk.deadline": Explanation(_C, "The deadline has not passed yet", "Wait for it, or name the right one"),
    "desk.not-ours": Explanation(
        _C, "The message was not sent by this agency, so that nobody owes it an answer", "Leave --non-response out"
    ),
    "desk.no-access-log": Explanation(
        _C, "Nothing stands in the access log yet, or it has no keys to sign with", "Start the desk, then try again"
    ),
    "desk.access-log": Explanation(
        _W,
        "The access log in the database is not the one that was signed: somebody changed it, or the disk is damaged",
        "Stop the desk, keep the database as it is, and tell the inspector",
    ),
    "desk.access-lost": Explanation(
        _W,
        "The access log in the database does not begin with the head that was anchored last: the database was restored "
        "from a copy, or somebody took events out of it",
        "Keep the database and the alarm's file as they are, and tell the inspector",
    ),
    "desk.no-alarm": Explanation(_C, "No such alarm waits", "List them with `referral-node alarms`"),
}

WITNESS: Mapping[str, Explanation] = {
    "witness.unreachable": Explanation(
        _W, "A witness cannot be reached", "Receipts stay provisional meanwhile; ask its operator if it lasts"
    ),
    "witness.timeout": Explanation(
        _W, "A witness did not answer in time", "Receipts stay provisional meanwhile; ask its operator if it lasts"
    ),
    "witness.refused": Explanation(
        _P, "A witness refused a checkpoint, or its answer makes no sense", "Ask its operator what it holds of this log"
    ),
    "witness.lied": Explanation(
        _P, "A witness answered with a signature that does not hold, or a time that cannot be", "Tell the registrars"
    ),
    "witness.ahead": Explanation(
        _W,
        "A witness has seen more of this log than there is: the log was restored from an old copy or lost data",
        "Stop the relay at once; open a new log that names this one",
    ),
    "witness.clock": Explanation(
        _W, "The clock of this machine was set back", "Correct the clock; cosigning goes on by itself"
    ),
    "witness.too-few": Explanation(
        _W,
        "Fewer witnesses than the quorum answer, so that nobody can tell what this log has signed",
        "Check the line and ask the operators of the witnesses, then try again",
    ),
    "witness.nothing-lost": Explanation(
        _C,
        "No witness has seen anything of this log, and it holds nothing: there is nothing that a new one would replace",
        "Start the relay",
    ),
    "witness.name": Explanation(
        _C,
        "The name, the country or the URL of the witness is not one that a record can hold",
        "Use letters, digits, dots and hyphens; http:// or https:// and a host; the country's code in small letters",
    ),
    "witness.entry": Explanation(_C, "An entry file is damaged or of another kind", "Ask for the file again"),
    "witness.shared-key": Explanation(
        _C, "A log that is to be watched has a key of this witness", "Make new keys: a log does not watch itself"
    ),
}

PROOFS: Mapping[str, Explanation] = {
    "log.contradiction": Explanation(
        _P,
        "A log has signed two things that cannot both be true",
        "Keep the file and send it to the agency and the registrars. Mail goes on; that log's receipts prove nothing",
    ),
    "log.unproved": Explanation(
        _P,
        "A log has not proved for hours that it continues what was seen of it",
        "Ask the operator of the relay that keeps it; mail goes on meanwhile",
    ),
    "log.denied": Explanation(
        _P,
        "A relay does not show what it has given a receipt for",
        "The receipt is kept. Ask the operator of that relay what became of the event",
    ),
}

DOCTOR: Mapping[str, Explanation] = {
    "doctor.certificate-ends": Explanation(
        _W, "A TLS certificate ends within 30 days, or has ended", "Make a new one and have the relay record renewed"
    ),
    "doctor.keyset-ends": Explanation(
        _W, "The signing keyset ends within 30 days, or has ended", "Ask the registrar for a new keyset in time"
    ),
    "doctor.not-enrolled": Explanation(
        _W, "The trust records do not know this agency, or not with these keys", "Ask the registrar of the country"
    ),
    "doctor.opening-key": Explanation(
        _W,
        "The opening key that others may use ends within three days, or there is none",
        "Start the desk and see that its relay can be reached: it makes a new one by itself",
    ),
    "doctor.mode": Explanation(
        _W,
        "Other users of this machine can read a file or a folder that holds secrets",
        "Set the mode of the file to 0600, of its folder to 0700",
    ),
    "doctor.missing": Explanation(_W, "A file that the settings name is not there", "Restore it from the backup"),
    "doctor.log-not-enrolled": Explanation(
        _W,
        "The agency's record does not name the keys of its log: nobody can verify the relay's receipts",
        "Send the log's entry file to the registrar of the country",
    ),
    "doctor.witness-not-named": Explanation(
        _W,
        "The federation's record does not name this witness: no relay asks it",
        "Send witness.entry to the founders, or put their newest record into `records`",
    ),
    "doctor.log-key": Explanation(
        _W, "There are no keys of the agency's log yet", "Start the relay: it makes them, and the entry file to enrol"
    ),
    "doctor.disk": Explanation(_W, "The disk is nearly full", "Free space before it is; nothing is lost when it is"),
    "doctor.no-listener": Explanation(
        _W, "Nobody listens at the relay's address", "Start the relay, or check address, line and firewall"
    ),
    "doctor.handshake": Explanation(
        _W,
        "The relay listens but ends the connection at once: it does not know the certificate that is shown here, or"
        " shows one that is not pinned here",
        "Compare the fingerprints in relay.toml with the desk's tls.crt, and relay.crt with the relay's tls.crt",
    ),
    "doctor.not-asked": Explanation(
        _C, "The relay was not asked: that needs the passphrase of the TLS key", "Name a --passphrase-file"
    ),
    "doctor.by-hand": Explanation(
        _W,
        "Trust records come by hand: nothing tells whether they are the newest",
        "Set `root` under [trust], so that they are fetched and their age is known",
    ),
    "doctor.clock-ahead": Explanation(
        _W,
        "The trust data that others have offered just now are days old: this clock is ahead, or nobody publishes",
        "Compare the clock with another; if it is right, ask the operator of the repository",
    ),
    "doctor.records-unchecked": Explanation(
        _W,
        "Trust records come by hand, none is recent, and nobody has said for long that they are still the newest",
        "Compare them with what the registrars publish, then run `referral-node records-checked`",
    ),
}

DEMO: Mapping[str, Explanation] = {
    "demo.not-empty": Explanation(_C, "The folder to keep the files in is not empty", "Name a new folder"),
    "demo.process": Explanation(
        _W, "A process of the demonstration ended too early", "Run it with --keep DIR, and read the log there"
    ),
    "demo.timeout": Explanation(
        _W, "A step of the demonstration took too long", "Run it again; if it repeats, read the logs in the folders"
    ),
    "demo.example": Explanation(_C, "The example cannot be used in the demonstration", "Correct what is named"),
    "demo.step": Explanation(_O, "A step of the demonstration did not give what it must", "Report this to the project"),
    "demo.plaintext": Explanation(
        _O, "A relay or a desk's disk holds what nobody but the desks may read", "Report this to the project at once"
    ),
    "demo.blind": Explanation(
        _O, "The search for planted words does not find what it must find", "Report this to the project"
    ),
}

for _table in (CLI, SETTINGS, TLS, RELAY, LISTEN, STORE, DESK, AUDIT, WITNESS, PROOFS, DOCTOR, DEMO):
    declare(_table)
