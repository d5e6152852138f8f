"""F13, the authority's side: the federation's chain grows only by its threshold, before and after."""

from __future__ import annotations

import pytest

from referral_proto.errors import CallerError, PeerError
from referral_proto.model.records import Registrar
from referral_proto.moment import DAY
from referral_proto.trust.directory import Directory
from tests.trust.chains import NOW, agency, digest, federation, keys, public

TH, KH, INT = keys("th.founder"), keys("kh.founder"), keys("int.founder")
FIRST = federation()


def code(*records: bytes, **more: object) -> str:
    with pytest.raises((PeerError, CallerError)) as caught:
        Directory.fold(records, **more)  # type: ignore[arg-type]
    return caught.value.code


def second(*signers: object, **changes: object) -> bytes:
    fields = {"sequence": 1, "previous": digest(FIRST), "issued_at": NOW} | changes
    return federation(*signers, **fields)  # type: ignore[arg-type]


def test_no_federation_no_trust() -> None:
    assert code(agency()) == "trust.no-federation"


def test_below_the_threshold_nothing_is_founded() -> None:
    assert code(federation(TH)) == "trust.record-signature"


def test_the_pinned_root_is_the_only_one() -> None:
    assert Directory.fold([FIRST], root=digest(FIRST)).chain.root == digest(FIRST)
    assert code(federation(name="Another"), root=digest(FIRST)) == "trust.root"


def test_a_successor_needs_the_threshold_before_and_its_own() -> None:
    assert Directory.fold([second(TH, INT), FIRST]).federation.sequence == 1
    new = tuple(public(keys(f"{c}.founder", 1)) for c in ("th", "kh", "int"))
    theirs = (keys("th.founder", 1), keys("kh.founder", 1))
    assert code(FIRST, second(*theirs, founders=new)) == "trust.record-signature"
    assert code(FIRST, second(TH, *theirs, founders=new)) == "trust.record-signature"
    assert code(FIRST, second(TH, KH, founders=new)) == "trust.record-signature"
    assert Directory.fold([FIRST, second(TH, KH, *theirs, founders=new)]).federation.sequence == 1


@pytest.mark.parametrize("change", [{"previous": bytes(32)}, {"sequence": 2}, {"issued_at": NOW.plus(-101 * DAY)}])
def test_a_broken_chain_is_fatal(change: dict[str, object]) -> None:
    assert code(FIRST, second(TH, KH, **change)) == "trust.chain"


def test_two_successors_are_a_fork() -> None:
    assert code(FIRST, second(TH, KH), second(TH, KH, name="Another")) == "trust.record-fork"


def test_one_key_under_two_names_is_not_two_founders() -> None:
    twin = public(TH).model_copy(update={"agency": "kh.founder"})
    twins = (public(TH), twin, public(INT))
    assert code(federation(TH, INT, founders=twins)) in {"trust.key-shared", "trust.record-signature"}


def test_a_registrar_counts_from_when_the_federation_named_it() -> None:
    new = keys("th.registrar", 1)
    changed = second(
        TH, KH, registrars=tuple(Registrar(country=k.agency[:2], keyset=public(k)) for k in (keys("kh.registrar"), new))
    )
    before = agency(issued_at=NOW.plus(-1))
    after_by_old = agency(name="th.late", issued_at=NOW)
    after_by_new = agency(new, name="th.late", issued_at=NOW)
    assert Directory.fold([FIRST, changed, before, after_by_new]).agencies() == ("th.late", "th.shelter")
    assert code(FIRST, changed, after_by_old) == "trust.record-signature"
