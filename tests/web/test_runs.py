"""A run is asked for once, worked on by one worker at a time, and ends with all its files or none."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tripleaim.errors import PlanProblems
from tripleaim.web.workspace.actions import runs
from tripleaim.web.workspace.actions.contents import keep
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import AuditEvent, Content, Draft, Person, Run, RunFile, Version
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.rights import NotAllowed
from web.conftest import World, invented_plan

FILES = {"page.html": b"<p>An answer</p>", "data/a.csv": b"a\r\n1\r\n"}


def content(world: World) -> Content:
    return world.place.versions.get().content


def ask(world: World, kind: str = "stress", who: str = "council", draft: Draft | None = None, **options: Any) -> Run:
    of = draft.content if draft else content(world)
    return runs.ask(world.person("analyst", who), world.place, of, kind, options, draft)


def draft_of(world: World, partner: str = "council", other_plan: bool = False) -> Draft:
    return Draft.objects.create(
        place=world.place,
        partner=world.partner(partner),
        title="More beds",
        base=world.place.versions.get(),
        content=keep(invented_plan()) if other_plan else content(world),
        made_by=world.person("analyst", partner),
    )


def let_the_lease_run_out(run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def acts() -> list[str]:
    return list(AuditEvent.objects.filter(act__startswith="run.").order_by("number").values_list("act", flat=True))


# ---- Asked -----------------------------------------------------------------------------------------------------------


def test_a_question_waits_for_a_worker_with_every_option_stated(world: World) -> None:
    run = ask(world)
    assert (run.state, run.options) == ("waiting", {"draws": 10_000, "seed": 1})
    assert acts() == ["run.ask"]


def test_everything_that_cannot_be_is_told_at_once(world: World) -> None:
    with pytest.raises(PlanProblems) as refusal:
        ask(world, "share", draws="many", seed="-1", rule="shaply", schemes=["no such"])
    assert [each.where for each in refusal.value.problems] == ["Schemes", "How to share", "How many draws", "Seed"]
    assert "choose shapley" in str(refusal.value)
    assert not Run.objects.exists()


@pytest.mark.parametrize("draws", ["99", "20001", "1_000", "1e3", "٣٠٠", "0"])
def test_draws_are_a_whole_number_within_limits(world: World, draws: str) -> None:
    with pytest.raises(PlanProblems, match="from 100 to 20,000"):
        ask(world, draws=draws)


def test_a_question_that_takes_no_options_refuses_them(world: World) -> None:
    with pytest.raises(PlanProblems, match="leave it out"):
        ask(world, "run", draws="300")


def test_the_same_question_is_one_run_however_often_and_by_whomever_it_is_asked(world: World) -> None:
    first = ask(world, draws="300")
    assert ask(world, who="hospital", draws=300, seed="1") == first
    runs.claim("worker")
    assert ask(world, draws="300") == first
    assert runs.finish(first, "worker", FILES)
    assert ask(world, draws="300") == first
    assert acts() == ["run.ask", "run.finish"]


def test_another_seed_is_another_run(world: World) -> None:
    assert ask(world, seed="2") != ask(world, seed="3")


def test_what_failed_or_was_stopped_can_be_asked_again(world: World) -> None:
    first = ask(world)
    runs.stop(world.person("analyst", "council"), first)
    assert ask(world) != first


def test_a_plan_of_elsewhere_is_not_worked_out(world: World) -> None:
    with pytest.raises(NotNow, match="no version of the place"):
        runs.ask(world.person("analyst", "council"), world.place, keep(invented_plan()), "run", {})


def test_reviewers_and_people_of_other_places_ask_for_nothing(world: World) -> None:
    for person in (world.person("reviewer"), world.person("auditor"), world.outsider):
        with pytest.raises(NotAllowed):
            runs.ask(person, world.place, content(world), "run", {})
    assert not Run.objects.exists()


# ---- Drafts ----------------------------------------------------------------------------------------------------------


def test_a_draft_is_asked_about_by_its_own_people_alone_until_it_is_proposed(world: World) -> None:
    draft = draft_of(world)
    with pytest.raises(NotAllowed):
        ask(world, who="hospital", draft=draft)
    draft.proposed_at = timezone.now()
    draft.save()
    assert ask(world, who="hospital", draft=draft).draft == draft


def test_what_a_draft_asked_is_not_handed_to_others_though_the_plan_be_the_same(world: World) -> None:
    own = ask(world, draft=draft_of(world))
    assert ask(world, who="hospital") != own


def test_what_a_proposal_asked_answers_everybody(world: World) -> None:
    draft = draft_of(world)
    own = ask(world, draft=draft)
    Draft.objects.update(proposed_at=timezone.now())
    assert ask(world, who="hospital") == own


# ---- Stopped ---------------------------------------------------------------------------------------------------------


def test_a_stopped_run_keeps_nothing_of_the_work(world: World) -> None:
    run = ask(world)
    assert runs.claim("worker") == run
    assert runs.stop(world.person("analyst", "council"), run).state == "cancelled"
    assert not runs.beat(run, "worker", 0.5, "half way")
    assert not runs.finish(run, "worker", FILES)
    assert not runs.fail(run, "worker", "late")
    run.refresh_from_db()
    assert (run.state, RunFile.objects.count(), acts()) == ("cancelled", 0, ["run.ask", "run.stop"])


def test_only_who_asked_and_convenors_stop_a_run(world: World) -> None:
    run = ask(world)
    with pytest.raises(NotAllowed):
        runs.stop(world.person("analyst", "hospital"), run)
    assert runs.stop(world.person("convenor"), run).state == "cancelled"


def test_what_has_ended_cannot_be_stopped(world: World) -> None:
    run = ask(world)
    runs.stop(world.person("analyst", "council"), run)
    with pytest.raises(NotNow, match="stopped"):
        runs.stop(world.person("analyst", "council"), run)
    assert acts() == ["run.ask", "run.stop"]


# ---- Worked on -------------------------------------------------------------------------------------------------------


def test_runs_are_taken_up_in_turn_those_that_all_pages_rest_on_first(world: World) -> None:
    later, sooner, first = ask(world, seed="1"), ask(world, seed="2"), ask(world, "run")
    assert [runs.claim("worker") for _ in range(4)] == [first, later, sooner, None]


def test_a_lease_that_ran_out_is_taken_up_by_another(world: World) -> None:
    run = ask(world)
    runs.claim("first")
    assert runs.claim("second") is None
    let_the_lease_run_out(run)
    assert runs.claim("second") == run
    assert not runs.beat(run, "first", 0.9, "nearly done")
    assert not runs.finish(run, "first", FILES)
    assert runs.finish(run, "second", FILES)
    run.refresh_from_db()
    assert (run.state, run.attempts, RunFile.objects.count()) == ("done", 2, len(FILES))


def test_a_beat_keeps_the_lease_and_tells_how_far_it_is_without_an_event(world: World) -> None:
    run = ask(world)
    runs.claim("worker")
    let_the_lease_run_out(run)
    assert runs.beat(run, "worker", 0.25, "2,048 of 10,000 draws")
    assert runs.claim("another") is None
    run.refresh_from_db()
    assert (run.share_done, run.doing) == (0.25, "2,048 of 10,000 draws")
    assert acts() == ["run.ask"]


def test_what_breaks_off_three_times_is_given_up_in_words(world: World) -> None:
    run = ask(world)
    for number in range(3):
        assert runs.claim(f"worker {number}") == run
        let_the_lease_run_out(run)
    assert runs.claim("worker 4") is None
    run.refresh_from_db()
    assert run.state == "failed"
    assert "three times" in run.fault
    assert "safe" in run.fault
    assert acts() == ["run.ask", "run.fail"]


def test_what_a_worker_gives_back_is_as_if_it_had_never_been_begun(world: World) -> None:
    run = ask(world)
    runs.claim("worker")
    runs.give_back(run, "worker")
    run.refresh_from_db()
    assert (run.state, run.attempts, run.worker) == ("waiting", 0, "")
    assert runs.claim("another") == run


def test_all_files_are_kept_or_none(world: World) -> None:
    run = ask(world)
    runs.claim("worker")
    with pytest.raises(TypeError):
        runs.finish(run, "worker", {**FILES, "no bytes": 3})  # type: ignore[dict-item]
    run.refresh_from_db()
    assert (run.state, RunFile.objects.count()) == ("working", 0)
    assert runs.finish(run, "worker", FILES)
    assert {each.name: zlib.decompress(each.packed) for each in run.files.all()} == FILES


def test_a_plan_that_cannot_be_run_keeps_its_problems_as_records(world: World) -> None:
    run = ask(world)
    runs.claim("worker")
    problem = {"where": "activity.csv, row 14", "found": "12%", "expected": "a fraction", "to_fix": "write 0.12"}
    assert runs.refuse(run, "worker", [problem])
    run.refresh_from_db()
    assert (run.state, run.refusal, run.fault) == ("failed", [problem], "")


# ---- What nobody asked -----------------------------------------------------------------------------------------------


def test_opening_a_place_works_nothing_out(world: World) -> None:
    assert not Run.objects.exists()


def test_the_newest_version_is_worked_out_once_for_nobody(world: World) -> None:
    Version.objects.create(place=world.place, number=2, content=keep(invented_plan()))
    assert runs.ask_missing() == 1
    run = Run.objects.get()
    assert (run.kind, run.asked_by, run.content_id) == ("run", None, invented_plan().fingerprint)
    runs.claim("worker")
    runs.fail(run, "worker", "It broke off.")
    assert runs.ask_missing() == 0


def test_proposals_are_worked_out_and_drafts_are_not(world: World) -> None:
    draft = draft_of(world, other_plan=True)
    assert runs.ask_missing(world.place) == 1
    Draft.objects.filter(pk=draft.pk).update(state=DraftState.PROPOSED, proposed_at=timezone.now())
    assert runs.ask_missing(world.place) == 1
    assert Run.objects.get(draft=draft).content_id == draft.content_id


def test_another_version_of_the_program_answers_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from tripleaim.web.workspace.jobs import asked

    first = ask(world)
    monkeypatch.setattr(asked, "program", lambda: "9.9.9")
    assert ask(world) != first


def test_the_answer_of_nobody_is_everybodys(world: World) -> None:
    runs.ask_missing()
    person: Person = world.person("analyst", "council")
    assert runs.ask(person, world.place, content(world), "run", {}) == Run.objects.get()
