"""Envelopes, one by one and in batches, beside the same cryptography done raw. Also their size, part by part."""

from __future__ import annotations

from bench.codec import peer_decoder
from bench.figures import Figure, batch_beside_signature, beside, beside_with_signature, plain
from bench.raw import Raw
from bench.samples import Case, Match, Samples
from bench.scene import AT, Scene
from referral_proto.crypto.body import SALT_SIZE
from referral_proto.crypto.hpke import OVERHEAD
from referral_proto.crypto.memory import SealMemory
from referral_proto.flow.admit import admit
from referral_proto.flow.cover import verify_cover
from referral_proto.flow.open import open_envelope
from referral_proto.flow.seal import Sealed, seal_drafts
from referral_proto.flow.unseal import unseal
from referral_proto.model.envelope import Core, Envelope
from referral_proto.wire import decode, encode_section

__all__ = ["Envelopes"]

BATCH_TURNS = 5
TAG, KEY, LENGTH = 16, 32, 4


class Envelopes:
    """Matches and figures of sealing, verifying and opening; a batch has `batch` messages."""

    def __init__(self, scene: Scene, rounds: int, batch: int) -> None:
        self.scene = scene
        self.batch = batch
        (self.sealed,) = seal_drafts([scene.draft], scene.keys)
        (self.offer,) = seal_drafts([scene.offer], scene.keys)
        self.raw = Raw(scene, self.sealed)
        self.batch_every = max(rounds // BATCH_TURNS, 1)
        self.drafts = [scene.draft] * batch
        self.batch_sealed: tuple[Sealed, ...] = seal_drafts(self.drafts, scene.keys)
        self.memory = SealMemory()
        models = {encode_section(section): type(section) for section in scene.models}
        self.decoders = [peer_decoder(models[section]) for section in self.raw.open()]

    def matches(self) -> list[Match]:
        """One for each figure; batches come a few times in a run."""
        scene, raw, data, cover = self.scene, self.raw, self.sealed.envelope, self.sealed.cover
        reader, directory, keyring, drafts = scene.reader, scene.directory, scene.keyring, [scene.draft]

        def admit_one() -> object:
            return admit(data, reader, directory, AT)

        def unseal_one() -> object:
            return unseal(admit(data, reader, directory, AT), keyring)

        def open_one() -> object:
            return open_envelope(admit(data, reader, directory, AT), keyring, directory)

        def open_offer() -> object:
            return open_envelope(admit(self.offer.envelope, reader, directory, AT), keyring, directory)

        return [
            Match(
                (
                    Case("raw seal", raw.seal, aside=raw.watch),
                    Case("seal", lambda: seal_drafts(drafts, scene.keys), aside=scene.watch),
                )
            ),
            Match((Case("raw verify", raw.verify), Case("verify", lambda: verify_cover(cover, directory, AT)))),
            Match((Case("raw open", raw.open), Case("unseal", unseal_one))),
            Match((Case("raw open, again", raw.open), Case("open", open_one), Case("floor", self._raw_models))),
            Match((Case("admit", admit_one), Case("open offer", open_offer))),
            *self._batches(),
        ]

    def _raw_models(self) -> None:
        for read, section in zip(self.decoders, self.raw.open(), strict=True):
            read(section)

    def _batches(self) -> list[Match]:
        scene, every, count = self.scene, self.batch_every, self.batch

        def forget() -> None:
            self.memory = SealMemory()

        def verify_batch() -> None:
            for one in self.batch_sealed:
                verify_cover(one.cover, scene.directory, AT, self.memory)

        def admit_batch() -> None:
            for one in self.batch_sealed:
                admit(one.envelope, scene.reader, scene.directory, AT, self.memory)

        return [
            Match((Case(name, call, count, prepare),), times=1, every=every)
            for name, call, prepare in (
                ("batch seal", lambda: seal_drafts(self.drafts, scene.keys), None),
                ("batch verify", verify_batch, forget),
                ("batch admit", admit_batch, forget),
            )
        ]

    def figures(self, taken: dict[str, Samples]) -> list[Figure]:
        """In the order of the work."""
        each = f"batch of {self.batch:,}, each:"
        return [
            beside_with_signature("seal, from section bytes", taken["seal"], "raw seal", taken["raw seal"], 1.10),
            beside("verify_cover", taken["verify"], "raw verify", taken["raw verify"], 1.12),
            beside("admit + unseal, to bytes", taken["unseal"], "raw open", taken["raw open"], 1.15),
            beside("admit + open, to models", taken["open"], "raw open", taken["raw open, again"], 1.35),
            beside("  the same", taken["open"], "raw + parse, read, validate", taken["floor"], None),
            plain("an offer (control, preview): admit + open", taken["open offer"]),
            plain("admit alone", taken["admit"]),
            batch_beside_signature(f"{each} seal", taken["batch seal"], "raw single seal", taken["raw seal"], 0.50),
            beside(f"{each} verify_cover", taken["batch verify"], "raw single verify", taken["raw verify"], 0.18),
            plain(f"{each} admit", taken["batch admit"]),
            self._size(),
        ]

    def _size(self) -> Figure:
        envelope, sections = decode(Envelope, self.sealed.envelope), self.scene.sections
        core = decode(Core, envelope.core)
        content, count = sum(map(len, sections)), len(sections)
        commitments = sum(map(len, core.commitments))
        signatures = len(envelope.seal.ed25519) + len(envelope.seal.mldsa65)
        least = content + TAG * count + len(core.recipients) * (KEY * count + OVERHEAD) + signatures + commitments
        heads = (LENGTH + SALT_SIZE) * count
        parts = {
            "sections": content,
            "body tags": TAG * count,
            "lengths and salts": heads,
            "padding": sum(map(len, envelope.bodies)) - content - TAG * count - heads,
            "rings": sum(map(len, envelope.rings)),
            "signatures": signatures,
            "commitments": commitments,
            "rest of the core": len(envelope.core) - commitments,
        }
        total = len(self.sealed.envelope)
        parts["protobuf framing"] = total - sum(parts.values())
        shares = ", ".join(f"{name} {size:,} ({size / total:.1%})" for name, size in parts.items())
        ratio = total / least
        return Figure(
            "envelope on the wire", "B", total, total, "raw sum", least, least, ratio, ratio, ratio, 1.45, 1, shares
        )
