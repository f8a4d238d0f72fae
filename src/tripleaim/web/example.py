"""People at work on the invented place, all of them invented, so that a first visit finds more than an empty room.

Nobody of them can sign in: none has a password, and their addresses lead nowhere. Real places get nobody.
"""

from __future__ import annotations

from django.db import transaction

from tripleaim.loading.editing import Change
from tripleaim.plan import Plan
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.challenges import answer, ask
from tripleaim.web.workspace.actions.comments import comment
from tripleaim.web.workspace.actions.confidence import give_confidence
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.actions.drafts import propose, start_draft
from tripleaim.web.workspace.actions.revisions import edit_draft
from tripleaim.web.workspace.cells import Cell, cell_of
from tripleaim.web.workspace.models import Membership, Person, Place, Role

PEOPLE = {
    "imogen.vale": ("Imogen Vale", "weald_marsh_community", Role.OFFICER),
    "tom.wren": ("Tom Wren", "wealdshire_royal", Role.FINANCE),
    "asha.field": ("Asha Field", "marsh_infirmary", Role.OFFICER),
    "rowan.ash": ("Rowan Ash", "marsh_council", Role.OFFICER),
    "mo.larkin": ("Mo Larkin", "wealdshire_council", Role.BOARD),
    "sal.hythe": ("Sal Hythe", "north_wealdshire_commissioner", Role.FINANCE),
    "bea.thorn": ("Bea Thorn", "marsh_commissioner", Role.ANALYST),
}
"""Start of an address → name, organisation in the plan, role. All invented."""
CONFIDENCE = {"imogen.vale": 8, "tom.wren": 4, "asha.field": 5, "rowan.ash": 3, "mo.larkin": 6, "sal.hythe": 5}


@transaction.atomic
def people_at_work(place: Place) -> None:
    """Fill the invented place with people, a challenge answered, one open, a proposal and what leaders believe."""
    if not place.invented:
        raise ValueError("only an invented place gets invented people")
    people = {start: _joined(place, start) for start in PEOPLE}
    _challenged(place, people)
    _proposed(place, people)
    version = place.versions.get()
    for start, score in CONFIDENCE.items():
        give_confidence(people[start], version, "home_first", str(score))


def _joined(place: Place, start: str) -> Person:
    name, key, role = PEOPLE[start]
    partner = place.partners.get(key=key)
    person = Person(email=f"{start}@example.org", name=name)
    person.set_unusable_password()
    person.save()
    Membership.objects.create(person=person, partner=partner, role=role)
    record(
        "people.join",
        f"person {person.pk}",
        person=None,
        place=place,
        partner=partner,
        detail={"role": role.value, "invented": True},
    )
    return person


def _challenged(place: Place, people: dict[str, Person]) -> None:
    version = place.versions.get()
    plan = plan_of(version.content)
    rowan, asha = people["rowan.ash"], people["asha.field"]
    council, infirmary = (place.partners.get(key=key) for key in ("marsh_council", "marsh_infirmary"))
    asked = ask(
        rowan,
        council,
        version,
        _cell(plan, "activity", "marsh_mi_ae", "growth"),
        "Why 1.3% a year? What we see at the door of our own services has grown faster than that.",
    )
    answer(
        asha,
        infirmary,
        asked,
        "It is what the last years came to, walk-in centre included. It may well be more from now on: the range goes "
        "up to 2.4%, and the stress test uses all of it.",
    )
    ask(
        people["mo.larkin"],
        place.partners.get(key="wealdshire_council"),
        version,
        _cell(plan, "assumptions", "release_share", "value"),
        "A quarter of the cost is set free when use falls. Who has seen that happen here, and how fast?",
    )


def _cell(plan: Plan, table: str, row: str, field: str) -> Cell:
    found = cell_of(plan, table, row, field)
    if found is None:
        raise LookupError(f"the invented plan has no {table}, {row}, {field} any more")
    return found


def _proposed(place: Place, people: dict[str, Person]) -> None:
    tom = people["tom.wren"]
    hospitals = place.partners.get(key="wealdshire_royal")
    draft = start_draft(tom, hospitals, place.versions.get(), "A pay award of 2% in 2018/19")
    year = ("pay", "2018/19")
    edit_draft(
        tom,
        draft,
        draft.revision,
        [
            Change(table="indices", key=year, field="change", text="0.02"),
            Change(table="indices", key=year, field="change_low", text="0.014"),
            Change(table="indices", key=year, field="change_high", text="0.026"),
        ],
        "The same award as the year before; 1.6% was a guess.",
    )
    draft.refresh_from_db()
    why = "Pay is most of what we all spend. A plan that hopes for less than the last award is short before it starts."
    draft = propose(tom, draft, draft.revision, why)
    comment(
        people["rowan.ash"],
        place.partners.get(key="marsh_council"),
        draft,
        "Does this reach our own staff, or only the hospitals’? The council’s pay follows another agreement.",
        table="indices",
        row="pay/2018~2F19",
        field="change",
    )
