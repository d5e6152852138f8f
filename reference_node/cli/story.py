"""The story of the demonstration: numbered steps, a table, the proof. Tells what was found; finds nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from reference_node.cli import voice
from reference_node.cli.voice import Style
from referral_proto.cli.words import Words

if TYPE_CHECKING:
    from reference_node.demo.exchange import Passage
    from reference_node.demo.play import Beat, Outcome
    from reference_node.demo.search import Report
    from referral_proto import SectionType
    from referral_proto.model.codes.code import Code

__all__ = ["Story"]

_MARKS: Final = {"yes": Style.GOOD, "no": Style.QUIET, "partly": Style.MARK}
_INDENT: Final = "    "


class Story:
    """Tells each step when it is done, and the rest at the end. `language`: of what the caseworkers read."""

    def __init__(self, language: str, *, quiet: bool) -> None:
        self._words, self._quiet = Words(language), quiet
        self._number = 0

    def beat(self, beat: Beat) -> None:
        """One step is done."""
        if self._quiet or beat.step in ("look", "search", "stop"):
            return
        if beat.step == "prepare":
            voice.say("A referral crosses a border. The person is invented; the agencies are examples.", Style.HEAD)
            voice.say()
            self._head(f"Two agencies get ready: th.dsdw in Thailand, kh.mosvy in Cambodia ({_s(beat.seconds)})")
            self._more(
                "Thailand, Cambodia and an international organisation founded the federation, each with a registrar "
                "and a witness of logs; two of three must sign."
            )
        elif beat.step == "start":
            self._head(
                f"Seven programs start: a relay and a desk for each agency, three witnesses ({_s(beat.seconds)})"
            )
            self._more("Relays carry sealed mail over mutual TLS and log it. Only desks can open it.")
        elif beat.step in _TOLD:
            head, more = _TOLD[beat.step]
            self._head(f"{head} ({_s(beat.seconds)})")
            for line in more(beat.facts):
                self._more(line)
        else:
            self._message(beat.facts["passage"])

    def end(self, outcome: Outcome) -> None:
        """The table, the proof, and where everything is."""
        from reference_node.demo.eyes import PARTIES_SEEING

        voice.say()
        voice.say("What each party can see, found by trying with its own files and keys", Style.HEAD)
        voice.table(["", *PARTIES_SEEING], [[row.what, *row.cells] for row in outcome.table], mark=_MARKS)
        voice.say()
        self._proof(outcome)
        voice.say()
        total = sum(beat.seconds for beat in outcome.beats)
        voice.say(f"All {len(outcome.exit_codes)} programs have ended. Everything took {_s(total)}.")
        if outcome.kept is None:
            voice.say("Nothing was kept; with --keep DIR every party's files are.")
        else:
            voice.say(f"Every party's files are in {outcome.kept}, one folder each.")

    def _message(self, one: Passage) -> None:
        kind = self._words.code(one.kind)
        self._head(f"{one.sender} → {one.recipient}: {kind} ({one.size:,} bytes, {_s(one.seconds)})")
        if one.given:
            left = f"; left out before sealing: {len(one.withheld)} others" if one.withheld else ""
            self._more(f"Sent: {self._names(one.given)}{left}.")
        reads = self._reads(one)
        if reads:
            self._more(f"{one.recipient} reads: {reads}.")

    def _reads(self, one: Passage) -> str:
        """A few words of what the receiving caseworker has on the screen."""
        from referral_proto.model.identity import Identity
        from referral_proto.model.preview import Preview

        found = {section.section.name: section.json for section in one.shown.sections}
        if "PREVIEW" in found:
            preview = Preview.model_validate_json(found["PREVIEW"])
            codes = (preview.age_band, preview.sex, preview.urgency, preview.trafficking_status, *preview.needs)
            told = [*preview.citizenships_claimed, *self._codes(codes)]
            return ", ".join(told) + ". No name, no date, no document"
        if "IDENTITY" not in found:
            return ""
        identity = Identity.model_validate_json(found["IDENTITY"])
        if identity.verification is not None:
            return ", ".join(self._codes((identity.verification.outcome, *identity.verification.bases)))
        parts = identity.names[0].parts if identity.names else ()
        scripts = dict.fromkeys(part.script for part in parts)
        told = [" ".join(part.text for part in parts if part.script == script) for script in scripts]
        told += [identity.birth_date] if identity.birth_date else []
        told += [f"{self._words.code(document.type)} {document.number}" for document in identity.documents]
        return ", ".join(told)

    def _codes(self, codes: Iterable[Code | None]) -> list[str]:
        return [self._words.code(code) for code in codes if code is not None]

    def _proof(self, outcome: Outcome) -> None:
        voice.say("Did a readable word reach a disk?", Style.HEAD)
        when = {name: [reports[name] for reports in outcome.searched.values()] for name in ("running", "ended")}
        size = sum(one.bytes for one in when["running"]) / 1_000_000
        found = [f"{_found(*reports)} in {sum(one.files for one in reports)}" for reports in when.values()]
        voice.paragraph(
            f"{len(outcome.words)} facts in {outcome.patterns} spellings, sought on all disks: {found[0]} files "
            f"({size:.1f} MB), {found[1]} after all had ended. The same search finds each word where it was planted."
        )

    def _names(self, kinds: tuple[SectionType, ...]) -> str:
        return ", ".join(self._words.code(kind) for kind in kinds)

    def _head(self, text: str) -> None:
        self._number += 1
        voice.say(f"{self._number}. {text}", Style.HEAD)

    def _more(self, text: str) -> None:
        voice.paragraph(text, _INDENT)


def _proved(facts: Mapping[str, Any]) -> Iterator[str]:
    for one, what in zip(facts["receipts"], ("Request", "Result"), strict=True):
        yield (
            f"{what}: a receipt of {one['log']}'s relay (provisional), cosigned by {', '.join(one['cosigned_by'])} "
            f"since {_clock(one['cosigned_since'])}, acknowledged by its desk."
        )
    log = facts["access_log"]
    done = Counter(one["what"].lower() for one in log)
    what = ", ".join(f"{kind} {number}" for kind, number in done.items())
    who = " and ".join(sorted({one["who"] for one in log}))
    yield f"Access log of {log[0]['agency']}, cosigned too: {who}: {what}."


def _audited(facts: Mapping[str, Any]) -> Iterator[str]:
    report = facts["report"]
    yield f"$ {facts['command']}"
    yield f"verdict: {report['verdict']} ({sum(one['status'] == 'passed' for one in report['checks'])} checks)"
    yield from (one["text"] for one in report["shown"] if one["kind"] in ("received", "answers"))
    yield "Kind and relation are shown because th.dsdw chose so. The file holds no word about the person."


def _tampered(facts: Mapping[str, Any]) -> Iterator[str]:
    refused = ", ".join(facts["witnesses"])
    yield f"{refused} refuse it [{' '.join(sorted(set(facts['witnesses'].values())))}]. The auditor:"
    yield from _verified(facts)


def _dropped(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"Its own desk rings: {_lower(facts['why'])} [{facts['code']}]. The auditor:"
    yield from _verified(facts)


def _backdated(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"It claims {facts['claimed']}. The auditor:"
    yield from _verified(facts)


def _verified(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"$ {facts['command']}"
    yield from facts["said"]


def _rotated(facts: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"Its registrar and its old key sign the new one. {len(facts['messages'])} messages passed meanwhile; lost: "
        f"{facts['lost'] or 'none'}."
    )


def _revoked(facts: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"A thief who uses it is refused by the relay of {facts['refused_by']}: "
        f"{_lower(facts['why'])} [{facts['code']}]. Older mail stays valid."
    )


def _seized(facts: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"Both countries refuse: {_lower(facts['why'])} [{facts['code']}]. What that key signs "
        f"is refused [{facts['message']['code']}]; the true key goes on."
    )


_TOLD: Final[Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Iterator[str]]]]] = {
    "prove": ("What proves it comes back by itself", _proved),
    "rotate": ("th.dsdw changes its signing key", _rotated),
    "revoke": ("The old key is revoked", _revoked),
    "audit": ("An auditor verifies request and result: two files, no key", _audited),
    "tamper": ("A corrupt operator of kh.mosvy's relay rewrites a copy of its log and signs it", _tampered),
    "drop": ("It gives a receipt for a message and takes the message away", _dropped),
    "backdate": ("It gives a receipt of the day before", _backdated),
    "seize": ("The Thai registrar, alone, publishes another key for th.dsdw", _seized),
}


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _clock(moment: str) -> str:
    return moment[11:]


def _found(*reports: Report) -> str:
    finds = sum(len(report.finds) for report in reports)
    return str(finds) if finds else "nothing"


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.1f} s"
