"""A footprint is found by its code or name and by those of everything in it; several are all listed."""

from __future__ import annotations

import time

import pytest

from tripleaim.opendata import find, published
from tripleaim.opendata.bodies import Body, bodies

EVERY = list(bodies())


def others(body: Body) -> str:
    """The body in words, for a failure."""
    return f"{body.belongs.kind} {body.belongs.name} in {body.belongs.footprint_name}"


def test_every_name_and_code_of_every_body_finds_its_footprint() -> None:
    for body in EVERY:
        for asked in (*body.names, *body.codes):
            assert body.belongs in find(asked).footprints, (asked, others(body))


def spelt(name: str) -> list[str]:
    """Ways in which people write the same name."""
    return [
        name.upper(),
        name.lower(),
        f"  {name} ",
        name.replace(" and ", " & "),
        name.replace(",", ""),
        name.replace("'", "’"),
        name.replace(" ", "\u00a0"),
        name.removeprefix("NHS "),
        name.removesuffix(" CCG"),
        name.replace("Integrated Care Board", "ICB"),
        name.replace("NHS Foundation Trust", "").replace("NHS Trust", ""),
    ]


def test_case_punctuation_and_the_kind_of_body_do_not_matter() -> None:
    for body in EVERY:
        for name in body.names:
            for asked in spelt(name):
                assert body.belongs in find(asked).footprints, (asked, others(body))


@pytest.mark.parametrize("ending", ["Council", "County Council", "City Council", "Borough Council", "District Council"])
def test_a_council_is_found_by_what_it_calls_itself(ending: str) -> None:
    for body in EVERY:
        if body.belongs.kind in ("council", "district"):
            asked = f"{body.belongs.name} {ending}"
            assert body.belongs.footprint in find(asked).codes, (asked, others(body))


@pytest.mark.parametrize(
    ("asked", "footprint"),
    [
        ("London Borough of Hackney", "E54000029"),
        ("City of York Council", "E54000006"),
        ("Bristol", "E54000039"),
        ("Durham County Council", "E54000045"),
        ("Royal Borough of Windsor and Maidenhead", "E54000034"),
        ("Norfolk & Waveney STP", "E54000022"),
        ("QMM", "E54000022"),
        ("rm1", "E54000022"),
        ("Luton Health and Wellbeing Board", "E54000024"),
        ("Manchester Mental Health and Social Care Trust", "E54000007"),
        ("UCLH", "E54000028"),
        ("BNSSG", "E54000039"),
        ("LLR", "E54000015"),
        ("NW London", "E54000027"),
        ("SEL", "E54000030"),
    ],
)
def test_names_people_use(asked: str, footprint: str) -> None:
    assert footprint in find(asked).codes


def test_a_commissioner_that_was_split_is_listed_in_both_footprints_with_its_shares() -> None:
    rows = [each for each in find("NHS Cumbria CCG").footprints if each.kind == "commissioner"]
    assert [(each.footprint_name, round(each.share or 0, 2)) for each in rows] == [
        ("West, North and East Cumbria", 0.63),
        ("Lancashire and South Cumbria", 0.37),
    ]


def test_a_council_that_a_boundary_cuts_is_listed_in_both_footprints() -> None:
    shares = {each.footprint: each.share for each in find("Suffolk").footprints if each.kind == "council"}
    assert shares == {"E54000022": 0.15575, "E54000023": 0.84425}


def test_a_board_made_of_several_footprints_lists_them_all() -> None:
    found = find("NHS Humber and North Yorkshire ICB")
    assert len(found.codes) >= 3
    assert round(sum(each.share or 0 for each in found.footprints), 4) == 1


def test_a_name_of_a_footprint_says_so_but_hides_nothing() -> None:
    found = find("Derbyshire")
    assert found.named == "E54000012"
    assert found.codes == ("E54000012", "E54000007")  # Glossop, in the county, is in Greater Manchester's footprint
    assert find("Birmingham").named is None


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("Greater Manchestr", "Greater Manchester"),
        ("Somersett", "Somerset"),
        ("Norfolk and Wavney", "Norfolk and Waveney"),
        ("Addenbrooks Cambridge University Hospital", "Cambridge University Hospitals NHS Foundation Trust"),
    ],
)
def test_near_names_are_offered_when_nothing_fits(asked: str, offered: str) -> None:
    found = find(asked)
    assert found.footprints == ()
    assert offered in found.near


def test_a_near_name_that_is_offered_can_be_found() -> None:
    for asked in ("Bath", "Manchest", "West Yorks", "Hospital", "London"):
        for name in find(asked).near:
            assert find(name).footprints, name


@pytest.mark.parametrize("asked", ["", " ", "xyzzy", "E5400", "-", "\0", "🙂", "'; drop table", "nhs", "council"])
def test_nonsense_finds_nothing(asked: str) -> None:
    assert find(asked).footprints == ()


def test_a_very_long_text_is_answered_at_once() -> None:
    began = time.perf_counter()
    assert find("county " * 200_000).footprints == ()
    assert time.perf_counter() - began < 2


def test_a_trust_that_treats_people_of_many_footprints_is_counted_in_one() -> None:
    (trust,) = find("RM1").footprints
    assert trust.footprint == "E54000022"
    assert trust.share is not None
    assert 0.9 < trust.share < 1


def test_what_is_found_is_one_of_the_44() -> None:
    known = {place.code for place in published().footprints}
    assert {body.belongs.footprint for body in EVERY} == known


@pytest.mark.parametrize(
    ("asked", "footprint"),
    [
        ("Bath", "Bath, Swindon and Wiltshire"),
        ("Glossop", "Greater Manchester"),
        ("Royal Free", "North Central London"),
        ("Heatherwood and Wexham Park", "Frimley Health"),
    ],
)
def test_words_that_names_of_one_footprint_alone_hold_find_it(asked: str, footprint: str) -> None:
    assert {each.footprint_name for each in find(asked).footprints} == {footprint}


@pytest.mark.parametrize("asked", ["Newcastle", "Yorkshire"])
def test_words_that_names_of_several_footprints_hold_find_them_all(asked: str) -> None:
    assert 1 < len(find(asked).codes) <= 6
    assert find(asked).named is None


def test_words_that_many_names_hold_find_nothing() -> None:
    assert find("Hospital").codes == ()


def test_an_ambulance_trust_is_found_by_its_whole_name_only() -> None:
    assert find("East Midlands").codes == ()
    assert len(find("East Midlands Ambulance Service NHS Trust").codes) == 1


def test_a_region_has_several_footprints_whatever_council_bears_its_name() -> None:
    assert set(find("London").codes) == {each.code for each in published().footprints if each.region == "London"}


def test_a_footprint_is_found_by_its_number() -> None:
    for place in published().footprints:
        assert find(str(place.number)).named == place.code
