"""An honest start for any footprint: one file for each question that published data can answer."""

from tripleaim.opendata.start.glance import Glance, HospitalAtAGlance, Part, glance
from tripleaim.opendata.start.lacking import NEXT, Lacking
from tripleaim.opendata.start.readme import holds, readme
from tripleaim.opendata.start.start import start

__all__ = ["NEXT", "Glance", "HospitalAtAGlance", "Lacking", "Part", "glance", "holds", "readme", "start"]
