"""Comments: what partners say of a proposal, as a whole or of one field of it."""

from __future__ import annotations

from django.db import transaction

from tripleaim.loading.plan_texts import FORMS
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.refused import NotNow, written
from tripleaim.web.workspace.models import Comment, Draft, Partner, Person
from tripleaim.web.workspace.rights import PARTNERS, NotAllowed, require, roles_in
from tripleaim.web.workspace.told.rows import HEADING, columns_of

LONGEST = 5_000
_LONGEST_ROW = 400


def comment(
    person: Person, partner: Partner, draft: Draft, text: str, *, table: str = "", row: str = "", field: str = ""
) -> Comment:
    """Say something of a draft for an organisation; everybody who sees the draft reads it.

    table, row, field : what it is about, named as in addresses; all empty for the draft as a whole
    raises            : NotAllowed, NotNow
    """
    draft = Draft.objects.select_related("place").get(pk=draft.pk)
    require(person, "draft.comment", draft)
    if partner.place_id != draft.place_id or not PARTNERS & roles_in(person, draft.place_id, partner.pk):
        raise NotAllowed("You can comment only for an organisation you belong to in this place.")
    text = written(text)
    _known(table, row, field)
    if not text:
        raise NotNow("Write what you want to say of it.")
    if len(text) > LONGEST:
        raise NotNow(f"Say it in at most {LONGEST:,} letters; yours has {len(text):,}.")
    with transaction.atomic():
        made = Comment.objects.create(
            draft=draft, table=table, row=row, field=field, text=text, person=person, partner=partner
        )
        where = "/".join(part for part in (table, row, field) if part)
        record(
            "draft.comment",
            f"draft {draft.pk}",
            person=person,
            place=draft.place,
            partner=partner,
            detail={"comment": made.pk, "about": where},
        )
    return made


def _known(table: str, row: str, field: str) -> None:
    """Refuse a comment on what no plan has, or what a comment cannot be hung on."""
    if not (table or row or field):
        return
    fields = {column.field for column in columns_of(table)} if table == HEADING or table in FORMS else set()
    if not fields or field not in {"", *fields} or row != row.replace("\x00", ""):
        raise NotNow("What this comment is about is in no plan. Choose it from the list, or comment on the whole.")
    if len(row) > _LONGEST_ROW:
        raise NotNow("The name of this row is too long to hang a comment on. Comment on the draft as a whole.")
