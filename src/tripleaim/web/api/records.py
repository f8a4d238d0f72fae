"""What the API says of each thing: one record a noun, documented by its fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from tripleaim.web.workspace.models import Challenge, Comment, Draft, Partner, Place, Run, Version


class PlaceRecord(Schema):
    """A place and its newest version."""

    slug: str
    name: str
    invented: bool
    newest_version: int | None = Field(description="Number of the newest shared version")

    @classmethod
    def of(cls, place: Place, newest: int | None) -> PlaceRecord:
        """The record of a place."""
        return cls(slug=place.slug, name=place.name, invented=place.invented, newest_version=newest)


class PartnerRecord(Schema):
    """An organisation in a place."""

    key: str = Field(description="Its key in the plan's organisations; empty for one the plan does not count")
    name: str
    sector: str

    @classmethod
    def of(cls, partner: Partner) -> PartnerRecord:
        """The record of a partner, its organisation at hand."""
        return cls(key=partner.key, name=partner.organisation.name, sector=partner.organisation.sector)


class VersionRecord(Schema):
    """A shared version of a plan."""

    number: int
    fingerprint: str = Field(description="SHA-256 of the plan; the same plan always has the same one")
    why: str
    made_at: datetime
    proposed_by: str = Field(description="The organisation whose proposal it was; empty for none")

    @classmethod
    def of(cls, version: Version) -> VersionRecord:
        """The record of a version, its partner at hand."""
        return cls(
            number=version.number,
            fingerprint=version.content_id,
            why=version.why,
            made_at=version.made_at,
            proposed_by=version.partner.organisation.name if version.partner else "",
        )


class DraftRecord(Schema):
    """A draft, or a proposal once it is shared."""

    id: int
    title: str
    why: str
    organisation: str
    state: str
    base_version: int = Field(description="The version it was made from, or last brought up to")
    fingerprint: str
    revision: int
    made_at: datetime
    proposed_at: datetime | None

    @classmethod
    def of(cls, draft: Draft) -> DraftRecord:
        """The record of a draft, its base and organisation at hand."""
        return cls(
            id=draft.pk,
            title=draft.title,
            why=draft.why,
            organisation=draft.partner.organisation.name,
            state=draft.state,
            base_version=draft.base.number,
            fingerprint=draft.content_id,
            revision=draft.revision,
            made_at=draft.made_at,
            proposed_at=draft.proposed_at,
        )


class CommentRecord(Schema):
    """What somebody says of a draft, as a whole or of one field of it."""

    table: str = Field(description="Empty where the draft as a whole is meant")
    row: str
    field: str
    text: str
    person: str
    organisation: str
    at: datetime

    @classmethod
    def of(cls, comment: Comment) -> CommentRecord:
        """The record of a comment, its person and organisation at hand."""
        return cls(
            table=comment.table,
            row=comment.row,
            field=comment.field,
            text=comment.text,
            person=str(comment.person),
            organisation=comment.partner.organisation.name,
            at=comment.at,
        )


class AnswerRecord(Schema):
    """What was said to a challenge."""

    text: str
    person: str
    organisation: str
    at: datetime


class ChallengeRecord(Schema):
    """A challenge to a number, and its answers."""

    id: int
    table: str
    row: str
    field: str
    name: str = Field(description="What the row is called")
    value: str = Field(description="The value when it was asked")
    question: str
    person: str
    organisation: str
    state: str
    at: datetime
    answers: list[AnswerRecord]

    @classmethod
    def of(cls, challenge: Challenge) -> ChallengeRecord:
        """The record of a challenge, its people and answers at hand."""
        answers = [
            AnswerRecord(
                text=each.text, person=str(each.person), organisation=each.partner.organisation.name, at=each.at
            )
            for each in challenge.answers.all()
        ]
        return cls(
            id=challenge.pk,
            table=challenge.table,
            row=challenge.row,
            field=challenge.field,
            name=challenge.name,
            value=challenge.value,
            question=challenge.question,
            person=str(challenge.person),
            organisation=challenge.partner.organisation.name,
            state=challenge.state,
            at=challenge.at,
            answers=answers,
        )


class RunRecord(Schema):
    """A run and how far it is."""

    id: int
    kind: str
    fingerprint: str
    options: dict[str, Any]
    state: str
    share_done: float = Field(description="How far it is, 0 to 1")
    doing: str
    asked_at: datetime
    ended_at: datetime | None
    program: str = Field(description="Version of the program that answered")
    refusal: list[dict[str, Any]] = Field(description="Problems, where the plan cannot be run")
    fault: str

    @classmethod
    def of(cls, run: Run) -> RunRecord:
        """The record of a run."""
        return cls(
            id=run.pk,
            kind=run.kind,
            fingerprint=run.content_id,
            options=run.options,
            state=run.state,
            share_done=run.share_done,
            doing=run.doing,
            asked_at=run.asked_at,
            ended_at=run.ended_at,
            program=run.program,
            refusal=run.refusal,
            fault=run.fault,
        )


class FileRecord(Schema):
    """A file that a run made."""

    name: str


class TableRecord(Schema):
    """A table of a version: its columns in order, and its rows as texts."""

    name: str
    columns: list[str]
    rows: list[dict[str, str]]
    count: int = Field(description="Rows in all; `rows` holds those of this page")


class AuditRecord(Schema):
    """One event of the audit."""

    number: int
    at: str
    person: int | None
    place: str
    act: str
    thing: str
    detail: dict[str, Any]
    before: str
    hashed: str


class Refusal(Schema):
    """Why something was not done: the same record as the command line's, every problem at once."""

    kind: str = "refusal"
    said: str
    problems: list[dict[str, Any]]
