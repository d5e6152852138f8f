"""By hand: sealed files in and out of a relay's database, for the days without a network.

What comes in takes the same way as over the line, except that nobody's certificate can be asked: the envelope's own
signature has to do. Its receipts travel back as a file. May run beside a relay that is serving.
"""

from __future__ import annotations

from reference_node.relay.intake import Intake
from reference_node.store.engine import Database
from reference_node.store.relay import mailbox as rows
from referral_proto import AgencyId, Leaf
from referral_proto.errors import CallerError, OurError, PeerError
from referral_proto.flow.cover import read_core
from referral_proto.model.envelope import Envelope
from referral_proto.ports import Delivery, Reply
from referral_proto.wire import decode

__all__ = ["ByHand"]


class ByHand:
    """agencies: those served here. intake: None if nothing is to be brought in."""

    def __init__(self, database: Database, intake: Intake | None, agencies: tuple[AgencyId, ...]) -> None:
        self._database, self._intake, self._agencies = database, intake, agencies

    def bring(self, envelope: bytes) -> dict[AgencyId, Reply]:
        """Take in a sealed file for each of its recipients that is served here; a reply's receipt is for the sender.

        Raises PeerError envelope.malformed, core.*, relay.not-served if it is for nobody here.
        """
        try:
            core = read_core(decode(Envelope, envelope).core)
        except PeerError as error:
            raise PeerError("envelope.malformed" if error.code.startswith("wire.") else error.code) from None
        here = [AgencyId(r.agency) for r in core.recipients if r.agency in self._agencies]
        if not here:
            raise PeerError("relay.not-served")
        if self._intake is None:
            raise OurError("ours.broken-promise", "by hand")
        replies = self._intake.take([Delivery(envelope, recipient) for recipient in here], None)
        return dict(zip(here, replies, strict=True))

    def take_out(self, leaf: Leaf) -> bytes:
        """The sealed bytes of an envelope that waits here, in or out; nothing changes, and its delivery is still tried.

        Raises CallerError relay.no-such-envelope, WorldError store.*.
        """
        with self._database.read() as connection:
            data = rows.waiting(connection, leaf)
        if data is None:
            raise CallerError("relay.no-such-envelope")
        return data

    def outgoing(self) -> list[tuple[Leaf, AgencyId]]:
        """What waits to be delivered: leaf and recipient. Raises WorldError store.*."""
        with self._database.read() as connection:
            return rows.outgoing(connection)
