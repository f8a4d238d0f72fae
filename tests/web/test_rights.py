"""The table of rights, cell by cell."""

from __future__ import annotations

import pytest

from tripleaim.web.workspace.models import Role
from tripleaim.web.workspace.rights import ACTS, Act, may
from web.conftest import World


@pytest.mark.parametrize("act", [act for act in ACTS if act.name.startswith("place.")], ids=lambda act: act.name)
def test_nobody_from_another_place_and_nobody_unknown_may_do_anything(world: World, act: Act) -> None:
    assert not may(world.outsider, act.name, world.place)


def test_every_partner_sees_the_place(world: World) -> None:
    assert all(may(world.person(role, "council"), "place.see", world.place) for role in Role.values)
