"""The stage for the command line's tests: a folder as an officer would have it, and a way to run commands in it.

Agencies are real kinds of agency, persons are invented (see the example's remark). Keys come from fixed seeds and their
files cost little to unwrap; everything else is made anew.
"""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from referral_proto.adapters import save_opening_key, save_signing_key, write_record, write_sealed
from referral_proto.cli.program import main
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.keytext import opening_key_text, signing_key_text
from referral_proto.crypto.opening import OpeningKey
from referral_proto.flow.minimise import Disclosure, Intent, Minimised, minimise, new_thread, seal
from referral_proto.flow.seal import Sealed
from referral_proto.ids import AgencyId, agency_id
from referral_proto.model.base import Absence
from referral_proto.model.codes.exchange import (
    AbsenceReason,
    DisclosureState,
    LegalBasis,
    MessageKind,
    Purpose,
)
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.codes.person import Sex
from referral_proto.model.control import Control, DisclosureRow
from referral_proto.model.envelope import Core, Envelope, Recipient
from referral_proto.model.identity import Identity
from referral_proto.model.preview import Preview
from referral_proto.model.referral import Referral
from referral_proto.model.section import SECTION_TYPES, AnySection
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import approve, found_federation, publish_opening_key, request_enrolment
from referral_proto.wire import decode, encode

AT: Final = Moment.parse("2026-11-21T12:00:00Z")
PASSPHRASE: Final = "a passphrase of four words"
EXAMPLE: Final = Path(__file__).resolve().parents[2] / "examples" / "referral-th-kh.json"
TH, KH, POLICE = agency_id("th.dsdw"), agency_id("kh.mosvy"), agency_id("th.police")
_MANDATES: Final = {
    TH: (Mandate.SOCIAL_WELFARE,),
    KH: (Mandate.SOCIAL_WELFARE, Mandate.NATIONALITY_VERIFICATION),
    POLICE: (Mandate.LAW_ENFORCEMENT,),
}
_CHEAP: Final = 64


def signing(agency: AgencyId) -> SigningKeyset:
    """The agency's keyset; never use it for anything else."""
    first = agency.encode().ljust(32, b"1")
    return SigningKeyset.from_seeds(agency, first, first[::-1])


def opening(agency: AgencyId, epoch: int = 1) -> OpeningKey:
    """The agency's opening key of an epoch; epoch 2 is in no record."""
    return OpeningKey.from_seed(agency, agency.encode().ljust(32, str(epoch).encode()))


@cache
def records() -> dict[str, bytes]:
    """File name → record: a federation of two founders, three agencies, their opening keys."""
    th, kh = signing(TH), signing(KH)
    founders = (th.public, kh.public)
    federation = found_federation("Example", founders, 2, {"th": th.public, "kh": kh.public}, AT, th, kh)
    found = {"federation.record": federation}
    for agency, mandates in _MANDATES.items():
        keys = signing(agency)
        request = request_enrolment(
            keys, {"en": agency}, OrganisationType.CENTRAL_GOVERNMENT_ORGANISATION, mandates, agency, AT
        )
        found[f"{agency}.record"] = approve(request, kh if agency == KH else th)
        found[f"{agency}.opening-1.record"] = publish_opening_key(keys, opening(agency).public, 1, AT)
    return found


@cache
def directory() -> Directory:
    return Directory.fold(records().values())


def sealed(kind: MessageKind, purpose: Purpose) -> Sealed:
    """The example, minimised for kh.mosvy and sealed by th.dsdw."""
    referral = Referral.model_validate_json(EXAMPLE.read_bytes())
    intent = Intent(kind, purpose, (KH,), new_thread(), legal_basis=LegalBasis.CONSENT)
    return _sealed(minimise(referral, intent, directory(), AT))


def sealed_as_it_is(purpose: Purpose, *sections: AnySection) -> Sealed:
    """Sealed without minimising, as a careless sender's program would."""
    kinds = [SECTION_TYPES[type(section)] for section in sections]
    control = Control(
        kind=MessageKind.REFERRAL,
        thread=new_thread(),
        purpose=purpose,
        table=tuple(DisclosureRow(section=kind, recipient=0, state=DisclosureState.GIVEN) for kind in kinds),
    )
    disclosure = Disclosure((KH,), control, tuple((section, frozenset((0,))) for section in sections))
    return _sealed(Minimised(disclosure, ()))


def _sealed(minimised: Minimised) -> Sealed:
    return seal([minimised.disclosure], signing(TH), directory(), AT)[0]


def readdressed(envelope: bytes) -> bytes:
    """The envelope with the police in the recipient's place; nothing else changed."""
    whole = decode(Envelope, envelope)
    core = decode(Core, whole.core)
    police = Recipient(agency=POLICE, opening_key=opening(POLICE).id)
    return encode(whole.model_copy(update={"core": encode(core.model_copy(update={"recipients": (police,)}))}))


def newer() -> Identity:
    """What a newer partner may send: a code and a field that are not known here, and fields without a value."""
    return Identity(
        sex=Sex(77),
        absent=(
            Absence(field="birth_date", reason=AbsenceReason.REFUSED),
            Absence(field="gender", reason=AbsenceReason.NOT_ASKED),
            Absence(field="#90", reason=AbsenceReason.WITHHELD),
        ),
        unrecognised=b"\xaa\x06\x03new",
    )


@cache
def _files() -> dict[str, bytes]:
    offer = sealed(MessageKind.OFFER, Purpose.REFERRAL_OFFER)
    request = sealed(MessageKind.VERIFICATION_REQUEST, Purpose.NATIONALITY_VERIFICATION)
    preview = Preview(pseudonym="KX7T-B2MD-RH9Q-W4NC")
    return {
        "offer.referral": offer.envelope,
        "offer.cover": offer.cover,
        "request.referral": request.envelope,
        "readdressed.referral": readdressed(offer.envelope),
        "too-much.referral": sealed_as_it_is(Purpose.NATIONALITY_VERIFICATION, preview, newer()).envelope,
    }


def build(folder: Path) -> None:
    """Everything the transcripts use."""
    (folder / "pass").write_text(PASSPHRASE + "\n", encoding="utf-8")
    (folder / "pass").chmod(0o600)
    (folder / "referral.json").write_bytes(EXAMPLE.read_bytes())
    for agency in _MANDATES:
        save_signing_key(folder / f"{agency}.key", signing(agency), PASSPHRASE, _CHEAP)
        save_opening_key(folder / f"{agency}.opening.key", opening(agency), PASSPHRASE, _CHEAP)
        (folder / f"{agency}.pub").write_text(signing_key_text(signing(agency).public) + "\n", encoding="ascii")
    save_opening_key(folder / "kh.mosvy.opening-2.key", opening(KH, 2), PASSPHRASE, _CHEAP)
    (folder / "kh.mosvy.opening.pub").write_text(opening_key_text(opening(KH).public) + "\n", encoding="ascii")
    (folder / "records").mkdir()
    for name, record in records().items():
        write_record(folder / "records" / name, record)
    for name, data in _files().items():
        write_sealed(folder / name, data)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


def referral(*arguments: str) -> Ran:
    """Run `referral` in this process, in the current folder."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return Ran(code, out.getvalue(), err.getvalue())


def _cut(file: str, size: str) -> None:
    path = Path(file)
    path.write_bytes(path.read_bytes()[: int(size)])


def _flip(file: str, at: str) -> None:
    path = Path(file)
    data = bytearray(path.read_bytes())
    data[int(at)] ^= 1
    path.write_bytes(data)


def _modes(*files: str) -> None:
    for file in files:
        sys.stdout.write(f"{Path(file).stat().st_mode & 0o777:04o} {file}\n")


def _write(file: str, text: str) -> None:
    Path(file).write_text(text, encoding="utf-8")


def _secret(file: str, text: str) -> None:
    _write(file, text)
    Path(file).chmod(0o600)


HANDS: Final[dict[str, Callable[..., None]]] = {
    "cut": _cut,
    "flip": _flip,
    "folder": lambda name: Path(name).mkdir(),
    "modes": _modes,
    "secret": _secret,
    "write": _write,
}
"""What a transcript does besides `referral`."""


def perform(line: str) -> Ran:
    """One line of a transcript behind its `$`; `> FILE` at its end keeps what was said."""
    words = shlex.split(line)
    target = words[-1] if len(words) > 2 and words[-2] == ">" else None
    name, *rest = words[:-2] if target else words
    if name == "referral":
        ran = referral(*rest)
    else:
        out = io.StringIO()
        with redirect_stdout(out):
            HANDS[name](*rest)
        ran = Ran(0, out.getvalue(), "")
    if target:
        Path(target).write_text(ran.out, encoding="utf-8")
        return Ran(ran.code, "", ran.err)
    return ran
