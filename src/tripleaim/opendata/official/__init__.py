"""Official files as ONS and NHS England publish them, recognised by their columns and added to a plan."""

from tripleaim.opendata.official.add import Addition, add_official
from tripleaim.opendata.official.asked import Asked, LeftOut

__all__ = ["Addition", "Asked", "LeftOut", "add_official"]
