"""Whether a registrar's signature on an agency's record counts: whose key it was, and what became of that key. Pure.

    the keyset stands           counts
    replaced in good order      counts, unless this node saw the replacement before it saw the record
    declared compromised        counts if made, and seen by this node, before the key was in other hands
    either of the last two      counts if *confirmed*: a later good registrar of the country, or of `int`, signed too

Whoever holds a registrar's old key can write any date; what they cannot write is when this node first saw a record, and
the signature of another registrar (spec: decisions, confirmed records).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest, country_of
from referral_proto.model.records import AgencyRecord, SignedRecord
from referral_proto.moment import Moment
from referral_proto.trust.federation import INTERNATIONAL, Federation
from referral_proto.trust.memory import FoldMemory
from referral_proto.trust.signed import signed_by

__all__ = ["COMPROMISED", "REPLACED", "Registrars"]

COMPROMISED: Final = "trust.registrar-compromised"
REPLACED: Final = "trust.registrar-replaced"
_NOT_YET: Final = Moment(253_402_300_799)


class Registrars:
    """The registrars of one federation, asked by one node. `seen`: record digest → first sight; None: it keeps none."""

    def __init__(self, chain: Federation, seen: Mapping[Digest, Moment] | None, memory: FoldMemory | None) -> None:
        self.chain, self._seen, self._memory = chain, seen, memory

    def judge(self, signed: SignedRecord, digest: Digest, record: AgencyRecord) -> None:
        """The registrar of the agency's own country. PeerError trust.record-signature, .registrar-compromised,
        .registrar-replaced.
        """
        country = country_of(AgencyId(record.agency))
        # Who is the second country of a recovery is not also the first: two registrars must be two.
        second = None if record.recovery is None else record.recovery.second_country
        code = self._code(signed, digest, record, country, international=second != INTERNATIONAL)
        if code:
            raise PeerError(code, record.agency)

    def judge_second(self, signed: SignedRecord, digest: Digest, record: AgencyRecord) -> None:
        """The second country's registrar, of a recovery. PeerError trust.recovery-unsupported, .registrar-compromised,
        .registrar-replaced.
        """
        assert record.recovery is not None
        second = record.recovery.second_country
        code = "trust.recovery-unsupported"
        if second != country_of(AgencyId(record.agency)):
            code = self._code(signed, digest, record, second, international=False)
        if code:
            raise PeerError("trust.recovery-unsupported" if code == "trust.record-signature" else code, record.agency)

    def _code(
        self, signed: SignedRecord, digest: Digest, record: AgencyRecord, country: str, *, international: bool
    ) -> str:
        tenure = self.chain.tenure(country, record.issued_at)
        if tenure is None or not signed_by(signed, [tenure.keys], self._memory):
            return "trust.record-signature"
        if tenure.replaced is None:
            return ""
        since = tenure.compromised_since
        if since is None:
            # Who keeps no first sights has the date alone. Of two that came together neither came later.
            if self._seen is None or self._sight(digest) <= self._sight(tenure.replaced):
                return ""
        elif self._seen is not None and max(record.issued_at, self._sight(digest)) < since:
            return ""
        confirming = (*tenure.later, *(tenure.later_international if international else ()))
        if signed_by(signed, confirming, self._memory):
            return ""
        return REPLACED if since is None else COMPROMISED

    def _sight(self, digest: Digest) -> Moment:
        return _NOT_YET if self._seen is None else self._seen.get(digest, _NOT_YET)
