"""The 44 footprints side by side, from open data alone: in the order of their official numbers, never ranked."""

from tripleaim.reports.overview.page import overview_files
from tripleaim.reports.overview.pictures import old_map
from tripleaim.reports.overview.places import Place, england, places

__all__ = ["Place", "england", "old_map", "overview_files", "places"]
