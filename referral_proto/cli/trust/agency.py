"""The agency's trade: asking for enrolment, rotating and recovering keys, moving to another relay. Requests only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from referral_proto.cli import options
from referral_proto.cli.trust.change import load_signer, propose
from referral_proto.cli.trust.plan import OUTPUT, YES, Plan, agree, done, keep, option
from referral_proto.cli.trust.taking import LOGS, changing, entries

if TYPE_CHECKING:
    from referral_proto.ids import AgencyId
    from referral_proto.moment import Moment
    from referral_proto.trust.agency import History

__all__ = ["COMMANDS"]

MOST_LOGS: Final = 8
"""In one record."""
_KEY = option("--key", required=True, help="The agency's signing key file.")
_NEW_KEY = option("--new-key", required=True, help="The new signing key file; its possession is proved.")
_DAYS = click.option(
    "--days", type=click.IntRange(1, 3660), default=365, show_default=True, help="The signing key is good for."
)


@click.command("enrol-request")
@_KEY
@click.option(
    "--name",
    "names",
    type=options.Pair(click.STRING, click.STRING, "LANGUAGE=NAME"),
    multiple=True,
    required=True,
    help="The agency's name in one language; may be repeated.",
)
@click.option("--type", "kind", type=options.CodeName("OrganisationType"), required=True, help="As ngo or shelter.")
@click.option("--mandate", "mandates", type=options.CodeName("Mandate"), multiple=True, required=True)
@click.option("--relay", type=options.AGENCY, required=True, help="Operator of the relay that receives for the agency.")
@LOGS
@_DAYS
@options.PASSPHRASE_FILE
@options.AT
@OUTPUT
@YES
@options.AS_JSON
def enrol_request(
    key: Path,
    names: tuple[tuple[str, str], ...],
    kind: Any,
    mandates: tuple[Any, ...],
    relay: AgencyId,
    logs: tuple[Path, ...],
    days: int,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Ask to be enrolled: a request file for the country's registrar, signed by the agency's own key.

    Without --log nobody can verify receipts of this agency; `referral trust logs` adds a log later.
    """
    from referral_proto.cli.trust.facts import difference, record_document
    from referral_proto.model.records import LogEntry
    from referral_proto.trust.issue import request_enrolment

    keys = load_signer(key, passphrase_file)
    given = entries(LogEntry, logs, "log entry")
    data = request_enrolment(keys, dict(names), kind, mandates, relay, options.moment(at), days=days, logs=given)
    country = keys.agency.split(".", 1)[0]
    plan = Plan(
        f"request that {keys.agency} be enrolled",
        tuple(difference(None, data)),
        (
            f"read your key's fingerprint to the registrar of {country} over the telephone",
            f"the registrar of {country} checks the request and signs it: `referral trust approve`",
        ),
    )
    agree(plan, yes=yes, as_json=as_json)
    keep(output, data, "record")
    done(plan, record_document(data), as_json=as_json)


@click.command("rotate")
@_KEY
@_NEW_KEY
@_DAYS
@options.PASSPHRASE_FILE
@changing
def rotate(
    key: Path,
    new_key: Path,
    days: int,
    repository: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Enrol a further keyset beside those that stand, signed by one of them. The registrar approves it.

    Begin to sign with the new key when it is published and partners have had time to refresh; then `revoke` the old.
    """
    from referral_proto.trust.amend import rotate_keyset

    keys, new = load_signer(key, passphrase_file), load_signer(new_key, passphrase_file)
    propose(
        f"enrol a further keyset of {keys.agency}",
        keys.agency,
        lambda history, now: rotate_keyset(history, new, now, days=days),
        repository,
        at,
        keys,
        output,
        yes=yes,
        as_json=as_json,
    )


@click.command("recover")
@_NEW_KEY
@click.option("--second-country", required=True, help="Whose registrar signs beside your own, as kh.")
@_DAYS
@options.PASSPHRASE_FILE
@changing
def recover(
    new_key: Path,
    second_country: str,
    days: int,
    repository: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Ask for new keys when the old ones are lost. Two countries' registrars approve it; it waits, and is an alarm.

    The waiting time is the federation's; the agency can still oppose with an old key, if it was not lost after all.
    """
    from referral_proto.trust.amend import recover as recovered

    new = load_signer(new_key, passphrase_file)
    propose(
        f"replace the lost keys of {new.agency}, with the registrar of {second_country}",
        new.agency,
        lambda history, now: recovered(history, new, second_country, now, days=days),
        repository,
        at,
        None,
        output,
        yes=yes,
        as_json=as_json,
    )


@click.command("oppose")
@_KEY
@options.PASSPHRASE_FILE
@changing
def oppose(
    key: Path,
    repository: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Oppose a recovery that waits: somebody replaces your keys, and you still have one. The registrar approves it.

    Until then the file itself is an objection: put into the records folder of a node, it halts the recovery there. If
    your registrar does not approve it, send it to the founding states, the second country and everybody you write to.
    """
    from referral_proto.trust.amend import set_mandates

    keys = load_signer(key, passphrase_file)
    propose(
        f"oppose the recovery of {keys.agency}: its keys are not lost",
        keys.agency,
        # Any record signed by the agency's key does it: this one changes nothing.
        lambda history, now: set_mandates(history, history.record.mandates, now),
        repository,
        at,
        keys,
        output,
        yes=yes,
        as_json=as_json,
    )


@click.command("move-relay")
@click.argument("relay", type=options.AGENCY)
@_KEY
@options.PASSPHRASE_FILE
@changing
def move_relay(
    relay: AgencyId,
    key: Path,
    repository: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Have the relay of operator RELAY receive for the agency. The registrar approves it."""
    from referral_proto.trust.amend import move_relay as moved

    keys = load_signer(key, passphrase_file)
    propose(
        f"move {keys.agency} to the relay of {relay}",
        keys.agency,
        lambda history, now: moved(history, relay, now),
        repository,
        at,
        keys,
        output,
        yes=yes,
        as_json=as_json,
    )


@click.command("logs")
@_KEY
@LOGS
@click.option("--end", "ending", multiple=True, help="Origin of a log that ends now, as th.shelter; may be repeated.")
@options.PASSPHRASE_FILE
@changing
def logs(
    key: Path,
    logs: tuple[Path, ...],
    ending: tuple[str, ...],
    repository: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Add logs to the agency's record, or end some. The registrar approves it.

    A successor (AGENCY/2) is added with --log, and what it follows is ended with --end. What a log signed before its
    end stays verifiable.
    """
    from referral_proto.errors import CallerError
    from referral_proto.model.records import LogEntry
    from referral_proto.trust.amend import set_logs
    from referral_proto.trust.issue import approve

    keys, added = load_signer(key, passphrase_file), entries(LogEntry, logs, "log entry")
    if not added and not ending:
        raise CallerError("issue.invalid", "logs")

    def change(history: History, now: Moment) -> bytes:
        listed = history.record.logs
        if not set(ending) <= {one.origin for one in listed if one.ended_at is None}:
            raise CallerError("issue.invalid", "which log ends")
        kept = [
            one.model_copy(update={"ended_at": now}) if one.origin in ending and one.ended_at is None else one
            for one in listed
        ]
        # Those that are over make room; the chain remembers them.
        while len(kept) + len(added) > MOST_LOGS and any(one.ended_at is not None for one in kept):
            kept.remove(next(one for one in kept if one.ended_at is not None))
        data = set_logs(history, [*kept, *added], now)
        # Whose logs they are, and that somebody holds their keys.
        approve(data)
        return data

    propose(
        f"change the logs of {keys.agency}",
        keys.agency,
        change,
        repository,
        at,
        keys,
        output,
        yes=yes,
        as_json=as_json,
    )


COMMANDS = (enrol_request, rotate, recover, oppose, move_relay, logs)
