"""Generates `referral_proto/v1/` from `protos/`.

Law: output depends on the `.proto` files and the pinned generator alone, so that two machines write the same bytes.
Runs in the generator's own environment (`requirements/protoc.txt`), never in the project's: the oldest supported
generator needs an older protobuf than the node runs on. Imports nothing of the project.

    generate.py [OUTPUT]      OUTPUT is the folder that holds `referral_proto/v1/`; the repository root unless named
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import grpc_tools
from grpc_tools import protoc

PROTOS = Path(__file__).resolve().parent
PACKAGE = Path("referral_proto/v1")
INIT = '"""Generated code, made from `protos/` by `make protos`. Imported by `wire` and `rpc` only."""\n'


def generate(root: Path) -> None:
    """Runs protoc over every `.proto` file and leaves exactly its output in `root/referral_proto/v1/`."""
    sources = sorted((PROTOS / PACKAGE).glob("*.proto"))
    if not sources:
        sys.exit(f"generate.py: no .proto file under {PACKAGE}")
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        run(sources, "--python_out", out)
        run(sources, "--pyi_out", out)
        # protoc writes a service module for every file, also for those that hold no service.
        services = [
            path for path in sources if re.search(r"^service\s", path.read_text(encoding="utf-8"), re.MULTILINE)
        ]
        if services:
            run(services, "--grpc_python_out", out)
        (out / PACKAGE / "__init__.py").write_text(INIT, encoding="utf-8")
        replace(out / PACKAGE, root / PACKAGE)


def run(sources: list[Path], option: str, out: Path) -> None:
    """Runs protoc once, with the well-known types that grpcio-tools ships."""
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    status = protoc.main(
        [
            "protoc",
            f"-I{PROTOS}",
            f"-I{well_known}",
            f"{option}={out}",
            *[str(path.relative_to(PROTOS)) for path in sources],
        ]
    )
    if status:
        sys.exit(f"generate.py: protoc refused the sources (exit {status})")


def replace(made: Path, kept: Path) -> None:
    """Makes `kept` equal to `made`: writes what differs, removes what protoc no longer makes."""
    kept.mkdir(parents=True, exist_ok=True)
    wanted = {path.name: path.read_bytes() for path in made.iterdir()}
    for path in sorted(kept.iterdir()):
        if path.is_file() and path.name not in wanted:
            path.unlink()
    for name, content in sorted(wanted.items()):
        target = kept / name
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)


if __name__ == "__main__":
    generate(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else PROTOS.parent)
