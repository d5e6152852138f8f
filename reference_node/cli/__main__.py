"""`python -m reference_node.cli`: the same as `referral-node`, where the script is not on the path."""

from __future__ import annotations

import sys

from reference_node.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
