"""Make again the part of nhsuk-frontend that our pages use: its scripts, in one module that a browser reads as it is.

    python tools/vendor_frontend.py

Only a maintainer needs it, with Node and its npm; whoever runs Triple Aim gets the made file. The version must be the
one whose macros the locked nhsuk-frontend-jinja writes. The looks are our own (static/workspace/components.css).
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

VERSION = "10.6.1"
BUNDLER = "esbuild@0.28.2"
PARTS = {
    "Button": "button",
    "ErrorSummary": "error-summary",
    "PasswordInput": "password-input",
    "SkipLink": "skip-link",
    "Tabs": "tabs",
}
"""What each part is called, and the folder it stands in."""
MADE = Path(__file__).resolve().parents[1] / f"src/tripleaim/web/static/vendor/nhsuk-frontend-{VERSION}.min.js"
LICENCE = f"/*! nhsuk-frontend {VERSION}, parts of it. MIT licence, see NOTICE. */"


def make() -> None:
    """Fetch the package by npm, keep its parts, and write them as one small module."""
    with tempfile.TemporaryDirectory() as made_in:
        folder = Path(made_in)
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
        subprocess.run([*npm, f"nhsuk-frontend@{VERSION}", BUNDLER], cwd=folder, check=True)
        start = folder / "parts.mjs"
        start.write_text("\n".join(f"export {{ {name} }} from '{_source(part)}';" for name, part in PARTS.items()))
        bundler = folder / "node_modules/.bin/esbuild"
        how = ["--bundle", "--minify", "--format=esm", "--target=es2020", "--legal-comments=none", "--charset=utf8"]
        subprocess.run([bundler, start, *how, f"--banner:js={LICENCE}", f"--outfile={MADE}"], cwd=folder, check=True)


def _source(part: str) -> str:
    return f"./node_modules/nhsuk-frontend/dist/nhsuk/components/{part}/{part}.mjs"


if __name__ == "__main__":
    make()
