"""Generated code is what the generator makes today, and the wire only ever grows."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto

from protos import wire_lock
from tests.house import tree

GENERATOR = tree.ROOT / ".venv-protoc" / "bin" / "python"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_generated_code_has_not_drifted(tmp_path: Path) -> None:
    assert GENERATOR.exists(), "the generator's environment is missing: run `make setup`"
    subprocess.run([GENERATOR, tree.ROOT / "protos" / "generate.py", tmp_path], check=True)
    made, kept = contents(tmp_path / "referral_proto" / "v1"), contents(tree.ROOT / "referral_proto" / "v1")
    assert sorted(made) == sorted(kept), "run `make protos`"
    assert [name for name in made if made[name] != kept[name]] == [], "run `make protos`"


def test_no_released_number_changed() -> None:
    assert wire_lock.changed(wire_lock.read(), wire_lock.generated()) == []


def test_every_number_is_locked() -> None:
    assert set(wire_lock.generated()) - set(wire_lock.read()) == set(), "run `make wire-lock`"


def sample(*fields: FieldDescriptorProto) -> dict[str, str]:
    return dict(wire_lock.describe(FileDescriptorProto(message_type=[DescriptorProto(name="Core", field=fields)])))


SUITE = FieldDescriptorProto(name="suite", number=1, type="TYPE_UINT32", label="LABEL_OPTIONAL", proto3_optional=True)
BODIES = FieldDescriptorProto(name="bodies", number=2, type="TYPE_BYTES", label="LABEL_REPEATED")


def test_an_added_field_is_welcome() -> None:
    assert wire_lock.changed(sample(SUITE), sample(SUITE, BODIES)) == []


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("name", "cipher"),
        ("number", 3),
        ("type", "TYPE_UINT64"),
        ("label", "LABEL_REPEATED"),
        ("proto3_optional", False),
    ],
)
def test_a_changed_field_is_caught(attribute: str, value: object) -> None:
    other = FieldDescriptorProto()
    other.CopyFrom(SUITE)
    setattr(
        other,
        attribute,
        FieldDescriptorProto.Label.Value(value)
        if attribute == "label"
        else FieldDescriptorProto.Type.Value(value)
        if attribute == "type"
        else value,
    )
    assert wire_lock.changed(sample(SUITE), sample(other))


def test_a_removed_field_is_caught() -> None:
    assert wire_lock.changed(sample(SUITE, BODIES), sample(SUITE)) == [
        "Core field 2: locked as 'repeated bytes bodies', now 'gone'"
    ]
