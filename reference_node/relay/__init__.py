"""The relay's use cases: intake, mailbox, outbox, by hand, upkeep. Carries sealed envelopes and cannot open one.

Knows gRPC as little as it knows the desk: `rpc/` translates, `app` composes. Nothing is loaded by importing this.
"""

from __future__ import annotations

__all__: list[str] = []
