"""A PostgreSQL server of the test's own: initdb in a temporary folder, a Unix socket there, no port, gone afterwards.

PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`. Without its programs the tests are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _program(name: str) -> str:
    places = [*os.environ.get("PATH", "").split(os.pathsep), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        pytest.skip(f"PostgreSQL is not installed: no {name}")
    return found


def _user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("PostgreSQL does not run as root, and there is no user for it")


@contextmanager
def postgres() -> Iterator[str]:
    """Serves; yields the URL of an empty database `relay`."""
    initdb, pg_ctl, createdb = _program("initdb"), _program("pg_ctl"), _program("createdb")
    user = _user()
    # Not pytest's own folder: its parents are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="referral-pg-"))
    as_user = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def run(*command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, **as_user)  # type: ignore[call-overload]
        assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"

    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data, log = str(folder / "data"), str(folder / "log")
        run(initdb, "-D", data, "-U", "relay", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        run(pg_ctl, "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            run(createdb, "-h", str(folder), "-U", "relay", "relay")
            yield f"postgresql+psycopg://relay@/relay?host={folder}"
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
