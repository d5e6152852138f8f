"""`python -m referral_proto.cli`: the same as `referral`, where no script is installed."""

from __future__ import annotations

import sys

from referral_proto.cli.program import main

sys.exit(main())
