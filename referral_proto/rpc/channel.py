"""Mutually authenticated channels: pinned certificates in, a gRPC channel out. Knows no service.

The only roots are the certificates that the records pin, so no public authority can vouch for a relay. The name in the
certificate is fixed by the agency's identifier and is checked whatever the endpoint is called. Authenticity of what is
carried never rests on this: envelopes bear their own signatures.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import grpc

from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId
from referral_proto.ports import MAX_BATCH_BYTES

__all__ = ["MESSAGE_LIMIT", "ClientIdentity", "certificate_name", "open_channel"]

MESSAGE_LIMIT: Final = MAX_BATCH_BYTES + 1024 * 1024
"""Bytes of one gRPC message: the envelopes of a full call, and room for what stands around them."""

_OPTIONS: Final[tuple[tuple[str, Any], ...]] = (
    ("grpc.max_receive_message_length", MESSAGE_LIMIT),
    ("grpc.max_send_message_length", MESSAGE_LIMIT),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    # Who retries is decided by the caller, which knows what a repeated delivery means.
    ("grpc.enable_retries", 0),
    # A line that was down for a day is tried again within seconds of the next call, not after gRPC's two minutes.
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.min_reconnect_backoff_ms", 1_000),
    ("grpc.max_reconnect_backoff_ms", 5_000),
)


@dataclass(frozen=True, slots=True)
class ClientIdentity:
    """What a client shows: private key (PEM PKCS #8, P-256, not encrypted, in memory only) and certificate (PEM)."""

    private_key: bytes = field(repr=False)
    certificate: bytes = field(repr=False)


def certificate_name(half: str, agency: AgencyId) -> str:
    """The DNS name in a certificate: `relay.th.dsdw`, `desk.th.dsdw`."""
    return f"{half}.{agency}"


def open_channel(endpoint: str, name: str, pinned: Sequence[bytes], identity: ClientIdentity) -> grpc.Channel:
    """A channel to `endpoint` (`host:port`) that talks only to a server showing one of `pinned` (X.509, DER) with the
    DNS name `name`. Nothing is sent before the first call. CallerError net.pins if nothing is pinned.
    """
    if not pinned:
        # Without roots gRPC would fall back on the public authorities of the machine.
        raise CallerError("net.pins")
    roots = "".join(ssl.DER_cert_to_PEM_cert(certificate) for certificate in pinned).encode("ascii")
    credentials = grpc.ssl_channel_credentials(roots, identity.private_key, identity.certificate)
    # Without the scheme gRPC would take `unix:1` in a stranger's record for a socket of this machine.
    return grpc.secure_channel(
        f"dns:///{endpoint}", credentials, options=[*_OPTIONS, ("grpc.ssl_target_name_override", name)]
    )
