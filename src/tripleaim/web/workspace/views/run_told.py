"""A run as pages tell it: of which plan, how far, and whether the plan or the program has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tripleaim.web.workspace.jobs.asked import AIMS, LABELS, QUESTIONS, RULES, Question, program
from tripleaim.web.workspace.models import Place, Run, Version
from tripleaim.web.workspace.models.run import RunState

NAMES = {"run": "The plan worked out", "stress": "Stress test", "choose": "Choice of schemes", "share": "Sharing"}
"""Kind of a run → what it is, in a word or two."""
UNDER_WAY = (RunState.WAITING, RunState.WORKING)
SILENT = timedelta(seconds=60)
"""A run that waits so long, while no worker is heard of, waits for a worker to be started."""
TAGS = {
    RunState.WAITING: ("Waiting", "tag tag-wait"),
    RunState.WORKING: ("Being worked out", "tag tag-wait"),
    RunState.DONE: ("Done", "tag tag-good"),
    RunState.FAILED: ("Not done", "tag tag-stop"),
    RunState.CANCELLED: ("Stopped", "tag"),
}
"""State → its words and class."""


@dataclass(kw_only=True)
class RunTold:
    """One run, for a page or a row."""

    run: Run
    number: int | None
    """The newest version with this plan; None for a draft's own."""
    newest: Version | None
    """The plan as all partners share it now."""
    options: list[tuple[str, str]] = field(default_factory=list)
    """What was chosen beside the plan, in words."""

    @property
    def question(self) -> Question:
        """What it answers."""
        return QUESTIONS[self.run.kind]

    @property
    def name(self) -> str:
        """What it is."""
        return NAMES[self.run.kind]

    @property
    def of(self) -> str:
        """Of which plan: Version 4, or the draft by its title."""
        if self.number is not None:
            return f"Version {self.number}"
        return f"Draft “{self.run.draft.title}”" if self.run.draft else "A plan that is no version"

    @property
    def tag(self) -> tuple[str, str]:
        """Its state in words, and the class of the tag."""
        if self.is_done and (self.is_of_older_plan or self.is_of_older_draft or self.is_of_older_program):
            return "Out of date", "tag tag-open"
        return TAGS[RunState(self.run.state)]

    @property
    def is_done(self) -> bool:
        """Whether there is an answer."""
        return self.run.state == RunState.DONE

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being worked out."""
        return self.run.state in UNDER_WAY

    @property
    def is_of_older_plan(self) -> bool:
        """Whether partners share another plan by now. A draft's answer is of that draft, and never older."""
        return self.number is not None and self.newest is not None and self.newest.content_id != self.run.content_id

    @property
    def is_of_older_draft(self) -> bool:
        """Whether the draft has been changed since it was asked about."""
        return self.number is None and self.run.draft is not None and self.run.draft.content_id != self.run.content_id

    @property
    def is_of_older_program(self) -> bool:
        """Whether another version of the program worked it out."""
        return self.is_done and self.run.program != program()

    @property
    def per_cent(self) -> int:
        """How far it is."""
        return round(100 * self.run.share_done)

    @property
    def words(self) -> str:
        """What is being worked out."""
        return self.run.doing or "Being worked out"

    @property
    def took(self) -> str:
        """How long it took, in words."""
        run = self.run
        if run.started_at is None or run.ended_at is None:
            return ""
        seconds = round((run.ended_at - run.started_at).total_seconds())
        return f"{max(seconds, 1)} second{'' if seconds <= 1 else 's'}" if seconds < 90 else f"{seconds // 60} minutes"

    @property
    def asked_by(self) -> str:
        """Who asked."""
        return str(self.run.asked_by) if self.run.asked_by else "Nobody: it is worked out for every version"


def told(run: Run, number: int | None, newest: Version | None, names: dict[str, str] | None = None) -> RunTold:
    """A run as a page tells it.

    names : keys of the plan's schemes and forms → their names, where they are known
    """
    return RunTold(run=run, number=number, newest=newest, options=_options(run, names or {}))


def _options(run: Run, names: dict[str, str]) -> list[tuple[str, str]]:
    known = AIMS | RULES | names
    return [(LABELS[name], _said(name, value, known)) for name, value in run.options.items() if name in LABELS]


def _said(name: str, value: Any, known: dict[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(known.get(str(each), str(each)) for each in value) or "All"
    if name == "draws":
        return f"{value:,}" if value else "The usual number"
    return known.get(value, value) if isinstance(value, str) else str(value)


def is_nobody_working(run: Run, now: datetime | None = None) -> bool:
    """Whether a run has waited for a while, and no worker is alive that could take it up."""
    moment = now or timezone.now()
    if run.state != RunState.WAITING or moment - run.asked_at < SILENT:
        return False
    return not Run.objects.filter(state=RunState.WORKING, lease_until__gt=moment).exists()


def waiting_before(run: Run) -> int:
    """How many runs are taken up before this one, where it waits."""
    if run.state != RunState.WAITING:
        return 0
    return Run.objects.filter(state=RunState.WAITING, asked_at__lt=run.asked_at).count()


def number_of(place: Place, fingerprint: str) -> int | None:
    """The newest version of a place with this plan."""
    return place.versions.filter(content_id=fingerprint).values_list("number", flat=True).first()
