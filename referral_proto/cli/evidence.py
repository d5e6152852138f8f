"""`referral evidence`: a bundle out of files, claims, and the root file that auditors verify by. Judges no evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options, voice

if TYPE_CHECKING:
    from referral_proto.ids import AgencyId
    from referral_proto.moment import Moment

__all__ = ["command"]

_OUT = click.option("--out", type=options.FILE, required=True, help="The file to write.")


@click.group()
def command() -> None:
    """Put together what an auditor may verify: bundles of evidence, claims, and the root that all of it hangs on."""


@command.command("root")
@options.RECORDS
@_OUT
@options.FORCE
@options.AS_JSON
def root(records: Path, out: Path, force: bool, as_json: bool) -> None:
    """Write the root file of the federation whose records stand in the folder.

    The auditor must get the root by another way than the evidence: compare it with what a founding state published.
    """
    from referral_proto.adapters.evidence_files import root_text, write_root
    from referral_proto.adapters.records import records_from

    text, digest = root_text(records_from(records))
    write_root(out, text, replace=force)
    if as_json:
        voice.document({"root": digest.hex()})
    else:
        voice.say(f"root {digest.hex()}")


@command.command("export")
@click.option("--cover", type=options.FILE, help="The message's cover. Or --sealed.")
@click.option("--sealed", type=options.FILE, help="The sealed file that was sent; its cover is taken from it.")
@click.option("--receipt", type=options.FILE, multiple=True, help="A receipt of its delivery; one for each recipient.")
@click.option("--acknowledgement", type=options.FILE, multiple=True, help="What a recipient's desk signed.")
@click.option("--acknowledgement-receipt", type=options.FILE, multiple=True, help="Receipt of an acknowledgement.")
@click.option("--earlier-checkpoint", type=options.FILE, multiple=True, help="A checkpoint from before the delivery.")
@click.option("--claim", type=options.FILE, multiple=True, help="A claim, as `referral evidence claim` writes it.")
@options.RECORDS
@_OUT
@options.FORCE
@options.AS_JSON
def export(
    cover: Path | None,
    sealed: Path | None,
    receipt: tuple[Path, ...],
    acknowledgement: tuple[Path, ...],
    acknowledgement_receipt: tuple[Path, ...],
    earlier_checkpoint: tuple[Path, ...],
    claim: tuple[Path, ...],
    records: Path,
    out: Path,
    force: bool,
    as_json: bool,
) -> None:
    """Make a bundle of one message out of files. Whose receipt it is, is read from each file.

    It holds no content: a cover, what logs and desks signed, and the records of everybody named. Verify it before you
    hand it over.
    """
    from referral_proto.adapters.evidence_files import read_evidence, write_evidence
    from referral_proto.adapters.records import records_from
    from referral_proto.flow.evidence.collect import Piece, bundle_of

    if (cover is None) == (sealed is None):
        raise click.UsageError("Name either --cover or --sealed.")
    whole = read_evidence(cover or sealed or Path())
    pieces = {
        Piece.RECEIPT: receipt,
        Piece.ACKNOWLEDGEMENT: acknowledgement,
        Piece.ACKNOWLEDGEMENT_RECEIPT: acknowledgement_receipt,
        Piece.EARLIER_CHECKPOINT: earlier_checkpoint,
    }
    held = {piece: [read_evidence(file) for file in files] for piece, files in pieces.items()}
    claims = [read_evidence(file) for file in claim]
    bundle, summary = bundle_of(whole, sealed is not None, held, claims, records_from(records))
    write_evidence(out, bundle, replace=force)
    said: dict[str, Any] = {"bytes": len(bundle), "digest": bundle[-32:].hex(), "leaf": summary.leaf.hex()}
    if as_json:
        voice.document(said)
    else:
        voice.say(f"wrote {len(bundle):,} bytes, digest {bundle[-32:].hex()[:16]}; nothing was verified")


@command.command("claim")
@click.argument("kind", type=options.CodeName("ClaimKind"))
@click.option("--key", type=options.FILE, required=True, help="Key file of the claimant's signing keyset.")
@click.option("--leaf", type=options.Hex(32), required=True, help="Leaf of the message.")
@click.option("--recipient", type=options.AGENCY, required=True, help="The recipient from whom nothing came.")
@click.option("--due", type=options.MOMENT, metavar="TIME", help="answer-due: by when an answer was due.")
@options.AT
@options.PASSPHRASE_FILE
@_OUT
@options.FORCE
def claim(
    kind: Any,
    key: Path,
    leaf: bytes,
    recipient: AgencyId,
    due: Moment | None,
    at: Moment | None,
    passphrase_file: Path | None,
    out: Path,
    force: bool,
) -> None:
    """Sign a claim: no-answer, answer-due or no-acknowledgement. It proves that your agency says so, no more."""
    from referral_proto.adapters.evidence_files import write_evidence
    from referral_proto.adapters.keyfiles import load_signing_key
    from referral_proto.flow.evidence.claim import sign_claim

    keys = load_signing_key(key, options.passphrase(passphrase_file))
    about: dict[str, Any] = {"leaf": leaf, "recipient": recipient} | ({} if due is None else {"due_at": due})
    write_evidence(out, sign_claim(keys, kind, options.moment(at), **about), replace=force)
    voice.say(f"{keys.agency} claims: {kind.name.lower().replace('_', ' ')}")
