"""A row of the library leads to the page it was read on, and to no other."""

from __future__ import annotations

import pytest

from tripleaim.evidence.address import address
from tripleaim.evidence.library import entry, library


@pytest.mark.parametrize(
    ("ref", "leads_to"),
    [
        (
            "I002",
            "https://www.nuffieldtrust.org.uk/research/age-uk-s-personalised-integrated-care-programme-evaluation",
        ),
        ("I004", "https://doi.org/10.1136/bmjopen-2015-010468"),
        ("I005", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3601529/"),
        ("I088", "https://pubmed.ncbi.nlm.nih.gov/26380995/"),
    ],
)
def test_a_reference_becomes_a_web_address(ref: str, leads_to: str) -> None:
    assert address(entry(ref)).startswith(leads_to)


@pytest.mark.parametrize(
    "ref",
    ["I001", "I037", "I047", "I058"],
    ids=["no address recorded", "words beside another paper's number", "no reference", "a page of a journal"],
)
def test_what_leads_to_no_one_page_is_left_without_a_link(ref: str) -> None:
    assert address(entry(ref)) == ""


def test_most_rows_can_be_read_on_the_web() -> None:
    interventions = [row for row in library() if row.ref.startswith("I")]
    assert sum(address(row) != "" for row in interventions) > 0.75 * len(interventions)
