"""What the doctor looks at on the machine: certificates, modes of files, the disk, the way to the relay."""

from __future__ import annotations

import ipaddress
import shutil
import socket
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from reference_node.doctor.findings import Finding, Grade
from reference_node.keys import certificates, ends_at
from referral_proto.errors import ReferralError
from referral_proto.moment import DAY, Moment
from referral_proto.ports import TrustPost

__all__ = ["certificate", "disk_space", "listens", "modes", "reached"]

_SOON: Final = 30 * DAY
_LITTLE: Final = 0.1
_VERY_LITTLE: Final = 64 * 1024 * 1024


def certificate(file: Path, now: Moment) -> Iterator[Finding]:
    """A certificate file: each certificate's end."""
    try:
        found = certificates(file)
    except ReferralError as error:
        yield Finding(Grade.BAD, "certificate", file.name, error.code)
        return
    for der in found:
        ends = ends_at(der)
        grade = Grade.BAD if ends <= now else Grade.SOON if ends <= now.plus(_SOON) else Grade.GOOD
        code = "" if grade is Grade.GOOD else "doctor.certificate-ends"
        yield Finding(grade, "certificate", f"{file.name} until {ends.iso()}", code)


def modes(secrets: Iterable[Path]) -> Iterator[Finding]:
    """Files and folders that nobody else may read."""
    good = 0
    for path in secrets:
        try:
            mode = path.stat().st_mode
        except OSError:
            yield Finding(Grade.BAD, "file", path.name, "doctor.missing")
            continue
        if stat.S_IMODE(mode) & 0o077:
            yield Finding(Grade.BAD, "file", f"{path.name} {stat.S_IMODE(mode):04o}", "doctor.mode")
        else:
            good += 1
    yield Finding(Grade.GOOD, "files", f"{good} with the right mode")


def disk_space(folder: Path) -> Finding:
    """Free space where the half lives."""
    usage = shutil.disk_usage(folder)
    text = f"{usage.free // 2**20} MiB free"
    if usage.free < _VERY_LITTLE:
        return Finding(Grade.BAD, "disk", text, "doctor.disk")
    if usage.free < _LITTLE * usage.total and usage.free < 2 * 2**30:
        return Finding(Grade.SOON, "disk", text, "doctor.disk")
    return Finding(Grade.GOOD, "disk", text)


def listens(endpoint: str, seconds: float = 5.0) -> bool:
    """Whether somebody takes connections there."""
    host, port = endpoint.rsplit(":", 1)
    host = host.strip("[]")
    try:
        # Who listens on all addresses listens on this one.
        here = "localhost" if ipaddress.ip_address(host).is_unspecified else host
    except ValueError:
        here = host
    try:
        with socket.create_connection((here, int(port)), seconds):
            return True
    except OSError:
        return False


def reached(endpoint: str, post: TrustPost) -> Finding:
    """Whether the relay answers to the certificate that is shown. gRPC says UNAVAILABLE both when nobody listens and
    when the handshake fails, so that is told apart here.
    """
    try:
        post.snapshot()
    except ReferralError as error:
        if error.code != "net.unreachable":
            return Finding(Grade.BAD, "relay", endpoint, error.code)
        return Finding(Grade.BAD, "relay", endpoint, "doctor.handshake" if listens(endpoint) else "doctor.no-listener")
    return Finding(Grade.GOOD, "relay", f"{endpoint} answers")
