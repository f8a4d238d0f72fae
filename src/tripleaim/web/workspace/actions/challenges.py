"""Challenges: why this value? Asked, answered and closed before all partners."""

from __future__ import annotations

from django.db import transaction

from tripleaim.errors import PlanProblems, Problem
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.refused import NotNow, written
from tripleaim.web.workspace.cells import Cell
from tripleaim.web.workspace.models import Answer, Challenge, Partner, Person, Version
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.rights import BY_NAME, NotAllowed, refusal, require, roles_in

LONGEST = 4000
"""Letters of a question or an answer, at most."""


@transaction.atomic
def ask(person: Person, partner: Partner, version: Version, cell: Cell, question: str) -> Challenge:
    """Challenge a value of a shared version, for an organisation the person speaks for.

    The same question of the same value, asked twice by one person, is one challenge.

    raises : NotAllowed, PlanProblems where nothing is asked
    """
    require(person, "challenge.ask", version)
    _speaks_for(person, partner, version.place_id, "challenge.ask")
    said = _said(question, "question", "what you doubt, and why")
    place = version.place
    known = Challenge.objects.filter(
        place=place,
        person=person,
        table=cell.table,
        row=cell.row,
        field=cell.field,
        question=said,
        state=ChallengeState.OPEN,
    ).first()
    if known is not None:
        return known
    asked = Challenge.objects.create(
        place=place,
        version=version,
        table=cell.table,
        row=cell.row,
        field=cell.field,
        name=cell.name[:400],
        value=cell.text[:400],
        question=said,
        person=person,
        partner=partner,
        asked_of=place.partners.filter(key=cell.owner).first() if cell.owner else None,
    )
    detail = {"table": cell.table, "row": cell.row, "field": cell.field, "version": version.number}
    record("challenge.ask", f"challenge {asked.pk}", person=person, place=place, partner=partner, detail=detail)
    return asked


@transaction.atomic
def answer(person: Person, partner: Partner, challenge: Challenge, text: str) -> Answer:
    """Answer a challenge, for an organisation the person speaks for.

    raises : NotAllowed, NotNow once it is closed, PlanProblems where nothing is said
    """
    require(person, "challenge.answer", challenge)
    _speaks_for(person, partner, challenge.place_id, "challenge.answer")
    said = _said(text, "answer", "why the value is as it is, or what will change")
    asked = _still_open(challenge)
    given = Answer.objects.create(challenge=asked, text=said, person=person, partner=partner)
    asked.state = ChallengeState.ANSWERED
    asked.save(update_fields=["state"])
    detail = {"answer": given.pk}
    record(
        "challenge.answer", f"challenge {asked.pk}", person=person, place=asked.place, partner=partner, detail=detail
    )
    return given


@transaction.atomic
def close(person: Person, challenge: Challenge) -> None:
    """Close a challenge: who asked it has what they wanted to know.

    raises : NotAllowed, NotNow where it is closed
    """
    require(person, "challenge.close", challenge)
    asked = _still_open(challenge)
    asked.state = ChallengeState.CLOSED
    asked.save(update_fields=["state"])
    record("challenge.close", f"challenge {asked.pk}", person=person, place=asked.place, partner=asked.partner)


def _still_open(challenge: Challenge) -> Challenge:
    """The challenge as it is now, ours until the transaction ends."""
    asked = Challenge.objects.select_for_update(no_key=True).get(pk=challenge.pk)
    if asked.state == ChallengeState.CLOSED:
        raise NotNow("Who asked this has closed it. Nothing was changed. To ask again, challenge the number anew.")
    return asked


def speaks_for(person: Person, partner: Partner, act: str) -> bool:
    """Whether a person has, in this very organisation, a role for an act."""
    return bool(BY_NAME[act].roles & roles_in(person, partner.place_id, partner.pk))


def _speaks_for(person: Person, partner: Partner, place: int, act: str) -> None:
    if partner.place_id != place or not speaks_for(person, partner, act):
        raise NotAllowed(refusal(act))


def _said(text: str, field: str, expected: str) -> str:
    said = written(text.replace("\r\n", "\n"))
    if not said:
        raise PlanProblems([_problem(field, "nothing", expected, "write a sentence")])
    if len(said) > LONGEST:
        long = f"{len(said):,} letters"
        raise PlanProblems([_problem(field, long, f"at most {LONGEST:,} letters", "say it shorter")])
    return said


def _problem(field: str, found: str, expected: str, to_fix: str) -> Problem:
    return Problem(file=f"your {field}", field=None, found=found, expected=expected, to_fix=to_fix)
