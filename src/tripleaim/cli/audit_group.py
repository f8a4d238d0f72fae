"""The `tripleaim audit …` commands."""

from __future__ import annotations

from typing import Annotated

import typer

from tripleaim.cli.door import guarded

audit = typer.Typer(name="audit", help="Prove that nothing in the workspace was altered.", no_args_is_help=True)


@audit.callback()
def _audit() -> None:
    """Prove that nothing in the workspace was altered."""


@audit.command("verify")
def _verify(
    noted: Annotated[
        str, typer.Option(metavar="NUMBER:HASH", help="What an earlier proof said to write down.", show_default=False)
    ] = "",
) -> None:
    """Prove the chain of the audit, and every plan and version.

    Ends with 0 where all holds, and with 2 and a list where something was altered, left out or put in.

    Example: tripleaim audit verify
    """
    from tripleaim.cli.audit import verify

    raise typer.Exit(guarded(False, lambda: verify(noted)))
