"""What an action refuses although the person may do it: the state of things does not let it."""

from __future__ import annotations

from tripleaim.errors import TripleAimError


class NotNow(TripleAimError):
    """The thing is not in a state for this; the sentence says what it is in, and what to do."""

    exit_code = 2


def written(text: str) -> str:
    """What somebody wrote, without spaces around it and without the sign for nothing, which no database keeps."""
    return text.replace("\x00", "").strip()
