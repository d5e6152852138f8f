"""The settings of a witness, `witness.toml`. Read and judged as a node's are; see `reference_node/settings.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import Field, model_validator

from reference_node.settings import Database, Endpoint, LogSettings, Loopback, Place, Seconds, Settings, TrustSettings

__all__ = ["WitnessSettings"]

_HERE: Final[Any] = Field(default_factory=dict)
"""An inner table's defaults, judged when the file is read: its paths are relative to that file."""


class WitnessSettings(Settings):
    """`witness.toml`."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9./-]{0,98}[A-Za-z0-9])?$")]
    """As the federation's record has it: relays believe no other."""
    listen: Endpoint
    path: Annotated[str, Field(pattern=r"^(?:/[A-Za-z0-9._-]+)*$")] = ""
    """What stands before `/add-checkpoint` in the path of a request, such as `/witness`."""
    key: Place = Path("witness.key")
    database: Database = "sqlite:///witness.sqlite"
    records: Place = Path("records")
    trust: TrustSettings = _HERE
    """A witness calls no relay: with `root`, `repository` is where it looks for what is new."""
    logs: tuple[Place, ...] = ()
    """Entry files of logs that are watched beside those that the records name."""
    log: LogSettings = LogSettings()
    metrics: Loopback | None = None
    drain_seconds: Seconds = 20.0

    @model_validator(mode="after")
    def _one_file(self) -> Self:
        if not self.database.startswith("sqlite:"):
            raise ValueError("a witness keeps its book in SQLite")
        return self
