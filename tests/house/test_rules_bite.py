"""Each house rule is shown a sample that keeps it and one that breaks it: a rule that cannot fail proves nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.house import rules

LAW = '"""What lives here."""\n'


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        pytest.param(rules.stranger, "see RFC 9180", "--index-url https://py" + "pi.org/simple", id="registry host"),
        pytest.param(rules.stranger, "https://example.org/work/x", 'open("/wo' + 'rk/x")', id="machine path"),
        pytest.param(rules.stranger, "a public key", "-----BEGIN PRIV" + "ATE KEY-----", id="private key"),
        pytest.param(rules.lawless, LAW + "X = 1\n", "X = 1\n", id="no law"),
        pytest.param(rules.long, "x\n" * rules.LONGEST_FILE, "x\n" * (rules.LONGEST_FILE + 1), id="too long"),
        pytest.param(rules.vague, "referral_proto/flow/seal.py", "referral_proto/utils/seal.py", id="vague folder"),
        pytest.param(rules.vague, "tests/house/rules.py", "tests/helpers.py", id="vague file"),
        pytest.param(rules.clock, "def f(at): return at.plus(1)", "at = datetime.now(UTC)", id="clock"),
        pytest.param(
            rules.nameless_musts, "- A relay MUST refuse it. [ENV-01]", "- A relay MUST refuse it.", id="must"
        ),
        pytest.param(
            rules.nameless_musts, "```\nMUST\n```\nand `MUST`", "a\n\nb MUST c\n\n[ENV-01]", id="must elsewhere"
        ),
    ],
)
def test_a_rule_bites(rule: Callable[[str], list[str]], good: str, bad: str) -> None:
    assert rule(good) == []
    assert rule(bad) != []


def test_an_unsorted_table_is_caught() -> None:
    assert rules.unsorted(["a", "b"]) == []
    assert rules.unsorted(["b", "a"]) != []
    assert rules.unsorted(["a", "a"]) != []


def test_a_lazy_table_is_read_and_followed() -> None:
    table = rules.table('_TABLE: dict[str, str] = {"open_envelope": "referral_proto.flow.open"}\n')
    assert table == {"open_envelope": "referral_proto.flow.open"}
    source = "from referral_proto import open_envelope as innocent\n"
    assert rules.names_taken(source, {"referral_proto": table}) == {"referral_proto.flow.open.open_envelope"}


@pytest.mark.parametrize(
    ("stated", "in_pages", "proved"),
    [
        pytest.param({"ENV-01"}, {"ENV-01"}, set(), id="no test"),
        pytest.param({"ENV-01"}, set(), {"ENV-01"}, id="no page"),
        pytest.param(set(), {"ENV-01"}, set(), id="not listed"),
        pytest.param(set(), set(), {"ENV-01"}, id="test of nothing"),
    ],
)
def test_a_requirement_that_is_not_everywhere_is_caught(stated: set[str], in_pages: set[str], proved: set[str]) -> None:
    assert rules.unproved(stated, in_pages, proved) != []
    everything = stated | in_pages | proved
    assert rules.unproved(everything, everything, everything) == []


def test_citations_are_found_in_tests_and_vectors() -> None:
    source = 'import pytest\n@pytest.mark.req("ENV-01", "ENV-02")\ndef test_x(): ...\nY = pytest.mark.req("ENV-03")\n'
    assert rules.cited_in_test(source) == {"ENV-01", "ENV-02", "ENV-03"}
    assert rules.cited_in_vector('{"requirements": ["ENV-04"]}') == {"ENV-04"}


@pytest.mark.parametrize(
    "toml",
    [
        '[[requirement]]\nid = "env-1"\nsection = "envelope"\ntext = "x"\n',
        '[[requirement]]\nid = "ENV-01"\nsection = ""\ntext = "x"\n',
        '[[requirement]]\nid = "ENV-01"\nsection = "envelope"\ntext = "x"\n' * 2,
    ],
    ids=["malformed", "no section", "repeated"],
)
def test_a_bad_requirement_list_is_refused(toml: str) -> None:
    with pytest.raises(ValueError, match="malformed or repeated"):
        rules.requirements(toml)
