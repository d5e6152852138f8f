"""What meets the ports on one machine: key files, the clock, sealed files, folders of records. Decides nothing.

Nothing is loaded until a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "KeyFileVault": "keyfiles",
    "RecordsFolder": "records",
    "SystemClock": "clock",
    "find_passphrase": "passphrase",
    "load_directory": "records",
    "load_key": "keyfiles",
    "load_opening_key": "keyfiles",
    "load_public_key": "keyfiles",
    "load_secret": "keyfiles",
    "load_signing_key": "keyfiles",
    "read_referral": "referral_json",
    "read_sealed": "sealed",
    "records_from": "records",
    "save_opening_key": "keyfiles",
    "save_secret": "keyfiles",
    "save_signing_key": "keyfiles",
    "write_record": "records",
    "write_sealed": "sealed",
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
