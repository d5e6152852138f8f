"""The federation of the demonstration: who founds it, who may enrol, and what nodes find in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference_node.demo.authorities import COUNTRIES, Authorities
from reference_node.demo.stage import TH
from referral_proto import CallerError, Directory, Mandate, Moment, PeerError, SigningKeyset, WorldError
from referral_proto.adapters.trust_fetch import FolderSource
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.records import SignedRecord
from referral_proto.trust.issue import request_enrolment
from referral_proto.wire import decode

AT = Moment.parse("2026-11-21T09:00:00Z")
THERE = {"en": "Example"}


@pytest.fixture
def authorities(tmp_path: Path) -> Authorities:
    return Authorities(tmp_path / "federation", AT)


def enrolment(keys: SigningKeyset) -> bytes:
    kind = OrganisationType.CENTRAL_GOVERNMENT_ORGANISATION
    return request_enrolment(keys, THERE, kind, (Mandate.SHELTER,), TH, AT)


def test_two_of_three_founders_sign(authorities: Authorities) -> None:
    directory = Directory.fold([authorities.federation], root=authorities.pin)
    assert [founder.agency for founder in directory.federation.founders] == [f"{one}.registrar" for one in COUNTRIES]
    assert (directory.federation.threshold, len(decode(SignedRecord, authorities.federation).signatures)) == (2, 2)
    assert [registrar.country for registrar in directory.federation.registrars] == sorted(COUNTRIES)


def test_a_node_believes_what_is_published_and_nothing_before(authorities: Authorities, tmp_path: Path) -> None:
    mirror = TrustMirror(tmp_path / "mirror", authorities.root, authorities.pin)
    source = FolderSource(authorities.folder)
    keys = SigningKeyset.create(TH)
    with pytest.raises((PeerError, WorldError)):
        mirror.refresh(source, AT)
    authorities.add("th", [authorities.approve("th", enrolment(keys))], AT)
    first = authorities.publish(AT)
    refreshed = mirror.refresh(source, AT)
    assert refreshed.directory is not None
    assert [one.id for one in refreshed.directory.history(TH).good(AT)] == [keys.id]
    assert authorities.history(TH, AT).digest == refreshed.directory.history(TH).digest
    # Cambodia has published nothing yet; the international organisation has, and has nobody.
    assert [notice.where for notice in refreshed.notices] == ["country-kh"]
    assert authorities.publish(AT) == first + 1


def test_no_other_registrar_can_enrol(authorities: Authorities) -> None:
    authorities.add("th", [authorities.approve("kh", enrolment(SigningKeyset.create(TH)))], AT)
    with pytest.raises(PeerError, match=r"trust\.unknown-agency"):
        authorities.history(TH, AT)


def test_nothing_secret_is_written_or_shown(authorities: Authorities) -> None:
    files = [file for file in authorities.folder.rglob("*") if file.is_file()]
    assert {file.suffix for file in files} == {".json", ".record"}
    assert "seed" not in repr(authorities)
    with pytest.raises(CallerError, match=r"file\.exists"):
        Authorities(authorities.folder, AT)
