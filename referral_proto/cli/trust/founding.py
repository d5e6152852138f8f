"""The founders' trade: repository keys, the federation's first record, its amendments. Drafts; `sign` signs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from referral_proto.cli import options, voice
from referral_proto.cli.trust.plan import YES, Plan, agree, done, keep, option
from referral_proto.cli.trust.taking import WITNESSES, changing, entries, public_key, signing_text

if TYPE_CHECKING:
    from referral_proto.crypto.keyset import VerifyingKeyset
    from referral_proto.ids import AgencyId
    from referral_proto.model.records import Limits
    from referral_proto.moment import Moment
    from referral_proto.trust.federation import Federation

__all__ = ["COMMANDS", "amended"]

F = TypeVar("F", bound=Callable[..., Any])

_COUNTRY_FILE = options.Pair(click.STRING, options.FILE, "COUNTRY=FILE")
_LIMITS = {
    "max_lifetime_seconds": "--max-lifetime-hours",
    "recovery_delay_seconds": "--recovery-delay-hours",
    "stale_warning_seconds": "--stale-warning-hours",
    "stale_limit_seconds": "--stale-limit-hours",
}


def _limits(command: F) -> F:
    for field, name in reversed(_LIMITS.items()):
        what = field.removesuffix("_seconds").replace("_", " ")
        command = click.option(name, field, type=click.IntRange(1, 24 * 3660), help=f"Limit: {what}, in hours.")(
            command
        )
    return command


@click.command("new-key")
@click.argument("role", type=click.Choice(["root", "targets", "country", "online"]))
@click.argument("holder", type=options.AGENCY)
@option("-o", "--output", required=True, help="The key file to make; it stays on this machine.")
@option("--public", required=True, help="The public half to write, for the others.")
@options.PASSPHRASE_FILE
@click.option("--kdf-memory-kib", type=click.IntRange(8, 1_048_576), default=65_536, show_default=True)
@YES
@options.AS_JSON
def new_key(
    role: str,
    holder: AgencyId,
    output: Path,
    public: Path,
    passphrase_file: Path | None,
    kdf_memory_kib: int,
    yes: bool,
    as_json: bool,
) -> None:
    """Make a repository key: ROLE root or targets for a founder, country for a registrar, online for the operator.

    A key has one role. Signing keysets, which sign records, are made with `referral keys new-signing`.
    """
    from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey

    plan = Plan(f"make a {role} key for {holder}", ("a secret key file, mode 0600, and its public half",))
    agree(plan, yes=yes, as_json=as_json)
    key = RepositoryKey.create(KeyRole(role), holder)
    key.save(output, options.passphrase(passphrase_file, new=True), kdf_memory_kib)
    keep(public, key.public.to_bytes(), "public key")
    done(plan, {"role": role, "holder": holder, "key_id": key.public.id}, as_json=as_json)
    if not as_json:
        voice.say(f"key id: {key.public.id}")


@click.command("found")
@click.option("--name", required=True, help="Of the federation.")
@option("--founder", "founders", multiple=True, required=True, help="Public signing key of a founder, text.")
@click.option("--threshold", type=click.IntRange(1, 16), required=True, help="How many founders must sign anything.")
@click.option("--registrar", "registrars", type=_COUNTRY_FILE, multiple=True, required=True, help="As th=th.pub.")
@option("--root-key", "root_keys", multiple=True, required=True, help="A founder's public root key.")
@option("--targets-key", "targets_keys", multiple=True, required=True, help="A founder's public targets key.")
@option("--online-key", "online_keys", multiple=True, required=True, help="The operator's public online key.")
@click.option("--max-skew-seconds", type=click.IntRange(0, 300), help="Limit: how far a clock may run ahead.")
@_limits
@WITNESSES
@click.option("--quorum", type=click.IntRange(1, 32), help="Witnesses that make a time trusted; else more than half.")
@option("-o", "--output", required=True, help="Folder for federation.record and root.json; must exist.")
@options.AT
@YES
@options.AS_JSON
def found(
    name: str,
    founders: tuple[Path, ...],
    threshold: int,
    registrars: tuple[tuple[str, Path], ...],
    root_keys: tuple[Path, ...],
    targets_keys: tuple[Path, ...],
    online_keys: tuple[Path, ...],
    witnesses: tuple[Path, ...],
    quorum: int | None,
    output: Path,
    at: Moment | None,
    yes: bool,
    as_json: bool,
    **limits: int | None,
) -> None:
    """Draft a federation: its first record and the repository's first root, unsigned. Each founder then signs both."""
    from referral_proto.adapters.trust_drafts import Signers, draft_root, summary
    from referral_proto.cli.trust.facts import difference
    from referral_proto.model.records import WitnessEntry
    from referral_proto.trust.issue import found_federation

    now = options.moment(at)
    record = found_federation(
        name,
        [signing_text(one) for one in founders],
        threshold,
        {country: signing_text(one) for country, one in registrars},
        now,
        limits=_made_limits(limits),
        witnesses=entries(WitnessEntry, witnesses, "witness entry"),
        quorum=quorum,
    )
    keys = ([public_key(one) for one in group] for group in (root_keys, targets_keys, online_keys))
    root, targets, online = keys
    draft = draft_root(None, Signers(root, threshold), Signers(targets, threshold), Signers(online, 1), now)
    lines = (*difference(None, record), *(f"root: {line}" for line in summary(draft).added))
    plan = Plan(
        f"draft the federation {name!r}, {threshold} of {len(founders)} founders",
        lines,
        (f"{threshold} founders sign federation.record and root.json: `referral trust sign`",),
    )
    agree(plan, yes=yes, as_json=as_json)
    keep(output / "federation.record", record, "record")
    keep(output / "root.json", draft, "draft")
    done(plan, as_json=as_json)


@click.command("add-country")
@click.argument("country")
@option("--registrar", required=True, help="Public signing key of its registrar, text.")
@changing
def add_country(
    country: str, registrar: Path, repository: Path, at: Moment | None, output: Path, yes: bool, as_json: bool
) -> None:
    """Draft the federation record with COUNTRY (as `la`, or `int`) and its registrar. The founders sign it.

    Afterwards `referral trust targets --country` names who signs the country's part of the repository.
    """
    from referral_proto.errors import CallerError

    changed = amended(repository, at, _amendment(registrars={country: signing_text(registrar)}))
    if country in changed.countries:
        raise CallerError("issue.already", "country")
    changed.write(f"add {country} to the federation", output, yes=yes, as_json=as_json)


@click.command("amend")
@option("--founder", "founders", multiple=True, help="Public signing key: a further founder's, or one's new key.")
@click.option("--without-founder", type=options.AGENCY, multiple=True, help="A founder who leaves.")
@click.option("--threshold", type=click.IntRange(1, 16), help="How many founders must sign from now on.")
@click.option(
    "--registrar", "registrars", type=_COUNTRY_FILE, multiple=True, help="A registrar's new key, as th=th.pub."
)
@click.option("--without-country", multiple=True, help="A country that leaves: its registrar signs nothing new.")
@click.option("--max-skew-seconds", type=click.IntRange(0, 300), help="Limit: how far a clock may run ahead.")
@_limits
@changing
def amend(
    founders: tuple[Path, ...],
    without_founder: tuple[AgencyId, ...],
    threshold: int | None,
    registrars: tuple[tuple[str, Path], ...],
    without_country: tuple[str, ...],
    repository: Path,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
    **limits: int | None,
) -> None:
    """Draft the federation's next record: rotate or revoke a founder's or a registrar's key, change the threshold.

    A founder or registrar with a new key replaces the old key. The threshold before and the one after must sign.
    """
    named: dict[str, Any] = {country: signing_text(one) for country, one in registrars}
    change = _amendment(
        registrars=named | dict.fromkeys(without_country),
        founders=[signing_text(one) for one in founders],
        leaving=without_founder,
        threshold=threshold,
        limits=limits,
    )
    changed = amended(repository, at, change)
    then = tuple(
        f"the registrar of {country} confirms what was registered before: `referral trust confirm {country}`"
        for country in named
        if country in changed.countries
    )
    changed.write("amend the federation record", output, yes=yes, as_json=as_json, then=then)


class Amended:
    """The federation record in force and the next one, unsigned. `countries`: those that had a registrar before."""

    def __init__(self, before: bytes, data: bytes, countries: frozenset[str], threshold: int) -> None:
        self.before, self.data, self.countries, self._threshold = before, data, countries, threshold

    def write(self, title: str, output: Path, *, yes: bool, as_json: bool, then: tuple[str, ...] = ()) -> None:
        """Say what changes, get a yes, write the draft."""
        from referral_proto.cli.trust.facts import difference
        from referral_proto.errors import CallerError

        lines = tuple(difference(self.before, self.data))
        if not lines:
            raise CallerError("issue.already", "federation")
        plan = Plan(
            title,
            lines,
            (
                f"{self._threshold} founders in force, and the new threshold, sign it: `referral trust sign`",
                "then it goes into the founders' list: `referral trust targets --record`",
                *then,
            ),
        )
        agree(plan, yes=yes, as_json=as_json)
        keep(output, self.data, "record")
        done(plan, as_json=as_json)


def amended(
    repository: Path,
    at: Moment | None,
    change: Callable[[Federation, Moment], bytes],
) -> Amended:
    """The record that `change` makes of the chain in force, folded as nodes will once it is signed.

    Raises CallerError issue.*; PeerError trust.record-malformed: no signature could bring it into force.
    """
    from pydantic import ValidationError

    from referral_proto.cli.trust.folder import open_folder
    from referral_proto.errors import CallerError
    from referral_proto.model.records import FederationRecord
    from referral_proto.trust.issue import read_record
    from referral_proto.trust.logs import witnesses_of
    from referral_proto.trust.signed import sign_record

    now = options.moment(at)
    chain = open_folder(repository, now).directory.chain
    held = chain.current
    if held.issued_at > now:
        raise CallerError("issue.invalid", "issued_at")
    try:
        data = change(chain, now)
    except ValidationError:
        raise CallerError("issue.invalid", "federation") from None
    _, record = read_record(data)
    assert isinstance(record, FederationRecord)
    witnesses_of(record)
    return Amended(sign_record(held), data, frozenset(one.country for one in held.registrars), held.threshold)


def _amendment(
    *,
    registrars: dict[str, Any],
    founders: Iterable[VerifyingKeyset] = (),
    leaving: Iterable[str] = (),
    threshold: int | None = None,
    limits: dict[str, int | None] | None = None,
) -> Callable[[Federation, Moment], bytes]:
    from referral_proto.errors import CallerError
    from referral_proto.trust.amend import amend_federation
    from referral_proto.trust.ended import keyset_of

    def change(chain: Federation, now: Moment) -> bytes:
        held = chain.current
        named = {one.agency: keyset_of(one) for one in held.founders} | {one.agency: one for one in founders}
        gone = set(leaving)
        if not gone <= named.keys() or not {c for c, keys in registrars.items() if keys is None} <= {
            one.country for one in held.registrars
        }:
            raise CallerError("issue.invalid", "who leaves")
        remaining = [keys for agency, keys in named.items() if agency not in gone]
        if not 1 <= (threshold or held.threshold) <= len(remaining):
            raise CallerError("issue.threshold")
        return amend_federation(
            chain,
            now,
            founders=remaining,
            threshold=threshold,
            registrars=registrars,
            limits=_made_limits(limits or {}, held.limits),
        )

    return change


def _made_limits(given: dict[str, int | None], before: Limits | None = None) -> Limits | None:
    from referral_proto.model.records import Limits
    from referral_proto.moment import HOUR

    said = {name: value * (HOUR if name in _LIMITS else 1) for name, value in given.items() if value is not None}
    if not said:
        return before
    return Limits(**({} if before is None else dict(before)) | said)


COMMANDS = (new_key, found, add_country, amend)
