"""One visit to a witness: key, records, what it watches, what logs signed against themselves, its address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from reference_node.doctor import beliefs, machine
from reference_node.doctor.findings import Finding, Grade
from reference_node.observe import open_log
from reference_node.settings import LogSettings
from reference_node.store.witness import open_witness
from reference_node.store.witness.book import accused
from reference_node.trust.believe import believe
from reference_node.witness.settings import WitnessSettings
from reference_node.witness.watched import watchers
from referral_proto.errors import ReferralError
from referral_proto.ports import Clock

__all__ = ["visit_witness"]


def visit_witness(settings: WitnessSettings, clock: Clock) -> Iterator[Finding]:
    """A witness's folder. Needs no passphrase."""
    home = settings.key.parent
    yield from machine.modes([settings.key, home])
    yield machine.disk_space(home)
    try:
        quiet = open_log(LogSettings(level="error", file=Path("/dev/null")), "doctor", "none")
        believed = believe(settings.trust, settings.records, clock, quiet, look_only=True)
    except ReferralError as error:
        yield Finding(Grade.BAD, "trust data", error.where, error.code)
    else:
        yield from beliefs.trust(believed, settings.trust.evidence)
        named = [one.witness.name for one in watchers(believed.keeper.directory, clock.now()).endpoints]
        if settings.name in named:
            yield Finding(Grade.GOOD, "witness", f"{settings.name} is one of {len(named)} in the federation's record")
        else:
            yield Finding(Grade.SOON, "witness", settings.name, "doctor.witness-not-named")
    yield from _book(settings)
    if machine.listens(settings.listen):
        yield Finding(Grade.GOOD, "witness", f"listens at {settings.listen}")
    else:
        yield Finding(Grade.BAD, "witness", settings.listen, "doctor.no-listener")


def _book(settings: WitnessSettings) -> Iterator[Finding]:
    if not Path(make_url(settings.database).database or "").exists():
        return
    try:
        database = open_witness(settings.database)
    except ReferralError as error:
        yield Finding(Grade.BAD, "book", error.where, error.code)
        return
    try:
        with database.read() as connection:
            found = accused(connection)
    except ReferralError as error:
        yield Finding(Grade.BAD, "book", error.where, error.code)
    else:
        for origin, count in found:
            yield Finding(Grade.SOON, "log", f"{origin}: {count} contradictions are kept", "log.contradiction")
    finally:
        database.close()
