"""`referral inspect`: what anybody who holds a sealed file or a cover can see of it. No key, no records, no verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options, voice

if TYPE_CHECKING:
    from referral_proto.model.envelope import Core, Cover, Envelope

__all__ = ["command"]

_WARNING = "Nothing here has been verified: anybody could have written this file. `referral verify` checks it."


@click.command()
@click.argument("file", type=options.FILE)
@options.AS_JSON
def command(file: Path, as_json: bool) -> None:
    """Show what anybody sees of a sealed file or a cover: sender, recipients, times, padded sizes. Verifies nothing."""
    from referral_proto.adapters.sealed import read_sealed
    from referral_proto.cli.checks import look

    data = read_sealed(file)
    whole, core = look(data)
    facts = _facts(whole, core, len(data))
    if as_json:
        voice.document({"verified": False, "warning": _WARNING, **facts})
        return
    voice.say(_WARNING, voice.Style.MARK)
    for name, value in facts.items():
        _show(name.replace("_", " "), value)


def _facts(whole: Envelope | Cover, core: Core, size: int) -> dict[str, Any]:
    from referral_proto.crypto import labels
    from referral_proto.crypto.digest import labelled_hash
    from referral_proto.flow.seal import leaf_of
    from referral_proto.model.envelope import Envelope

    if isinstance(whole, Envelope):
        rings = labelled_hash(labels.RINGS, *whole.rings)
        bodies = labelled_hash(labels.BODIES, *whole.bodies)
        parts = {"ring_bytes": [len(one) for one in whole.rings], "body_bytes": [len(one) for one in whole.bodies]}
    else:
        rings, bodies, parts = whole.rings_digest, whole.bodies_digest, {}
    return {
        "file": "sealed" if parts else "cover",
        "bytes": size,
        "suite": core.suite,
        "sender": core.sender.agency,
        "signing_key": core.sender.keyset.hex(),
        "recipients": [{"agency": one.agency, "opening_key": one.opening_key.hex()} for one in core.recipients],
        "created_at": core.created_at.iso(),
        "expires_at": core.expires_at.iso(),
        "message_id": core.message_id.hex(),
        "padded_sections": len(core.commitments),
        **parts,
        "batch": f"leaf {whole.seal.index} of {1 << len(whole.seal.path)}",
        "leaf": leaf_of(labelled_hash(labels.CORE, whole.core), rings, bodies).hex(),
    }


def _show(name: str, value: Any) -> None:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        for one in value:
            voice.say(f"{name.removesuffix('s')}: {one['agency']} (opening key {_grouped(one['opening_key'])})")
    elif isinstance(value, list):
        voice.say(f"{name}: {', '.join(f'{one:,}' for one in value)}")
    else:
        text = _grouped(value) if name == "signing key" else value
        voice.say(f"{name}: {f'{text:,}' if isinstance(text, int) else text}")


def _grouped(digits: str) -> str:
    """As a fingerprint is written where it is compared."""
    from referral_proto.crypto.keytext import fingerprint

    return fingerprint(bytes.fromhex(digits))
