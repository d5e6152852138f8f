"""The gRPC binding of the ports: the only place in the library that imports grpc. Loaded when a name is used."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

# gRPC prints handshake failures to stderr on its own; callers learn of them by exception. Read once, at its import.
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")

_TABLE = {
    "ClientIdentity": "channel",
    "GrpcRelay": "relay",
    "certificate_name": "channel",
    "open_channel": "channel",
}

__all__ = sorted(_TABLE)  # noqa: PLE0605 - computed once from the table, which a test holds true


def __getattr__(name: str) -> Any:
    if name not in _TABLE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_TABLE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
