"""A desk as a process of its own, for tests: the product's own composition, by a clock that a test may set.

    python -m tests.e2e.desk_process FOLDER [--clock FILE]

--clock: seconds since 1970, read anew each time.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reference_node.app import build_desk
from reference_node.settings import DeskSettings, load
from referral_proto.errors import ReferralError
from tests.e2e.relay_process import FileClock, say
from tests.relay.world import PASSPHRASE


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clock", type=Path)
    asked = parser.parse_args()
    try:
        settings = load(DeskSettings, asked.folder / "desk.toml")
        app = build_desk(settings, PASSPHRASE, FileClock(asked.clock) if asked.clock else None)
        return app.run(lambda half, endpoint: say(f"ready {half} {endpoint}"))
    except ReferralError as error:
        sys.stderr.write(f"{error.code}\n")
        return error.fault.exit_code


if __name__ == "__main__":
    sys.exit(main())
