"""The schemes of a place: the list, each one's page, and what leaders are asked in private."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest

from tripleaim.web.workspace.actions import contents
from tripleaim.web.workspace.briefs import forget
from tripleaim.web.workspace.models import Challenge, Confidence, Membership, Person, Role, Version
from web.conftest import World, invented_plan, tiny_plan
from web.worked_out import altered, keep, newest, page, queries, work_out

SCHEME = tiny_plan().schemes[0].key


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget()


def answer(world: World, person: Person, score: str, key: str = SCHEME) -> tuple[int, str]:
    """What a leader's answer brings: the status, and the page."""
    got = world.as_(person).post(f"/places/{world.place.slug}/schemes/{key}/confidence/", {"score": score})
    return got.status_code, got.content.decode()


def names(told: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*/schemes/([^"/]+)/">', told)


def believed(told: str) -> str:
    """What a scheme's page says of leaders' confidence."""
    return told.partition('id="believed"')[2].partition("</section>")[0]


def test_the_list_has_every_scheme_with_its_owner_its_money_and_how_its_claim_stands(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "schemes/")
    assert len(names(told)) == 20
    assert "Director of integrated care" in told
    assert "96 of 100" in told
    assert "Not credible" in told
    assert "Plug" in told
    assert "You must take part" in told
    royal = page(invented_world, invented_world.person("finance", "wealdshire_royal"), "schemes/")
    assert "£5.6m a year of it is put down to you, and nobody has worked out how" in royal


def test_the_list_says_what_the_schemes_come_to_together_and_not_only_their_sum(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "schemes/")
    assert "Each counted alone, they save £115.9m" in told
    assert "Together they make the place £97.0m better off as hoped, and £85.9m better off with the posts" in told


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("", "theatre_and_clinics"),
        ("?sort=name", "agency_ceiling"),
        ("?sort=claim", "integrated_care_teams"),
        ("?sort=saving&order=down", "shared_record"),
        ("?sort=nonsense", "theatre_and_clinics"),
    ],
)
def test_the_list_is_sorted_by_the_server(invented_world: World, asked: str, first: str) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("board", "marsh_council"), f"schemes/{asked}")
    assert names(told)[0] == first


def test_the_list_can_be_kept_as_a_file_with_its_figures_in_full(invented_world: World) -> None:
    work_out(invented_world)
    client = invented_world.as_(invented_world.person("analyst", "marsh_council"))
    got = client.get(f"/places/{invented_world.place.slug}/schemes/schemes.csv")
    rows = list(csv.DictReader(io.StringIO(got.content.decode())))
    assert got["Content-Disposition"] == 'attachment; filename="schemes.csv"'
    home_first = next(row for row in rows if row["Key"] == "home_first")
    assert home_first["As hoped, £m"] == "16.078765"
    book = client.get(f"/places/{invented_world.place.slug}/schemes/schemes.xlsx")
    assert zipfile.ZipFile(io.BytesIO(book.content)).testzip() is None


@pytest.mark.parametrize("table", ["money", "who", "posts", "claims"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_table_of_a_scheme_can_be_kept(invented_world: World, table: str, kind: str) -> None:
    work_out(invented_world)
    client = invented_world.as_(invented_world.person("analyst", "marsh_council"))
    got = client.get(f"/places/{invented_world.place.slug}/schemes/home_first/{table}.{kind}")
    assert got.status_code == 200
    assert len(got.content) > 100


@pytest.mark.parametrize("path", ["schemes/nowhere/", "schemes/home_first/nothing.csv", "schemes/home_first/money.exe"])
def test_what_the_plan_does_not_have_is_not_there(invented_world: World, path: str) -> None:
    work_out(invented_world)
    page(invented_world, invented_world.person("analyst", "marsh_council"), path, status=404)


def test_a_scheme_says_in_one_sentence_what_it_saves_and_who_gains_and_pays(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "schemes/home_first/")
    assert "Saves £16.1m in 2020/21, as hoped; with the posts and capital found so far, £11.5m." in told
    assert "Who gains and who pays, as hoped, 2020/21" in told
    assert "Care workers, Marsh Council" in told
    assert "If one of them stays out, 60% of its effect is left." in told
    assert "Put the first 41 staff in post" in told


def test_a_claim_that_studies_can_test_is_drawn_beside_them(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "schemes/integrated_care_teams/")
    assert told.count('<figure class="figure"') == 2
    assert "Expected of one more such scheme" in told


def test_a_scheme_without_a_cost_says_so_where_its_saving_is_told(world: World) -> None:
    costs = tuple(row for row in tiny_plan().costs if row.scheme != SCHEME)
    Version.objects.create(place=world.place, number=2, content=contents.keep(altered(tiny_plan(), costs=costs)))
    work_out(world)
    told = page(world, world.person("officer", "council"), f"schemes/{SCHEME}/")
    assert told.count("The plan holds no cost of it, so it looks cheaper than it would be.") >= 2
    assert "The noughts above are costs nobody has stated." in told


def test_a_challenge_on_one_of_its_rows_could_stop_it(invented_world: World) -> None:
    work_out(invented_world)
    for row in ("home_first", "home_first.avoid.marsh_ch_week", "home_first_two"):
        Challenge.objects.create(
            place=invented_world.place,
            version=newest(invented_world),
            table="effects",
            row=row,
            question=f"Why {row}?",
            person=invented_world.person("officer", "marsh_council"),
            partner=invented_world.partner("marsh_council"),
        )
    told = page(invented_world, invented_world.person("board", "marsh_council"), "schemes/home_first/")
    assert "Why home_first?" in told
    assert "Why home_first.avoid" in told
    assert "home_first_two" not in told


def test_the_modelled_chance_stands_beside_what_leaders_believe(world: World) -> None:
    work_out(world)
    reader = world.person("board", "council")
    assert "no stress test has been run" in page(world, reader, f"schemes/{SCHEME}/")
    chance = {SCHEME: {"words": "Between 1 and 5 draws in 10 bring as much."}}
    keep(world, newest(world).content, "stress", {"headline": "", "draws": 1000, "schemes": chance})
    assert "Between 1 and 5 draws in 10 bring as much." in page(world, reader, f"schemes/{SCHEME}/")


# ---- Confidence ------------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_and_shown_to_nobody_but_who_gave_it(world: World) -> None:
    work_out(world)
    leader = world.person("finance", "council")
    assert answer(world, leader, "7") == (303, "")
    assert "You said 7 on" in page(world, leader, f"schemes/{SCHEME}/")
    for role in ("convenor", "auditor", "board", "analyst", "reviewer"):
        told = page(world, world.person(role, "council"), f"schemes/{SCHEME}/")
        assert "You said" not in told
        assert "Not shown yet: fewer than 5 leaders have answered." in told


def test_the_middle_of_five_answers_is_shown_to_all_and_stays_until_five_more_have_answered(world: World) -> None:
    work_out(world)
    people = []
    for number in range(6):
        person = Person.objects.create(email=f"leader{number}@example.org", name=f"Leader {number}")
        Membership.objects.create(person=person, partner=world.partner("hospital"), role=Role.BOARD)
        people.append(person)
    for person, score in zip(people[:5], "45678", strict=True):
        answer(world, person, score)
    before = believed(page(world, world.person("reviewer", "council"), f"schemes/{SCHEME}/"))
    assert "<strong>6 of 10</strong>, the middle of 5 answers." in before
    answer(world, people[5], "0")
    assert believed(page(world, world.person("reviewer", "council"), f"schemes/{SCHEME}/")) == before


def test_an_answer_that_is_no_number_is_refused_on_the_same_page(world: World) -> None:
    work_out(world)
    status, told = answer(world, world.person("board", "council"), "eleven")
    assert status == 422
    assert "Found eleven; expected a whole number from 0 to 10" in told
    assert not Confidence.objects.exists()


@pytest.mark.parametrize("role", ["analyst", "reviewer", "auditor"])
def test_who_is_no_leader_is_not_asked_and_cannot_answer(world: World, role: str) -> None:
    work_out(world)
    assert "How sure are you" not in page(world, world.person(role, "council"), f"schemes/{SCHEME}/")
    assert answer(world, world.person(role, "council"), "5")[0] == 403


def test_nobody_from_elsewhere_can_answer(world: World) -> None:
    work_out(world)
    assert answer(world, world.outsider, "5")[0] == 404


def test_until_there_are_figures_both_pages_say_so(world: World) -> None:
    reader = world.person("officer", "council")
    assert "have not been worked out yet" in page(world, reader, "schemes/")
    assert "have not been worked out yet" in page(world, reader, f"schemes/{SCHEME}/")
    page(world, reader, "schemes/schemes.csv", status=404)


def test_the_pages_ask_as_many_questions_of_the_database_for_twenty_schemes_as_for_two(world: World) -> None:
    work_out(world)
    client, schemes = world.as_(world.person("board", "council")), f"/places/{world.place.slug}/schemes/"
    few = queries(client, schemes), queries(client, f"{schemes}{SCHEME}/")
    Version.objects.create(place=world.place, number=2, content=contents.keep(invented_plan()))
    work_out(world)
    assert (queries(client, schemes), queries(client, f"{schemes}home_first/")) == few
