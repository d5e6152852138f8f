"""The access log: every opening, disclosure and export is an event in the desk's own tree, entered before anything is
given out. No log, no content.

    actor = TH(actor, agency, salt, name)

The log holds digests; the name and the salt, which is drawn once for each person, stay on the desk, for the agency to
explain: without the salt nobody can find a name by trying names, and showing one tells nothing of the others. The log's
heads are signed with the desk's log key and anchored in the log of the agency's relay, which witnesses watch, and which
takes no head that does not begin with the last: an entry is not removed unseen, by whoever has this database or puts an
old copy of it back, unless the relay's keeper helps.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from reference_node.store.desk.access import AccessBook, Beside
from reference_node.store.engine import Database
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.labels import ACTOR
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.ids import AgencyId, Digest, Leaf
from referral_proto.log.event import new_event
from referral_proto.log.head import Head, desk_origin
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import Moment
from referral_proto.ports import Clock

__all__ = ["LONGEST_NAME", "AccessLog", "actor_digest"]

LONGEST_NAME: Final = 160


def actor_digest(agency: AgencyId, salt: bytes, name: str) -> Digest:
    """What stands in the log for a person: only who has salt and name can tell whose it is."""
    return Digest(labelled_hash(ACTOR, agency.encode(), salt, name.encode()))


class AccessLog:
    """May be used by several threads. keys: None leaves heads unsigned, as in a test without a relay."""

    def __init__(self, database: Database, agency: AgencyId, keys: LogKeys | None, clock: Clock, someone: str) -> None:
        """someone: the desk's own user, who alone can ask it. A name that a caller gives stands behind it."""
        self.book = AccessBook(database, desk_origin(agency))
        self._database, self._agency, self._keys = database, agency, keys
        self._clock, self._someone = clock, someone

    def opened(self, leaf: Leaf, actor: str | None) -> None:
        """A person is about to be shown a message. Durable on return. WorldError store.*, log.*."""
        self._alone(LogEventKind.OPENED, leaf, actor)

    def exported(self, leaf: Leaf | Digest, actor: str | None) -> None:
        """A message, evidence about it, or this log up to a head is about to leave the desk as a file. As `opened`."""
        self._alone(LogEventKind.EXPORTED, leaf, actor)

    def disclosing(self, leaf: Leaf, recipients: Iterable[AgencyId], actor: str | None) -> Beside | None:
        """Sections are passed on to other agencies: what is to run in the transaction that queues the message."""
        at = self._clock.now()
        digest = self._person(actor, at)
        added = [
            new_event(LogEventKind.DISCLOSED, leaf, at, sender=self._agency, recipient=one, actor=digest)
            for one in sorted(recipients)
        ]
        return partial(self.book.enter, added=added) if added else None

    def lost(self, head: Head) -> None:
        """This log does not begin with a head of it that was anchored: from now on it names that head."""
        event = new_event(LogEventKind.ORIGIN, head.digest(), self._clock.now(), sender=self._agency)
        self._database.write(partial(self.book.enter, added=(event,)))

    def sign(self) -> None:
        """Sign the head, if it grew, so that it can be anchored. WorldError store.*, log.forked."""
        if self._keys is not None:
            self.book.sign(self._keys, self._clock.now())

    def _alone(self, kind: LogEventKind, subject: Leaf | Digest, actor: str | None) -> None:
        at = self._clock.now()
        event = new_event(kind, subject, at, actor=self._person(actor, at))
        self._database.write(partial(self.book.enter, added=(event,)))

    def _person(self, actor: str | None, at: Moment) -> Digest:
        name = self._someone if actor is None or actor == self._someone else f"{self._someone}: {actor}"
        name = name[:LONGEST_NAME]
        return self.book.person(name, at, lambda salt: actor_digest(self._agency, salt, name))
