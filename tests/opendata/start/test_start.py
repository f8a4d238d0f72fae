"""What must hold of a started plan, whichever footprint it is for."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from tripleaim.loading import crosscheck_plan, remarks
from tripleaim.opendata import ENGLAND, people, published
from tripleaim.opendata.people import NotPublished
from tripleaim.opendata.start import NEXT, readme, start
from tripleaim.opendata.start.beds import DAYS
from tripleaim.opendata.start.councils import spending
from tripleaim.opendata.start.growth import BREAK, MEASURES, growth, trend, unbroken
from tripleaim.opendata.start.subject import Hospital, Subject, joined_before_plan, short_name, trusts_by_code
from tripleaim.plan import Plan
from tripleaim.plan.activity import Care
from tripleaim.plan.organisation import Role
from tripleaim.projection import project

CODES = [each.code for each in published().footprints]
ODD = {
    "E54000007": "Greater Manchester: trusts that merged in 2017, stays only under the merged code",
    "E54000008": "Cheshire and Merseyside: specialist trusts, beds not returned",
    "E54000015": "Leicester: one trust, every series broken",
    "E54000028": "North Central London: a children's hospital, a trust that absorbed another",
    "E54000036": "Cornwall and the Isles of Scilly: no Health Index, no adult social care return for Scilly",
    "E54000047": "West, North and East Cumbria: a county and a commissioner cut in two",
}
started = cache(start)


def softness(plan: Plan) -> dict[str, str]:
    return {source.key: str(source.kind) for source in plan.sources}


@pytest.mark.parametrize("code", ODD, ids=lambda code: ODD[code].split(":")[0])
def test_an_odd_place_starts_without_a_problem_and_runs(code: str) -> None:
    plan = started(code)
    crosscheck_plan(plan)
    found = project(plan)
    assert found.scope("both").do_nothing[found.last] > 0


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_every_place_starts_without_a_problem(code: str) -> None:
    crosscheck_plan(started(code))


def test_remarks_say_only_what_no_open_data_can_mend() -> None:
    assert {each.topic for code in ODD for each in remarks(started(code))} == {"hindsight"}


@pytest.mark.slow
def test_people_of_all_places_together_are_england() -> None:
    found = sum(row.persons for code in CODES for row in started(code).population if _is_of(started(code), row))
    assert found == sum(people(ENGLAND, 2017))


def _is_of(plan: Plan, row) -> bool:
    return row.place == plan.heading.place and row.year == 2017


@pytest.mark.slow
def test_hospital_care_of_all_places_together_is_what_hospitals_returned_and_each_stands_once() -> None:
    """Nothing is lost and nothing doubled where trusts merged."""
    kinds = {Care.ELECTIVE: "elective_overnight", Care.DAY_CASE: "day_cases", Care.OUTPATIENT: "first_outpatients"}
    for care, measure in {**kinds, Care.NON_ELECTIVE: "non_elective"}.items():
        lines = sum(line.baseline for code in CODES for line in started(code).activity if line.care is care)
        returned = sum(
            getattr(each, measure)
            for each in published().activity
            if each.year == "2015/16" and trusts_by_code()[each.trust].kind in ("acute", "specialist")
        )
        assert lines == returned, care


@pytest.mark.slow
def test_council_spending_of_all_places_together_is_what_councils_spent() -> None:
    for care, field in ((Care.CARE_PACKAGE, "adult_social_care_k"), (Care.PUBLIC_HEALTH, "public_health_k")):
        lines = sum(line.baseline for code in CODES for line in started(code).activity if line.care is care)
        spent = sum(getattr(each, field) or 0 for (_, year), each in spending().items() if year == "2015/16")
        assert lines == pytest.approx(spent * 1000, rel=1e-4)


@pytest.mark.parametrize("code", ODD, ids=lambda code: ODD[code].split(":")[0])
def test_the_beds_in_use_and_the_winter_factor_give_back_the_beds_occupied_in_winter(code: str) -> None:
    plan = started(code)
    winters = {f"beds_{each.trust.lower()}": each for each in published().beds if each.winter == "2015/16"}
    used: dict[str, float] = defaultdict(float)
    for line in plan.activity:
        if line.bed_pool and line.length_of_stay:
            used[line.bed_pool] += line.baseline * line.length_of_stay / DAYS
    assert set(used) == {pool.key for pool in plan.capacity}
    for pool in plan.capacity:
        winter = winters[pool.key]
        assert pool.open_beds == round(winter.open_mean, 1)
        assert used[pool.key] * pool.winter_factor == pytest.approx(winter.occupied_mean, rel=1e-3)
        assert pool.winter_factor >= 0.999


def test_beds_are_told_as_whole_beds_wherever_they_are_told() -> None:
    (note,) = (source.note for source in started("E54000036").sources if source.key == "beds_winter_2015_16")
    assert "Royal Cornwall: 639 open and 592 occupied in winter (61 days; 1 day set aside (blank))" in note
    assert "638.6" not in note


def test_a_line_that_rests_on_something_odd_has_a_source_that_says_what() -> None:
    for code in ODD:
        plan = started(code)
        notes = {source.key: source.note for source in plan.sources}
        shared = {"line_ae", "line_unplanned", "line_outpatients", "line_planned_overnight", "line_day_cases"}
        for line in plan.activity:
            if line.provider.startswith("trust_"):
                assert (line.source in shared) != notes[line.source].startswith("FLAGGED"), line.key


def test_stays_of_others_and_stays_shortened_are_told_and_judged() -> None:
    plan = started("E54000007")
    notes = {source.key: source.note for source in plan.sources}
    assert "ages and stays are those of Manchester (R0A), which it joined" in notes["line_unplanned_rm2"]
    assert "stays shortened by 17.4 %" in notes["line_unplanned_rm3"]
    assert softness(plan)["line_unplanned_rm2"] == softness(plan)["line_unplanned_rm3"] == "judged"


def test_a_trust_whose_beds_were_not_returned_has_lines_and_no_beds() -> None:
    plan = started("E54000008")
    lines = {line.key: line for line in plan.activity}
    assert lines["elective_ren"].baseline == 1467
    assert lines["elective_ren"].bed_pool == ""
    assert not any(pool.key == "beds_ren" for pool in plan.capacity)
    assert "no beds: no winter return" in next(s.note for s in plan.sources if s.key == lines["elective_ren"].source)


def test_a_childrens_hospital_has_children_for_patients() -> None:
    plan = started("E54000028")
    profile = next(line.age_profile for line in plan.activity if line.key == "day_case_rp4")
    shares = {row.age_from: row.age_share for row in plan.age_profiles if row.profile == profile}
    assert (shares[0] or 0) + (shares[10] or 0) > 0.9


def test_a_trust_that_joined_another_by_then_is_counted_with_it() -> None:
    chelsea = next(each for each in Subject("E54000027").hospitals if each.trust.ods == "RQM")
    assert [each.ods for each in chelsea.joined] == ["RFW"]
    own, joined = (each.non_elective for each in chelsea.returns("2015/16"))
    assert chelsea.count("non_elective") == own + joined
    assert joined == 11049


def test_a_series_that_jumps_tells_nothing_about_growth() -> None:
    assert unbroken((1000, 1100, 1200, 1300))
    assert not unbroken((1000, 1000 * (1 + BREAK) + 1, 1200, 1300))
    assert not unbroken((0, 1100, 1200, 1300))


def test_growth_that_is_steady_is_found_without_error() -> None:
    slope, error = trend({"A": [100, 110, 121, 133.1]})
    assert (round(slope, 4), round(error, 9)) == (0.0953, 0)


def test_where_every_series_is_broken_englands_growth_stands_in_with_the_range_of_single_trusts() -> None:
    found = growth(Subject("E54000015"), "non_elective")
    assert (found.how, found.trusts, found.left_out) == ("england", (), ("RWE",))
    assert found.value.low < -0.02 < 0.04 < found.value.high
    assert any("England's growth stands in" in text for text in started("E54000015").heading.not_known)


def test_the_boundary_and_its_misfit_are_told() -> None:
    plan = started("E54000047")
    assert "63.9 % of Cumbria live here" in plan.heading.summary
    assert "North East and North Cumbria, 11 % of whose people they are" in plan.heading.summary
    board = next(row for row in plan.places if row.kind == "board")
    assert (board.name, board.share_in_footprint) == ("Cumbria Health and Wellbeing Board", 0.63866)
    assert "NHS Cumbria CCG (version 2016-04)" in next(s.note for s in plan.sources if s.key == "ons_lookups")


def test_where_patients_live_is_told_beside_where_they_are_counted() -> None:
    (words,) = [text for text in started("E54000022").heading.not_known if text.startswith("Where patients live")]
    assert "hospital activity is counted where the trust sits" in words
    assert "Norfolk and Norwich 95 %" in words
    assert "88 % of residents' unplanned admissions" in words


def test_where_a_catchment_lacks_no_share_of_residents_is_claimed() -> None:
    (words,) = [text for text in started("E54000038").heading.not_known if text.startswith("Where patients live")]
    assert "Not published for Taunton and Somerset" in words
    assert "residents'" not in words


def test_a_catchment_of_a_merged_trust_elsewhere_does_not_stand_in() -> None:
    """Most patients of Derby and Burton were never Burton's; nor are Derby's own shares what they were before."""
    told = {code: started(code).heading.not_known[0] for code in ("E54000010", "E54000012", "E54000047")}
    assert "Not published for Burton" in told["E54000010"]
    assert "with RJF of another footprint" in told["E54000012"]
    assert not any("residents'" in told[code] for code in ("E54000010", "E54000012"))
    assert "North Cumbria 95 % (of RNN, which it joined)" in told["E54000047"]


def test_no_real_body_has_accounts_and_nothing_is_proposed() -> None:
    for code in ODD:
        plan = started(code)
        followed = {body.key for body in plan.organisations if body.accounts}
        assert followed == {"nhs_commissioners_together", "councils_together"}
        assert not plan.schemes
        assert not plan.budgets
        assert not plan.allocations
        assert "not the partners' plan" in plan.heading.summary


def test_printed_figures_keep_their_scope_and_basis_and_only_the_same_thing_is_placed() -> None:
    plan = started("E54000007")
    gaps = {row.amount / 1e6: row for row in plan.stated if row.measure == "gap"}
    assert {amount: (row.scope, row.basis) for amount, row in gaps.items()} == {
        2000: ("both", "as printed"),
        897: ("as printed", "as printed"),
    }
    whole = {row.code for row in plan.places if row.kind == "council" and row.share_in_footprint > 0.9995}
    lines = {line.key for line in plan.activity}
    placed = [row for row in plan.stated if row.placed_with]
    assert all(row.measure in ("spend", "beds") for row in placed)
    assert {row.placed_with for row in placed if row.measure == "spend"} <= lines
    assert len({row.placed_with for row in placed if row.measure == "spend"}) == 2 * len(whole)
    derbyshire = [row for row in plan.stated if row.key.endswith("derbyshire")]
    assert derbyshire
    assert not any(row.placed_with for row in derbyshire)


def test_beds_of_a_trust_that_others_joined_are_not_placed_with_its_beds_of_before() -> None:
    plan = started("E54000017")
    row = next(each for each in plan.stated if each.key == "occupied_beds_rrk")
    assert row.placed_with == ""
    assert "Heart of England NHS Foundation Trust had joined it" in row.name


def test_a_place_without_printed_figures_says_so() -> None:
    assert any("no printed figure of it" in text for text in started("E54000037").heading.not_known)


def test_health_of_areas_that_share_one_value_stands_once() -> None:
    areas = {row.group for row in started("E54000020").indicator_groups}
    assert areas == {"North Northamptonshire", "West Northamptonshire"}


def test_what_is_not_published_for_scilly_is_told() -> None:
    told = started("E54000036").heading.not_known
    assert "Health of Isles of Scilly: the Health Index is not published for so few people." in told
    scilly = [line for line in started("E54000036").activity if line.key == "social_care_isles_of_scilly"]
    assert [line.age_profile for line in scilly] == [""]


def test_every_body_and_line_of_a_place_has_a_role_and_a_name_of_its_own() -> None:
    for code in ODD:
        plan = started(code)
        names = [line.name for line in plan.activity]
        assert len(set(names)) == len(names)
        assert {body.role for body in plan.organisations} == set(Role)


def test_short_names_keep_what_tells_trusts_apart() -> None:
    assert short_name("Queen Elizabeth Hospital King's Lynn NHS Foundation Trust") == "Queen Elizabeth King's Lynn"
    assert short_name("University Hospital of South Manchester NHS Foundation Trust") == "South Manchester"


def test_a_hospital_is_never_counted_in_two_places() -> None:
    seen = [each.trust.ods for code in CODES for each in Subject(code).hospitals]
    assert len(set(seen)) == len(seen)
    joined = [gone.ods for ods in seen for gone in joined_before_plan(ods)]
    assert not set(joined) & set(seen)
    assert isinstance(Subject(CODES[0]).hospitals[0], Hospital)


def test_the_readme_says_what_it_holds_lacks_and_what_to_get_next() -> None:
    text = readme(started("E54000038"))
    for part in ("## What it holds", "## What it lacks", "## What to get next", "555,195 at mid-2017"):
        assert part in text
    assert all(each.file in text for each in NEXT)
    assert "tripleaim add-data" in text


def test_a_code_that_is_no_footprint_is_said_to_be_none() -> None:
    with pytest.raises(NotPublished, match="E99999999 is the code of none of the 44 footprints"):
        start("E99999999")


def test_the_summary_holds_nothing_that_a_scheme_added_later_would_make_untrue() -> None:
    assert "no scheme" not in started("E54000022").heading.summary


def test_the_summary_says_that_care_of_people_from_elsewhere_grows_with_the_people_here() -> None:
    assert (
        "grows with the people of this footprint, wherever the patients come from" in started(FRIMLEY).heading.summary
    )


FRIMLEY = "E54000034"


def test_a_trend_that_is_held_is_among_what_is_not_known() -> None:
    for code in (*ODD, FRIMLEY):
        held = [kind for kind in MEASURES if growth(Subject(code), kind).how == "held"]
        told = [text for text in started(code).heading.not_known if "the past trend of" in text]
        assert len(told) == bool(held), code
        assert not held or "held to 3 % a year" in told[0]


def test_a_trust_that_joined_another_before_the_plan_is_told_with_the_trend_it_is_counted_in() -> None:
    (source,) = (each for each in started(FRIMLEY).sources if each.key == "growth_held")
    assert "Frimley Health with Heatherwood and Wexham Park Hospitals" in source.note


def test_the_example_of_the_readme_is_a_line_of_the_plan_for_the_people_of_the_study_and_holds_no_figure() -> None:
    plan = started("E54000022")
    told = readme(plan)
    assert "--target unplanned_older_" in told
    assert "0.079" not in told
    assert told.split("--target ")[1].split()[0] in {line.key for line in plan.activity}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("University College London Hospitals NHS Foundation Trust", "University College London"),
        ("Lancashire Teaching Hospitals NHS Foundation Trust", "Lancashire Teaching"),
        ("East Lancashire Hospitals NHS Trust", "East Lancashire"),
    ],
)
def test_a_short_name_still_tells_trusts_apart(name: str, short: str) -> None:
    assert short_name(name) == short
