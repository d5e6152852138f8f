"""Error codes of the trust repository: publishing it, mirroring it, going by it. Data only, as in `codes`.

`trust.*` is about what a node fetches and holds, `issue.*` about records, and `publish.*` about lists, that founders,
registrars, agencies and operators make.
"""

from __future__ import annotations

from collections.abc import Mapping

from referral_proto.errors.codes import Explanation, Fault

__all__ = ["PUBLISH", "REPOSITORY"]

_C, _P, _W = Fault.CALLER, Fault.PEER, Fault.WORLD
_OTHER_REPOSITORY = "Refresh from another relay; what was held stays in force. If it repeats, tell a founding state"

REPOSITORY: Mapping[str, Explanation] = {
    "trust.registrar-compromised": Explanation(
        _P,
        "A record was signed with a registrar's key that may have been in other hands, and nobody has confirmed it",
        "Do not act on it; the country's registrar confirms its records: `referral trust confirm`",
    ),
    "trust.registrar-replaced": Explanation(
        _P,
        "A record that is new here was signed with a registrar's key that had been replaced",
        "Do not use it; the country's registrar confirms its records: `referral trust confirm`",
    ),
    "trust.bootstrap": Explanation(
        _C, "The root that this node was set up with cannot be used", "Get the root file from a founding state again"
    ),
    "trust.repository-malformed": Explanation(
        _P, "The trust repository offers a file that is damaged or not of its kind", _OTHER_REPOSITORY
    ),
    "trust.repository-too-large": Explanation(
        _P, "The trust repository offers more, or larger files, than is allowed", _OTHER_REPOSITORY
    ),
    "trust.repository-incomplete": Explanation(
        _P, "The trust repository lacks a file that it names", _OTHER_REPOSITORY
    ),
    "trust.repository-altered": Explanation(
        _P, "A file of the trust repository is not the one that was signed", _OTHER_REPOSITORY
    ),
    "trust.repository-signature": Explanation(
        _P, "The trust repository offers data that too few of its signers have signed", _OTHER_REPOSITORY
    ),
    "trust.repository-rollback": Explanation(
        _P, "The trust repository offers older data than this node holds", _OTHER_REPOSITORY
    ),
    "trust.repository-expired": Explanation(
        _P,
        "The trust repository offers only data that has expired: it is behind, or somebody withholds newer data",
        "Check this machine's clock first, then refresh from another relay",
    ),
    "trust.repository-layout": Explanation(
        _P, "The trust repository gives its roles keys or paths that are not allowed", "Tell a founding state"
    ),
    "trust.repository-unreachable": Explanation(
        _W, "The trust repository cannot be read", "Check the line or the USB stick; it is tried again"
    ),
    "trust.repository-outside": Explanation(
        _P, "A country published records that are not its own; they are left out", "Tell the founding states"
    ),
    "trust.repository-record": Explanation(
        _P, "A published trust record cannot be used and is left out", "Tell the registrar of that country"
    ),
    "trust.repository-removed": Explanation(
        _P, "A trust record is no longer offered; this node still goes by it", "Ask the registrar why it was removed"
    ),
    "trust.repository-crowded": Explanation(
        _P, "A country publishes too many records; nothing new of it is taken", "Tell the registrar of that country"
    ),
    "trust.country-missing": Explanation(
        _P, "A country takes part but has published nothing yet", "Ask its registrar to publish"
    ),
    "trust.country-malformed": Explanation(
        _P,
        "The newest file of a country cannot be read; its last good one is in force until it ends",
        "Tell that country's registrar",
    ),
    "trust.repository-slow": Explanation(
        _W, "Whoever serves the trust data takes too long", "Nothing is lost; it goes on next time, or elsewhere"
    ),
    "trust.country-expired": Explanation(
        _P, "The registrar of a country has not renewed its records in time", "Ask that registrar to renew them"
    ),
    "trust.country-expiring": Explanation(
        _W, "The records of a country expire soon", "Ask the registrar of that country to renew them"
    ),
    "trust.expiring": Explanation(
        _W, "The trust data expires soon", "Refresh it; if that does not help, tell whoever publishes it"
    ),
    "trust.expired": Explanation(
        _W, "The trust data on this machine has expired", "Refresh it over the line or from a USB stick"
    ),
    "trust.stale": Explanation(
        _W, "The trust data has not been renewed for a while", "Check the line to the relays it is fetched from"
    ),
    "trust.too-old": Explanation(
        _W,
        "The trust data is older than the federation allows: nothing is decided on it",
        "Refresh it over the line or from a USB stick",
    ),
    "trust.clock": Explanation(
        _W,
        "This machine's clock and the trust data contradict each other",
        "Set the clock; if it is right, refresh from another relay and tell a founding state",
    ),
    "trust.split-view": Explanation(
        _P,
        "Two different trust data are shown under one version: somebody is being deceived",
        "Keep both files as evidence and tell the founding states",
    ),
    "trust.no-state": Explanation(_W, "This machine has fetched no trust data yet", "Refresh it"),
    "trust.no-file": Explanation(_P, "The trust repository has no such file", "Nothing is wrong if it is not needed"),
    "trust.mirror-damaged": Explanation(
        _W, "The trust data on this machine is damaged", "Refresh it; if that does not help, check the disk"
    ),
    "trust.mirror-busy": Explanation(_W, "Another program refreshes the trust data", "Wait until it has ended"),
}

PUBLISH: Mapping[str, Explanation] = {
    "issue.unknown-keyset": Explanation(_C, "The agency has no such keyset", "See `referral trust show`"),
    "issue.not-entitled": Explanation(
        _C, "This key has no say in this record", "Sign with the key of one of those who must sign it"
    ),
    "issue.entry": Explanation(
        _C, "This file is no entry of a log or a witness", "Name the .entry file that `referral-node init` wrote"
    ),
    "issue.already": Explanation(_C, "This is in force already", "Look at it with `referral trust show`"),
    "publish.keys": Explanation(
        _C, "These keys or this threshold do not fit the role", "Name each holder once, with keys made for the role"
    ),
    "publish.key": Explanation(_C, "This key has no say in this role", "Sign with a key that was made for the role"),
    "publish.version": Explanation(
        _C, "This version does not follow the one in force", "Make a new draft from the files in force"
    ),
    "publish.signatures": Explanation(
        _C, "Too few of those who must sign have signed", "Collect the missing signatures, then try again"
    ),
    "publish.expired": Explanation(_C, "This has expired", "Make a new draft and have it signed"),
    "publish.record": Explanation(
        _C, "A record does not belong here, or another one stands in its place", "Give each country its own records"
    ),
    "publish.incomplete": Explanation(
        _C, "Something that must be published first is not there", "Put the part that is named in place"
    ),
    "publish.different": Explanation(_C, "These are not copies of one draft", "Merge signed copies of the same draft"),
    "issue.threshold": Explanation(
        _C, "The threshold does not fit the founders, or a founder stands twice", "Name each founder once"
    ),
    "issue.not-founder": Explanation(_C, "One of the signers is not a founder", "Sign with a founder's key"),
    "issue.invalid": Explanation(_C, "A record cannot be made of this", "Correct the field that is named"),
}
