"""Who may do what: one table of acts and roles, and the few conditions that a table cannot say.

The same for every kind of organisation. The table in docs/workspace/rights.md is made from this module, and a test
tries every cell of it against the pages and the acts themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from rules.permissions import has_perm, set_perm
from rules.predicates import predicate

from tripleaim.errors import TripleAimError
from tripleaim.web.workspace.models import Membership, Partner, Person, Place, Role

ANALYST, FINANCE, OFFICER, BOARD, CONVENOR, REVIEWER, AUDITOR = (
    "analyst",
    "finance",
    "officer",
    "board",
    "convenor",
    "reviewer",
    "auditor",
)
EVERYONE = frozenset({ANALYST, FINANCE, OFFICER, BOARD, CONVENOR, REVIEWER, AUDITOR})
PARTNERS = EVERYONE - {REVIEWER, AUDITOR}
AUTHORS = frozenset({ANALYST, FINANCE, OFFICER, CONVENOR})
LEADERS = frozenset({FINANCE, OFFICER, BOARD, CONVENOR})


class NotAllowed(TripleAimError):
    """The person may not do this here; the sentence says who may."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something a person does, the roles that may, and whether only for what their own organisation holds."""

    name: str
    words: str
    roles: frozenset[str]
    own: bool = False
    """Only for things of the organisation in which they have the role."""
    unless: str = ""
    """What else has to hold, in words; the predicate beside it in `CONDITIONS` decides."""


ACTS: tuple[Act, ...] = (
    Act(name="place.see", words="See the place, its plan, schemes, results and organisations", roles=EVERYONE),
    Act(name="version.download", words="Download any shared version", roles=EVERYONE),
    Act(
        name="draft.see",
        words="See a draft",
        roles=EVERYONE - {REVIEWER, AUDITOR},
        own=True,
        unless="once it has been proposed, everybody in the place sees it",
    ),
    Act(name="draft.make", words="Start a draft, by hand or from a file", roles=AUTHORS, own=True),
    Act(name="draft.edit", words="Change a draft", roles=AUTHORS, own=True),
    Act(
        name="draft.propose",
        words="Propose a draft to all partners, or withdraw it",
        roles=AUTHORS - {ANALYST},
        own=True,
    ),
    Act(name="draft.comment", words="Comment on a proposal", roles=PARTNERS, unless="on what they may see"),
    Act(
        name="draft.accept",
        words="Take a proposal into the plan, or decline it",
        roles=frozenset({CONVENOR}),
        unless="who proposed it does not accept it, unless nobody else is in the place",
    ),
    Act(name="challenge.ask", words="Challenge a number", roles=PARTNERS),
    Act(name="challenge.answer", words="Answer a challenge", roles=AUTHORS),
    Act(name="challenge.close", words="Close a challenge", roles=PARTNERS, unless="only who asked it"),
    Act(name="confidence.give", words="Say in private how sure they are of a scheme", roles=LEADERS),
    Act(name="run.see", words="See a result", roles=EVERYONE, unless="of a draft, whoever may see the draft"),
    Act(
        name="run.ask",
        words="Ask for a run, stress test, choice or sharing",
        roles=PARTNERS,
        unless="of what they may see",
    ),
    Act(name="run.stop", words="Stop a run", roles=PARTNERS, unless="who asked for it, or a convenor"),
    Act(name="people.see", words="See who belongs to the place", roles=EVERYONE),
    Act(
        name="people.invite",
        words="Invite somebody for the own organisation, or end their part in it",
        roles=frozenset({FINANCE, CONVENOR}),
        own=True,
        unless="a convenor also for every other organisation",
    ),
    Act(name="partner.add", words="Add an organisation that the plan does not count", roles=frozenset({CONVENOR})),
    Act(name="audit.see", words="Read the audit of the place", roles=frozenset({AUDITOR, CONVENOR})),
)
"""Everything that rights decide, in the order of the page that tells them."""
BY_NAME = {act.name: act for act in ACTS}


def standing(person: Any) -> Mapping[int, Mapping[int, frozenset[str]]]:
    """Place → partner → roles of a person, asked of the database once for each object of the person."""
    if isinstance(person, AnonymousUser) or not person.is_active:
        return {}
    known: Mapping[int, Mapping[int, frozenset[str]]] | None = person.__dict__.get("_standing")
    if known is None:
        found: dict[int, dict[int, frozenset[str]]] = defaultdict(dict)
        rows = person.memberships.filter(ended_at=None).values_list("partner__place_id", "partner_id", "role")
        for place, partner, role in rows:
            found[place][partner] = found[place].get(partner, frozenset()) | {role}
        known = person.__dict__["_standing"] = dict(found)
    return known


def roles_in(person: Any, place: int, partner: int | None = None) -> frozenset[str]:
    """Roles of a person in a place; with a partner, only those for that organisation."""
    there = standing(person).get(place, {})
    if partner is not None:
        return there.get(partner, frozenset())
    return frozenset[str]().union(*there.values())


def place_of(thing: Any) -> int:
    """The number of the place that a thing belongs to: a place itself, a partner, version, draft, run or challenge."""
    return int(thing.pk if isinstance(thing, Place) else thing.place_id)


def partner_of(thing: Any) -> int | None:
    """The number of the partner whose thing it is; None where it is nobody's own."""
    if isinstance(thing, Partner):
        return int(thing.pk)
    own: int | None = getattr(thing, "partner_id", None)
    return own


def may(person: Any, act: str, thing: Any) -> bool:
    """Whether a person may do an act with a thing."""
    return bool(has_perm(act, person, thing))


def require(person: Any, act: str, thing: Any) -> None:
    """Refuse in words what a person may not do.

    raises : NotAllowed
    """
    if not may(person, act, thing):
        raise NotAllowed(refusal(act))


def refusal(act: str) -> str:
    """Why an act is refused, and who may do it."""
    known = BY_NAME[act]
    names = [role.label.lower() for role in Role if role.value in known.roles]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    whose = " of the organisation it belongs to" if known.own else " in this place"
    also = f" ({known.unless})" if known.unless else ""
    return f"{known.words}: this needs the role of {listed}{whose}{also}. Ask a convenor of the place for it."


@predicate
def was_proposed(person: Person, thing: Any) -> bool:
    """The draft has been shared with the whole place, and the person is in it."""
    return thing.proposed_at is not None and bool(roles_in(person, place_of(thing)))


@predicate
def may_see_draft(person: Person, thing: Any) -> bool:
    """The thing is no draft's, or the person may see the draft."""
    draft = thing if hasattr(thing, "proposed_at") else getattr(thing, "draft", None)
    return draft is None or may(person, "draft.see", draft)


@predicate
def is_a_second_pair_of_eyes(person: Person, thing: Any) -> bool:
    """Somebody else proposed it, or there is nobody else."""
    others = Membership.objects.filter(partner__place_id=place_of(thing), ended_at=None).exclude(person=person)
    return bool(thing.proposed_by_id != person.pk or not others.exists())


@predicate
def asked_it(person: Person, thing: Any) -> bool:
    """The person asked the challenge, or for the run."""
    by = thing.person_id if hasattr(thing, "question") else thing.asked_by_id
    return bool(by == person.pk)


@predicate
def is_convenor(person: Person, thing: Any) -> bool:
    """The person convenes the place."""
    return CONVENOR in roles_in(person, place_of(thing))


def _has_role(act: Act) -> Any:
    """The role that an act asks for, in the place or in the organisation whose thing it is."""

    def holds(person: Any, thing: Any) -> bool:
        if thing is None:
            return False
        partner = partner_of(thing) if act.own else None
        return bool(act.roles & roles_in(person, place_of(thing), partner))

    return predicate(holds, name=f"has a role for {act.name}")


CONDITIONS: Mapping[str, Any] = {
    "draft.comment": may_see_draft,
    "draft.accept": is_a_second_pair_of_eyes,
    "challenge.close": asked_it,
    "run.see": may_see_draft,
    "run.ask": may_see_draft,
    "run.stop": (asked_it | is_convenor) & may_see_draft,
}
"""What must hold besides the role."""
OR_ELSE: Mapping[str, Any] = {"draft.see": was_proposed, "people.invite": is_convenor}
"""What is enough without the role."""

for _act in ACTS:
    _rule = _has_role(_act)
    if _act.name in CONDITIONS:
        _rule = _rule & CONDITIONS[_act.name]
    if _act.name in OR_ELSE:
        _rule = _rule | OR_ELSE[_act.name]
    set_perm(_act.name, _rule)
