"""The wheel holds the two packages and nothing else, and installs alone, with each extra, and with the oldest versions.

The installs need `uv` and, the first time, a registry: `make check-install` runs them.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house import tree

UV = Path(sys.executable).with_name("uv")
LOADED = "import sys, importlib; [importlib.import_module(m) for m in sys.argv[1:]]"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", out]
    subprocess.run(command, cwd=tree.ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_what_is_shipped_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.split("/")[0] for name in names}
    metadata = next(top for top in tops if top.endswith(".dist-info"))
    assert tops == {*tree.PACKAGES, metadata}
    assert {f"{metadata}/licenses/LICENSE", f"{metadata}/licenses/NOTICE"} <= names
    assert {f"{package}/py.typed" for package in tree.PACKAGES} <= names
    shipped = {name for name in tree.files() if name.split("/")[0] in tree.PACKAGES}
    # The demonstration's example travels with it.
    shipped.add("reference_node/demo/referral-th-kh.json")
    assert names - {name for name in names if name.startswith(metadata)} == shipped


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extra", "resolution", "modules"),
    [
        pytest.param("", "highest", ["referral_proto", "referral_proto.cli"], id="alone"),
        pytest.param("[grpc]", "highest", ["referral_proto.rpc"], id="grpc"),
        pytest.param("[node]", "highest", ["reference_node.cli", "reference_node.app"], id="node"),
        pytest.param("", "lowest-direct", ["referral_proto.cli"], id="alone, oldest"),
        pytest.param("[node]", "lowest-direct", ["reference_node.app"], id="node, oldest"),
    ],
)
def test_the_wheel_installs(wheel: Path, tmp_path: Path, extra: str, resolution: str, modules: list[str]) -> None:
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, tmp_path / "env"], check=True)
    pins = ["--constraint", "requirements/node.txt"] if resolution == "highest" else ["--resolution", resolution]
    install = [UV, "--no-config", "pip", "install", "--quiet", "--python", python, *pins]
    subprocess.run([*install, f"referral-proto{extra} @ {wheel.as_uri()}"], cwd=tree.ROOT, check=True)
    subprocess.run([python, "-c", LOADED, "referral_proto", *modules, *everything_public()], cwd=tmp_path, check=True)
    for script in ("referral", *(["referral-node"] if extra == "[node]" else [])):
        subprocess.run([python.with_name(script), "--help"], cwd=tmp_path, check=True, capture_output=True)


def everything_public() -> list[str]:
    """The modules behind the library's table of contents: what an integrator can reach without an extra."""
    from referral_proto import _TABLE

    return sorted({module for module in _TABLE.values() if not module.startswith("referral_proto.rpc")})
