"""The 44 places side by side, from open data only. Places are never ranked: they stand in the order of their numbers."""

from tripleaim.reports.overview.page import overview_files
from tripleaim.reports.overview.pictures import old_map
from tripleaim.reports.overview.places import Place, england, places

__all__ = ["Place", "england", "old_map", "overview_files", "places"]
