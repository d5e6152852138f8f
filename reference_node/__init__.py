"""The reference node: a relay that cannot open anything, a desk that never listens to the world, and their tools.

Imports the library's public names only. Importing this package loads nothing else, so that commands start fast.
"""

from __future__ import annotations

import os

__all__: list[str] = []

# gRPC reads both once, when it is imported, and this package comes before it. The second leaves TLS 1.2 no cipher that
# a P-256 certificate can use, and says nothing about TLS 1.3, so that a node speaks no other version. The guard of the
# relay's server looks at the version of each call as well. What fails inside gRPC comes as an exception and is told in
# our own words; lines of its own on stderr would only come between.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
os.environ["GRPC_SSL_CIPHER_SUITES"] = "ECDHE-RSA-AES256-GCM-SHA384"
