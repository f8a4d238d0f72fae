"""Pages of results: what there is, how to ask, how far it is, and the answer in our frame."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tripleaim.web.workspace.actions import runs
from tripleaim.web.workspace.actions.contents import keep, plan_of
from tripleaim.web.workspace.jobs.made import files_of
from tripleaim.web.workspace.models import Draft, Run, Version
from web.conftest import World, invented_plan

HERE = "/places/tinyshire/results/"


def page(world: World, address: str, role: str = "analyst", who: str = "council", **headers: str) -> HttpResponse:
    return world.as_(world.person(role, who)).get(address, headers=headers)


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def waiting(world: World, kind: str = "run", draft: Draft | None = None, **options: Any) -> Run:
    version = world.place.versions.first()
    assert version
    person = world.person("analyst", "council")
    return runs.ask(person, world.place, draft.content if draft else version.content, kind, options, draft)


def done(world: World, kind: str = "run", draft: Draft | None = None, **options: Any) -> Run:
    """A run worked out as a worker does it, in this process."""
    run = waiting(world, kind, draft, **options)
    assert runs.claim("worker") == run
    assert runs.finish(run, "worker", files_of(kind, plan_of(run.content), run.options, lambda share, words: None))
    run.refresh_from_db()
    return run


def draft_of(world: World) -> Draft:
    version = world.place.versions.first()
    assert version
    return Draft.objects.create(
        place=world.place,
        partner=world.partner("council"),
        title="More beds",
        base=version,
        content=keep(invented_plan()),
        made_by=world.person("analyst", "council"),
    )


def read(run: Run, name: str) -> bytes:
    return zlib.decompress(run.files.get(name=name).packed)


@contextmanager
def queries() -> Iterator[list[int]]:
    found: list[int] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found.append(len(captured))


# ---- The list --------------------------------------------------------------------------------------------------------


def test_a_place_where_nothing_was_asked_says_what_can_be(world: World) -> None:
    told = words(page(world, HERE))
    assert told.count("Not asked yet") == 4
    assert "Nothing yet." in told
    assert "The program asks this by itself" in told


def test_each_question_says_how_it_stands(world: World) -> None:
    done(world)
    waiting(world, "stress", draws=300)
    told = words(page(world, HERE))
    assert "Read the answer" in told
    assert "See how far it is" in told
    assert told.count("Not asked yet") == 2


def test_an_answer_of_an_older_version_is_out_of_date(world: World) -> None:
    run = done(world)
    Version.objects.create(place=world.place, number=2, content=keep(invented_plan()))
    assert "There is an answer for version 1" in words(page(world, HERE))
    told = words(page(world, f"{HERE}{run.pk}/"))
    assert "The plan has changed since: version 2 is newest." in told
    assert "Work it out again" in told


def test_an_answer_of_an_older_program_says_so(world: World) -> None:
    run = done(world)
    Run.objects.filter(pk=run.pk).update(program="0.0.1")
    assert "earlier version of the program" in words(page(world, HERE))
    assert "earlier version of the program" in words(page(world, f"{HERE}{run.pk}/"))


def test_a_reviewer_reads_and_is_offered_nothing_to_ask(world: World) -> None:
    done(world)
    told = words(page(world, HERE, "reviewer", "office"))
    assert "Read the answer" in told
    assert "Ask this" not in told
    assert page(world, f"{HERE}ask/stress/", "reviewer", "office").status_code == 403


def test_the_list_asks_the_database_as_often_for_many_runs_as_for_one(world: World) -> None:
    waiting(world, "stress", seed=1)
    client = world.as_(world.person("analyst", "council"))
    client.get(HERE)
    with queries() as few:
        client.get(HERE)
    for seed in range(2, 60):
        waiting(world, "stress", seed=seed)
    with queries() as many:
        answer = client.get(HERE)
    assert many == few
    assert "Page 1 of 2" in words(answer)


# ---- Asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["run", "stress", "choose", "share"])
def test_a_question_is_asked_by_a_form_and_leads_to_its_run(world: World, kind: str) -> None:
    client = world.as_(world.person("analyst", "council"))
    assert client.get(f"{HERE}ask/{kind}/").status_code == 200
    answer = client.post(f"{HERE}ask/{kind}/", {})
    run = Run.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{HERE}{run.pk}/")
    assert run.kind == kind
    assert "The answer will stand here" in words(client.get(answer["Location"]))


def test_a_form_with_slips_tells_them_all_and_keeps_what_was_typed(world: World) -> None:
    typed = {"draws": "a lot", "seed": "−1", "rule": "equal", "schemes": ["hub"]}
    answer = world.as_(world.person("analyst", "council")).post(f"{HERE}ask/share/", typed)
    told = words(answer)
    assert answer.status_code == 422
    assert 'value="a lot"' in told
    assert '<option value="equal" selected>' in told
    assert "a whole number from 100 to 20,000" in told
    assert not Run.objects.exists()


def test_what_is_already_worked_out_is_shown_at_once(world: World) -> None:
    run = done(world)
    client = world.as_(world.person("finance", "hospital"))
    answer = client.post(f"{HERE}ask/run/", {}, follow=True)
    assert "had been worked out already" in words(answer)
    assert Run.objects.get() == run


def test_an_older_version_is_asked_about_by_its_number(world: World) -> None:
    old = world.place.versions.get()
    Version.objects.create(place=world.place, number=2, content=keep(invented_plan()))
    client = world.as_(world.person("analyst", "council"))
    assert "Version 1" in words(client.get(f"{HERE}ask/run/?version=1"))
    client.post(f"{HERE}ask/run/", {"version": "1"})
    assert Run.objects.get().content_id == old.content_id


@pytest.mark.parametrize("address", ["ask/nothing/", "ask/run/?version=7", "ask/run/?draft=99", "ask/run/?version=x"])
def test_what_is_not_there_is_not_found(world: World, address: str) -> None:
    assert page(world, HERE + address).status_code == 404


# ---- How far it is ---------------------------------------------------------------------------------------------------


def test_a_run_that_waits_says_how_far_it_is_and_can_be_stopped(world: World) -> None:
    run = waiting(world, "stress")
    runs.claim("worker")
    runs.beat(run, "worker", 0.12, "1,200 of 10,000 draws")
    told = words(page(world, f"{HERE}{run.pk}/"))
    assert "1,200 of 10,000 draws" in told
    assert '<progress id="done" max="100" value="12">' in told
    assert "Look again" in told
    assert words(page(world, f"{HERE}{run.pk}/progress/")) in told
    answer = world.as_(world.person("analyst", "council")).post(f"{HERE}{run.pk}/stop/", follow=True)
    assert "Nothing was kept" in words(answer)
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_only_who_may_stop_a_run_sees_the_button(world: World) -> None:
    run = waiting(world, "stress")
    assert "Stop it" not in words(page(world, f"{HERE}{run.pk}/", "analyst", "hospital"))
    assert world.as_(world.person("analyst", "hospital")).post(f"{HERE}{run.pk}/stop/").status_code == 403


def test_a_run_that_ended_while_it_was_watched_is_loaded_anew(world: World) -> None:
    run = done(world)
    assert page(world, f"{HERE}{run.pk}/progress/")["HX-Refresh"] == "true"


def test_a_run_nobody_takes_up_says_that_a_worker_must_be_started(world: World) -> None:
    run = waiting(world)
    assert "Nobody is at work" not in words(page(world, f"{HERE}{run.pk}/"))
    Run.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    assert "Nobody is at work" in words(page(world, f"{HERE}{run.pk}/"))


def test_why_there_is_no_answer_is_told_in_words(world: World) -> None:
    run = waiting(world)
    runs.claim("worker")
    problems = [
        {"where": "activity.csv", "found": "<b>x</b>", "expected": "a number", "to_fix": "write one"},
        {"where": "", "found": "Nothing fits under these limits.", "expected": "", "to_fix": ""},
    ]
    runs.refuse(run, "worker", problems)
    told = words(page(world, f"{HERE}{run.pk}/"))
    assert "&lt;b&gt;x&lt;/b&gt;" in told
    assert "Nothing fits under these limits." in told
    assert "Ask again" in told


# ---- The answer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options"),
    [("run", {}), ("stress", {"draws": 100}), ("choose", {"draws": 100}), ("share", {"draws": 100})],
)
def test_an_answer_stands_in_our_frame_with_its_tables_beside_it(
    world: World, kind: str, options: dict[str, int]
) -> None:
    run = done(world, kind, **options)
    told = words(page(world, f"{HERE}{run.pk}/"))
    assert told.count("<h1>") == told.count('<main id="main">') == 1
    assert "Version 1" in told
    for href in {part.split('"')[0].split("#")[0] for part in told.split(' href="')[1:]}:
        if href and not href.startswith(("/", "http")):
            assert page(world, f"{HERE}{run.pk}/{href}").status_code in (200, 302), href
    assert json.loads(read(run, "brief.json"))["fingerprint"] == run.content_id


def test_tables_are_taken_away_as_they_were_kept_or_as_a_spreadsheet(world: World) -> None:
    run = done(world)
    name = next(each.name for each in run.files.all() if each.name.endswith(".csv"))
    table = page(world, f"{HERE}{run.pk}/{name}")
    assert table.content == read(run, name)
    assert table["Content-Disposition"].startswith('attachment; filename="tinyshire-run-')
    book = page(world, f"{HERE}{run.pk}/{name.replace('.csv', '.xlsx')}")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(book.content)).namelist()


def test_a_file_the_reader_has_already_is_not_sent_again_but_rights_are_asked_each_time(world: World) -> None:
    run = done(world)
    first = page(world, f"{HERE}{run.pk}/result.json")
    again = page(world, f"{HERE}{run.pk}/result.json", if_none_match=first["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first["Cache-Control"] == "private, no-cache"
    stranger = world.as_(world.outsider).get(f"{HERE}{run.pk}/result.json", headers={"if-none-match": first["ETag"]})
    assert stranger.status_code == 404


@pytest.mark.parametrize(
    "name", ["brief.json", "page.html", "data/none.csv", "data/none.xlsx", "data/../page.html", "x.py"]
)
def test_what_is_no_file_of_the_answer_is_not_found(world: World, name: str) -> None:
    run = done(world)
    assert page(world, f"{HERE}{run.pk}/{name}").status_code == 404


def test_the_style_of_answers_is_kept_by_browsers_for_as_long_as_it_is_the_same(world: World) -> None:
    run = done(world)
    address = words(page(world, f"{HERE}{run.pk}/")).partition("/styles/")[2].partition('"')[0]
    sheet = world.as_(None).get(f"/styles/{address}")
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in sheet["Cache-Control"]
    assert world.as_(None).get("/styles/results-000000000000.css").status_code == 404


# ---- Whose it is -----------------------------------------------------------------------------------------------------


def test_a_drafts_answer_is_not_there_for_others_until_it_is_proposed(world: World) -> None:
    draft = draft_of(world)
    run = done(world, draft=draft)
    for address in ("", "progress/", "index.html", "on_a_page.html", "result.json", "report.xlsx"):
        assert page(world, f"{HERE}{run.pk}/{address}").status_code in (200, 302), address
        assert page(world, f"{HERE}{run.pk}/{address}", "convenor", "office").status_code == 404, address
    assert "More beds" in words(page(world, HERE))
    assert "More beds" not in words(page(world, HERE, "convenor", "office"))
    Draft.objects.update(proposed_at=timezone.now())
    assert page(world, f"{HERE}{run.pk}/", "convenor", "office").status_code == 200


def test_an_answer_says_when_its_draft_has_been_changed_since(world: World) -> None:
    draft = draft_of(world)
    run = done(world, draft=draft)
    assert "changed since" not in words(page(world, f"{HERE}{run.pk}/"))
    Draft.objects.filter(pk=draft.pk).update(content=world.place.versions.get().content)
    told = words(page(world, f"{HERE}{run.pk}/"))
    assert "The draft has been changed since." in told
    assert f"{HERE}ask/run/?draft={draft.pk}" in told


def test_nothing_of_a_place_is_there_for_people_of_another(world: World) -> None:
    run = done(world)
    client = world.as_(world.outsider)
    for address in ("", "ask/run/", f"{run.pk}/", f"{run.pk}/progress/", f"{run.pk}/result.json"):
        assert client.get(HERE + address).status_code == 404
    assert client.get(f"/places/elsewhere/results/{run.pk}/").status_code == 404
