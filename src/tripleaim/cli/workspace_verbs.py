"""The verbs that open and keep the shared workspace, as the command line takes them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.door import guarded

keeping = typer.Typer()
"""serve, backup and restore: taken among the verbs of `tripleaim`."""


@keeping.command("serve")
def _serve(
    port: Annotated[int, typer.Option(metavar="<int>", help="Where it answers; 0 takes any port that is free.")] = 8000,
    host: Annotated[
        str, typer.Option(help="The address it answers at; any but this machine's in production alone.")
    ] = "127.0.0.1",
    email: Annotated[str, typer.Option(help="Address of who keeps the workspace.", show_default=False)] = "",
) -> None:
    """Open the shared workspace in a browser, on this machine.

    Prints a link that signs you in once. Stop it with Ctrl-C; what is saved stays.

    Example: tripleaim serve
    """
    from tripleaim.cli.serve import serve

    raise typer.Exit(guarded(False, lambda: serve(port, host, email)))


@keeping.command("backup")
def _backup(file: Annotated[Path, typer.Argument(help="A new file.", show_default=False)]) -> None:
    """Write the whole workspace into one file, while it is open.

    Example: tripleaim backup workspace-2017-02-20.zip
    """
    from tripleaim.cli.backup import backup

    raise typer.Exit(guarded(False, lambda: backup(file)))


@keeping.command("restore")
def _restore(
    file: Annotated[Path, typer.Argument(help="A file that backup wrote.", show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Keep the workspace that is there aside.")] = False,
) -> None:
    """Bring the workspace back from a backup, once the backup is proved.

    Example: tripleaim restore workspace-2017-02-20.zip
    """
    from tripleaim.cli.restore import restore

    raise typer.Exit(guarded(False, lambda: restore(file, replace)))
