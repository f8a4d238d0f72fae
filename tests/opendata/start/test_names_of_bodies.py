"""A started plan names each body as it was, and says whose money a printed figure is."""

from __future__ import annotations

from tripleaim.opendata.start import start

CUMBRIA, LANCASHIRE, MANCHESTER = "E54000047", "E54000048", "E54000007"


def test_a_county_is_called_a_county_council() -> None:
    plan = start(CUMBRIA)
    (council,) = [each for each in plan.organisations if each.code == "E10000006"]
    assert (council.name, council.kind) == ("Cumbria County Council", "county council")
    assert "Cumbria county" in {each.name for each in plan.places}


def test_an_allocation_of_a_group_whose_area_has_changed_is_not_put_beside_the_later_group() -> None:
    """The copy has the groups of 2016: NHS Cumbria, not NHS North Cumbria, and NHS Lancashire North."""
    (cumbria,) = [each for each in start(CUMBRIA).stated if each.source == "core_allocations"]
    assert cumbria.name.startswith("NHS Cumbria CCG, before its area changed in April 2017 (63.1 % of its people lived")
    names = [each.name for each in start(LANCASHIRE).stated if each.source == "core_allocations"]
    assert any(name.startswith("NHS Lancashire North CCG, before its area changed in April 2017: ") for name in names)
    assert not any("North Cumbria" in name or "Morecambe Bay" in name for name in [cumbria.name, *names])


def test_whose_money_a_printed_position_is() -> None:
    scopes = {each.name.partition(":")[0]: each.scope for each in start(MANCHESTER).stated if "position" in each.key}
    assert scopes["Bolton locality (council, CCG, trusts)"] == "both"
    assert scopes["Ten Greater Manchester councils"] == "council"
    assert scopes["Greater Manchester providers and CCGs"] == "nhs"
    assert scopes["Wigan Council"] == "council"
