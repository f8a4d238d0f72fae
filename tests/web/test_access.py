"""Every address of the workspace, and who gets what there: an address without an entry here fails the tests.

Each entry is tried as nobody, as a convenor of another place, as somebody of the place without the role, and as
somebody with it, by GET and by POST. What is not for a reader is not there (404); what they may see but not do is
refused (403).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tripleaim.web.workspace.actions.drafts import start_draft
from tripleaim.web.workspace.actions.entrance import hashed
from tripleaim.web.workspace.models import (
    ApiToken,
    Challenge,
    Invitation,
    Membership,
    Run,
    RunFile,
)
from tripleaim.web.workspace.models.draft import DraftState
from web.conftest import World
from web.worked_out import work_out

NOT_THERE, NOT_ALLOWED, NOT_LIKE_THAT, SIGN_IN, DONE, SHOWN = 404, 403, 405, 302, 303, 200
REFUSED_FORM = 422
SENT = dict.fromkeys(("revision", "made_from", "against", "number"), "1")
"""What every form sends here: the revision and the version it was filled in on, and nothing else."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Who gets what at one address of a place."""

    address: str
    """With the numbers of the scene in brackets."""
    get: int = SHOWN
    post: int | None = None
    """For whoever may; None for a page that takes nothing: it is shown again, or refuses the method."""
    who: str = "reviewer.office"
    """Role and organisation of somebody who may."""
    other: str = ""
    """Somebody of the place who may not; empty where everybody in it may."""
    other_gets: int = NOT_ALLOWED
    """What they get: by GET where there is a page, else by POST."""
    outsider: int = NOT_THERE
    anonymous: int = SIGN_IN


def page(address: str, **more: object) -> Entry:
    """A page that everybody in the place may read."""
    return Entry(address=f"/places/tinyshire/{address}", **more)  # type: ignore[arg-type]


def form(address: str, post: int, who: str, other: str, get: int = SHOWN, **more: object) -> Entry:
    """A page that takes something, from some."""
    return Entry(address=f"/places/tinyshire/{address}", get=get, post=post, who=who, other=other, **more)  # type: ignore[arg-type]


def deed(address: str, post: int, who: str, other: str, **more: object) -> Entry:
    """An address that only takes something."""
    return form(address, post, who, other, get=NOT_LIKE_THAT, **more)


ANALYST, FINANCE, OFFICER, BOARD = "analyst.council", "finance.council", "officer.council", "board.council"
CONVENOR, REVIEWER, AUDITOR = "convenor.office", "reviewer.office", "auditor.office"
ELSEWHERE = "analyst.hospital"
"""Of the place, in an organisation whose draft it is not."""

ACCESS: dict[str, Entry] = {
    "overview": page(""),
    "people": page("people/"),
    "invite": form("people/invite/", REFUSED_FORM, FINANCE, ANALYST),
    "partner_new": form("people/organisations/new/", REFUSED_FORM, CONVENOR, FINANCE),
    "plan": page("plan/"),
    "table": page("plan/activity/"),
    "table_file": page("plan/files/activity.csv"),
    "row": page("plan/activity/emergency/"),
    "versions": page("versions/"),
    "versions_compare": page("versions/compare/?old=1&new=1", get=SIGN_IN),
    "version": page("versions/1/"),
    "version_read": deed("versions/1/read/", DONE, REVIEWER, ""),
    "download": page("versions/1/as/workbook/"),
    "version_changes": page("versions/1/to/1/"),
    "drafts": page("proposals/"),
    "draft_new": form("proposals/new/", REFUSED_FORM, ANALYST, BOARD),
    "draft": page("proposals/{draft}/", who=BOARD, other=ELSEWHERE, other_gets=NOT_THERE),
    "assumptions": page("assumptions/"),
    "challenges": page("challenges/"),
    "challenge_new": form("challenges/new/?table=activity&row=emergency", REFUSED_FORM, BOARD, REVIEWER),
    "challenge": page("challenges/{challenge}/"),
    "challenge_answer": deed("challenges/{challenge}/answer/", REFUSED_FORM, ANALYST, BOARD),
    "challenge_close": deed("challenges/{challenge}/close/", DONE, OFFICER, CONVENOR),
    "search": page("search/?words=home"),
    "schemes": page("schemes/"),
    "organisations": page("organisations/"),
    "results": page("results/"),
    "invited": page("people/invited/", who=FINANCE, get=DONE),
    "invitation_renew": deed("people/invitations/{invitation}/link/", DONE, FINANCE, ANALYST, other_gets=NOT_THERE),
    "invitation_withdraw": deed(
        "people/invitations/{invitation}/withdraw/", DONE, CONVENOR, "finance.hospital", other_gets=NOT_THERE
    ),
    "membership_end": form("people/{member}/end/", DONE, FINANCE, ANALYST),
    "draft_upload": form("proposals/{draft}/upload/", REFUSED_FORM, ANALYST, BOARD),
    "draft_comment": deed("proposals/{proposed}/comment/", REFUSED_FORM, BOARD, REVIEWER),
    "draft_work_out": deed("proposals/{proposed}/work-out/", DONE, BOARD, REVIEWER),
    "draft_download": page("proposals/{draft}/as/workbook/", who=ANALYST, other=ELSEWHERE, other_gets=NOT_THERE),
    "draft_propose": form("proposals/{draft}/propose/", REFUSED_FORM, FINANCE, ANALYST),
    "draft_take_back": deed("proposals/{proposed}/take-back/", DONE, "finance.hospital", "analyst.hospital"),
    "draft_withdraw": deed("proposals/{draft}/withdraw/", DONE, FINANCE, ANALYST),
    "draft_accept": form("proposals/{proposed}/accept/", REFUSED_FORM, CONVENOR, FINANCE),
    "draft_decline": deed("proposals/{proposed}/decline/", DONE, CONVENOR, FINANCE),
    "draft_settle": deed("proposals/{draft}/settle/", NOT_THERE, ANALYST, BOARD),
    "draft_newest": form("proposals/{draft}/newest/", REFUSED_FORM, ANALYST, BOARD),
    "draft_row_new": form("proposals/{draft}/add/activity/", REFUSED_FORM, ANALYST, BOARD),
    "draft_row_remove": form("proposals/{draft}/remove/activity/emergency/", REFUSED_FORM, ANALYST, BOARD),
    "draft_row": form("proposals/{draft}/plan/activity/emergency/", REFUSED_FORM, ANALYST, BOARD),
    "draft_plan": page("proposals/{draft}/plan/", who=ANALYST, other=ELSEWHERE, other_gets=NOT_THERE),
    "draft_table": form("proposals/{draft}/plan/activity/", REFUSED_FORM, ANALYST, BOARD),
    "schemes_file": page("schemes/schemes.csv"),
    "scheme": page("schemes/home_first/"),
    "confidence": deed("schemes/home_first/confidence/", REFUSED_FORM, BOARD, ANALYST),
    "scheme_file": page("schemes/home_first/money.csv"),
    "organisation": page("organisations/council/"),
    "organisation_file": page("organisations/council/position.csv"),
    "area": page("areas/tinyshire/", get=NOT_THERE),  # the tiny plan has no area of a Health and Wellbeing Board
    "run_ask": form("results/ask/stress/", DONE, ANALYST, REVIEWER),
    "run": page("results/{waiting}/"),
    "run_progress": page("results/{waiting}/progress/"),
    "run_stop": deed("results/{waiting}/stop/", DONE, ANALYST, BOARD),
    "run_sheet": page("results/{done}/on_a_page.html", get=NOT_THERE),
    "run_report": page("results/{private}/index.html", who=ANALYST, other=ELSEWHERE, get=302, other_gets=NOT_THERE),
    "run_file": page("results/{done}/data/positions.csv"),
    "audit": page("audit/", who=AUDITOR, other=FINANCE),
    "audit_csv": page("audit.csv", who=CONVENOR, other=REVIEWER),
}
"""Name of an address in the workspace → who gets what there."""


def names() -> Iterator[str]:
    """The names of all addresses of our own; allauth's and the API's are tried by tests of their own."""

    def walk(patterns: list[URLPattern | URLResolver], within: str = "") -> Iterator[str]:
        for each in patterns:
            if isinstance(each, URLResolver):
                if each.namespace is None and not str(each.pattern).startswith("account/"):
                    yield from walk(each.url_patterns)
            else:
                yield each.name or str(each.pattern)

    yield from walk(get_resolver().url_patterns)


OUTSIDE_PLACES = {
    "glossary": ("/glossary/", SIGN_IN, SHOWN),
    "health": ("/health/", SHOWN, SHOWN),
    "home": ("/", SIGN_IN, SHOWN),
    "invitation": ("/invitation/no-such-invitation/", 410, 410),
    "result_styles": ("/styles/results-none.css", NOT_THERE, NOT_THERE),
    "start": ("/start/no-such-link/", SHOWN, SHOWN),
    "token_end": ("/account/tokens/1/end/", SIGN_IN, NOT_LIKE_THAT),
    "token_made": ("/account/tokens/made/", SIGN_IN, DONE),
    "tokens": ("/account/tokens/", SIGN_IN, SHOWN),
}
"""Name of an address outside any place → what nobody, and anybody who has signed in, get there by GET."""


@pytest.mark.parametrize("name", sorted(OUTSIDE_PLACES))
def test_an_address_outside_places_is_for_whom_it_should_be(world: World, name: str) -> None:
    address, nobody, anybody = OUTSIDE_PLACES[name]
    assert Client().get(address).status_code == nobody
    assert world.as_(world.outsider).get(address).status_code == anybody


def test_a_token_is_ended_by_its_owner_alone(scene: Scene) -> None:
    address = f"/account/tokens/{scene.numbers['token']}/end/"
    assert Client().post(address).status_code == SIGN_IN
    assert scene.browser(FINANCE).post(address).status_code == NOT_THERE
    assert scene.browser(ANALYST).post(address).status_code == DONE


def test_every_address_says_who_gets_what_there() -> None:
    missing = sorted(set(names()) - set(ACCESS) - set(OUTSIDE_PLACES))
    assert missing == [], "say in ACCESS who gets what at these addresses"


def test_no_entry_is_of_an_address_that_is_gone() -> None:
    assert set(ACCESS) <= set(names())


@dataclass
class Scene:
    """A place in which there is one of everything an address may name."""

    world: World
    numbers: dict[str, object]

    def browser(self, who: str) -> Client:
        role, _, partner = who.partition(".")
        return self.world.as_(self.world.person(role, partner))

    def at(self, entry: Entry) -> str:
        return entry.address.format(**self.numbers)


@pytest.fixture
def scene(world: World) -> Scene:
    version = world.place.versions.get()
    council, hospital = world.partner("council"), world.partner("hospital")
    analyst, finance = world.person("analyst", "council"), world.person("finance", "hospital")
    now = timezone.now()
    own = start_draft(analyst, council, version, "Ours")
    proposed = start_draft(finance, hospital, version, "Theirs")
    proposed.proposed_by, proposed.proposed_at, proposed.state = finance, now, DraftState.PROPOSED
    proposed.save()
    waiting = Run.objects.create(
        place=world.place, content=version.content, kind="stress", cache_key="x", asked_by=analyst
    )
    private = Run.objects.create(
        place=world.place, content=version.content, kind="run", cache_key="y", asked_by=analyst, draft=own
    )
    done = work_out(world)
    RunFile.objects.create(run=done, name="data/positions.csv", packed=zlib.compress(b"organisation\r\n"))
    challenge = Challenge.objects.create(
        place=world.place,
        version=version,
        table="activity",
        row="emergency",
        field="growth",
        value="0.02",
        question="Why?",
        person=world.person("officer", "council"),
        partner=council,
    )
    invitation = Invitation.objects.create(
        partner=council,
        role="analyst",
        email="new@example.org",
        hashed=hashed("invited"),
        made_by=world.person("finance", "council"),
        until=now + timedelta(days=1),
    )
    token = ApiToken.objects.create(
        person=analyst, name="Mine", start="ta_", hashed=hashed("token"), until=now + timedelta(days=1)
    )
    world.person("board", "council")
    member = Membership.objects.get(person__email="board.council@example.org")
    numbers = {"draft": own, "proposed": proposed, "waiting": waiting, "private": private, "done": done}
    numbers |= {"challenge": challenge, "invitation": invitation, "member": member, "token": token}
    return Scene(world, {name: getattr(each, "pk", each) for name, each in numbers.items()})


TRIED = sorted(ACCESS)
OF_A_RUN = ("", "progress/", "index.html", "on_a_page.html", "data/positions.csv")


@pytest.mark.parametrize("part", OF_A_RUN)
def test_what_was_asked_of_a_draft_is_not_there_for_other_organisations(scene: Scene, part: str) -> None:
    address = f"/places/tinyshire/results/{scene.numbers['private']}/{part}"
    assert scene.browser(ELSEWHERE).get(address).status_code == NOT_THERE
    assert scene.browser(REVIEWER).get(address).status_code == NOT_THERE


@pytest.mark.parametrize("name", TRIED)
def test_nobody_gets_nothing(scene: Scene, name: str) -> None:
    entry = ACCESS[name]
    for answer in (Client().get(scene.at(entry)), Client().post(scene.at(entry), SENT)):
        assert answer.status_code == entry.anonymous
        if entry.anonymous == SIGN_IN:
            assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", TRIED)
def test_to_a_convenor_of_another_place_nothing_is_there(scene: Scene, name: str) -> None:
    entry, browser = ACCESS[name], scene.world.as_(scene.world.outsider)
    got, sent = browser.get(scene.at(entry)), browser.post(scene.at(entry), SENT)
    assert {got.status_code, sent.status_code} <= {entry.outsider, NOT_LIKE_THAT}
    assert entry.outsider in (got.status_code, sent.status_code)
    assert b"Tinyshire" not in got.content + sent.content


@pytest.mark.parametrize("name", [name for name in TRIED if ACCESS[name].other])
def test_who_is_in_the_place_without_the_role_is_refused(scene: Scene, name: str) -> None:
    entry = ACCESS[name]
    browser = scene.browser(entry.other)
    if entry.get != NOT_LIKE_THAT:
        assert browser.get(scene.at(entry)).status_code == entry.other_gets
    if entry.post is not None:
        assert browser.post(scene.at(entry), SENT).status_code == entry.other_gets


@pytest.mark.parametrize("name", TRIED)
def test_who_may_gets_it(scene: Scene, name: str) -> None:
    entry = ACCESS[name]
    browser = scene.browser(entry.who)
    assert browser.get(scene.at(entry)).status_code == entry.get
    sent = browser.post(scene.at(entry), SENT).status_code
    assert sent == entry.post if entry.post is not None else sent in (entry.get, NOT_LIKE_THAT)


@pytest.mark.parametrize("name", [name for name in TRIED if ACCESS[name].post is not None])
def test_a_form_without_our_mark_changes_nothing(scene: Scene, name: str) -> None:
    entry = ACCESS[name]
    strict = Client(enforce_csrf_checks=True)
    role, _, partner = entry.who.partition(".")
    strict.force_login(scene.world.person(role, partner), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert strict.post(scene.at(entry), SENT).status_code == NOT_ALLOWED
