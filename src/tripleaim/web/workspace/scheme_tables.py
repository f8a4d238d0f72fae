"""The tables of the pages of schemes, from a brief: all schemes side by side, and one scheme’s money and people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tripleaim.charts import PointRow, Points, Table, figure
from tripleaim.charts.table import Cell
from tripleaim.reports.words import NOTHING, listed, money
from tripleaim.stress.outside.telling import change

Told = Mapping[str, Any]
M = 1e-6
"""GBP to £m."""
VERDICTS = {
    "not credible": (0, "Not credible", "tag-stop"),
    "possible": (1, "Above what is expected", "tag-open"),
    "not tested": (2, "No study to test it", "tag-wait"),
    "rests on one study": (3, "Rests on one study", "tag-wait"),
    "in line": (4, "In line with studies", "tag-good"),
}
"""Class of a claim → its order, the worst first, how it is told in a word, and the class of its tag."""
PLUG = " (a plug: nobody has worked it out)"
"""What is said after the name of such a saving in a table."""
NO_CLAIM = (5, "None that a study could test", "")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A scheme in the list of all. Money is GBP in the plan's last year."""

    key: str
    name: str
    owner: str
    lead: str
    stage: str
    tag: str
    saving: float
    found: float
    needed: float
    posts: float
    claim: str
    claim_tag: str
    claim_order: int
    ours: str
    """What the reader's own organisations have to do with it, in words; empty for nothing."""
    is_plug: bool


SORTS: Mapping[str, tuple[str, Callable[[Row], Any]]] = {
    "name": ("Scheme", lambda row: row.name.lower()),
    "owner": ("Owner", lambda row: (not row.owner, row.owner.lower())),
    "stage": ("How far", lambda row: row.stage),
    "saving": ("As hoped, £m", lambda row: -row.saving),
    "found": ("With what is found, £m", lambda row: -row.found),
    "posts": ("Posts found", lambda row: -(row.needed - row.posts)),
    "claim": ("Claim against evidence", lambda row: row.claim_order),
}
"""What the list can be sorted by: heading, and key."""


def rows_of(told: Told, last: int, own: frozenset[str], sort: str, *, backwards: bool = False) -> list[Row]:
    """Every scheme of a brief, sorted.

    own : keys of the reader's organisations
    """
    rows = [_row(each, last, own) for each in told["schemes"].values()]
    return sorted(rows, key=SORTS[sort][1], reverse=backwards)


def _row(told: Told, last: int, own: frozenset[str]) -> Row:
    order, claim, tag = worst_claim(told)
    return Row(
        key=told["key"],
        name=told["name"],
        owner=told["owner"],
        lead=told["lead_name"],
        stage=told["stage_words"],
        tag=told["tag"],
        saving=told["money"]["saving"][last],
        found=told["money"]["saving_found"][last],
        needed=told["posts_needed"],
        posts=told["posts_found"],
        claim=claim,
        claim_tag=tag,
        claim_order=order,
        ours=_ours(told, last, own),
        is_plug=told["is_plug"],
    )


def worst_claim(told: Told) -> tuple[int, str, str]:
    """The worst of a scheme's claims: order, words and tag."""
    return min((VERDICTS[each["verdict"]] for each in told["evidence"]["claims"]), default=NO_CLAIM)


def _ours(told: Told, last: int, own: frozenset[str]) -> str:
    said = ["you lead it"] if told["lead"] in own else []
    said += ["you must take part"] if own & {each["key"] for each in told["partners"]} else []
    parts = [each for each in told["who"] if each["key"].removeprefix("outside:") in own]
    pays, net = sum(each["pays"][last] for each in parts), sum(each["net"][last] for each in parts)
    said += [f"you pay {money(pays)} a year"] if pays >= NOTHING else []
    if abs(net) >= NOTHING and told["is_plug"]:
        said.append(f"{money(net)} a year of it is put down to you, and nobody has worked out how")
    elif abs(net) >= NOTHING:
        said.append(f"you are {money(abs(net))} {'better' if net > 0 else 'worse'} off a year")
    words = listed(said)
    return words[:1].upper() + words[1:]


def all_schemes(rows: Sequence[Row], last_year: str) -> Table:
    """The list as a table to keep."""
    return Table(
        caption=f"Schemes, {last_year}",
        header=(
            "Scheme",
            "Key",
            "Owner",
            "Lead",
            "How far",
            "As hoped, £m",
            "With what is found, £m",
            "Posts needed",
            "Posts found",
            "Claim against evidence",
            "Your organisation, as hoped",
        ),
        rows=tuple(
            (
                row.name + (PLUG if row.is_plug else ""),
                row.key,
                row.owner or "nobody",
                row.lead,
                row.stage,
                row.saving * M,
                row.found * M,
                row.needed,
                row.posts,
                row.claim,
                row.ours,
            )
            for row in rows
        ),
        numeric=(5, 6, 7, 8),
        signed=(5, 6),
        places=(1, 1, 0, 0),
    )


# ---- One scheme ------------------------------------------------------------------------------------------------------


def tables_of(told: Told, years: Sequence[str]) -> dict[str, Table]:
    """The tables of one scheme's page by name; those with no rows are left out.

    years : the plan's years, then the year after
    """
    made = {"money": _money(told, years[:-1]), "who": _who(told, years), "posts": _posts(told), "claims": _claims(told)}
    return {name: table for name, table in made.items() if table.rows}


def _money(told: Told, years: Sequence[str]) -> Table:
    sums = told["money"]
    return Table(
        caption="Money by year, £m, cash: + is better off, − is worse off",
        header=("Year", "Running costs", "Once", "Saved before that", "Net, as hoped", "Net, with what is found"),
        rows=tuple(
            (
                year,
                -sums["running"][at] * M,
                -sums["one_off"][at] * M,
                sums["saving_before"][at] * M,
                sums["saving"][at] * M,
                sums["saving_found"][at] * M,
            )
            for at, year in enumerate(years)
        ),
        numeric=(1, 2, 3, 4, 5),
        signed=(1, 2, 3, 4, 5),
    )


def _who(told: Told, years: Sequence[str]) -> Table:
    last = len(years) - 2
    rows: list[tuple[Cell, ...]] = [
        (
            each["name"],
            -each["pays"][last] * M,
            -sum(each["one_off"]) * M,
            each["gains"][last] * M,
            each["net"][last] * M,
        )
        for each in told["who"]
    ]
    return Table(
        caption=f"Who gains and who pays, as hoped, {years[last]}, £m: + is better off, − is worse off",
        header=("Organisation", "Pays a year", "Pays once, all years", "Gains a year", "Net a year"),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4),
        signed=(1, 2, 3, 4),
    )


def _posts(told: Told) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (f"{each['group_words']}, {each['name']}", each["needed"], each["found"], each["to_find"])
        for each in told["people"]
    ]
    if rows:
        found, needed = told["posts_found"], told["posts_needed"]
        rows.append(("All", needed, found, needed - found))
    return Table(
        caption="People, full-time posts in the last year",
        header=("Group and employer", "Needed", "Found", "Still to find"),
        rows=tuple(rows),
        numeric=(1, 2, 3),
        places=(0, 0, 0),
        totals=(len(rows) - 1,) if rows else (),
    )


def _claims(told: Told) -> Table:
    return Table(
        caption="Claims against evidence",
        header=("Claim", "How it stands", "Controlled studies", "They found", "One more is expected to bring"),
        rows=tuple(
            (each["claim_words"], each["verdict_words"], each["studies"], _found(each), _expected(each))
            for each in told["evidence"]["claims"]
        ),
        numeric=(2,),
        places=(0,),
    )


def _found(claim: Told) -> str:
    if claim["found_low"] is None:
        return "not known"
    if claim["found_low"] == claim["found_high"]:
        return change(claim["found_low"])
    return f"{change(claim['found_low'])} to {change(claim['found_high'])}"


def _expected(claim: Told) -> str:
    if claim["expected"] is None:
        return "not known"
    return f"{change(claim['expected'])} ({change(claim['expected_low'])} to {change(claim['expected_high'])})"


def pictures_of(told: Told) -> list[str]:
    """Each claim that can be held against studies, as a picture with its table; ready-made HTML."""
    claims = [each for each in told["evidence"]["claims"] if each["expected"] is not None]
    return [figure(_picture(each), f"claim-{number}", level=3, stack=True) for number, each in enumerate(claims, 1)]


def _picture(claim: Told) -> Points:
    scale = claim["claimed"] / claim["treated"] if claim["treated"] else 1.0
    ends = sorted((claim["treated_low"] * scale, claim["claimed"], claim["treated_high"] * scale))
    where = "among the people treated" if claim["reach"] == "treated" else "across the area"
    studies = f"{claim['studies']} controlled {'study' if claim['studies'] == 1 else 'studies'}: {_found(claim)}"
    return Points(
        title=f"Claimed: {claim['claim_words']}. Expected of one more such scheme: {change(claim['expected'])}",
        reads="Each line runs from low to high with its middle marked. The expected range holds eight times in ten.",
        unit=f"fall in {claim['measure']}, {where}",
        suffix="%",
        places=1,
        rows=(
            PointRow("Claimed, and used in this plan", 100 * ends[1], 100 * ends[0], 100 * ends[2], "claim"),
            PointRow(
                "Expected, judging by studies",
                100 * claim["expected"],
                100 * min(claim["expected_low"], claim["expected"]),
                100 * max(claim["expected_high"], claim["expected"]),
                "evidence",
                studies,
            ),
        ),
    )


def sums_of(rows: Sequence[Row]) -> tuple[float, float]:
    """What schemes save in the plan's last year, each counted alone and added up: as hoped, with what is found. GBP."""
    return sum(row.saving for row in rows), sum(row.found for row in rows)


def together(told: Told, last: int) -> tuple[float, float] | None:
    """What all schemes at once make the place better off by in the plan's last year, as hoped and with what is found.

    In GBP; None where no organisation of the plan has accounts.
    """
    whole = told["system"]
    if whole is None:
        return None
    nothing = whole["do_nothing"][last]
    return nothing - whole["hoped"][last], nothing - whole["resourced"][last]
