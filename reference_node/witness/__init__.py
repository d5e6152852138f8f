"""The witness: cosigns checkpoints that follow what it cosigned before (C2SP tlog-witness), and asks others to.

`cosigner` decides, `server` and `listener` listen, `watched` says whom it watches; `gather` and `evidence` are the
relay's side. Sees origins, sizes and roots, never an event.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "Answer": "listener",
    "Collected": "gather",
    "Cosigner": "cosigner",
    "Endpoint": "gather",
    "Listener": "listener",
    "WitnessServer": "server",
    "WitnessSettings": "settings",
    "collect": "gather",
    "latest_seen": "gather",
    "watched": "watched",
    "watchers": "watched",
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
