"""What ends soon, or has ended: certificates, signing keysets, opening keys. One answer for doctor, log and metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from reference_node import faults
from reference_node.keys import ends_at
from reference_node.observe import Metrics
from reference_node.trust.health import Notice
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory

if TYPE_CHECKING:
    from reference_node.trust.keeper import TrustKeeper

__all__ = ["KEY_ENDS_SOON", "OPENING_ENDS_SOON", "gauge_ends", "keyset_ends", "own_ends"]

assert faults.DOCTOR  # the codes below are declared there

KEY_ENDS_SOON: Final = 30 * DAY
"""Seconds before the end of a certificate or a signing keyset at which it is announced."""
OPENING_ENDS_SOON: Final = 3 * DAY
"""The same for the last published opening key of an agency; from then on a later one is asked for."""


def keyset_ends(directory: Directory, agency: AgencyId, now: Moment) -> Moment:
    """When the agency's last signing keyset ends that is not revoked; `now` if there is none.

    Raises PeerError trust.unknown-agency, trust.agency-withdrawn.
    """
    record = directory.agency(agency)
    if directory.withdrawn(agency, now):
        raise PeerError("trust.agency-withdrawn", agency)
    entries = [one for one in record.signing_keysets if one.revoked_at is None or one.revoked_at > now]
    return max((one.not_after_at for one in entries), default=now)


def own_ends(
    agencies: Iterable[AgencyId], shown: Callable[[], bytes]
) -> Callable[[Directory, Moment], Iterator[Notice]]:
    """Notices about what a half needs itself: the keys of these agencies, and the certificate (DER) that it shows."""
    own = tuple(agencies)

    def found(directory: Directory, now: Moment) -> Iterator[Notice]:
        if ends_at(shown()) <= now.plus(KEY_ENDS_SOON):
            yield Notice("doctor.certificate-ends", "own certificate")
        for agency in own:
            try:
                ends = keyset_ends(directory, agency, now)
            except PeerError as error:
                unknown = error.code == "trust.unknown-agency"
                yield Notice("doctor.not-enrolled" if unknown else error.code, agency)
                continue
            if ends <= now.plus(KEY_ENDS_SOON):
                yield Notice("doctor.keyset-ends", agency)
            opening = directory.opening_key_ends(agency, now)
            if opening is None or opening <= now.plus(OPENING_ENDS_SOON):
                yield Notice("doctor.opening-key", agency)

    return found


def gauge_ends(metrics: Metrics, keeper: TrustKeeper, own: Iterable[AgencyId], shown: Callable[[], bytes]) -> None:
    """Seconds since 1970 at which the first of them ends: for Prometheus, which does the sums. 0: there is none."""
    agencies = tuple(own)

    def signing() -> float:
        try:
            return float(min(keyset_ends(keeper.directory, one, keeper.now()) for one in agencies))
        except PeerError:
            return 0.0

    def opening() -> float:
        return float(min(keeper.directory.opening_key_ends(one, keeper.now()) or 0 for one in agencies))

    metrics.gauge("tls_certificate_ends_at", lambda: float(ends_at(shown())))
    metrics.gauge("signing_keyset_ends_at", signing)
    metrics.gauge("opening_key_ends_at", opening)
