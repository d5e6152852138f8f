"""What must not show does not: a person's words, keys and passphrases, in no output but that of `open`, in no file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.stage import EXAMPLE, KH, PASSPHRASE, TH, Ran, opening, referral, signing

AT = ("--at", "2026-11-22T08:00:00Z")
RECORDS = ("--records", "records")
OPEN = ("open", "request.referral", "--as", "kh.mosvy", *RECORDS, "--key", "kh.mosvy.opening.key")
SEAL = ("seal", "referral.json", "--kind", "referral", "--to", "kh.mosvy", *RECORDS, "--key", "th.dsdw.key")


def planted() -> set[str]:
    """Words of the example that identify its invented person, and everything secret of the stage."""
    example = json.loads(EXAMPLE.read_bytes())
    identity = example["identity"]
    persons = [identity, *identity["parents"], *example["family"]["relatives"]]
    words = {part["text"] for person in persons for name in person["names"] for part in name["parts"]}
    words |= {document["number"] for document in identity["documents"]}
    words |= {
        identity["birth_date"],
        example["note"]["text"][:20],
        example["family"]["relatives"][0]["contact"]["value"],
    }
    seeds = {seed.hex() for agency in (TH, KH) for seed in (*signing(agency).seeds(), opening(agency).seed)}
    assert len(words) > 15
    return words | seeds | {PASSPHRASE, PASSPHRASE.split()[0] + " passphrase of"}


def shown(ran: Ran) -> set[str]:
    return {word for word in planted() if word in ran.out + ran.err}


def every_file(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "command",
    [
        (*SEAL, "--purpose", "nationality-verification", *AT, "-o", "new.referral"),
        (*SEAL, "--purpose", "nationality-verification", *AT, "-o", "new.referral", "--json"),
        (*SEAL, "--purpose", "nationality-verification", *AT, "-o", "nowhere/new.referral"),
        (*SEAL, "--purpose", "family-tracing", *AT, "-o", "new.referral"),
        (*SEAL, "--purpose", "statistics", *AT, "--dry-run"),
        ("inspect", "request.referral"),
        ("inspect", "referral.json"),
        ("inspect", "kh.mosvy.key"),
        ("verify", "request.referral", *RECORDS, *AT),
        ("verify", "referral.json", *RECORDS, *AT),
        (*OPEN, "--at", "2027-11-22T08:00:00Z"),
        ("open", "request.referral", "--as", "kh.mosvy", *RECORDS, "--key", "kh.mosvy.opening-2.key", *AT),
        ("open", "request.referral", "--as", "kh.mosvy", *RECORDS, "--key", "referral.json", *AT),
        ("keys", "show", "kh.mosvy.key"),
        ("keys", "show", "referral.json"),
        ("keys", "show", "pass"),
        ("keys", "fingerprint", "kh.mosvy.opening.key", "--json"),
        ("keys", "record", "show", "referral.json"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("folder")
def test_only_open_shows_anything(command: tuple[str, ...]) -> None:
    assert shown(referral(*command)) == set()


@pytest.mark.usefixtures("folder")
def test_the_search_would_find_it() -> None:
    assert len(shown(referral(*OPEN, *AT))) > 10


def test_open_writes_nothing_down(folder: Path) -> None:
    before = every_file(folder)
    assert referral(*OPEN, *AT).code == 0
    assert referral(*OPEN, *AT, "--json").code == 0
    assert every_file(folder) == before


def test_seal_writes_the_sealed_file_alone_and_nothing_readable_in_it(folder: Path) -> None:
    before = every_file(folder)
    assert referral(*SEAL, "--purpose", "nationality-verification", *AT, "-o", "new.referral").code == 0
    after = every_file(folder)
    assert set(after) - set(before) == {"new.referral"}
    assert [word for word in planted() if word.encode() in after["new.referral"]] == []


@pytest.mark.parametrize(
    "text",
    [
        '{"identity": {"Sreyleak": 1}}',
        '{"identity": {"birth_date": "Sreyleak"}}',
        '{"identity": {"names": "Sreyleak"}}',
        '{"note": {"text": "Sreyleak", "kind": "Sreyleak"}}',
        '{"Sreyleak',
        '["Sreyleak"]',
    ],
)
def test_a_refused_referral_is_not_quoted(folder: Path, text: str) -> None:
    (folder / "bad.json").write_text(text, encoding="utf-8")
    command = ("seal", "bad.json", "--purpose", "referral-offer", "--kind", "offer", "--to", "kh.mosvy", *RECORDS)
    ran = referral(*command, "--dry-run")
    assert ran.code == 2
    assert "Sreyleak" not in ran.out + ran.err


@pytest.mark.parametrize("size", [1, 2, 100, 1000, 3000, 5000])
@pytest.mark.usefixtures("folder")
def test_a_truncated_file_is_refused_by_every_command(size: int) -> None:
    path = Path("request.referral")
    path.write_bytes(path.read_bytes()[:size])
    for command in ((*OPEN, *AT), ("inspect", "request.referral"), ("verify", "request.referral", *RECORDS, *AT)):
        ran = referral(*command)
        assert ran.code == 3
        assert "error [envelope.malformed]: " in ran.err or "error [core.malformed]: " in ran.err


@pytest.mark.usefixtures("folder")
def test_a_changed_byte_opens_nothing() -> None:
    whole = Path("request.referral").read_bytes()
    for place in range(0, len(whole), 397):
        Path("request.referral").write_bytes(whole[:place] + bytes((whole[place] ^ 0x40,)) + whole[place + 1 :])
        ran = referral(*OPEN, *AT)
        assert ran.code in {2, 3}
        assert ran.out == ""
        assert shown(ran) == set()
