"""The program beside its limits and its peers: `python -m bench`, one run, one table, `--json`.

Law: every figure stands beside something measured in the same run, on the same machine, turn by turn. A figure without
its peer is printed without a verdict. Nothing here is imported by the library or the node, and nothing here loosens a
check to win time. What the columns mean: docs/performance.md.
"""
