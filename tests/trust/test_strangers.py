"""Law: what anybody can put beside a federation's records is listed and passed over; a fork of its own is fatal."""

from __future__ import annotations

import pytest

from referral_proto.errors import PeerError
from referral_proto.ids import Digest
from referral_proto.trust.directory import Directory, Problem
from tests.trust.chains import NOW, agency, digest, federation, keys, public

TH, KH = keys("th.founder"), keys("kh.founder")
FIRST = federation()
SECOND = federation(TH, KH, sequence=1, previous=digest(FIRST), issued_at=NOW)
X, Y = keys("xa.founder"), keys("xb.founder")
FOREIGN = federation(X, Y, name="Another", founders=(public(X), public(Y)))
GARBAGE = {
    "unsigned": federation(X, sequence=2, previous=digest(SECOND), issued_at=NOW),
    "its own founders": federation(
        X, Y, sequence=2, previous=digest(SECOND), issued_at=NOW, founders=(public(X), public(Y))
    ),
    "one founder": federation(TH, sequence=2, previous=digest(SECOND), issued_at=NOW),
    "a gap": federation(TH, KH, sequence=3, previous=digest(SECOND), issued_at=NOW),
    "a twin": federation(TH, name="Twin", sequence=1, previous=digest(FIRST), issued_at=NOW),
    "malformed": federation(X, sequence=2, previous=digest(SECOND), issued_at=NOW, threshold=9),
}


def lenient(*records: bytes, root: Digest | None = None) -> Directory:
    return Directory.fold([*records, agency()], root=root, at=NOW, lenient=True)


def code(*records: bytes, root: Digest | None = None) -> str:
    with pytest.raises(PeerError) as caught:
        lenient(*records, root=root)
    return caught.value.code


@pytest.mark.req("REC-32")
@pytest.mark.parametrize("root", [digest(FIRST), None], ids=["pinned", "not pinned"])
@pytest.mark.parametrize("name", GARBAGE)
def test_what_does_not_chain_is_listed_and_passed_over(name: str, root: Digest | None) -> None:
    for order in ((FIRST, SECOND, GARBAGE[name]), (GARBAGE[name], SECOND, FIRST)):
        found = lenient(*order, root=root)
        assert found.chain.head == digest(SECOND)
        assert found.agencies() == ("th.shelter",)
        assert [(one.code.partition(".")[0], one.agency) for one in found.problems] == [("trust", "federation")]
    with pytest.raises(PeerError):
        Directory.fold([FIRST, SECOND, GARBAGE[name]], root=root)
    with pytest.raises(PeerError):
        Directory.fold([FIRST, SECOND, GARBAGE[name]], root=root, lenient=True, whole_chain=True)


def test_another_federation_is_passed_over_only_with_a_root() -> None:
    found = lenient(FIRST, SECOND, FOREIGN, root=digest(FIRST))
    assert found.problems == (Problem("trust.chain", "federation"),)
    assert lenient(FIRST, SECOND, FOREIGN, root=digest(FOREIGN)).federation.name == "Another"
    assert code(FIRST, SECOND, FOREIGN) == "trust.record-fork"


@pytest.mark.req("REC-32")
@pytest.mark.parametrize("root", [digest(FIRST), None], ids=["pinned", "not pinned"])
def test_two_continuations_under_the_threshold_are_a_fork(root: Digest | None) -> None:
    other = federation(TH, KH, name="Other", sequence=1, previous=digest(FIRST), issued_at=NOW)
    assert code(FIRST, SECOND, other, root=root) == "trust.record-fork"


def test_where_nothing_chains_nothing_is_believed() -> None:
    assert code(FOREIGN, root=digest(FIRST)) == "trust.root"
    assert code(federation(TH)) == "trust.record-signature"
    assert code(GARBAGE["malformed"]) == "trust.record-malformed"
    assert code(federation(TH), root=digest(FIRST)) == "trust.record-signature"
