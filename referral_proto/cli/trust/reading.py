"""Looking at trust data: show, verify, diff. Needs no key and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options, voice
from referral_proto.cli.trust.plan import option

if TYPE_CHECKING:
    from referral_proto.adapters.trust_state import TrustState
    from referral_proto.errors import ReferralError
    from referral_proto.ids import AgencyId
    from referral_proto.moment import Moment
    from referral_proto.trust.directory import Directory

__all__ = ["COMMANDS"]

_FOLDER = click.argument("folder", type=options.FILE)
_BENIGN = ("trust.country-", "trust.expiring", "trust.stale")


@click.command("show")
@_FOLDER
@click.option("--agency", "only", type=options.AGENCY, help="Only this agency, with every key.")
@options.AT
@options.AS_JSON
def show(folder: Path, only: AgencyId | None, at: Moment | None, as_json: bool) -> None:
    """Show federation, roles, agencies, how each key stands at --at, alarms, what is refused, what expires soon.

    FOLDER is a repository or a folder of records. Records are judged; the repository's own signatures only by `verify`.
    """
    from referral_proto.cli.trust.folder import open_folder
    from referral_proto.cli.trust.picture import lines, picture, roles

    now = options.moment(at)
    held = open_folder(folder, now)
    shown = picture(held.directory, now, only)
    if held.repository is not None and only is None:
        shown["roles"] = roles(held.repository)
    if as_json:
        voice.document(shown)
        return
    for text, style in lines(shown):
        voice.say(text, style)


@click.command("verify")
@_FOLDER
@option("--bootstrap", required=True, help="The root file that you received by hand.")
@click.option("--federation", type=options.Hex(32), help="Digest of the first federation record, from the same hand.")
@options.AT
@options.AS_JSON
def verify(folder: Path, bootstrap: Path, federation: bytes | None, at: Moment | None, as_json: bool) -> int:
    """Check a repository folder as a new node would: every signature, version, expiry and record, from --bootstrap on.

    Ends with 3 if anything is refused, 0 if all of it holds. Warnings and alarms are shown and refuse nothing.
    """
    from tempfile import TemporaryDirectory

    from referral_proto.adapters import disk
    from referral_proto.adapters.trust_fetch import LARGEST_FILE, FolderSource
    from referral_proto.adapters.trust_mirror import TrustMirror
    from referral_proto.errors import CallerError
    from referral_proto.ids import Digest

    if not folder.is_dir():
        raise CallerError("file.no-folder", "trust repository")
    now = options.moment(at)
    root = disk.read(bootstrap, "bootstrap root", LARGEST_FILE)
    with TemporaryDirectory(prefix="referral-verify-") as scratch:
        mirror = TrustMirror(Path(scratch), root, None if federation is None else Digest(federation))
        mirror.refresh(FolderSource(folder), now)
        state = mirror.state(now)
        directory = state.fold(now)
    refused = list(_refused(state, directory))
    _verdict(state, directory, refused, as_json=as_json)
    if not refused:
        return 0
    problem = _problem(*refused[0])
    voice.complain(problem)
    return problem.fault.exit_code


def _refused(state: TrustState, directory: Directory) -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys((one.code, one.agency) for one in directory.problems)
    yield from (one for one in state.warnings if not one.code.startswith(_BENIGN))


def _problem(code: str, where: str) -> ReferralError:
    from referral_proto.errors import Fault, PeerError, WorldError, explain

    return (WorldError if explain(code).fault is Fault.WORLD else PeerError)(code, where)


def _verdict(state: TrustState, directory: Directory, refused: list[tuple[str, str]], *, as_json: bool) -> None:
    warnings = [one for one in state.warnings if one.code.startswith(_BENIGN)]
    facts: dict[str, Any] = {
        "valid": not refused,
        "federation": state.federation_root.hex(),
        "root": state.root_version,
        "snapshot": state.snapshot_version,
        "snapshot_digest": state.snapshot_digest.hex(),
        "expires_at": state.expires_at.iso(),
        "age_seconds": state.age_seconds,
        "records": len(state.records),
        "refused": [{"code": code, "where": where} for code, where in refused],
        "warnings": [{"code": one.code, "where": one.where} for one in warnings],
        "alarms": [{"code": one.code, "agency": one.agency} for one in directory.alarms],
    }
    if as_json:
        voice.document(facts)
        return
    for name in ("federation", "root", "snapshot", "snapshot_digest", "expires_at", "records"):
        voice.say(f"{name.replace('_', ' ')}: {facts[name]}")
    for kind, style in (("refused", voice.Style.BAD), ("warnings", voice.Style.MARK), ("alarms", voice.Style.BAD)):
        for one in facts[kind]:
            voice.say(f"{kind.removesuffix('s')} [{one['code']}]: {one.get('where', one.get('agency', ''))}", style)
    voice.say(
        "something is refused" if refused else "everything holds", voice.Style.BAD if refused else voice.Style.GOOD
    )


@click.command("diff")
@click.argument("old", type=options.FILE)
@click.argument("new", type=options.FILE)
@options.AT
@options.AS_JSON
def diff(old: Path, new: Path, at: Moment | None, as_json: bool) -> None:
    """What differs: two repository or record folders, two drafts of one role, or two records of one chain."""
    from referral_proto.adapters.trust_drafts import role_of, summary
    from referral_proto.cli.trust.facts import difference
    from referral_proto.cli.trust.folder import file, open_folder
    from referral_proto.cli.trust.picture import role_changes
    from referral_proto.cli.trust.signing import is_draft, summary_lines
    from referral_proto.errors import CallerError
    from referral_proto.trust.changes import changes

    now = options.moment(at)
    if old.is_dir() and new.is_dir():
        before, after = open_folder(old, now), open_folder(new, now)
        said = [*role_changes(before.repository, after.repository)]
        said += [" ".join(filter(None, one)) for one in changes(before.directory, after.directory, now)]
    else:
        first, second = file(old, "record or draft"), file(new, "record or draft")
        if is_draft(first) != is_draft(second) or (is_draft(first) and role_of(first) != role_of(second)):
            raise CallerError("publish.different")
        said = list(summary_lines(summary(second, first)) if is_draft(first) else difference(first, second))
    if as_json:
        voice.document({"at": now.iso(), "changes": said})
        return
    for line in said:
        voice.say(line)
    if not said:
        voice.say("nothing differs")


COMMANDS = (show, verify, diff)
