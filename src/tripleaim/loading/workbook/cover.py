"""What the cover says of a workbook's origin: which plan it was made from, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.loading.workbook.layout import COVER, FINGERPRINT, ORGANISATION
from tripleaim.loading.workbook.opened import OpenWorkbook


@dataclass(frozen=True)
class Origin:
    """Fingerprint of the plan a workbook was made from, and the organisation whose part it is; empty if not stated."""

    fingerprint: str = ""
    organisation: str = ""


def read_cover(workbook: OpenWorkbook) -> Origin:
    """The origin a workbook states on its cover."""
    cover = workbook.sheets.get(COVER.lower())
    said: dict[str, str] = {}
    for _, cells in cover.rows() if cover else ():
        if len(cells) > 1 and isinstance(cells[0], str) and isinstance(cells[1], str):
            said.setdefault(cells[0].strip(), cells[1].strip())
    return Origin(said.get(FINGERPRINT, ""), said.get(ORGANISATION, ""))
