"""What may be asked of a plan is what the verbs of the reports take, said in words."""

from __future__ import annotations

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.incentives.agreement.rules import Rule
from tripleaim.loading.packed import packed
from tripleaim.plan.payment_proposal import PaymentForm
from tripleaim.portfolio.choosing import AIMS as OURS
from tripleaim.portfolio.choosing import CHANCE, TAIL
from tripleaim.web.workspace.jobs.asked import AIMS, QUESTIONS, RULES, Offered, cache_key, read_options
from tripleaim.web.workspace.models.run import RunKind
from web.conftest import invented_plan


@pytest.fixture(scope="module")
def offered() -> Offered:
    return Offered(packed(invented_plan()))


def test_every_kind_of_run_is_a_question_and_every_choice_one_that_the_verbs_know() -> None:
    assert list(QUESTIONS) == RunKind.values
    assert [question.title for question in QUESTIONS.values()] == RunKind.labels
    assert set(AIMS) == {*OURS, CHANCE, TAIL}
    assert set(RULES) == {rule.value for rule in Rule}


def test_a_plan_offers_its_own_schemes_partners_and_proposals(offered: Offered) -> None:
    plan = invented_plan()
    assert offered.schemes == {row.key: row.name for row in plan.schemes}
    assert {row.organisation for row in plan.aim_weights} <= set(offered.aims)
    assert {form.value for form in PaymentForm} | {row.proposal for row in plan.payment_proposals} <= set(offered.forms)


def test_options_come_back_complete(offered: Offered) -> None:
    assert read_options("run", {}, offered) == {}
    assert read_options("choose", {"aim": "tail"}, offered) == {"aim": "tail", "gap": 0.001, "draws": 0, "seed": 1}


def test_all_schemes_named_is_the_same_as_none_named(offered: Offered) -> None:
    named = read_options("share", {"schemes": list(offered.schemes)}, offered)
    assert named == read_options("share", {}, offered)
    some = read_options("share", {"schemes": "; ".join(reversed(list(offered.schemes)[:2]))}, offered)
    assert some["schemes"] == list(offered.schemes)[:2]


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("choose", {"aim": "mony"}, "choose money"),
        ("choose", {"gap": "1.5"}, "a number from 0 to 1"),
        ("choose", {"gap": "nan"}, "a number from 0 to 1"),
        ("share", {"form": "blck"}, "choose block"),
        ("stress", {"sed": 1}, "write seed"),
        ("stres", {}, "write stress"),
    ],
)
def test_a_slip_names_what_was_probably_meant(kind: str, typed: dict[str, object], said: str, offered: Offered) -> None:
    with pytest.raises(PlanProblems, match=said):
        read_options(kind, typed, offered)


def test_the_key_of_an_answer_changes_with_whatever_the_answer_depends_on() -> None:
    first = cache_key("a" * 64, "stress", {"draws": 300, "seed": 1})
    assert first == cache_key("a" * 64, "stress", {"seed": 1, "draws": 300})
    others = [
        cache_key("b" * 64, "stress", {"draws": 300, "seed": 1}),
        cache_key("a" * 64, "share", {"draws": 300, "seed": 1}),
        cache_key("a" * 64, "stress", {"draws": 300, "seed": 2}),
    ]
    assert len({first, *others}) == 4
