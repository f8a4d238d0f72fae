"""tripleaim evidence WORDS: what is known to work."""

from __future__ import annotations

import sys

from tripleaim.cli.door import document, say


def evidence(words: str, as_json: bool = False) -> int:
    """Entries of the evidence library that hold every word, best first."""
    from tripleaim.evidence.search import find
    from tripleaim.evidence.sentences import sentence

    found = find(words)
    if as_json:
        entries = [{**entry.model_dump(mode="json"), "sentence": sentence(entry)} for entry in found.entries]
        document({"kind": "evidence", "words": words, "entries": entries, "suggestions": list(found.suggestions)})
        return 0
    for entry in found.entries:
        sys.stdout.write(f"{entry.ref}  {entry.name}\n      {sentence(entry)}\n      {_where(entry)}\n")
    count = len(found.entries)
    say(f"{count} {'entry' if count == 1 else 'entries'}." if count else _nothing(words, found.suggestions))
    return 0


def _where(entry) -> str:
    source = ", ".join(str(part) for part in (entry.source, entry.source_year) if part)
    return " ".join(part for part in (source or "source not named", entry.url_or_reference) if part)


def _nothing(words: str, suggestions: tuple[str, ...]) -> str:
    tried = f"Nothing in the library holds every word of “{words}”."
    return f"{tried} Try: {'; '.join(suggestions)}." if suggestions else f"{tried} Try fewer or other words."
