"""The domain labels, spelled here and in the spec letter for letter, and nowhere else. No code.

One label, one use. A label is never reused for another purpose, not even in a later version: a hash, a signature or
a ciphertext made for one purpose must mean nothing for any other.

| label           | what stands under it                                                              |
|-----------------|-----------------------------------------------------------------------------------|
| section         | hash: the commitment to one section                                               |
| core            | hash: the core's exact bytes                                                      |
| rings, bodies   | hash: all rings, all bodies of an envelope                                        |
| leaf            | hash: the envelope as a whole, before it becomes a leaf                           |
| body            | associated data of a body's cipher                                                |
| ring            | HPKE info of a ring                                                               |
| seal            | signature: root of a batch of envelopes                                           |
| signing-keyset  | hash: identifier of a signing keyset                                              |
| opening-key     | hash: identifier of an opening key                                                |
| possession      | signature and hash: an agency holds the keyset that it enrols                     |
| record          | signature and hash: a record of the trust registry                                |
| key-file        | checksum and associated data of a key file                                        |
| key-text        | checksum of a public key written as text                                          |
| matrix          | hash: a disclosure matrix                                                         |
| profile         | hash: a corridor profile                                                          |
| log-event       | hash: an event, before it becomes a leaf of a log                                 |
| log-veil        | hash: the mask under which a relay keeps an event, so that it goes with its nonce |
| checkpoint      | hash: the text of a checkpoint                                                    |
| witness         | hash: identifier of a witness's keys                                              |
| acknowledgement | signature: what a desk says about an envelope that it got                         |
| actor           | hash: who did something at a desk, known to its agency only                       |
| claim           | signature: what whoever exports evidence says beside what it proves               |
"""

from __future__ import annotations

from typing import Final

from referral_proto.crypto.digest import Label

__all__ = [
    "ACKNOWLEDGEMENT",
    "ACTOR",
    "ALL",
    "BODIES",
    "BODY",
    "CHECKPOINT",
    "CLAIM",
    "CORE",
    "KEY_FILE",
    "KEY_TEXT",
    "LEAF",
    "LOG_EVENT",
    "LOG_VEIL",
    "MATRIX",
    "OPENING_KEY",
    "POSSESSION",
    "PROFILE",
    "RECORD",
    "RING",
    "RINGS",
    "SEAL",
    "SECTION",
    "SIGNING_KEYSET",
    "WITNESS",
]

SECTION: Final = Label("section")
CORE: Final = Label("core")
RINGS: Final = Label("rings")
BODIES: Final = Label("bodies")
LEAF: Final = Label("leaf")
BODY: Final = Label("body")
RING: Final = Label("ring")
SEAL: Final = Label("seal")
SIGNING_KEYSET: Final = Label("signing-keyset")
OPENING_KEY: Final = Label("opening-key")
POSSESSION: Final = Label("possession")
RECORD: Final = Label("record")
KEY_FILE: Final = Label("key-file")
KEY_TEXT: Final = Label("key-text")
MATRIX: Final = Label("matrix")
PROFILE: Final = Label("profile")
LOG_EVENT: Final = Label("log-event")
LOG_VEIL: Final = Label("log-veil")
CHECKPOINT: Final = Label("checkpoint")
WITNESS: Final = Label("witness")
ACKNOWLEDGEMENT: Final = Label("acknowledgement")
ACTOR: Final = Label("actor")
CLAIM: Final = Label("claim")

ALL: Final = (
    SECTION,
    CORE,
    RINGS,
    BODIES,
    LEAF,
    BODY,
    RING,
    SEAL,
    SIGNING_KEYSET,
    OPENING_KEY,
    POSSESSION,
    RECORD,
    KEY_FILE,
    KEY_TEXT,
    MATRIX,
    PROFILE,
    LOG_EVENT,
    LOG_VEIL,
    CHECKPOINT,
    WITNESS,
    ACKNOWLEDGEMENT,
    ACTOR,
    CLAIM,
)
