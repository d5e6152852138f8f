"""One key, one agency: whose a signing key is that two agencies claim. Takes no agency out of the directory. Pure.

Both proved that they hold the key, so it was stolen or lent. Identifiers of keysets contain the agency: a key that two
share lets neither sign as the other, and who brings a stolen key must not take its owner away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from referral_proto.ids import AgencyId, KeysetId
from referral_proto.moment import Moment
from referral_proto.trust.agency import History

__all__ = ["Claim", "settle", "without"]


class Claim(NamedTuple):
    """`agency` claims a key that another has too. `late`: it came later, and its keyset does not count."""

    agency: AgencyId
    keyset: KeysetId
    late: bool


def settle(histories: Mapping[str, History]) -> list[Claim]:
    """Every keyset of which a half stands at another agency too, except the one that this node saw first. First seen
    together, or by who keeps no first sights, none of them is late.
    """
    holders: dict[bytes, list[tuple[Moment | None, AgencyId, KeysetId]]] = {}
    for _, history in sorted(histories.items()):
        for id_, known in history.keysets.items():
            for half in (known.keys.ed25519, known.keys.mldsa65):
                holders.setdefault(half, []).append((known.sight, history.agency, id_))
    claims: dict[KeysetId, Claim] = {}
    for held in holders.values():
        if len({agency for _, agency, _ in held}) < 2:
            continue
        first = min(sight or Moment(0) for sight, _, _ in held)
        owners = {agency for sight, agency, _ in held if (sight or Moment(0)) == first}
        for _, agency, id_ in held:
            if owners != {agency}:
                late = agency not in owners or (id_ in claims and claims[id_].late)
                claims[id_] = Claim(agency, id_, late)
    return list(claims.values())


def without(histories: Mapping[str, History], claims: Iterable[Claim]) -> dict[str, History]:
    """The histories without the keysets that came late."""
    late = {claim.keyset for claim in claims if claim.late}
    return {
        agency: replace(history, keysets={id_: one for id_, one in history.keysets.items() if id_ not in late})
        if late & history.keysets.keys()
        else history
        for agency, history in histories.items()
    }
