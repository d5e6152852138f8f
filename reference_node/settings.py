"""Settings: one frozen object for each half of a node, read from one TOML file. Opens nothing but that file.

A key that does not exist is refused by name: a misspelt limit must not silently be no limit. Paths are relative to the
folder of the file, so that a node's folder can be moved. Secrets do not stand in settings; they are in key files.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from reference_node import faults
from referral_proto.adapters import disk
from referral_proto.errors import CallerError, PeerError, ReferralError
from referral_proto.ids import AGENCY_PATTERN, AgencyId
from referral_proto.ports import MAX_BATCH, MAX_BATCH_BYTES

__all__ = [
    "CallLimits",
    "DeskPin",
    "DeskSettings",
    "LedgerSettings",
    "LogSettings",
    "OutboxSettings",
    "OwnRelay",
    "ProofSettings",
    "RelaySettings",
    "Retention",
    "TrustSettings",
    "WitnessingSettings",
    "load",
]

assert faults.SETTINGS  # the codes below are declared there

_ENDPOINT: Final = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]{1,253}):([0-9]{1,5})", re.ASCII)
_LINE: Final = re.compile(r"\(at line ([0-9]+), column [0-9]+\)$", re.ASCII)
_DAY: Final = 86_400
_LARGEST: Final = 1024 * 1024
S = TypeVar("S", bound="Settings")


def _endpoint(text: str) -> str:
    match = _ENDPOINT.fullmatch(text)
    if match is None or int(match[2]) > 65_535:
        raise ValueError("host:port")
    return text


def _loopback(text: str) -> str:
    host = _endpoint(text).rsplit(":", 1)[0].strip("[]")
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise ValueError("an address of this machine only")
    return text


def _place(value: object, info: ValidationInfo) -> object:
    folder = (info.context or {}).get("folder", Path())
    return folder / value if isinstance(value, str | Path) else value


def _database(text: str, info: ValidationInfo) -> str:
    if text.startswith("postgresql+psycopg://"):
        return text
    scheme, _, path = text.partition(":///")
    if scheme != "sqlite" or not path or "?" in path or path == ":memory:":
        raise ValueError("sqlite:///FILE or postgresql+psycopg://…")
    return f"sqlite:///{_place(path, info)}"


Agency = Annotated[AgencyId, Field(pattern=AGENCY_PATTERN)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
Place = Annotated[Path, BeforeValidator(_place)]
Database = Annotated[str, AfterValidator(_database), Field(repr=False)]
"""May hold a database password, hence no repr."""
Loopback = Annotated[str, AfterValidator(_loopback)]
Positive = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0, le=30 * _DAY, allow_inf_nan=False)]
Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Settings(BaseModel):
    """Base: frozen, nothing unknown, defaults judged like anything else."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)


class LogSettings(Settings):
    """JSON lines on stderr, or appended to `file`."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    file: Place | None = None


class CallLimits(Settings):
    """What one peer may ask of the relay."""

    envelopes_per_call: Annotated[int, Field(ge=1, le=MAX_BATCH)] = MAX_BATCH
    bytes_per_call: Annotated[int, Field(ge=1, le=MAX_BATCH_BYTES)] = MAX_BATCH_BYTES
    rate_per_second: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 200.0
    """Envelopes (or calls without any) that one certificate may bring, on average."""
    burst: Positive = 2_000
    """How many of them at once."""
    stored_bytes_per_sender: Positive = 2 * 1024**3
    """Waiting to be collected; beyond it a sender is told to try later."""
    calls_at_once: Annotated[int, Field(ge=1, le=256)] = 16
    database_bytes: Annotated[int, Field(ge=0)] = 0
    """Largest size of an SQLite database; 0: as large as the disk allows."""

    @model_validator(mode="after")
    def _one_call_fits(self) -> Self:
        if self.burst < self.envelopes_per_call:
            raise ValueError("burst is less than envelopes_per_call")
        return self


class OutboxSettings(Settings):
    """How undelivered envelopes are tried again: full jitter below base · 2^attempt, and never above the cap."""

    base_seconds: Seconds = 2.0
    cap_seconds: Seconds = 900.0
    batch: Annotated[int, Field(ge=1, le=MAX_BATCH)] = 16
    workers: Annotated[int, Field(ge=1, le=64)] = 4
    call_seconds: Seconds = 30.0
    lease_seconds: Seconds = 120.0
    """How long a process that took envelopes may be silent before another takes them over."""
    idle_seconds: Seconds = 1.0

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.lease_seconds < 2 * self.call_seconds or self.cap_seconds < self.base_seconds:
            raise ValueError("lease_seconds is at least twice call_seconds, cap_seconds at least base_seconds")
        return self


class Retention(Settings):
    """How long the relay remembers what is over. Envelopes that wait for their desk are never dropped by age."""

    seen_margin_seconds: Annotated[int, Field(ge=600)] = _DAY
    """Replay protection is kept this long beyond an envelope's expiry: more than any skew between clocks."""
    outcomes_days: Positive = 90
    conflicts_days: Positive = 400
    housekeeping_seconds: Seconds = 60.0


class DeskPin(Settings):
    """Which client certificates (PEM file, SHA-256 of each DER in hex) act as the desk of an agency."""

    agency: Agency
    certificate: Place
    fingerprints: Annotated[tuple[Fingerprint, ...], Field(min_length=1, max_length=4)]


class TrustSettings(Settings):
    """`[trust]`: what is believed and where it comes from. Without `root`, records come by hand into `records`."""

    root: Place | None = None
    """The repository's root file, received by hand: the mirror in `mirror` begins with it."""
    federation: Fingerprint | None = None
    """Digest of the first federation record, from the same hand."""
    repository: Place | None = None
    """A folder with the repository, such as a USB stick or the operator's own; asked before any relay."""
    peers: tuple[Agency, ...] = ()
    """Operators whose relays are asked; none: any. A desk asks its own relay."""
    mirror: Place = Path("trust")
    opening: Place = Path("opening")
    """Where opening-key records are kept."""
    first_seen: Place = Path("first-seen.json")
    """When each record that came by hand was first seen: a recovery's delay runs from then."""
    evidence: Place = Path("evidence")
    """Where proof of split views is put."""
    refresh_seconds: Seconds = 900.0
    """Between two refreshes, more or less by a tenth."""
    checked: Place = Path("records-checked.json")
    """When somebody last compared records that come by hand with the registrars': `referral-node records-checked`."""
    refuse_unchecked: bool = False
    """Put everything off when records that come by hand were not checked for longer than the federation's limit."""


class LedgerSettings(Settings):
    """`[ledger]` of a relay: the logs of the agencies that it serves."""

    dummy_seconds: Seconds | None = None
    """Mean time between two events about nothing, which hide how busy an agency is; none unless set."""
    tiles: Endpoint | None = None
    """Where monitors may read the logs over HTTP (C2SP tlog-tiles); off unless set."""


class ProofSettings(Settings):
    """`[proofs]` of a relay: how other relays are asked for what proves deliveries, and for what their logs show.

    Tried again like undelivered envelopes: full jitter below base · 2^attempt, and never above the cap.
    """

    base_seconds: Seconds = 5.0
    cap_seconds: Seconds = 3_600.0
    keep_asking_days: Annotated[int, Field(ge=0, le=3_650)] = 30
    """After an envelope's expiry; then what has not come is not asked for any more."""
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    lease_seconds: Seconds = 300.0
    """How long a process that asks may be silent before another takes over."""
    idle_seconds: Seconds = 1.0
    gather_seconds: Seconds = 30.0
    """A log is not asked more often than that to prove what was seen of it."""
    unproved_seconds: Seconds = 21_600.0
    """After that time without a proof an alarm is given."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.cap_seconds < self.base_seconds:
            raise ValueError("cap_seconds is at least base_seconds")
        return self


class WitnessingSettings(Settings):
    """`[witnessing]` of a relay: how the federation's witnesses are asked. Who they are stands in its record."""

    idle_seconds: Seconds = 60.0
    """Between two looks; a new event wakes it at once."""
    call_seconds: Seconds = 10.0
    """How long one witness may take."""
    cap_seconds: Seconds = 900.0
    """Longest pause for a witness that fails again and again."""
    start_seconds: Seconds = 5.0
    """How long the start waits for what witnesses say of the logs here."""


_HERE: Final[Any] = Field(default_factory=dict)
"""An inner table's defaults, judged when the file is read: its paths are relative to that file."""


class RelaySettings(Settings):
    """`relay.toml`."""

    operator: Agency
    agencies: Annotated[tuple[Agency, ...], Field(min_length=1)]
    """Tenants: the agencies whose envelopes this relay stores and sends."""
    listen: Endpoint
    desks: tuple[DeskPin, ...] = ()
    database: Database = "sqlite:///relay.sqlite"
    records: Place = Path("records")
    trust: TrustSettings = _HERE
    tls_key: Place = Path("tls.key")
    tls_certificate: Place = Path("tls.crt")
    limits: CallLimits = CallLimits()
    outbox: OutboxSettings = OutboxSettings()
    retention: Retention = Retention()
    ledger: LedgerSettings = LedgerSettings()
    witnessing: WitnessingSettings = WitnessingSettings()
    proofs: ProofSettings = ProofSettings()
    log: LogSettings = LogSettings()
    metrics: Loopback | None = None
    """Where Prometheus may scrape, an address of this machine; off unless set."""
    drain_seconds: Seconds = 20.0
    connection_seconds: Annotated[int, Field(ge=10)] = 1_800
    """Age at which a connection is closed, so that no line stays on one path for good."""
    cut_seconds: Annotated[float, Field(ge=4, le=600, allow_inf_nan=False)] = 30.0
    """When a certificate is pinned no more, how long connections that show it may still last. Calls on them are refused
    at once."""

    @model_validator(mode="after")
    def _desks_are_tenants(self) -> Self:
        if any(desk.agency not in self.agencies for desk in self.desks):
            raise ValueError("a desk of an agency that is not served")
        return self


class OwnRelay(Settings):
    """The relay that a desk uses: its address, and the certificates (PEM file) it may show."""

    endpoint: Endpoint
    operator: Agency
    certificate: Place = Path("relay.crt")


class DeskSettings(Settings):
    """`desk.toml`."""

    agency: Agency
    relay: OwnRelay
    database: Database = "sqlite:///desk.sqlite"
    records: Place = Path("records")
    trust: TrustSettings = _HERE
    keys: Place = Path("keys")
    keyset_settles_seconds: Annotated[int, Field(ge=0, le=30 * _DAY)] = 3_600
    """How long a new signing keyset waits after the records know it, while the old one is good: a relay whose data
    are older would refuse what it signs."""
    opening_days: Annotated[int, Field(ge=1, le=90)] = 7
    """A new opening key is made that often; each is good for twice as long."""
    officer: Annotated[str, Field(min_length=1, max_length=50)] | None = None
    """Whom the access log names where a program names nobody; else the user under whom the desk runs."""
    audit_events: Annotated[int, Field(ge=256, le=1_000_000)] = 20_000
    """Events of its relay's log that the desk reads in one round: what is more waits for the next, and the mail does
    not."""
    audit_hours: Annotated[float, Field(gt=0, le=24 * 30)] = 6.0
    """How long the relay's log may stay without a quorum of witnesses before an alarm rings."""
    tls_key: Place = Path("tls.key")
    tls_certificate: Place = Path("tls.crt")
    socket: Place = Path("desk.sock")
    poll_seconds: Seconds = 5.0
    backoff_cap_seconds: Seconds = 300.0
    """Longest wait between attempts while the relay cannot be reached."""
    call_seconds: Seconds = 60.0
    log: LogSettings = LogSettings()
    metrics: Loopback | None = None
    """Where Prometheus may scrape, an address of this machine; off unless set."""
    drain_seconds: Seconds = 20.0


def load(kind: type[S], file: Path) -> S:
    """Read and judge a settings file. Raises CallerError settings.*, file.*; WorldError file.*."""
    if not file.exists():
        raise CallerError("settings.missing", file.name)
    try:
        text = disk.read(file, file.name, _LARGEST).decode()
    except (PeerError, UnicodeDecodeError):
        raise CallerError("settings.malformed", file.name) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Its text may quote the file; before Python 3.14 only the text knows the line.
        line = _LINE.search(str(error))
        raise CallerError("settings.malformed", f"{file.name}, line {line[1]}" if line else file.name) from None
    return judge(kind, data, file.resolve().parent, file.name)


def judge(kind: type[S], data: dict[str, Any], folder: Path, name: str = "settings") -> S:
    """Settings from values; paths are relative to `folder`. Raises CallerError settings.*."""
    try:
        return kind.model_validate(data, context={"folder": folder})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    key = ".".join(map(str, first["loc"]))
    code = {"extra_forbidden": "settings.unknown-key", "missing": "settings.missing-key"}.get(first["type"])
    refusal: ReferralError = CallerError(code or "settings.invalid", f"{name}: {key}" if key else name)
    raise refusal
