"""The search: does any file under a folder hold a planted word, in any form? And the proof that it would have seen one.

Databases, write-ahead logs, logs, keys, hidden files: every regular file is read whole, byte by byte. Nothing found is
ever shown: a find is told by what it is and in which file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from reference_node.demo.planted import Word, forms

__all__ = ["Find", "Report", "Searcher", "blind_spots"]


@dataclass(frozen=True, slots=True)
class Find:
    """A planted word in a file: what it is, and the file's place below the folder that was searched."""

    what: str
    file: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was searched and what was found. journals: how many of the files were a database's write-ahead log."""

    files: int
    bytes: int
    journals: int
    finds: tuple[Find, ...]


@dataclass(frozen=True, slots=True)
class Searcher:
    """Looks for words. Each word is looked for in all its forms, without regard to case in ASCII."""

    words: tuple[Word, ...]
    _forms: tuple[tuple[Word, frozenset[bytes]], ...] = field(repr=False)

    @classmethod
    def of(cls, words: Iterable[Word]) -> Searcher:
        listed = tuple(words)
        return cls(listed, tuple((word, frozenset().union(*(forms(one) for one in word.spellings))) for word in listed))

    @property
    def patterns(self) -> int:
        """How many different byte strings are looked for."""
        return len(frozenset().union(*(found for _, found in self._forms)))

    def in_bytes(self, data: bytes) -> tuple[Word, ...]:
        """The words that stand in `data`."""
        lower = data.lower()
        return tuple(word for word, patterns in self._forms if any(pattern in lower for pattern in patterns))

    def in_folders(self, *folders: Path) -> Report:
        """Every regular file below the folders; what vanishes while it is read counts as not there."""
        files = size = journals = 0
        finds: list[Find] = []
        for folder in folders:
            for file, data in _files(folder):
                files, size = files + 1, size + len(data)
                journals += file.name.endswith("-wal")
                what = dict.fromkeys(f"{word.what} ({word.section.lower()})" for word in self.in_bytes(data))
                finds += [Find(one, str(file.relative_to(folder))) for one in what]
        return Report(files, size, journals, tuple(finds))


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        try:
            if S_ISREG(path.lstat().st_mode):
                yield path, path.read_bytes()
        except FileNotFoundError:
            continue


def blind_spots(searcher: Searcher, folder: Path) -> tuple[str, ...]:
    """The positive control: plants every word in an empty folder in the ways a relay could have kept it, searches, and
    names what was not found: `document number in database`. Empty is good.
    """
    ways: dict[str, Callable[[Path, list[str]], AbstractContextManager[object]]] = {
        "text": _plant_text,
        "two-byte text": _plant_utf16,
        "escaped log": _plant_escaped,
        "database": _plant_database,
    }
    # Each spelling by itself, so that one that is seen does not stand for one that is not.
    single = Searcher.of(Word(word.section, word.what, (one,)) for word in searcher.words for one in word.spellings)
    missed: list[str] = []
    for name, plant in ways.items():
        place = folder / name.replace(" ", "-")
        place.mkdir()
        with plant(place, [word.spellings[0] for word in single.words]):
            found = {word for _, data in _files(place) for word in single.in_bytes(data)}
        missed += [f"{word.what} in {name}" for word in single.words if word not in found]
    return tuple(dict.fromkeys(missed))


def _plant_text(place: Path, texts: list[str]) -> AbstractContextManager[object]:
    (place / "relay.log").write_text("\n".join(texts), encoding="utf-8")
    return nullcontext()


def _plant_utf16(place: Path, texts: list[str]) -> AbstractContextManager[object]:
    (place / "export.txt").write_text("\n".join(texts), encoding="utf-16")
    return nullcontext()


def _plant_escaped(place: Path, texts: list[str]) -> AbstractContextManager[object]:
    (place / ".hidden.log").write_text(json.dumps(texts, ensure_ascii=True), encoding="ascii")
    return nullcontext()


def _plant_database(place: Path, texts: list[str]) -> AbstractContextManager[object]:
    """In the write-ahead log of a database that is still open, where a relay's newest rows are."""
    connection = sqlite3.connect(place / "relay.sqlite")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE envelope (bytes BLOB)")
    connection.executemany("INSERT INTO envelope VALUES (?)", [(text.encode(),) for text in texts])
    connection.commit()
    return closing(connection)
