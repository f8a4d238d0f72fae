"""Every write is one event of a chain in which nothing can be altered, left out or put in unseen."""

from __future__ import annotations

import pytest
from django.db import transaction

from tripleaim.web.workspace.actions.audit import broken_links, record
from tripleaim.web.workspace.models import AuditEvent, AuditHead
from web.altering import free_to_alter


def broken() -> list[str]:
    return [
        each.what for each in broken_links(AuditEvent.objects.order_by("number").iterator(), AuditHead.objects.first())
    ]


@pytest.fixture
def three_events(db: None) -> None:
    for number in range(3):
        with transaction.atomic():
            record("test.write", f"thing {number}", person=None, detail={"b": [1, "two", True], "a": None})


@pytest.mark.usefixtures("three_events")
def test_a_chain_nobody_touched_holds() -> None:
    assert broken() == []


@pytest.mark.usefixtures("three_events")
@pytest.mark.parametrize("field", ["at", "act", "thing", "place"])
def test_an_altered_event_is_found(field: str) -> None:
    free_to_alter()
    AuditEvent.objects.filter(number=2).update(**{field: "other"})
    assert broken() == ["what it says has been altered"]


@pytest.mark.usefixtures("three_events")
def test_an_event_left_out_is_found() -> None:
    free_to_alter()
    AuditEvent.objects.filter(number=2).delete()
    assert broken() == ["events 2 to 2 are missing"]


@pytest.mark.usefixtures("three_events")
def test_an_end_cut_off_is_found() -> None:
    free_to_alter()
    AuditEvent.objects.filter(number=3).delete()
    assert broken() == ["the chain ends at event 2, but 3 had been written"]


def test_what_fails_leaves_no_event(db: None) -> None:
    def write_and_fail() -> None:
        with transaction.atomic():
            record("test.write", "thing", person=None)
            raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        write_and_fail()
    assert not AuditEvent.objects.exists()


def test_the_audit_takes_no_fractions(db: None) -> None:
    with transaction.atomic(), pytest.raises(TypeError, match="float"):
        record("test.write", "thing", person=None, detail={"share": 0.5})
