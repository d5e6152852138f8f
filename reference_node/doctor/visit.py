"""One visit: everything the doctor looks at in a relay's or a desk's folder, in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reference_node.doctor import beliefs, logs, machine
from reference_node.doctor.findings import Finding, Grade
from reference_node.keys import certificates, load_tls
from reference_node.observe import open_log
from reference_node.settings import DeskSettings, LogSettings, RelaySettings, TrustSettings
from reference_node.trust.believe import Believed, believe
from referral_proto.adapters import load_signing_key
from referral_proto.errors import ReferralError
from referral_proto.ids import AgencyId
from referral_proto.moment import Moment
from referral_proto.ports import Clock

__all__ = ["visit_desk", "visit_relay"]


def visit_relay(settings: RelaySettings, clock: Clock) -> Iterator[Finding]:
    """A relay's half. Needs no passphrase."""
    now = clock.now()
    home = settings.tls_key.parent
    yield from machine.modes([settings.tls_key, home, *sorted(home.glob("log-*.key"))])
    yield from machine.certificate(settings.tls_certificate, now)
    for pin in settings.desks:
        yield from machine.certificate(pin.certificate, now)
    yield machine.disk_space(settings.tls_key.parent)
    believed = _believed(settings.trust, settings.records, clock, None)
    if isinstance(believed, Finding):
        yield believed
    else:
        yield from beliefs.trust(believed, settings.trust.evidence)
        yield from logs.against_logs(believed.keeper.directory, settings.trust.evidence)
        for agency in settings.agencies:
            yield from beliefs.own_keyset(believed, agency, now)
            yield beliefs.opening_key(believed, agency, now)
            yield logs.enrolled(believed, agency, home, now)
    if machine.listens(settings.listen):
        yield Finding(Grade.GOOD, "relay", f"listens at {settings.listen}")
    else:
        yield Finding(Grade.BAD, "relay", settings.listen, "doctor.no-listener")


def visit_desk(settings: DeskSettings, clock: Clock, passphrase: str | None) -> Iterator[Finding]:
    """A desk's half. Without the passphrase the relay is not asked."""
    now = clock.now()
    secrets = [settings.tls_key, settings.keys, *sorted(settings.keys.glob("*.key"))]
    yield from machine.modes([settings.tls_key.parent, *secrets])
    yield from machine.certificate(settings.tls_certificate, now)
    yield from machine.certificate(settings.relay.certificate, now)
    yield machine.disk_space(settings.tls_key.parent)
    believed = _believed(settings.trust, settings.records, clock, settings.agency)
    if isinstance(believed, Finding):
        yield believed
    else:
        yield from beliefs.trust(believed, settings.trust.evidence)
        yield from logs.against_logs(believed.keeper.directory, settings.trust.evidence)
        yield from beliefs.own_keyset(believed, settings.agency, now)
        yield beliefs.opening_key(believed, settings.agency, now)
        if passphrase is not None:
            yield _signing_key(settings, believed, passphrase, now)
    yield _relay(settings, passphrase)


def _believed(settings: TrustSettings, records: Path, clock: Clock, own: AgencyId | None) -> Believed | Finding:
    try:
        quiet = open_log(LogSettings(level="error", file=Path("/dev/null")), "doctor", own or "none")
        return believe(settings, records, clock, quiet, own, look_only=True)
    except ReferralError as error:
        return Finding(Grade.BAD, "trust data", error.where, error.code)


def _signing_key(settings: DeskSettings, believed: Believed, passphrase: str, now: Moment) -> Finding:
    try:
        keys = load_signing_key(settings.keys / "signing.key", passphrase)
    except ReferralError as error:
        return Finding(Grade.BAD, "signing.key", error.where, error.code)
    return beliefs.signing_key(believed, keys.public, now)


def _relay(settings: DeskSettings, passphrase: str | None) -> Finding:
    from referral_proto.rpc import ClientIdentity, GrpcRelay

    if passphrase is None:
        if machine.listens(settings.relay.endpoint):
            return Finding(Grade.SOON, "relay", f"{settings.relay.endpoint} listens", "doctor.not-asked")
        return Finding(Grade.BAD, "relay", settings.relay.endpoint, "doctor.no-listener")
    try:
        identity = load_tls(settings.tls_key, settings.tls_certificate, passphrase)
        line = GrpcRelay(
            settings.relay.endpoint,
            settings.relay.operator,
            certificates(settings.relay.certificate),
            ClientIdentity(identity.private_key, identity.certificate),
            10.0,
        )
    except ReferralError as error:
        return Finding(Grade.BAD, "relay", error.where, error.code)
    try:
        return machine.reached(settings.relay.endpoint, line)
    finally:
        line.close()
