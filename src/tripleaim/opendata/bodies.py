"""Every body with a name or code of its own, in each footprint it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tripleaim.opendata.published import published


@dataclass(frozen=True, slots=True)
class Belonging:
    """One body in one footprint.

    `kind` is footprint, region, commissioner, council, district, trust, ambulance (an ambulance trust) or board
    (integrated care board). `version` is the dated set that a footprint or commissioner belongs to. `share` is that of
    its people who live in the footprint; of a trust, that of its patients, None where not published: a trust is counted
    in one footprint whatever the share. A region has no code and no share.
    """

    footprint: str
    footprint_name: str
    kind: str
    code: str
    name: str
    version: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Body:
    """The codes and names a body goes by, and one footprint it belongs to."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    belongs: Belonging


def bodies() -> Iterator[Body]:
    """Every body in every footprint: footprints first, then regions, groups, councils, districts, boards and trusts."""
    names = {place.code: place.name for place in published().footprints}

    def body(
        codes: tuple[str, ...],
        name: str,
        footprint: str,
        kind: str,
        share: float | None,
        *,
        also: str = "",
        version: str = "",
    ) -> Body:
        belongs = Belonging(footprint, names[footprint], kind, codes[0], name, version, share)
        return Body(tuple(filter(None, codes)), tuple(filter(None, (name, also))), belongs)

    for place in published().footprints:
        known_by = (place.code, place.ods_2020, str(place.number))
        yield body(known_by, place.name, place.code, "footprint", 1.0, version=place.version)
    for place in published().footprints:
        yield body(("",), place.region, place.code, "region", None)
    for group in published().commissioners:
        codes = (group.ods, group.code)
        yield body(codes, group.name, group.footprint, "commissioner", group.share, version=group.version)
    councils = {council.code: council.name for council in published().councils}
    for area in published().council_overlaps:
        yield body((area.council,), councils[area.council], area.footprint, "council", area.share_of_council)
    for part in published().district_overlaps:
        if part.district not in councils:
            yield body((part.district,), part.name, part.footprint, "district", part.share_of_district)
    for board in published().successors:
        yield body((board.ods, board.icb), board.name, board.footprint, "board", board.share_of_icb)
    patients = {(row.trust, row.area): row.share for row in published().trust_catchments if row.kind == "footprint"}
    for trust in published().trusts:
        if trust.footprint:
            share = patients.get((trust.ods, trust.footprint))
            kind = "ambulance" if trust.kind == "ambulance" else "trust"
            yield body((trust.ods,), trust.name, trust.footprint, kind, share, also=trust.also)
