"""Comments: what partners say of a proposal, as a whole or of one field of it."""

from __future__ import annotations

from django.db import transaction

from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import Comment, Draft, Partner, Person
from tripleaim.web.workspace.rights import PARTNERS, NotAllowed, require, roles_in

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
    if not text.strip():
        raise NotNow("Write what you want to say of it.")
    if len(text) > LONGEST:
        raise NotNow(f"Say it in at most {LONGEST:,} letters; yours has {len(text):,}.")
    if len(row) > _LONGEST_ROW:
        raise NotNow("The name of this row is too long to hang a comment on. Comment on the draft as a whole.")
    with transaction.atomic():
        made = Comment.objects.create(
            draft=draft, table=table, row=row, field=field, text=text.strip(), person=person, partner=partner
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
