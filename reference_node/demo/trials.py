"""The trials of trust: an agency changes its key, the old one is revoked, a registrar alone tries to replace it.

Everything is published in the repository, and the running nodes take it up by themselves. What is refused is refused
by the other country's relay, over the line, to somebody who has stolen whatever there is to steal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, MutableMapping
from contextlib import ExitStack
from functools import partial
from typing import Any, Final

from tuf.api.metadata import Timestamp

from reference_node import faults
from reference_node.demo.exchange import Exchange, Passage
from reference_node.demo.stage import KH, PARTIES, TH, Stage
from reference_node.demo.troupe import Troupe
from reference_node.keys import TlsIdentity, load_tls
from reference_node.rpc.desk_client import DeskClient
from reference_node.store.desk.rows import State
from referral_proto import AgencyId, Moment, OurError, SigningKeyset, WorldError, decode, explain
from referral_proto.adapters import SystemClock, disk, load_directory, load_signing_key, save_signing_key
from referral_proto.adapters.trust_drafts import read_as
from referral_proto.adapters.trust_paths import digest_of
from referral_proto.flow.cover import read_core
from referral_proto.flow.seal import Draft, Reader, seal_drafts
from referral_proto.ids import country_of
from referral_proto.model.envelope import Envelope
from referral_proto.moment import DAY
from referral_proto.ports import DeliverStatus, Delivery, Reply
from referral_proto.rpc import ClientIdentity, GrpcRelay
from referral_proto.trust.amend import revoke_keyset, rotate_keyset
from referral_proto.trust.issue import announce_relay, request_enrolment
from referral_proto.trust.standing import Status

__all__ = ["Trials"]

assert faults.DEMO  # the codes below are declared there

_FOLLOWING: Final = 60.0
_PAUSE: Final = 0.05
_COUNTRY: Final = country_of(TH)
_UNSUPPORTED: Final = "trust.keyset-unsupported"


class Trials:
    """`desks`: a client for each agency's desk; the restarted desk's replaces the one before. `stack` closes lines."""

    def __init__(
        self,
        stage: Stage,
        troupe: Troupe,
        desks: MutableMapping[AgencyId, DeskClient],
        exchange: Exchange,
        stack: ExitStack,
    ) -> None:
        self._stage, self._troupe, self._desks, self._exchange, self._stack = stage, troupe, desks, exchange, stack
        self._clock = SystemClock()
        self._lines: dict[AgencyId, GrpcRelay] = {}

    def rotate(self) -> tuple[SigningKeyset, Passage, dict[str, Any]]:
        """th.dsdw gets a new keyset while mail passes. Returns the old keyset, which nobody should have any more, and
        the last message that it signed.
        """
        stage, authorities = self._stage, self._stage.authorities
        file = stage.half(TH, "desk") / "keys" / "signing.key"
        old, new = load_signing_key(file, stage.passphrase), SigningKeyset.create(TH)
        identities = {agency: self._identity(agency) for agency in (TH, KH)}
        self._lines = {to: self._line(to, identities[to], identities[by]) for to, by in ((KH, TH), (TH, KH))}
        before = self._exchange.offer()
        self._signed_by(old, before)
        at = self._clock.now()
        record = authorities.approve(_COUNTRY, rotate_keyset(authorities.history(TH, at), new, at, old))
        # The relay's record, too, must stand on a key that will not be revoked.
        own = (stage.half(TH, "relay") / "records" / f"relay-{TH}.record").read_bytes()
        relay = announce_relay(new, stage.endpoints[TH], (identities[TH].der,), at, 1, digest_of(own))
        self._publish([record, relay], at)
        # The desk stops with this one in its hands, and has another key when it goes on.
        parting = self._exchange.hand_in_offer()
        self._troupe.stop(TH, "desk")
        disk.destroy(file, "signing key")
        save_signing_key(file, new, stage.passphrase)
        waiting = self._exchange.hand_in_accept(before.leaf)
        self._troupe.begin((TH, "desk"))
        self._desks[TH] = self._stack.enter_context(DeskClient(self._troupe.socket(TH), self._exchange.officer(TH)))
        after = self._exchange.offer()
        self._signed_by(new, after)
        for recipient, leaf in ((TH, waiting), (KH, parting)):
            _must(self._exchange.arrival(recipient, leaf).state is State.RECEIVED, "rotate: what waited")
        lost = self._exchange.lost()
        _must(lost == 0, "rotate: lost messages")
        messages = [one.hex() for one in (before.leaf, parting, waiting, after.leaf)]
        facts = {"agency": TH, "old": old.id.hex(), "new": new.id.hex(), "messages": messages, "lost": lost}
        return old, before, facts

    def revoke(self, old: SigningKeyset, before: Passage) -> dict[str, Any]:
        """The registrar ends the old keyset; what it signs now is refused, what came before stays good."""
        authorities, at = self._stage.authorities, self._clock.now()
        revoked = revoke_keyset(authorities.history(TH, at), old.id, at)
        self._publish([authorities.approve(_COUNTRY, revoked)], at)
        reply = self._deliver(old)
        _must(reply.code == "trust.keyset-revoked", "revoke: what the relay answers")
        key = self._desks[KH].show(before.leaf).message.key
        _must(key.status is Status.VALID, "revoke: what came before")
        return {"agency": TH, "keyset": old.id.hex(), **_refused(KH, reply.code), "earlier_message": key.status.name}

    def seize(self) -> dict[str, Any]:
        """The registrar alone publishes a keyset of its own making as the agency's."""
        authorities, at = self._stage.authorities, self._clock.now()
        false, history = SigningKeyset.create(TH), authorities.history(TH, at)
        record = history.record
        request = request_enrolment(
            false,
            {name.language: name.text for name in record.names},
            record.organisation_type,
            record.mandates,
            AgencyId(record.relay),
            at,
            sequence=record.sequence + 1,
            previous=history.digest,
        )
        self._publish([authorities.approve(_COUNTRY, request)], at)
        for party in PARTIES:
            self._wait(partial(self._noticed, party.agency), f"notice at {party.agency}")
        reply = self._deliver(false)
        _must(reply.code == "trust.unknown-keyset", "seize: what the relay answers")
        after = self._exchange.offer()
        good = [keys.id for keys in history.good(at)]
        _must(self._signer(after) in good, "seize: the key in force")
        return {
            "agency": TH,
            "by": f"{_COUNTRY}.registrar",
            "code": _UNSUPPORTED,
            "why": explain(_UNSUPPORTED).what,
            "noticed_by": [party.agency for party in PARTIES],
            "message": _refused(KH, reply.code),
            "keyset_in_force": self._signer(after).hex(),
            "messages": [after.leaf.hex()],
        }

    def _publish(self, records: list[bytes], at: Moment) -> None:
        """Publish for Thailand, and wait until both relays go by it."""
        authorities = self._stage.authorities
        authorities.add(_COUNTRY, records, at)
        # A relay shows what it has fetched before it acts on it. In one round it asks the folder and the other relay:
        # a third timestamp is of a later round, and the first one's is over.
        for _ in range(3):
            version = authorities.publish(self._clock.now())
            for to, line in self._lines.items():
                self._wait(partial(_shows, line, version), f"trust data at {to}")

    def _deliver(self, keys: SigningKeyset) -> Reply:
        """A thief who has these keys and the Thai relay's line writes to Cambodia; must be refused."""
        now = self._clock.now()
        key = load_directory(self._stage.auditor / "records").current_opening_key(KH, now)
        draft = Draft((Reader(KH, key),), b"forged", (), now, now.plus(DAY))
        (sealed,) = seal_drafts([draft], keys)
        replies = list[Reply]()

        def answered() -> bool:
            replies[:] = self._lines[KH].deliver([Delivery(sealed.envelope, KH)])
            if replies[0].status is not DeliverStatus.RETRY:
                return True
            # A relay whose trust data are older than the message asks for patience until it has newer ones.
            self._stage.authorities.publish(self._clock.now())
            return False

        self._wait(answered, f"answer of {KH}")
        _must(replies[0].status is DeliverStatus.REFUSED, "what a thief sends")
        return replies[0]

    def _signed_by(self, keys: SigningKeyset, passage: Passage) -> None:
        _must(self._signer(passage) == keys.id, "the key that signs")

    def _signer(self, passage: Passage) -> bytes:
        envelope = self._desks[passage.recipient].export(passage.leaf)
        return read_core(decode(Envelope, envelope).core).sender.keyset

    def _noticed(self, agency: AgencyId) -> bool:
        return _UNSUPPORTED in self._desks[agency].status().trust_notices

    def _identity(self, agency: AgencyId) -> TlsIdentity:
        folder = self._stage.half(agency, "relay")
        return load_tls(folder / "tls.key", folder / "tls.crt", self._stage.passphrase)

    def _line(self, to: AgencyId, pinned: TlsIdentity, shown: TlsIdentity) -> GrpcRelay:
        """To a relay, as another relay."""
        identity = ClientIdentity(shown.private_key, shown.certificate)
        line = GrpcRelay(self._stage.endpoints[to], to, (pinned.der,), identity)
        self._stack.callback(line.close)
        return line

    def _wait(self, until: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + _FOLLOWING
        while True:
            try:
                if until():
                    return
            except WorldError:
                # It may be dead, which is told better by the process, or busy.
                pass
            self._troupe.check()
            if time.monotonic() > end:
                raise WorldError("demo.timeout", what)
            time.sleep(_PAUSE)


def _shows(line: GrpcRelay, version: int) -> bool:
    """Whether the relay goes by that timestamp or a later one."""
    return read_as(Timestamp, line.trust_file("metadata/timestamp.json")).version >= version


def _refused(by: AgencyId, code: str) -> dict[str, str]:
    return {"refused_by": by, "code": code, "why": explain(code).what}


def _must(held: bool, what: str) -> None:
    if not held:
        raise OurError("demo.step", what)
