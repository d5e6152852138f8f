"""The node's own error codes: what an operator is told and what to do. Data only, beside the library's catalogue.

Codes that travel over the line stand in the library (`relay.*`, `net.*`); these never leave the machine.
"""

from __future__ import annotations

from collections.abc import Mapping

from referral_proto.errors import Explanation, Fault, declare

__all__ = ["FILES", "LISTEN", "SETTINGS", "STORE"]

_C, _W = Fault.CALLER, Fault.WORLD
_NOTHING_LOST = "Nothing that was confirmed is lost. "

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
    "settings.shared-certificate": Explanation(
        _C, "One certificate is pinned for a desk and shown by a relay", "Make a certificate of its own for each"
    ),
    "settings.not-in-records": Explanation(
        _C, "The trust records do not agree with the settings", "Refresh the trust records, or correct the settings"
    ),
}

FILES: Mapping[str, Explanation] = {
    "file.missing": Explanation(
        _W, "A file that is needed is not there", "Put the file in place, or run `referral-node init`"
    ),
    "file.unreadable": Explanation(_W, "A file cannot be read", "Check who may read it, and the disk"),
    "file.unwritable": Explanation(
        _W, "A file cannot be written", "Check who may write there, and free space on the disk"
    ),
    "file.exists": Explanation(
        _C, "A file that would be written is there already", "Move it away first; nothing was changed"
    ),
    "key.no-passphrase": Explanation(
        _C,
        "No passphrase was given and there is no terminal to ask at",
        "Use --passphrase-file or REFERRAL_PASSPHRASE_FILE",
    ),
    "key.kind": Explanation(_C, "The key file holds a key of another kind", "Put the right key file in its place"),
    "tls.certificate": Explanation(
        _C,
        "The TLS certificate is damaged, not of type P-256, or does not belong to its key",
        "Make key and certificate again",
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

for _table in (SETTINGS, FILES, LISTEN, STORE):
    declare(_table)
