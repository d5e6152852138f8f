"""Law: whatever a path or a folder holds, a source gives a file of the repository or says in one word why not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tuf.api.exceptions import DownloadError, DownloadHTTPError

from referral_proto.adapters import trust_fetch
from referral_proto.adapters.trust_fetch import FolderSource, ServedSource, TrustFetcher, repository_path
from referral_proto.errors import PeerError, WorldError

PATH = "metadata/1.root.json"
RECORD = f"targets/xa/{'0' * 64}.shelter.agency.0.record"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    (stick / "metadata").mkdir(parents=True)
    (stick / PATH).write_bytes(b"root")
    (tmp_path / "secret.json").write_bytes(b"not yours")
    return stick


def code_of(source: FolderSource, path: str) -> str:
    with pytest.raises(PeerError) as caught:
        source.trust_file(path)
    return caught.value.code


def test_a_folder_gives_its_files(folder: Path) -> None:
    assert FolderSource(folder).trust_file(PATH) == b"root"


@pytest.mark.parametrize("path", ["metadata/timestamp.json", RECORD, "metadata/../../secret.json", "../secret.json"])
def test_what_is_not_there_is_not_there(folder: Path, path: str) -> None:
    assert code_of(FolderSource(folder), path) == "trust.no-file"
    assert code_of(FolderSource(folder / "nowhere"), path) == "trust.no-file"


def test_a_link_on_a_stick_leads_to_no_file_of_this_machine(folder: Path) -> None:
    (folder / "metadata" / "timestamp.json").symlink_to(folder.parent / "secret.json")
    (folder / "metadata" / "2.root.json").symlink_to("2.root.json")
    (folder / "targets").symlink_to("/")
    for path in ("metadata/timestamp.json", "metadata/2.root.json", RECORD):
        assert code_of(FolderSource(folder), path) == "trust.no-file"


def test_what_is_no_file_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "metadata" / "timestamp.json").mkdir()
    os.mkfifo(folder / "metadata" / "2.root.json")
    (folder / "metadata" / "3.root.json").write_bytes(b"")
    source = FolderSource(folder)
    assert code_of(source, "metadata/timestamp.json") == "trust.repository-malformed"
    # A pipe without a writer reads as empty instead of waiting.
    assert code_of(source, "metadata/2.root.json") in {"trust.repository-malformed", "file.empty"}
    assert code_of(source, "metadata/3.root.json") == "file.empty"
    monkeypatch.setattr(trust_fetch, "LARGEST_FILE", 3)
    assert code_of(source, PATH) == "trust.repository-too-large"


def test_a_stick_that_fails_is_the_worlds_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> int:
        raise OSError(errno.EIO, "no answer")

    monkeypatch.setattr(os, "open", failing)
    with pytest.raises(WorldError) as caught:
        FolderSource(folder).trust_file(PATH)
    assert caught.value.code == "file.failed"


@given(st.text(max_size=80) | st.from_regex(r"(metadata|targets)/[a-z0-9./]{0,40}(json|record)?"))
def test_a_path_stays_inside(path: str) -> None:
    try:
        taken = repository_path(path)
    except PeerError:
        return
    parts = taken.split("/")
    assert taken == path
    assert path.isascii()
    assert parts[0] in {"metadata", "targets"}
    assert not {"", ".", ".."} & set(parts)


def test_a_function_that_knows_nothing_serves_nothing() -> None:
    with pytest.raises(PeerError) as caught:
        ServedSource(lambda _: None).trust_file(PATH)
    assert caught.value.code == "trust.no-file"
    assert ServedSource(lambda path: path.encode()).trust_file(PATH) == PATH.encode()


def test_the_fetcher_keeps_the_sources_own_error(folder: Path) -> None:
    cut = WorldError("net.closed")

    def broken(_: str) -> bytes:
        raise cut

    with pytest.raises(DownloadError) as caught:
        TrustFetcher(ServedSource(broken)).download_bytes(PATH, 10)
    assert caught.value.__cause__ is cut
    fetcher = TrustFetcher(FolderSource(folder))
    assert fetcher.download_bytes(PATH, 4) == b"root"
    with pytest.raises(DownloadError):
        fetcher.download_bytes(PATH, 3)
    with pytest.raises(DownloadHTTPError) as missing:
        fetcher.download_bytes("metadata/2.root.json", 10)
    assert missing.value.status_code == 404
