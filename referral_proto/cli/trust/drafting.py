"""Drafts of the repository's own metadata: root, the founders' list, a country's list. Who drafts decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options
from referral_proto.cli.trust.plan import OUTPUT, YES, Plan, agree, done, keep, option
from referral_proto.cli.trust.taking import public_key

if TYPE_CHECKING:
    from referral_proto.adapters.trust_drafts import Signers
    from referral_proto.moment import Moment

__all__ = ["COMMANDS"]

_REPOSITORY = option(
    "--repository",
    envvar="REFERRAL_REPOSITORY",
    help="Copy of the repository whose files are in force; left out at the founding only.",
)
_RECORDS = option("--record", "records", multiple=True, help="A signed record to list; may be repeated.")
_DAYS = click.option("--days", type=click.IntRange(1, 3660), help="Good for that long; else as the design has it.")


@click.command("root")
@option("--root-key", "root_keys", multiple=True, help="Public root keys from now on, all of them.")
@click.option("--root-threshold", type=click.IntRange(1, 16), help="How many of them must sign.")
@option("--targets-key", "targets_keys", multiple=True, help="Public targets keys from now on, all of them.")
@click.option("--targets-threshold", type=click.IntRange(1, 16), help="How many of them must sign.")
@option("--online-key", "online_keys", multiple=True, help="Public online keys from now on, all of them.")
@option("--repository", required=True, envvar="REFERRAL_REPOSITORY", help="Copy of the repository.")
@_DAYS
@options.AT
@OUTPUT
@YES
@options.AS_JSON
def root(
    root_keys: tuple[Path, ...],
    root_threshold: int | None,
    targets_keys: tuple[Path, ...],
    targets_threshold: int | None,
    online_keys: tuple[Path, ...],
    repository: Path,
    days: int | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Draft the next root: rotate or revoke root, targets, snapshot and timestamp keys, or renew it before it expires.

    What is not named stays. A key that is left out of a list is revoked. Signed by the old and the new root keys.
    """
    from tuf.api.metadata import Root

    from referral_proto.adapters.trust_drafts import ROOT_DAYS, draft_root, read_as
    from referral_proto.errors import CallerError

    held = _current(repository, "root")
    if held is None:
        raise CallerError("publish.incomplete", "root")
    before = read_as(Root, held)
    signers = [
        _signers(before, role, keys, threshold)
        for role, keys, threshold in (
            ("root", root_keys, root_threshold),
            ("targets", targets_keys, targets_threshold),
            ("timestamp", online_keys, None),
        )
    ]
    draft = draft_root(held, signers[0], signers[1], signers[2], options.moment(at), days or ROOT_DAYS)
    then = ("the threshold of the old root keys and of the new ones sign it: `referral trust sign`",)
    _write(draft, held, then, output, yes=yes, as_json=as_json)


@click.command("targets")
@_RECORDS
@click.option(
    "--country",
    "countries",
    type=options.Pair(click.STRING, options.FILE, "COUNTRY=FILE"),
    multiple=True,
    help="Public country key, as th=th.country.json; all of a country's keys when one is named.",
)
@click.option(
    "--country-threshold",
    "thresholds",
    type=options.Pair(click.STRING, click.INT, "COUNTRY=NUMBER"),
    multiple=True,
    help="How many of a country's keys must sign; else all of them.",
)
@click.option("--without-country", multiple=True, help="A country that has left.")
@_REPOSITORY
@_DAYS
@options.AT
@OUTPUT
@YES
@options.AS_JSON
def targets(
    records: tuple[Path, ...],
    countries: tuple[tuple[str, Path], ...],
    thresholds: tuple[tuple[str, int], ...],
    without_country: tuple[str, ...],
    repository: Path | None,
    days: int | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Draft the founders' list: federation records, and who signs for each country. The founders' targets keys sign it.

    A country that is not named keeps its keys; one that is named has the keys that are named, and no others.
    """
    from tuf.api.metadata import Targets

    from referral_proto.adapters.trust_drafts import TARGETS_DAYS, Signers, draft_targets, read_as
    from referral_proto.cli.trust.folder import file
    from referral_proto.errors import CallerError

    held = _current(repository, "targets")
    named: dict[str, Signers] = {}
    if held is not None:
        before = read_as(Targets, held)
        roles = (before.delegations and before.delegations.roles) or {}
        named = {role.removeprefix("country-"): _signers(before, role, (), None) for role in roles}
    given: dict[str, list[Path]] = {}
    for country, path in countries:
        given.setdefault(country, []).append(path)
    for country, paths in given.items():
        named[country] = Signers([public_key(one) for one in paths], len(paths))
    for country, threshold in thresholds:
        if country not in named:
            raise CallerError("publish.keys", country)
        named[country] = named[country]._replace(threshold=threshold)
    for country in without_country:
        if named.pop(country, None) is None:
            raise CallerError("publish.keys", country)
    data = [file(one, "record") for one in records]
    draft = draft_targets(held, data, named, options.moment(at), days or TARGETS_DAYS)
    then = ("the founders' threshold signs it with targets keys: `referral trust sign`",)
    _write(draft, held, then, output, yes=yes, as_json=as_json)


@click.command("country")
@click.argument("country")
@_RECORDS
@option("--key", help="Country key file: signs at once. Else `referral trust sign` does.")
@options.PASSPHRASE_FILE
@_REPOSITORY
@_DAYS
@options.AT
@OUTPUT
@YES
@options.AS_JSON
def country(
    country: str,
    records: tuple[Path, ...],
    key: Path | None,
    passphrase_file: Path | None,
    repository: Path | None,
    days: int | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Draft the list of COUNTRY's records, with --record added; without, only renewed. Its registrar's keys sign it."""
    from referral_proto.adapters.trust_drafts import COUNTRY_DAYS, draft_country, sign
    from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
    from referral_proto.cli.trust.folder import file
    from referral_proto.trust.issue import refuse_ahead

    held = _current(repository, f"country-{country}")
    data = [file(one, "record") for one in records]
    now = options.moment(at)
    for one in data:
        refuse_ahead(one, now)
    replaced = _replacing(repository, data, now) if held is not None and repository is not None else set()
    draft = draft_country(held, country, data, now, days or COUNTRY_DAYS, replaced)
    then = ("whoever publishes takes it in with the records: `referral trust publish`",)
    if key is None:
        _write(
            draft, held, ("the country's keys sign it: `referral trust sign`", *then), output, yes=yes, as_json=as_json
        )
        return
    signer = RepositoryKey.load(key, KeyRole.COUNTRY, options.passphrase(passphrase_file))
    _write(sign(draft, signer), held, then, output, yes=yes, as_json=as_json, by=signer.holder)


def _current(repository: Path | None, role: str) -> bytes | None:
    from referral_proto.adapters.trust_repository import TrustRepository
    from referral_proto.errors import CallerError

    if repository is None:
        return None
    if not repository.is_dir():
        raise CallerError("file.no-folder", "trust repository")
    return TrustRepository(repository).current(role)


def _replacing(repository: Path, records: list[bytes], now: Moment) -> set[str]:
    """Paths of published records that `records` may replace: the agency's own word while a recovery waits, a good
    record for one that nobody believes, a copy with more signatures.
    """
    from referral_proto.adapters.trust_paths import target_path
    from referral_proto.adapters.trust_repository import TrustRepository

    folder = TrustRepository(repository)
    return {target_path(data) for data in records if folder.may_list(data, now, records)}


def _signers(by: Any, role: str, keys: tuple[Path, ...], threshold: int | None) -> Signers:
    """The keys that are given, else those that the delegator names."""
    from tuf.api.metadata import Root

    from referral_proto.adapters.trust_drafts import Signers
    from referral_proto.adapters.trust_keys import HOLDER, KeyRole, RepositoryPublicKey, public_bytes
    from referral_proto.errors import PeerError
    from referral_proto.ids import agency_id

    held = by.roles[role] if isinstance(by, Root) else by.delegations.roles[role]
    if keys:
        return Signers([public_key(one) for one in keys], threshold or held.threshold)
    known = by.keys if isinstance(by, Root) else by.delegations.keys
    kind = {"root": KeyRole.ROOT, "targets": KeyRole.TARGETS, "timestamp": KeyRole.ONLINE}.get(role, KeyRole.COUNTRY)
    found = []
    for key_id in held.keyids:
        holder = known[key_id].unrecognized_fields.get(HOLDER)
        if not isinstance(holder, str):
            raise PeerError("trust.repository-layout", role)
        found.append(RepositoryPublicKey(kind, agency_id(holder), public_bytes(known[key_id])))
    return Signers(found, threshold or held.threshold)


def _write(
    draft: bytes,
    held: bytes | None,
    then: tuple[str, ...],
    output: Path,
    *,
    yes: bool,
    as_json: bool,
    by: str = "",
) -> None:
    from referral_proto.adapters.trust_drafts import summary
    from referral_proto.cli.trust.signing import summary_lines

    said = summary(draft, held)
    title = f"{'sign' if by else 'draft'} {said.role}, version {said.version}" + (f", as {by}" if by else "")
    plan = Plan(title, tuple(summary_lines(said)), then)
    agree(plan, yes=yes, as_json=as_json)
    keep(output, draft, "draft")
    done(plan, {"role": said.role, "version": said.version}, as_json=as_json)


COMMANDS = (root, targets, country)
