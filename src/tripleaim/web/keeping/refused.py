"""What keeping a workspace refuses, in words for whoever keeps it."""

from __future__ import annotations

from tripleaim.errors import TripleAimError


class NotKept(TripleAimError):
    """What was asked cannot be done as things are; nothing was written. The words say why, and what to do."""

    exit_code = 2
