"""The registrar's word on what its predecessor registered: all published records of a country, countersigned at once.

Nothing is drafted and no digest changes. What the registrar does not know it leaves out, by name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from referral_proto.cli import options
from referral_proto.cli.trust.change import load_signer
from referral_proto.cli.trust.plan import YES, Plan, agree, done, keep, option
from referral_proto.cli.trust.taking import REPOSITORY

if TYPE_CHECKING:
    from referral_proto.cli.trust.folder import Held
    from referral_proto.ids import AgencyId
    from referral_proto.moment import Moment

__all__ = ["COMMANDS"]


class _Published(NamedTuple):
    agency: str
    sequence: int
    data: bytes
    line: str

    @property
    def name(self) -> str:
        return f"{self.agency}.{self.sequence}"


@click.command("confirm")
@click.argument("country")
@option("--key", required=True, help="Signing key file of the country's registrar of today, or of that of `int`.")
@click.option("--agency", "only", type=options.AGENCY, multiple=True, help="Only this agency; may be repeated.")
@click.option(
    "--except", "left_out", multiple=True, help="A record that you do not know, as th.shelter.1; may be repeated."
)
@REPOSITORY
@options.PASSPHRASE_FILE
@options.AT
@option("-o", "--output", required=True, help="Folder for the records; must exist.")
@YES
@options.AS_JSON
def confirm(
    country: str,
    key: Path,
    only: tuple[AgencyId, ...],
    left_out: tuple[str, ...],
    repository: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Countersign every published record of COUNTRY's agencies, after a registrar's key was replaced or leaked.

    Every record is listed first: when it says that it was made, who signed it, whether nodes believe it now. Look
    through the list before you say yes; leave out with --except what nobody in your office knows. The same records with
    your signature then go into the country's list.
    """
    from referral_proto.cli.trust.folder import open_folder
    from referral_proto.errors import CallerError
    from referral_proto.trust.federation import INTERNATIONAL
    from referral_proto.trust.signed import countersign

    now = options.moment(at)
    held = open_folder(repository, now)
    signer = load_signer(key, passphrase_file)
    today = {held.directory.chain.registrar(one, now) for one in (country, INTERNATIONAL)}
    if signer.id not in {keys.id for keys in today if keys is not None}:
        raise CallerError("issue.not-entitled", signer.agency)
    found = [one for one in _published(held, country, signer.id) if not only or one.agency in only]
    if not set(left_out) <= {one.name for one in found}:
        raise CallerError("issue.invalid", "what is left out")
    chosen = [one for one in found if one.name not in left_out]
    if not chosen:
        raise CallerError("issue.already", country)
    plan = Plan(
        f"{signer.agency} confirms {len(chosen)} records of {country}",
        tuple(one.line for one in chosen) + tuple(f"left out: {name}" for name in left_out),
        (f"they go into the country's list: `referral trust country {country} --record …`, then `publish`",),
    )
    agree(plan, yes=yes, as_json=as_json)
    files = []
    for one in chosen:
        files.append(f"{one.name}.record")
        keep(output / files[-1], countersign(one.data, signer), "record")
    done(plan, {"records": files}, as_json=as_json)


def _published(held: Held, country: str, signer: bytes) -> list[_Published]:
    """Agency records of the country that do not bear the signature yet, by agency and number."""
    from referral_proto.errors import PeerError
    from referral_proto.ids import AgencyId, country_of
    from referral_proto.model.records import AgencyRecord
    from referral_proto.trust.issue import read_record
    from referral_proto.trust.registrars import Registrars
    from referral_proto.trust.signed import record_digest

    # As a node judges that sees everything for the first time.
    registrars = Registrars(held.directory.chain, {}, None)
    found: list[_Published] = []
    for data in held.records:
        signed, record = read_record(data)
        if not isinstance(record, AgencyRecord) or country_of(AgencyId(record.agency)) != country:
            continue
        if signer in {one.keyset for one in signed.signatures}:
            continue
        by = ", ".join(dict.fromkeys(one.signer for one in signed.signatures))
        believed = "its registrar is believed"
        try:
            registrars.judge(signed, record_digest(signed.kind, signed.record), record)
        except PeerError as error:
            believed = f"not believed now [{error.code}]"
        line = f"{record.agency}.{record.sequence}, made {record.issued_at.iso()}, signed by {by}: {believed}"
        found.append(_Published(record.agency, record.sequence, data, line))
    return sorted(found)


COMMANDS = (confirm,)
