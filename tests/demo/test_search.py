"""The search for planted words: what it looks for, that it finds it in every form, and that it is not blind."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64encode
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_node.demo import search
from reference_node.demo.planted import SHORTEST, Word, forms, planted
from reference_node.demo.search import Find, Searcher, blind_spots
from referral_proto import Referral
from referral_proto.adapters import read_referral

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "referral-th-kh.json"


@pytest.fixture(scope="module")
def words() -> tuple[Word, ...]:
    return planted(read_referral(EXAMPLE.read_bytes()))


def test_the_example_plants_names_in_three_scripts_dates_and_numbers(words: tuple[Word, ...]) -> None:
    told = {(word.what, spelling) for word in words for spelling in word.spellings}
    assert {
        ("name", "CHHOEUN"),
        ("name", "ស្រីល័ក្ខណ៍"),
        ("name", "สเรยเลียก"),
        ("birth date", "2003-04-17"),
        ("birth date", "17/04/2546"),
        ("document number", "062913478"),
        ("document number", "N01847265"),
    } <= told
    assert {word.what for word in words} >= {"contact", "medicine", "note", "village code"}


def test_a_planted_word_hides_from_repr(words: tuple[Word, ...]) -> None:
    assert "CHHOEUN" not in repr(words)


def test_what_is_no_persons_is_not_looked_for() -> None:
    assert planted(Referral()) == ()
    told = {spelling for word in planted(read_referral(EXAMPLE.read_bytes())) for spelling in word.spellings}
    assert not told & {"KH", "th.dsdw", "kh.mosvy", "KX7T-B2MD-RH9Q-W4NC"}


ENCODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "json": lambda text: json.dumps(text).encode(),
    "address": lambda text: quote(text).encode(),
    "hexadecimal": lambda text: text.encode().hex().upper().encode(),
    "decomposed": lambda text: normalize("NFD", text).encode(),
    "upper case": lambda text: text.upper().encode() if text.isascii() else text.encode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_word_is_found_in_every_form(words: tuple[Word, ...], encoding: str) -> None:
    searcher = Searcher.of(words)
    for word in words:
        for spelling in word.spellings:
            assert word in searcher.in_bytes(b"\x00\xff" + ENCODINGS[encoding](spelling) + b"\x01")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=5, max_size=40).filter(
        lambda text: len(text.encode()) >= 8
    ),
    st.binary(max_size=9),
)
def test_any_text_is_found_in_base64_at_any_place(text: str, before: bytes) -> None:
    word = Word("NOTE", "note", (text,))
    assert Searcher.of((word,)).in_bytes(b64encode(before + text.encode() + b"after")) == (word,)


@given(st.text(min_size=1, max_size=30).filter(str.isprintable))
def test_no_form_is_so_short_that_chance_would_find_it(text: str) -> None:
    assert all(len(form) >= SHORTEST for form in forms(text))


def test_random_bytes_hold_none_of_the_words(words: tuple[Word, ...]) -> None:
    import random

    assert Searcher.of(words).in_bytes(random.Random(7).randbytes(1_000_000)) == ()


def test_a_find_is_told_by_kind_and_file_never_by_value(words: tuple[Word, ...], tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / ".relay.log").write_text("… 062913478 …", encoding="utf-8")
    report = Searcher.of(words).in_folders(tmp_path)
    assert report.finds == (Find("document number (identity)", "logs/.relay.log"),)
    assert (report.files, report.bytes) == (1, len("… 062913478 …".encode()))
    assert "062913478" not in repr(report)


def test_a_write_ahead_log_is_searched(words: tuple[Word, ...], tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "relay.sqlite")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE envelope (bytes)")
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("INSERT INTO envelope VALUES (?)", ("Sreyleak",))
    database.commit()
    assert [find.file for find in Searcher.of(words).in_folders(tmp_path).finds] == ["relay.sqlite-wal"]
    database.close()


def test_links_and_sockets_are_no_files(words: tuple[Word, ...], tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(EXAMPLE)
    (tmp_path / "folder").symlink_to(EXAMPLE.parent)
    assert Searcher.of(words).in_folders(tmp_path).files == 0


def test_the_control_finds_everything_that_it_plants(words: tuple[Word, ...], tmp_path: Path) -> None:
    assert blind_spots(Searcher.of(words), tmp_path) == ()


def test_the_control_notices_a_search_that_is_blind(
    words: tuple[Word, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "forms", lambda text: frozenset((text.encode().lower(),)))
    missed = blind_spots(Searcher.of(words), tmp_path)
    assert "name in two-byte text" in missed
    assert "name in text" not in missed
