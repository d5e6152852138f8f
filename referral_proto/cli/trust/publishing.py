"""The publishing operator's trade: taking in what others signed, snapshot and timestamp. Its one key is on-line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral_proto.cli import options
from referral_proto.cli.trust.plan import YES, Plan, agree, done, option
from referral_proto.cli.trust.signing import is_draft, summary_lines

if TYPE_CHECKING:
    from referral_proto.adapters.trust_keys import RepositoryKey
    from referral_proto.adapters.trust_repository import Published, TrustRepository
    from referral_proto.moment import Moment
    from referral_proto.trust.federation import Federation

__all__ = ["COMMANDS"]

_FOLDER = click.argument("repository", type=options.FILE)
_KEY = option("--key", required=True, help="The operator's online key file.")
_TIMESTAMP_DAYS = click.option(
    "--timestamp-days", type=click.IntRange(1, 30), default=7, show_default=True, help="Nodes can go by it for so long."
)


@click.command("publish")
@_FOLDER
@click.argument("files", type=options.FILE, nargs=-1)
@_KEY
@_TIMESTAMP_DAYS
@options.PASSPHRASE_FILE
@options.AT
@YES
@options.AS_JSON
def publish(
    repository: Path,
    files: tuple[Path, ...],
    key: Path,
    timestamp_days: int,
    passphrase_file: Path | None,
    at: Moment | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Take signed drafts and records (FILES) into the folder REPOSITORY and publish them: snapshot, timestamp.

    Everything is judged first as nodes will judge it. What they would refuse is refused here, with the same reason.
    """
    from referral_proto.adapters.trust_repository import TrustRepository

    now = options.moment(at)
    online = _online(key, passphrase_file)
    inbox = _sorted_in(files, repository)
    folder = TrustRepository(repository)
    lines = tuple(_judged(inbox, folder, repository, now))
    plan = Plan(f"publish {len(inbox.drafts)} lists and {len(inbox.records)} records", lines)
    agree(plan, yes=yes, as_json=as_json)
    for draft in inbox.drafts:
        folder.accept(draft, now, inbox.records)
    _report(plan, folder.publish(online, now, timestamp_days), as_json=as_json)


@click.command("refresh-timestamp")
@_FOLDER
@_KEY
@_TIMESTAMP_DAYS
@options.PASSPHRASE_FILE
@options.AT
@YES
@options.AS_JSON
def refresh_timestamp(
    repository: Path,
    key: Path,
    timestamp_days: int,
    passphrase_file: Path | None,
    at: Moment | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Say that nothing newer exists: a new timestamp, a new snapshot when half its time is over. Run it on a timer."""
    from referral_proto.adapters.trust_repository import TrustRepository

    _sorted_in((), repository)
    now = options.moment(at)
    plan = Plan("renew the timestamp of the repository", (f"good until {now.plus(timestamp_days * 86_400).iso()}",))
    online = _online(key, passphrase_file)
    agree(plan, yes=yes, as_json=as_json)
    _report(plan, TrustRepository(repository).publish(online, now, timestamp_days), as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Inbox:
    """`drafts` in the order in which they depend on each other."""

    drafts: tuple[bytes, ...]
    records: tuple[bytes, ...]


def _online(key: Path, passphrase_file: Path | None) -> RepositoryKey:
    from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey

    return RepositoryKey.load(key, KeyRole.ONLINE, options.passphrase(passphrase_file))


def _sorted_in(files: tuple[Path, ...], repository: Path) -> _Inbox:
    from referral_proto.adapters.trust_drafts import read, role_of
    from referral_proto.cli.trust.folder import file
    from referral_proto.errors import CallerError

    if not repository.is_dir():
        raise CallerError("file.no-folder", "trust repository")
    given = [file(one, "record or draft") for one in files]
    drafts = [one for one in given if is_draft(one)]
    order = {"root": 0, "targets": 1}
    drafts.sort(key=lambda one: (order.get(role_of(one), 2), role_of(one), read(one).signed.version))
    return _Inbox(tuple(drafts), tuple(one for one in given if not is_draft(one)))


def _judged(inbox: _Inbox, folder: TrustRepository, place: Path, now: Moment) -> Iterator[str]:
    """What will be published, line by line. Raises PeerError trust.* for records that nodes would refuse."""
    from hashlib import sha256

    from referral_proto.adapters.trust_drafts import read, role_of, summary
    from referral_proto.adapters.trust_paths import target_path
    from referral_proto.cli.trust.folder import offered, timely, trial
    from referral_proto.errors import CallerError, PeerError
    from referral_proto.trust.directory import Directory
    from referral_proto.trust.issue import refuse_ahead
    from referral_proto.trust.registrars import COMPROMISED

    named: set[str] = set()
    current: dict[str, bytes | None] = {}
    for draft in inbox.drafts:
        role = role_of(draft)
        held = current.get(role, folder.current(role))
        current[role] = draft
        if held == draft:
            continue
        said = summary(draft, held)
        yield f"{role}, version {said.version}"
        yield from (f"  {line}" for line in summary_lines(said))
        named |= {one.hashes.get("sha256", "") for one in getattr(read(draft).signed, "targets", {}).values()}
    for record in inbox.records:
        if sha256(record).hexdigest() not in named:
            # A record that no list names would silently not be published.
            raise CallerError("publish.incomplete", f"the list that names {target_path(record)}")
        refuse_ahead(record, now)
    before = timely(offered(place, folder), now)
    if inbox.records:
        known = Directory.fold(before, at=now, lenient=True).problems if before else ()
        # That a registrar's key leaked must be said at once; its successor's confirmations come after it.
        tolerated = {COMPROMISED} if _of_federation(inbox.records) else set()
        tried = trial(before, known, inbox.records, now, tolerated)
        if tried.code:
            raise PeerError(tried.code, tried.agency)
        doubted = sorted({one.agency for one in tried.directory.problems if one.code in tolerated})
        yield from (
            f"nobody new believes {agency} until it is confirmed: `referral trust confirm`" for agency in doubted
        )
        _by_registrars_of_today(inbox.records, before, tried.directory.chain, now)


def _of_federation(records: Iterable[bytes]) -> bool:
    from referral_proto.model.records import FederationRecord
    from referral_proto.trust.issue import read_record

    return any(isinstance(read_record(data)[1], FederationRecord) for data in records)


def _by_registrars_of_today(
    records: Iterable[bytes], published: Iterable[bytes], chain: Federation, now: Moment
) -> None:
    """Nodes ask who registered when a record says that it was made: a registrar's old key, replaced because it leaked,
    could still date a record back. What is new here must be signed by whoever registers now.
    """
    from referral_proto.errors import PeerError
    from referral_proto.ids import AgencyId, country_of
    from referral_proto.model.records import AgencyRecord
    from referral_proto.trust.issue import read_record

    known = {read_record(data)[0].record for data in published}
    for data in records:
        signed, record = read_record(data)
        if isinstance(record, AgencyRecord) and signed.record not in known:
            registrar = chain.registrar(country_of(AgencyId(record.agency)), now)
            if registrar is None or registrar.id not in {one.keyset for one in signed.signatures}:
                raise PeerError("trust.record-signature", record.agency)


def _report(plan: Plan, published: Published, *, as_json: bool) -> None:
    facts = {
        "snapshot": published.snapshot_version,
        "timestamp": published.timestamp_version,
        "expires_at": published.expires_at.iso(),
    }
    then = f"snapshot {facts['snapshot']}, timestamp {facts['timestamp']}, good until {facts['expires_at']}"
    done(Plan(plan.title, plan.lines, (f"nodes find {then}",)), facts, as_json=as_json)


COMMANDS = (publish, refresh_timestamp)
