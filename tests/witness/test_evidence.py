"""Files of evidence: what they prove is judged anew each time, and what proves nothing says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reference_node.witness import evidence as files
from reference_node.witness.evidence import keep_contradiction, keep_sighting, proofs_in, proved
from referral_proto.errors import PeerError, WorldError
from referral_proto.log.contradiction import from_heads
from tests.log.world import AT, LOG, OTHER_KEYS, RECIPIENT, Memory, leaves, note

ORIGIN = f"{RECIPIENT}/2"


def contradiction() -> bytes:
    found = from_heads(note(Memory(leaves(3))), note(Memory(leaves(3, 1))), LOG)
    assert found is not None
    return found


def test_a_contradiction_is_kept_once_and_read_back(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    assert proofs_in(folder) == []
    data = contradiction()
    path = keep_contradiction(folder, RECIPIENT, data)
    assert keep_contradiction(folder, RECIPIENT, data) == path
    (proof,) = proofs_in(folder)
    assert (proof.path, proof.origin, proof.contradiction) == (path, RECIPIENT, True)
    assert path.read_bytes() == data
    assert proved(proof, [LOG]).startswith("two roots: it signed size 3")


def test_a_sighting_says_who_holds_what(tmp_path: Path) -> None:
    path = keep_sighting(tmp_path, RECIPIENT, note(Memory(leaves(9))), note(Memory(leaves(4))), "witness.example", AT)
    assert keep_sighting(tmp_path, RECIPIENT, note(Memory(leaves(9))), note(Memory(leaves(4))), "other", AT) == path
    (proof,) = proofs_in(tmp_path)
    said = proved(proof, [LOG])
    assert "it signed size 9" in said and "held by witness.example" in said and "held size 4" in said


def test_the_origin_of_a_successor_survives_the_name_of_a_file(tmp_path: Path) -> None:
    keep_sighting(tmp_path, ORIGIN, note(Memory(leaves(1)), origin=ORIGIN), None, "witness.example", AT)
    assert [proof.origin for proof in proofs_in(tmp_path)] == [ORIGIN]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-20],
        lambda data: b"",
        lambda data: data.replace(b"th.", b"kh."),
        lambda data: bytes(reversed(data)),
    ],
)
def test_a_file_that_was_tampered_with_proves_nothing(tmp_path: Path, change: object) -> None:
    for path in (
        keep_contradiction(tmp_path, RECIPIENT, contradiction()),
        keep_sighting(tmp_path, RECIPIENT, note(Memory(leaves(9))), None, "witness.example", AT),
    ):
        changed = change(path.read_bytes())  # type: ignore[operator]
        if changed == path.read_bytes():
            continue
        path.write_bytes(changed)
        proof = next(one for one in proofs_in(tmp_path) if one.path == path)
        with pytest.raises(PeerError):
            proved(proof, [LOG])


def test_under_other_keys_or_none_it_proves_nothing(tmp_path: Path) -> None:
    keep_sighting(tmp_path, RECIPIENT, note(Memory(leaves(9)), keys=OTHER_KEYS), None, "witness.example", AT)
    (proof,) = proofs_in(tmp_path)
    with pytest.raises(PeerError, match=r"note\.unsigned"):
        proved(proof, [LOG])
    with pytest.raises(PeerError, match=r"trust\.unknown-log"):
        proved(proof, [])


def test_a_folder_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST", 2)
    for size in (1, 2):
        keep_sighting(tmp_path, RECIPIENT, note(Memory(leaves(size))), None, "witness.example", AT)
    with pytest.raises(WorldError, match=r"file\.full"):
        keep_sighting(tmp_path, RECIPIENT, note(Memory(leaves(3))), None, "witness.example", AT)


def test_other_files_and_other_json_are_no_proof(tmp_path: Path) -> None:
    (tmp_path / "split-1-0123456789abcdef.json").write_text("{}")
    (tmp_path / "log-readme.txt").write_text("")
    assert proofs_in(tmp_path) == []
    (tmp_path / f"log-{RECIPIENT}-{'0' * 16}.seen.json").write_text(json.dumps({"theirs_base64": 3}))
    with pytest.raises(PeerError, match=r"note\.malformed"):
        proved(proofs_in(tmp_path)[0], [LOG])
