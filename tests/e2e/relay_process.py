"""A relay as a process of its own, for tests: the product's own composition, with what a test wants to go wrong.

    python -m tests.e2e.relay_process FOLDER [--clock FILE] [--die-after-store] [--die-after-delivery]
                                             [--die-before-log] [--die-after-log] [--slow-store FIFO]

--clock: seconds since 1970, read anew each time. --die-after-…: SIGKILL to itself between the commit and the reply, or
between the peer's reply and the commit. --die-…-log: between the rows of an envelope and its event, or between its
signed checkpoint and the commit. --slow-store: says `storing`, then waits until somebody opens the FIFO.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reference_node.app import build_relay
from reference_node.settings import RelaySettings, load
from reference_node.store.relay import ledger
from referral_proto.errors import ReferralError
from referral_proto.moment import Moment
from tests.relay.world import PASSPHRASE


class FileClock:
    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> Moment:
        # Empty for the moment in which a test writes it anew.
        while not (text := self._file.read_text("ascii")):
            pass
        return Moment(int(text))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clock", type=Path)
    parser.add_argument("--die-after-store", action="store_true")
    parser.add_argument("--die-after-delivery", action="store_true")
    parser.add_argument("--die-before-log", action="store_true")
    parser.add_argument("--die-after-log", action="store_true")
    parser.add_argument("--slow-store", type=Path)
    asked = parser.parse_args()
    try:
        settings_file = asked.folder / "relay.toml"
        settings = load(RelaySettings, settings_file)
        app = build_relay(settings, PASSPHRASE, FileClock(asked.clock) if asked.clock else None, settings_file)
        gathering: Any = app.intake._gathering
        if asked.die_after_store:
            gathering._carry_out = after(gathering._carry_out, die)
        if asked.die_before_log:
            ledger.enter = before(ledger.enter, die)
        if asked.die_after_log:
            ledger.enter = after(ledger.enter, die)
        if asked.slow_store:
            gathering._carry_out = before(gathering._carry_out, lambda: wait_for(asked.slow_store))
        if asked.die_after_delivery:
            app.outbox._send = after(app.outbox._send, die)  # type: ignore[method-assign]
        return app.run(lambda half, endpoint: say(f"ready {half} {endpoint}"))
    except ReferralError as error:
        sys.stderr.write(f"{error.code}\n")
        return error.fault.exit_code


def after(work: Callable[..., Any], then: Callable[[], None]) -> Callable[..., Any]:
    def both(*arguments: Any) -> Any:
        result = work(*arguments)
        then()
        return result

    return both


def before(work: Callable[..., Any], first: Callable[[], None]) -> Callable[..., Any]:
    def both(*arguments: Any) -> Any:
        first()
        return work(*arguments)

    return both


def wait_for(fifo: Path) -> None:
    say("storing")
    with fifo.open("rb") as opened:
        opened.read()


if __name__ == "__main__":
    sys.exit(main())
