"""What an envelope says about itself, readable or not: its leaf, who claims to have sent it, and for which key.

Of mail that could not be admitted nothing here is verified: it names the mail to the relay that handed it over.
"""

from __future__ import annotations

from reference_node.store.desk.proving import Arrival
from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from referral_proto.errors import PeerError, ReferralError
from referral_proto.flow.cover import read_core
from referral_proto.flow.seal import leaf_of
from referral_proto.ids import AgencyId, agency_id
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.model.envelope import Core, Envelope
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode

__all__ = ["arrival_of", "opening_key_for"]


def opening_key_for(core: Core, agency: AgencyId) -> bytes | None:
    """The opening key that the envelope names for `agency`; None if it is not among the recipients."""
    return next((one.opening_key for one in core.recipients if one.agency == agency), None)


def arrival_of(
    envelope: bytes, agency: AgencyId, kind: AcknowledgementKind, at: Moment, *, by_relay: bool
) -> Arrival | None:
    """None if the bytes are not even an envelope: no relay's log can have it, and nothing can be said about it."""
    try:
        parts = decode(Envelope, envelope)
        core = read_core(parts.core)
        sender = agency_id(core.sender.agency)
        leaf = leaf_of(
            labelled_hash(labels.CORE, parts.core),
            labelled_hash(labels.RINGS, *parts.rings),
            labelled_hash(labels.BODIES, *parts.bodies),
        )
    except (PeerError, ReferralError):
        return None
    return Arrival(leaf, sender, opening_key_for(core, agency), by_relay, kind, at)
