"""The story of the demonstration: numbered steps, a table, the proof. Tells what was found; finds nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
_INDENT: Final = "   "


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
            self._more("Each makes its own keys. Thailand, Cambodia and an international organisation have founded the")
            self._more("federation: two of these three must sign, and each has a registrar for its own agencies.")
        elif beat.step == "start":
            self._head(f"Four programs start on this machine: a relay and a desk for each agency ({_s(beat.seconds)})")
            self._more("Relays carry sealed mail over mutually authenticated TLS. Only desks can open it.")
        elif beat.step in _TRIALS:
            head, more = _TRIALS[beat.step]
            self._head(f"{head} ({_s(beat.seconds)})")
            self._more(more(beat.facts))
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
        voice.say(f"All four programs have ended. Everything took {_s(total)}.")
        if outcome.kept is None:
            voice.say("Nothing was kept. With --keep DIR every party's files stay there to be looked at.")
        else:
            voice.say(f"Every party's files are in {outcome.kept}, one folder each.")

    def _message(self, one: Passage) -> None:
        kind = self._words.code(one.kind)
        self._head(f"{one.sender} → {one.recipient}: {kind} ({one.size:,} bytes sealed, {_s(one.seconds)} to arrive)")
        if one.given:
            self._more(f"Sent: {self._names(one.given)}.")
        if one.withheld:
            self._more(f"Left out before sealing: {self._names(one.withheld)}.")
        reads = self._reads(one)
        if reads:
            self._more(f"The caseworker at {one.recipient} reads: {reads}.")

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
        kinds = ", ".join(f"{what}s" for what in dict.fromkeys(word.what for word in outcome.words))
        voice.say("Did a readable word reach a disk?", Style.HEAD)
        text = f"{len(outcome.words)} facts ({kinds}), spelt and encoded in {outcome.patterns} ways, were looked for"
        voice.paragraph(f"{text} in every file, databases and their write-ahead logs included:")
        rows = [
            [place, str(reports["running"].files), f"{reports['running'].bytes:,}", _found(reports["running"])]
            for place, reports in outcome.searched.items()
        ]
        voice.table(["disk of", "files", "bytes", "found"], rows)
        ended = [reports["ended"] for reports in outcome.searched.values()]
        after = f"After the programs had ended: {_found(*ended)} in {sum(one.files for one in ended)} files."
        voice.paragraph(
            f"{after} The same search finds each word where it was planted, and the identity where it was opened."
        )

    def _names(self, kinds: tuple[SectionType, ...]) -> str:
        return ", ".join(self._words.code(kind) for kind in kinds)

    def _head(self, text: str) -> None:
        self._number += 1
        voice.say(f"{self._number}. {text}", Style.HEAD)

    def _more(self, text: str) -> None:
        voice.paragraph(text, _INDENT)


def _rotated(facts: Mapping[str, Any]) -> str:
    return (
        f"Its registrar and its old key sign the new one. {len(facts['messages'])} messages passed, two of them under "
        f"way while the desk was stopped; lost: {facts['lost'] or 'none'}."
    )


def _revoked(facts: Mapping[str, Any]) -> str:
    return (
        f"A thief who has it sends a message as the Thai relay. The relay of {facts['refused_by']} refuses: "
        f"{facts['why'].lower()} [{facts['code']}]. Older mail stays valid."
    )


def _seized(facts: Mapping[str, Any]) -> str:
    message = facts["message"]
    return (
        f"Both countries refuse: {facts['why'].lower()} [{facts['code']}]. What that key signs "
        f"is refused [{message['code']}]; the true key goes on."
    )


_TRIALS: Final = {
    "rotate": ("th.dsdw changes its signing key, and every node takes it up", _rotated),
    "revoke": ("The old key is revoked", _revoked),
    "seize": ("The Thai registrar, alone, publishes another key for th.dsdw", _seized),
}


def _found(*reports: Report) -> str:
    finds = sum(len(report.finds) for report in reports)
    return str(finds) if finds else "nothing"


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.1f} s"
