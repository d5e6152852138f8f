"""The table of `referral trust`: its commands, in the order in which a federation needs them. Does nothing."""

from __future__ import annotations

from typing import Any, Final

import click

from referral_proto.cli.trust import (
    agency,
    confirming,
    drafting,
    founding,
    guarding,
    publishing,
    reading,
    registrar,
    signing,
)

__all__ = ["command"]

_EXTRA: Final = frozenset(("tuf", "securesystemslib"))


class _Trades(click.Group):
    """Says what to install where the repository's library is missing; a request for enrolment needs none of it."""

    def invoke(self, ctx: click.Context) -> Any:
        from referral_proto.errors import CallerError

        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in _EXTRA:
                raise
        raise CallerError("cli.trust-extra")


@click.group(cls=_Trades)
def command() -> None:
    """Found a federation, enrol agencies, change and end keys, publish; each person's part on a machine of their own.

    Nothing needs a network. Requests, drafts and signatures are files that travel; every command first says what it
    would do. docs/key-ceremony.md walks through it, docs/trust.md says what operators see.
    """


for _module in (founding, guarding, drafting, agency, registrar, confirming, signing, publishing, reading):
    for _one in _module.COMMANDS:
        command.add_command(_one)
