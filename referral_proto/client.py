"""AgencyClient: what an integrator's program calls to send and receive sealed envelopes through its agency's relay.

Cuts work into calls the relay takes, and keeps the order of store and confirm that loses nothing. Opens, keeps and
retries nothing: the caller's store is the durable side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from referral_proto.ids import AgencyId
from referral_proto.ports import MAX_BATCH, MAX_BATCH_BYTES, Collected, Mailbox, Outcome, Reply

__all__ = ["AgencyClient", "calls"]


class AgencyClient:
    """One agency's side of its own relay, over any Mailbox. Errors are those of the Mailbox."""

    def __init__(self, agency: AgencyId, mailbox: Mailbox) -> None:
        self.agency = agency
        self._mailbox = mailbox

    def submit(self, envelopes: Sequence[bytes]) -> tuple[Reply, ...]:
        """Hand over any number of envelopes; one reply each, in order. If it raises, submit all again: what the relay
        took already is answered DUPLICATE.
        """
        return tuple(reply for call in calls(envelopes) for reply in self._mailbox.submit(call))

    def receive(self, store: Callable[[tuple[Collected, ...]], None], cursor: int = 0) -> int:
        """Fetch what waits after `cursor`, batch by batch. `store` must have made a batch durable when it returns;
        only then is it confirmed. Returns the last cursor. If anything raises, call again: what was stored but not
        confirmed comes once more, so `store` must accept an envelope twice.
        """
        while batch := self._mailbox.collect(self.agency, cursor):
            store(batch)
            cursor = batch[-1].cursor
            self._mailbox.confirm(self.agency, cursor)
        return cursor

    def outcomes(self, cursor: int = 0) -> Iterator[Outcome]:
        """What became of submitted envelopes, after `cursor`, oldest first."""
        while batch := self._mailbox.outcomes(self.agency, cursor):
            yield from batch
            cursor = batch[-1].cursor


def calls(envelopes: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Cut into runs of at most MAX_BATCH envelopes and MAX_BATCH_BYTES, in order. An envelope that is larger than that
    stands alone, for the relay to refuse.
    """
    cuts, size, count = [0], 0, 0
    for place, envelope in enumerate(envelopes):
        if count and (count == MAX_BATCH or size + len(envelope) > MAX_BATCH_BYTES):
            cuts.append(place)
            size = count = 0
        size += len(envelope)
        count += 1
    cuts.append(len(envelopes))
    return (envelopes[start:end] for start, end in pairwise(cuts) if end > start)
