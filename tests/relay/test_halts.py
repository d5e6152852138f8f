"""A log that was halted stays halted, for the reason that was found first."""

from __future__ import annotations

from reference_node.relay.halts import LogHalts


def test_the_first_reason_stays_and_is_news_once() -> None:
    halts = LogHalts()
    assert halts.refusal("th.dsdw") == ""
    assert halts.halt("th.dsdw", "log.behind")
    assert not halts.halt("th.dsdw", "log.forked")
    assert halts.refusal("th.dsdw") == "log.behind"
    assert halts.halted() == ("th.dsdw",)


def test_one_log_does_not_stop_another_nor_its_successor() -> None:
    halts = LogHalts({"th.dsdw": "log.forked"})
    assert (halts.refusal("th.dsdw"), halts.refusal("th.dsdw/2"), halts.refusal("kh.mosvy")) == ("log.forked", "", "")
