"""The words we use, the links that lead to them, and search."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from markupsafe import Markup

from tripleaim.web.workspace.actions import challenges
from tripleaim.web.workspace.actions.drafts import start_draft
from tripleaim.web.workspace.cells import cell_of
from tripleaim.web.workspace.glossary import explained, glossary
from tripleaim.web.workspace.search import found_among, of_plan, words_of
from web.conftest import World, tiny_plan


def test_every_word_of_the_glossary_is_there_with_a_place_of_its_own() -> None:
    every = glossary()
    assert len(every) >= 100
    assert len({each.anchor for each in every}) == len(every)
    assert all(each.anchor for each in every)


def test_the_page_of_words_leads_to_each(world: World) -> None:
    page = world.as_(world.person("reviewer")).get("/glossary/").content.decode()
    assert 'id="ccg"' in page
    assert "Clinical commissioning group" in page


def test_the_first_of_an_acronym_leads_to_its_meaning() -> None:
    told = str(explained("A CCG pays. Another CCG does not."))
    assert told == 'A <a class="term" href="/glossary/#ccg">CCG</a> pays. Another CCG does not.'


def test_what_people_wrote_is_made_safe_and_what_is_safe_stays() -> None:
    assert str(explained("<b>CCG</b>")).startswith("&lt;b&gt;")
    assert str(explained(Markup('<a href="/x">CCG</a> and CCG'))).startswith('<a href="/x">CCG</a> and <a class="term"')
    assert str(explained(Markup('<img alt="CCG">'))) == '<img alt="CCG">'


def test_a_part_of_another_word_is_no_acronym() -> None:
    assert "href" not in str(explained("XCCGX"))


def found(world: World, who: str, words: str) -> str:
    role, _, partner = who.partition(".")
    answer = world.as_(world.person(role, partner)).get("/places/tinyshire/search/", {"words": words})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("words", "heading", "title"),
    [
        ("home first", "Schemes", "Home first"),
        ("FIRST home", "Schemes", "Home first"),
        ("tiny hospital", "Organisations", "Tiny Hospital"),
        ("ward cost", "Assumptions", "Running a staffed bed"),
        ("casualty block", "Rows of the plan", "Casualty block"),
        ("commissioning group", "Words we use", "CCG"),
    ],
)
def test_what_holds_all_the_words_is_found(world: World, words: str, heading: str, title: str) -> None:
    page = found(world, "reviewer.office", words)
    assert heading in page
    assert title in page


def test_nothing_typed_says_what_can_be_found(world: World) -> None:
    assert "Type a word or two" in found(world, "reviewer.office", " ")


def test_nothing_found_says_what_to_try(world: World) -> None:
    page = found(world, "reviewer.office", "<zebra>")
    assert "Nothing you may see holds all of" in page
    assert "<zebra>" not in page


def test_a_draft_is_found_by_those_who_may_see_it_alone(world: World) -> None:
    version = world.place.versions.get()
    start_draft(world.person("analyst", "council"), world.partner("council"), version, "Warmer homes zebra")
    assert "Warmer homes zebra" in found(world, "board.council", "zebra")
    for other in ("analyst.hospital", "reviewer.council", "convenor.office"):
        assert "Warmer homes zebra" not in found(world, other, "zebra")


def test_a_challenge_is_found_by_its_words_and_its_answers(world: World) -> None:
    cell, officer = cell_of(tiny_plan(), "activity", "emergency", "growth"), world.person("officer", "council")
    assert cell is not None
    asked = challenges.ask(officer, world.partner("council"), world.place.versions.get(), cell, "Why so many zebras?")
    challenges.answer(world.person("analyst", "hospital"), world.partner("hospital"), asked, "A giraffe counted them.")
    assert f"/challenges/{asked.pk}/" in found(world, "reviewer.office", "zebras giraffe")


def test_what_begins_with_the_words_comes_first(world: World) -> None:
    (schemes, *_) = found_among(of_plan(world.place.versions.get().content_id), words_of("home"))
    assert schemes.best[0].title == "Home first"


def test_a_plan_is_searched_with_few_questions_however_much_is_found(world: World) -> None:
    browser = world.as_(world.person("reviewer"))

    def queries(words: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get("/places/tinyshire/search/", {"words": words})
        return len(asked)

    assert queries("zebra") == queries("e") <= 12


def test_very_long_words_are_cut_short(world: World) -> None:
    assert "Nothing you may see" in found(world, "reviewer.office", "y" * 5000)
