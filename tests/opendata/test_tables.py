"""The tables add up to what was published. The raw files are not needed; known answers are copied here by hand."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from itertools import accumulate
from pathlib import Path

import pytest

import tripleaim.opendata
from tripleaim.opendata import ENGLAND, NotPublished, WinterBeds, people, published

BUILD = json.loads((Path(tripleaim.opendata.__file__).parent / "data" / "build.json").read_text(encoding="utf-8"))

PEOPLE = {2011: 53_107_169, 2017: 55_619_430, 2019: 56_286_961}
"""England, as the Office for National Statistics published it."""

TYPE_1 = {"2016/17": 15_262_758, "2017/18": 15_372_467}
"""A&E attendances of type 1 in England."""

BEDS = {"2015/16": 99_767, "2016/17": 98_383, "2017/18": 97_351, "2018/19": 96_939}
"""General and acute beds open in England in winter, mean of the days, as England's own row has it."""

NORFOLK, CUMBRIA, MANCHESTER = "E54000022", "E54000047", "E54000007"


def footprint_of() -> dict[str, str]:
    return {trust.ods: trust.footprint for trust in published().trusts}


# Places


def test_the_places_are_all_there() -> None:
    data = published()
    assert [place.number for place in sorted(data.footprints, key=lambda place: place.number)] == list(range(1, 45))
    assert sum(bool(place.ods_2020) for place in data.footprints) == 37
    for version, groups in (("2016-04", 209), ("2017-04", 207)):
        mine = [group for group in data.commissioners if group.version == version]
        assert len({group.code for group in mine}) == groups
        assert {group.footprint for group in mine} == {place.code for place in data.footprints}
    assert len(data.councils) == len({row.council for row in data.council_overlaps}) == 152
    assert len({row.district for row in data.district_overlaps}) == 326
    assert len({row.icb for row in data.successors}) == 42


def test_the_worked_places_have_the_commissioners_they_had() -> None:
    counts = Counter((group.footprint, group.version) for group in published().commissioners)
    assert counts[NORFOLK, "2016-04"] == counts[NORFOLK, "2017-04"] == 5
    assert (counts[MANCHESTER, "2016-04"], counts[MANCHESTER, "2017-04"]) == (12, 10)
    assert counts[CUMBRIA, "2017-04"] == 1


def test_thirteen_councils_are_cut_and_seven_footprints_are_split() -> None:
    cut = Counter(row.council for row in published().council_overlaps if row.share_of_council > 0.01)
    split = Counter(row.footprint for row in published().successors if row.share_of_footprint > 0.01)
    assert sum(count > 1 for count in cut.values()) == 13
    assert sum(count > 1 for count in split.values()) == 7


def test_shares_add_up_to_one() -> None:
    data = published()
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in data.council_overlaps:
        sums["council", row.council] += row.share_of_council
        sums["footprint of councils", row.footprint] += row.share_of_footprint
    for part in data.district_overlaps:
        sums["district", part.district] += part.share_of_district
    for board in data.successors:
        sums["board", board.icb] += board.share_of_icb
        sums["footprint of boards", board.footprint] += board.share_of_footprint
    for group in data.commissioners:
        sums[group.version, group.code] += group.share
    for row in data.trust_catchments:
        sums[f"patients by {row.kind}", row.trust] += row.share
    assert {key: total for key, total in sums.items() if abs(total - 1) > 0.0001} == {}


def test_every_code_that_a_table_names_is_known() -> None:
    data = published()
    places = {place.code for place in data.footprints}
    trusts = {trust.ods for trust in data.trusts}
    councils = {council.code for council in data.councils}
    groups = {group.ods for group in data.commissioners}
    assert {trust.footprint for trust in data.trusts} <= places | {""}
    tables = (data.activity, data.emergency, data.stays, data.beds, data.quarterly_beds, data.trust_catchments)
    for table in tables:
        assert {row.trust for row in table} <= trusts
    assert {row.organisation for row in data.staff} <= trusts | groups
    assert {row.council for row in (*data.council_spending, *data.social_care_by_age)} <= councils
    assert {row.commissioner for row in data.allocations} <= groups
    assert {row.footprint for row in (*data.printed_figures, *data.leads, *data.ratings, *data.breaks)} <= places


# People


@pytest.mark.parametrize("year", PEOPLE)
def test_the_44_add_up_to_england_exactly(year: int) -> None:
    england = people(ENGLAND, year)
    assert round(sum(england)) == PEOPLE[year]
    places = [people(place.code, year) for place in published().footprints]
    for age, persons in enumerate(england):
        assert sum(place[age] for place in places) == pytest.approx(persons, abs=0.3), age
    if year != 2011:
        assert sum(map(sum, places)) == PEOPLE[year]


@pytest.mark.parametrize("year", [2017, 2019])
def test_commissioners_add_up_to_their_footprint_at_every_age(year: int) -> None:
    groups = [group for group in published().commissioners if group.version == "2017-04"]
    for place in published().footprints:
        mine = [people(group.code, year) for group in groups if group.footprint == place.code]
        assert tuple(map(sum, zip(*mine, strict=True))) == people(place.code, year), place.name


@pytest.mark.parametrize("year", [2011, 2017, 2019])
def test_the_parts_of_a_council_add_up_to_the_council(year: int) -> None:
    parts: dict[str, float] = defaultdict(float)
    for row in published().council_overlaps:
        inside = row.council if row.share_of_council == 1 else f"{row.footprint}:{row.council}"
        parts[row.council] += sum(people(inside, year))
    for council in published().councils:
        assert parts[council.code] == pytest.approx(sum(people(council.code, year)), abs=1), council.name


def test_people_by_deprivation_add_up_to_the_overlaps() -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in published().people_by_deprivation:
        assert len(row.people) == 19
        sums[row.footprint, row.council] += sum(row.people)
    assert sums == {(row.footprint, row.council): row.people_2017 for row in published().council_overlaps}


def test_each_fifth_of_deprivation_holds_about_a_fifth_of_england() -> None:
    sums: dict[int, float] = defaultdict(float)
    for row in published().people_by_deprivation:
        sums[row.fifth] += sum(row.people) / PEOPLE[2017]
    assert sorted(sums) == [1, 2, 3, 4, 5]
    assert all(0.18 < share < 0.22 for share in sums.values())


def test_people_who_are_not_there_are_refused() -> None:
    for area, year in (("E99999999", 2017), (NORFOLK, 2016), (f"{NORFOLK}:E09000012", 2017)):
        with pytest.raises(NotPublished, match=f"{area}.*{year}"):
            people(area, year)


# Care


@pytest.mark.parametrize("year", TYPE_1)
def test_type_1_attendances_of_the_44_add_up_to_england(year: str) -> None:
    where = footprint_of()
    rows = [row for row in published().emergency if row.year == year and row.type == "1"]
    assert all(where[row.trust] for row in rows)
    assert sum(row.attendances for row in rows) == TYPE_1[year]


def test_the_published_lookup_covers_nearly_all_type_1_attendances() -> None:
    looked_up = {trust.ods for trust in published().trusts if trust.method == "published lookup"}
    rows = [row for row in published().emergency if row.type == "1"]
    covered = sum(row.attendances for row in rows if row.trust in looked_up) / sum(row.attendances for row in rows)
    assert round(covered, 3) >= 0.98


@pytest.mark.parametrize("winter", BEDS)
def test_winter_beds_of_the_44_add_up_to_england_within_three(winter: str) -> None:
    where = footprint_of()
    rows = [row for row in published().beds if row.winter == winter]
    assert all(where[row.trust] for row in rows)
    (england,) = [row for row in published().england_beds if row.winter == winter]
    assert abs(england.open_as_reported - BEDS[winter]) < 1
    assert abs(sum(row.open_as_reported for row in rows) - england.open_as_reported) < 3


def test_weekdays_of_every_winter_are_as_many_and_beds_in_use_on_them_fell_every_year() -> None:
    """England's own row, copied by hand from the four files: without weekends the first winter is no fuller."""
    occupied = {row.winter: round(row.weekday_occupied or 0) for row in published().england_beds}
    assert occupied == {"2015/16": 95_780, "2016/17": 95_398, "2017/18": 93_906, "2018/19": 92_607}
    assert [row.weekdays for row in published().england_beds] == [40, 42, 43, 43]


def test_nearly_all_staff_of_trusts_and_beds_of_quarters_are_placed() -> None:
    where = footprint_of()
    staff = [row for row in published().staff if row.organisation in where and row.organisation[0] in "RT"]
    assert sum(bool(where[row.organisation]) * row.fte for row in staff) / sum(row.fte for row in staff) > 0.999
    assert all(where[row.trust] for row in published().quarterly_beds)
    assert all(where[row.trust] for row in published().activity)


def test_care_of_three_trusts_is_as_published() -> None:
    found = {row.trust: row for row in published().activity if row.year == "2015/16"}
    assert [found[code].elective_overnight for code in ("RM1", "RGP", "RCX")] == [14573, 5058, 5161]
    assert [found[code].day_cases for code in ("RM1", "RGP", "RCX")] == [89971, 29632, 39387]
    assert [found[code].non_elective for code in ("RM1", "RGP", "RCX")] == [60858, 18573, 31306]
    assert [found[code].first_outpatients for code in ("RM1", "RGP", "RCX")] == [164033, 65928, 70051]


def test_a_suppressed_stay_is_blank_not_nought() -> None:
    blank = [row for row in published().stays if row.episodes is None]
    assert blank
    assert all(row.mean_stay is None for row in blank)
    ledbury = {row.age_band: row.episodes for row in published().stays if row.trust == "8J285"}
    assert (ledbury["0-9"], ledbury["50-59"], ledbury["70-79"]) == (0, None, 10)


def test_no_provider_bears_the_name_of_a_private_person() -> None:
    assert not {"8G301"} & {trust.ods for trust in published().trusts}


def test_long_stays_are_blank_where_nobody_asked_for_them() -> None:
    early = [row for row in published().beds if row.winter in ("2015/16", "2016/17")]
    assert all(row.stays_over_21 is None and row.stay_days is None for row in early)


def winter(trust: str, year: str) -> WinterBeds:
    return next(row for row in published().beds if (row.trust, row.winter) == (trust, year))


@pytest.mark.parametrize(
    ("trust", "year", "words"),
    [
        ("RTD", "2015/16", "3 days set aside (far from the trust's other days)"),
        ("RNL", "2016/17", "1 day set aside (far from the trust's other days)"),
        ("RM1", "2017/18", "1 day set aside (far from the trust's other days)"),
    ],
)
def test_doubled_days_are_set_aside_and_said(trust: str, year: str, words: str) -> None:
    assert words in winter(trust, year).flag


def test_a_day_set_aside_still_counts_as_reported() -> None:
    row = winter("RTD", "2015/16")
    assert 1600 < row.open_mean < 1700
    assert row.open_as_reported > row.open_mean + 100


def test_blank_days_are_left_out_not_counted_as_nought() -> None:
    blank = [row for row in published().beds if "(blank)" in row.flag]
    assert len(blank) >= 5
    assert all(row.open_mean > row.open_as_reported for row in blank if "far" not in row.flag and row.days > 10)


@pytest.mark.parametrize(
    ("footprint", "series", "year", "per_cent"),
    [
        ("E54000011", "winter beds", "2017/18", -24),
        ("E54000010", "winter beds", "2018/19", -18),
        ("E54000012", "winter beds", "2018/19", 24),
        ("E54000043", "winter beds", "2016/17", -15),
        ("E54000015", "A&E", "2017/18", 44),
    ],
)
def test_known_breaks_are_told_with_their_cause(footprint: str, series: str, year: str, per_cent: int) -> None:
    (found,) = [
        row
        for row in published().breaks
        if (row.footprint, row.year) == (footprint, year) and row.series.startswith(series)
    ]
    assert round(found.change * 100) == per_cent
    assert "not known" not in found.words


def test_leicesters_break_stands_beside_its_own_rows() -> None:
    flags = [row.flag for row in published().emergency if row.trust == "RWE" and row.year == "2017/18"]
    assert any("moved into type 1" in flag for flag in flags)


def test_a_year_that_is_not_whole_says_so() -> None:
    for row in published().activity:
        assert (row.months_reported < 12) == ("months reported" in row.flag), row


# Money and health


def test_every_council_spent_in_every_year_and_has_its_own_code() -> None:
    years: dict[str, set[str]] = defaultdict(set)
    for row in published().council_spending:
        years[row.council].add(row.year)
    assert set(years) == {council.code for council in published().councils}
    assert all(found == {"2015/16", "2016/17", "2017/18"} for found in years.values())


def test_social_care_adds_up_to_england() -> None:
    rows = published().social_care_by_age
    assert round(sum(row.gross_k for row in rows) / 1e6, 2) == 17.53
    assert round(sum(row.net_k for row in rows) / 1e6, 2) == 14.78


def test_allocations_say_that_their_year_is_inferred() -> None:
    rows = published().allocations
    assert {row.year for row in rows} == {"2018/19 (inferred)"}
    assert round(sum(row.allocation_k for row in rows) / 1e6, 1) == 74.5
    assert {row.commissioner for row in rows if row.flag} == {"00W", "01M", "01N"}


def test_conflicting_figures_are_both_kept() -> None:
    gaps = [
        row
        for row in published().printed_figures
        if row.footprint == MANCHESTER and row.measure == "do_nothing_gap_2020_21_gbp_m"
    ]
    assert {row.value for row in gaps} == {2000, 897}
    assert sum(row.preferred for row in gaps) == 1
    assert len({row.scope for row in gaps}) == 2


def test_every_area_has_health_but_the_two_that_were_never_published() -> None:
    areas = {(row.kind, row.area) for row in published().health}
    assert {area for kind, area in areas if kind == "footprint"} == {place.code for place in published().footprints}
    missing = {council.code for council in published().councils} - {area for kind, area in areas if kind == "council"}
    assert missing == {"E09000001", "E06000053"}
    assert len(areas) * 7 == len(published().health)


def test_a_district_that_was_merged_says_whose_value_it_has() -> None:
    (waveney,) = [row for row in published().health if row.area == "E07000206" and row.year == 2015]
    assert waveney.flag == "value of E07000244, of which it became part by 2021"


def test_life_expectancy_of_england_is_what_everybody_knows() -> None:
    (england,) = [row for row in published().health if row.kind == "england" and row.year == 2015]
    assert 81 < england.values["life_expectancy"] < 82
    assert len(england.values) == 30


# Pictures


def test_every_footprint_has_an_outline_and_a_cell_of_its_own() -> None:
    places = {place.code for place in published().footprints}
    assert {shape.footprint for shape in published().shapes} == places
    assert all(shape.path.startswith("M") and shape.path.endswith("z") for shape in published().shapes)
    assert {tile.footprint for tile in published().tiles} == places
    assert len({(tile.column, tile.row) for tile in published().tiles}) == 44


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The corners of each ring of a path: a first corner, then steps."""
    found = []
    for ring in path.removeprefix("M").removesuffix("z").split("zM"):
        numbers = [int(text) for text in re.findall(r"-?\d+", ring)]
        steps = zip(numbers[::2], numbers[1::2], strict=True)
        found.append(list(accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1]))))
    return found


ENGLAND_SQUARE_KM = 130_300
"""The land of England, rounded."""


def test_outlines_cover_england_once() -> None:
    area = 0.0
    for shape in published().shapes:
        for ring in rings(shape.path):
            area += abs(sum(x * ring[n - 1][1] - ring[n - 1][0] * y for n, (x, y) in enumerate(ring))) / 2
    assert area / 100 == pytest.approx(ENGLAND_SQUARE_KM, rel=0.02)  # the grid has 100 steps to a square kilometre


def test_totals_are_those_of_the_build() -> None:
    totals = BUILD["totals"]
    assert sum(row.fte for row in published().staff) == pytest.approx(totals["staff_fte"], abs=0.1)
    assert round(totals["staff_fte"]) == 1_052_962
    for year in ("2012/13", "2013/14", "2014/15", "2015/16"):
        found = sum(row.non_elective for row in published().activity if row.year == year)
        assert found == totals[f"non_elective_{year}"]


def test_beds_without_the_days_set_aside_add_up_to_as_much_more_as_the_note_says() -> None:
    more: dict[str, float] = defaultdict(float)
    for row in published().beds:
        more[row.winter] += (row.open_mean or 0.0) - (row.open_as_reported or 0.0)
    assert {winter: round(beds) for winter, beds in more.items()} == {
        "2015/16": 343,
        "2016/17": 2005,
        "2017/18": 362,
        "2018/19": 71,
    }
