"""The table of `referral trust`: its commands, in the order in which a federation needs them. Does nothing."""

from __future__ import annotations

import click

from referral_proto.cli.trust import agency, drafting, founding, publishing, reading, registrar, signing

__all__ = ["command"]


@click.group()
def command() -> None:
    """Found a federation, enrol agencies, change and end keys, publish; each person's part on a machine of their own.

    Nothing needs a network. Requests, drafts and signatures are files that travel; every command first says what it
    would do. docs/key-ceremony.md walks through it, docs/trust.md says what operators see.
    """


for _module in (founding, drafting, agency, registrar, signing, publishing, reading):
    for _one in _module.COMMANDS:
        command.add_command(_one)
