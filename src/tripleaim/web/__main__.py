"""`python -m tripleaim.web WORD …`: the workspace started and kept. `tripleaim serve` starts it with the word serve."""

from __future__ import annotations

import os
import sys

from tripleaim.errors import TripleAimError

OURS = ("serve", "worker")


def main(words: list[str]) -> int:
    """Do what the first word says; every other word of Django's own, such as migrate or check, goes to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tripleaim.web.settings")
    try:
        if words and words[0] in OURS:
            import django

            django.setup()
            from tripleaim.web import commands

            return commands.run(words)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["python -m tripleaim.web", *words])
        return 0
    except TripleAimError as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
