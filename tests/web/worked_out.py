"""Answers kept as a worker keeps them, for pages that tell of what has been worked out."""

from __future__ import annotations

import json
import zlib
from functools import cache
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.reports.brief import brief_of
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.models import Content, Draft, Person, Run, RunFile, Version
from tripleaim.web.workspace.models.run import RunState
from web.conftest import World


@cache
def _brief(plan: Plan) -> str:
    return json.dumps(brief_of(project(plan)))


def work_out(world: World, content: Content | None = None, draft: Draft | None = None) -> Run:
    """What happens with and without the schemes, as a finished run of the newest version or of a content."""
    content = content or newest(world).content
    return keep(world, content, "run", json.loads(_brief(plan_of(content))), draft=draft)


def keep(
    world: World,
    content: Content,
    kind: str,
    told: dict[str, Any],
    draft: Draft | None = None,
    by: Person | None = None,
) -> Run:
    """A finished run with its brief."""
    run = Run.objects.create(
        place=world.place,
        content=content,
        kind=kind,
        draft=draft,
        cache_key=f"{kind} of {content.pk[:40]}",
        state=RunState.DONE,
        ended_at=timezone.now(),
        asked_by=by,
    )
    RunFile.objects.create(run=run, name="brief.json", packed=zlib.compress(json.dumps(told).encode()))
    return run


def altered(plan: Plan, **parts: Any) -> Plan:
    """A plan with some parts exchanged, made anew so that its fingerprint is too."""
    return Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | parts)


def newest(world: World) -> Version:
    return world.place.versions.select_related("content", "place").order_by("-number")[0]


def page(world: World, person: Person, path: str = "", status: int = 200) -> str:
    """A page of the place as somebody sees it."""
    answer = world.as_(person).get(f"/places/{world.place.slug}/{path}")
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def queries(client: Client, address: str) -> int:
    """How many questions a page asks the database; it is loaded once before."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked)
