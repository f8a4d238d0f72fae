"""What the cover says of a workbook's origin: which plan it was made from, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.loading.workbook.layout import COVER, FINGERPRINT, ORGANISATION
from tripleaim.loading.workbook.opened import OpenWorkbook


@dataclass(frozen=True)
class Origin:
    """What a workbook was made from; each is empty where the cover does not say.

    fingerprint  : fingerprint of the plan
    organisation : key of the organisation whose part it is
    plan         : name of the plan, the title of the cover
    """

    fingerprint: str = ""
    organisation: str = ""
    plan: str = ""


def read_cover(workbook: OpenWorkbook) -> Origin:
    """The origin a workbook states on its cover."""
    cover = workbook.sheets.get(COVER.lower())
    said: dict[str, str] = {}
    title = ""
    for row, cells in cover.rows() if cover else ():
        if row == 1 and len(cells) == 1 and isinstance(cells[0], str):
            title = cells[0]
        if len(cells) > 1 and isinstance(cells[0], str) and isinstance(cells[1], str):
            said.setdefault(cells[0].strip(), cells[1].strip())
    return Origin(said.get(FINGERPRINT, ""), said.get(ORGANISATION, ""), title)
