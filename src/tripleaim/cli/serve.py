"""tripleaim serve: the shared workspace, opened on this machine."""

from __future__ import annotations

from tripleaim.cli.workspace import ask_workspace


def serve(port: int, host: str, email: str) -> int:
    """Open the workspace and answer readers until stopped; returns its exit code."""
    words = ["--port", str(port), "--host", host, *(["--email", email] if email else [])]
    return ask_workspace("serve", *words)
