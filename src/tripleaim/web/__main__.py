"""`python -m tripleaim.web WORD …`: the workspace started and kept. `tripleaim serve` starts it with the word serve."""

from __future__ import annotations

import os
import sys

from tripleaim.errors import TripleAimError, harmless

OURS = (
    "serve",
    "worker",
    "link",
    "second-step-off",
    "keeper",
    "place",
    "audit",
    "prove",
    "backup",
    "restore",
    "rights",
)
NEED_ONE = ("link", "keeper", "place", "audit", "prove", "backup")
"""Words that do nothing where there is no workspace yet, and make none."""
REFUSED = 2
STOPPED = 130


def main(words: list[str]) -> int:
    """Do what the first word says; every other word of Django's own, such as migrate or check, goes to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tripleaim.web.settings")
    try:
        if words and words[0] in OURS:
            if not (_is_there(words[0]) and _set_up()):
                return REFUSED
            from tripleaim.web import commands

            return commands.run(words)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["python -m tripleaim.web", *words])
        return 0
    except TripleAimError as refusal:
        print(harmless(str(refusal)), file=sys.stderr)
        return refusal.exit_code
    except KeyboardInterrupt:
        print("Stopped. Nothing half-finished was left behind.", file=sys.stderr)
        return STOPPED


def _is_there(word: str) -> bool:
    """Whether a word finds the workspace it needs; False, with words, where nobody has opened one."""
    from tripleaim.web.home import DATABASE, FOLDER, data_folder

    if word not in NEED_ONE or os.environ.get("DATABASE_URL") or (data_folder() / DATABASE).exists():
        return True
    said = (
        f"There is no workspace in {data_folder()} yet. Open one with tripleaim serve, or set {FOLDER} to its folder."
    )
    print(harmless(said), file=sys.stderr)
    return False


def _set_up() -> bool:
    """Read the settings; False, with words, where the data folder cannot be used."""
    import django

    try:
        django.setup()
    except OSError as problem:
        from tripleaim.web.home import FOLDER, data_folder

        said = (
            f"The data folder {data_folder()} cannot be used: {problem.strerror}. Mend who may write there, or set "
            f"{FOLDER} to another folder. Nothing was written."
        )
        print(harmless(said), file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
