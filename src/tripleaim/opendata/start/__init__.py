"""An honest start for any footprint: one file for each question that published data can answer."""

from tripleaim.opendata.start.start import start

__all__ = ["start"]
