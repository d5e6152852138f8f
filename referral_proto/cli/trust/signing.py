"""Signatures that travel as files: one more on a draft or a federation record, and several copies made one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral_proto.cli import options
from referral_proto.cli.trust.change import approve_change, load_signer
from referral_proto.cli.trust.plan import OUTPUT, YES, Plan, agree, done, keep, option

if TYPE_CHECKING:
    from referral_proto.adapters.trust_drafts import Summary
    from referral_proto.moment import Moment

__all__ = ["COMMANDS", "is_draft", "summary_lines"]

_KEY = option("--key", required=True, help="Signing key file for a record, repository key file for a draft.")
_REPOSITORY = option(
    "--repository",
    envvar="REFERRAL_REPOSITORY",
    help="Copy of the repository, to see what differs from it. Left out at the founding only.",
)


def is_draft(data: bytes) -> bool:
    """Repository metadata is JSON; a record is not."""
    return data.lstrip()[:1] == b"{"


def summary_lines(said: Summary) -> Iterator[str]:
    """What signing a draft means, one line for each change."""
    yield f"good until {said.expires_at.iso()}"
    yield from (f"+ {one}" for one in said.added)
    yield from (f"- {one}" for one in said.removed)


@click.command("sign")
@click.argument("file", type=options.FILE)
@_KEY
@_REPOSITORY
@options.PASSPHRASE_FILE
@options.AT
@OUTPUT
@YES
@options.AS_JSON
def sign(
    file: Path,
    key: Path,
    repository: Path | None,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Add a signature to FILE, a record or a draft, after showing everything it says or changes."""
    from referral_proto.cli.trust.folder import file as read
    from referral_proto.errors import CallerError
    from referral_proto.model.records import AgencyRecord
    from referral_proto.trust.issue import read_record

    data = read(file, "record or draft")
    if is_draft(data):
        _sign_draft(data, key, repository, passphrase_file, output, yes=yes, as_json=as_json)
        return
    _, record = read_record(data)
    if isinstance(record, AgencyRecord):
        if repository is None:
            raise CallerError("publish.incomplete", "repository")
        signer = load_signer(key, passphrase_file)
        approve_change(data, repository, at, signer, output, yes=yes, as_json=as_json)
        return
    _sign_record(data, key, repository, passphrase_file, at, output, yes=yes, as_json=as_json)


def _sign_draft(
    data: bytes,
    key: Path,
    repository: Path | None,
    passphrase_file: Path | None,
    output: Path,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    from tuf.api.metadata import Root, Targets

    from referral_proto.adapters.trust_drafts import role_of, summary
    from referral_proto.adapters.trust_drafts import sign as signed
    from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
    from referral_proto.adapters.trust_repository import TrustRepository

    role = role_of(data)
    kind = {Root.type: KeyRole.ROOT, Targets.type: KeyRole.TARGETS}.get(role, KeyRole.COUNTRY)
    signer = RepositoryKey.load(key, kind, options.passphrase(passphrase_file))
    held = None if repository is None else TrustRepository(repository).current(role)
    said = summary(data, held)
    copy = signed(data, signer)
    plan = Plan(
        f"{signer.holder} signs {role}, version {said.version}",
        tuple(summary_lines(said)),
        ("copies that others signed are made one with `referral trust merge`",),
    )
    agree(plan, yes=yes, as_json=as_json)
    keep(output, copy, "draft")
    done(plan, {"role": role, "version": said.version, "key_id": signer.public.id}, as_json=as_json)


def _sign_record(
    data: bytes,
    key: Path,
    repository: Path | None,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    from referral_proto.cli.trust.facts import difference, record_document
    from referral_proto.cli.trust.folder import open_folder
    from referral_proto.crypto.keyset import VerifyingKeyset
    from referral_proto.errors import CallerError
    from referral_proto.model.records import FederationRecord
    from referral_proto.trust.issue import approve, read_record, refuse_ahead
    from referral_proto.trust.signed import sign_record

    refuse_ahead(data, options.moment(at))
    signer = load_signer(key, passphrase_file)
    _, record = read_record(data)
    if not isinstance(record, FederationRecord):
        raise CallerError("issue.invalid", "kind")
    named = list(record.founders)
    before, then = None, f"{record.threshold} founders must have signed it"
    if record.sequence:
        if repository is None:
            raise CallerError("publish.incomplete", "repository")
        held = open_folder(repository, options.moment(at), timely_only=True).directory.chain
        if record.previous != held.head:
            raise CallerError("publish.version", "federation")
        named += held.current.founders
        before = sign_record(held.current)
        then = f"{held.current.threshold} of the founders before and {record.threshold} of its own must have signed it"
    if signer.id not in {VerifyingKeyset.parse(one.agency, one.ed25519, one.mldsa65).id for one in named}:
        raise CallerError("issue.not-founder", signer.agency)
    copy = approve(data, signer)
    plan = Plan(f"{signer.agency} signs federation record {record.sequence}", tuple(difference(before, data)), (then,))
    agree(plan, yes=yes, as_json=as_json)
    keep(output, copy, "record")
    done(plan, record_document(copy), as_json=as_json)


@click.command("merge")
@click.argument("files", type=options.FILE, nargs=-1, required=True)
@_REPOSITORY
@OUTPUT
@YES
@options.AS_JSON
def merge(files: tuple[Path, ...], repository: Path | None, output: Path, yes: bool, as_json: bool) -> None:
    """Make one file of several copies of one draft or record, with the signatures of all of them. Needs no key.

    Who has signed is said, and who has not; of a founders' or a country's list only with --repository.
    """
    from referral_proto.adapters.trust_drafts import merge as merged
    from referral_proto.adapters.trust_drafts import role_of
    from referral_proto.cli.trust.facts import record_document
    from referral_proto.cli.trust.folder import file
    from referral_proto.errors import CallerError
    from referral_proto.trust.issue import read_record

    copies = [file(one, "record or draft") for one in files]
    kinds = {is_draft(one) for one in copies}
    if len(kinds) > 1:
        raise CallerError("publish.different")
    if kinds == {True}:
        what, data = role_of(copies[0]), merged(*copies)
        said = tuple(_tally_lines(data, repository))
    else:
        what, data = f"{read_record(copies[0])[0].kind.name.lower()} record", _merged_records(copies)
        said = tuple(f"signed by {one['agency']}, key {one['key']}" for one in record_document(data)["signers"])
    plan = Plan(f"make {len(copies)} copies of one {what} one file, with the signatures of all", said)
    agree(plan, yes=yes, as_json=as_json)
    keep(output, data, "record or draft")
    done(plan, as_json=as_json)


def _tally_lines(data: bytes, repository: Path | None) -> Iterator[str]:
    """Who of those who may sign a draft has signed, by each file that names them."""
    from referral_proto.adapters.trust_drafts import role_of, tallies
    from referral_proto.adapters.trust_repository import TrustRepository

    role = role_of(data)
    above = {"root": "root", "targets": "root"}.get(role, "targets")
    held = None if repository is None else TrustRepository(repository).current(above)
    delegators = [] if held is None else [held]
    # A root is signed by the keys of the one before and by its own.
    for tally in tallies(data, *delegators, *([data] if role == "root" else [])):
        yield f"by {tally.by}, {tally.threshold} must sign: {', '.join(tally.signed) or 'nobody'} did"
        if tally.unsigned:
            yield f"by {tally.by}, not yet: {', '.join(tally.unsigned)}"


def _merged_records(copies: list[bytes]) -> bytes:
    from referral_proto.errors import CallerError
    from referral_proto.model.records import SignedRecord
    from referral_proto.trust.issue import read_record
    from referral_proto.wire import encode

    wholes = [read_record(one)[0] for one in copies]
    if len({(one.kind, one.record) for one in wholes}) > 1:
        raise CallerError("publish.different")
    found = {(one.keyset, one.ed25519): one for whole in wholes for one in whole.signatures}
    return encode(SignedRecord(kind=wholes[0].kind, record=wholes[0].record, signatures=tuple(found.values())))


COMMANDS = (sign, merge)
