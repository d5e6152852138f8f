"""A federation founded through the command line alone: three invented founders, two of them suffice. Makes, judges not.

th.ministry, kh.ministry and int.secretariat found and register; int.operator publishes; th.shelter and kh.police are
agencies. Everything lies in the current folder, as if every person's files had been carried to one desk.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from referral_proto.adapters.keyfiles import load_public_key
from referral_proto.adapters.trust_fetch import FolderSource
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.model.records import WitnessEntry
from referral_proto.moment import DAY, Moment
from referral_proto.trust.logs import log_entry
from referral_proto.wire import encode
from tests.cli.stage import Ran, referral

AT: Final = Moment.parse("2026-11-21T12:00:00Z")
FOUNDERS: Final = {"th": "th.ministry", "kh": "kh.ministry", "int": "int.secretariat"}
PASSPHRASE: Final = "a passphrase of five odd words"
CHEAP: Final = ("--kdf-memory-kib", "64")
REPOSITORY: Final = "repository"


def day(number: float) -> Moment:
    """The `number`-th day of the federation."""
    return AT.plus(int(number * DAY))


def trust(*arguments: str, at: Moment | None = None, yes: bool = True) -> Ran:
    """`referral trust`, at a moment, with a yes."""
    timed = () if at is None else ("--at", at.iso())
    return referral("trust", *arguments, *timed, *(["--yes"] if yes else []))


def good(*arguments: str, at: Moment | None = None) -> str:
    """The same; it must succeed."""
    ran = trust(*arguments, at=at)
    assert ran.code == 0, ran.err
    return ran.out


def looked(*arguments: str, at: Moment) -> Any:
    """What a reading command says as JSON."""
    return json.loads(referral("trust", *arguments, "--json", "--at", at.iso()).out)


def refused(ran: Ran, code: str, exit_code: int) -> None:
    """It ended so, and said which code."""
    assert f"error [{code}]" in ran.err, ran.err or ran.out
    assert ran.code == exit_code


def signing_key(agency: str, number: int = 0) -> str:
    """A new signing keyset; returns its fingerprint without spaces."""
    name = agency if not number else f"{agency}.{number}"
    ran = referral("keys", "new-signing", agency, "-o", f"{name}.key", "--json", *CHEAP)
    assert ran.code == 0, ran.err
    said = json.loads(ran.out)
    Path(f"{name}.pub").write_text(said["public"], encoding="ascii")
    return str(said["fingerprint"])


def repository_key(role: str, holder: str, number: int = 0) -> None:
    """A new repository key: `ROLE-HOLDER.key` and `.json`."""
    name = f"{role}-{holder}" if not number else f"{role}-{holder}.{number}"
    good("new-key", role, holder, "-o", f"{name}.key", "--public", f"{name}.json", *CHEAP)


def fingerprint(agency: str) -> str:
    """Of a public signing key that was made, without spaces."""
    public = load_public_key(Path(f"{agency}.pub"))
    return public.id.hex()


def log_keys(agency: str, at: Moment, number: int = 1) -> str:
    """A log's entry as `referral-node init` writes it; returns the file's name."""
    origin = agency if number == 1 else f"{agency}/{number}"
    file = Path(f"log-{origin.replace('/', '-')}.entry")
    file.write_bytes(encode(log_entry(origin, LogKeys.create(), at)))
    return file.name


def witness_keys(country: str) -> str:
    """A witness's entry; returns the file's name."""
    held = WitnessKeys.create()
    name = f"witness.{country}.example"
    made = WitnessEntry(
        name=name, country=country, url=f"https://{name}", ed25519=held.ed25519.data, mldsa44=held.mldsa44.data
    )
    file = Path(f"witness-{country}.entry")
    file.write_bytes(encode(made))
    return file.name


def named(option: str, names: list[str]) -> list[str]:
    """`option` before each name."""
    return [word for name in names for word in (option, name)]


def signed_by_two(file: str, prefix: str, at: Moment, *more: str) -> str:
    """Copies signed by th and kh, merged; returns the file's name."""
    stem = Path(file)
    copies = []
    for founder in ("th.ministry", "kh.ministry"):
        copy = f"{stem.stem}-{at}-{founder}{stem.suffix}"
        good("sign", file, "--key", f"{prefix}{founder}.key", "-o", copy, *more, at=at)
        copies.append(copy)
    whole = f"{stem.stem}-{at}-signed{stem.suffix}"
    good("merge", *copies, "-o", whole)
    return whole


def country(code: str, records: list[str], at: Moment) -> str:
    """A country's list with records, signed; returns its file's name."""
    name = f"country-{code}-{at}.json"
    key = f"country-{FOUNDERS[code]}.key"
    good("country", code, *named("--record", records), "--key", key, "--repository", REPOSITORY, "-o", name, at=at)
    return name


def publish(*files: str, at: Moment) -> None:
    good("publish", REPOSITORY, *files, "--key", "online-int.operator.key", at=at)


def publish_record(code: str, record: str, at: Moment) -> None:
    """A record into its country's list, and out."""
    publish(country(code, [record], at), record, at=at)


def enrol(agency: str, at: Moment) -> str:
    """From key to signed record; returns the fingerprint."""
    key = signing_key(agency)
    code = agency.split(".", maxsplit=1)[0]
    words = ("--name", f"en=Example {agency}", "--type", "shelter", "--mandate", "shelter", "--relay", agency)
    good("enrol-request", "--key", f"{agency}.key", *words, "-o", f"{agency}.request", at=at)
    approve(f"{agency}.request", code, f"{agency}.record", at)
    return key


def approve(request: str, code: str, output: str, at: Moment) -> None:
    key = f"{FOUNDERS[code]}.key"
    good("approve", request, "--key", key, "--repository", REPOSITORY, "-o", output, at=at)


def found() -> None:
    """The ceremony, down to an empty federation in force; `root.json` of it is `bootstrap.json`."""
    Path("pass").write_text(PASSPHRASE, encoding="utf-8")
    Path("pass").chmod(0o600)
    Path("drafts").mkdir()
    Path(REPOSITORY).mkdir()
    holders = list(FOUNDERS.values())
    for founder in holders:
        signing_key(founder)
        for role in ("root", "targets", "country"):
            repository_key(role, founder)
    repository_key("online", "int.operator")
    good(
        "found",
        *("--name", "Example Federation", "--threshold", "2", "-o", "drafts"),
        *named("--founder", [f"{one}.pub" for one in holders]),
        *named("--registrar", [f"{code}={one}.pub" for code, one in FOUNDERS.items()]),
        *named("--root-key", [f"root-{one}.json" for one in holders]),
        *named("--targets-key", [f"targets-{one}.json" for one in holders]),
        *("--online-key", "online-int.operator.json"),
        *("--recovery-delay-hours", "168", "--stale-limit-hours", "720"),
        at=AT,
    )
    federation = signed_by_two("drafts/federation.record", "", AT)
    root = signed_by_two("drafts/root.json", "root-", AT)
    Path("bootstrap.json").write_bytes(Path(root).read_bytes())
    keys = named("--country", [f"{code}=country-{one}.json" for code, one in FOUNDERS.items()])
    good("targets", "--record", federation, *keys, "-o", "targets.json", at=AT)
    targets = signed_by_two("targets.json", "targets-", AT)
    publish(root, targets, federation, *(country(code, [], AT) for code in FOUNDERS), at=AT)


def mirror() -> TrustMirror:
    """A node's mirror in the current folder."""
    return TrustMirror(Path("mirror"), Path("bootstrap.json").read_bytes())


def refreshed(node: TrustMirror, at: Moment) -> Any:
    """The node's directory after a refresh."""
    node.refresh(FolderSource(Path(REPOSITORY)), at)
    return node.state(at).fold(at)
