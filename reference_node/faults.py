"""The node's own error codes: what an operator is told and what to do. Data only, beside the library's catalogue.

Codes that travel over the line stand in the library (`relay.*`, `net.*`); these never leave the machine.
"""

from __future__ import annotations

from collections.abc import Mapping

from referral_proto.errors import Explanation, Fault, declare

__all__ = ["CLI", "DEMO", "DESK", "DOCTOR", "LISTEN", "RELAY", "SETTINGS", "STORE", "TLS", "WITNESS"]

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

for _table in (CLI, SETTINGS, TLS, RELAY, LISTEN, STORE, DESK, WITNESS, DOCTOR, DEMO):
    declare(_table)
