"""Candidates whose figures are given, so that what is made of them can be worked out by hand."""

from __future__ import annotations

from tripleaim.portfolio.record import Candidate, PartnerValue, Taken
from tripleaim.portfolio.score import OutcomeScore, OverDraws, Score


def always(amount: float) -> OverDraws:
    """A figure that is the same in every draw."""
    return OverDraws(mean=amount, low=amount, middle=amount, high=amount)


def outcome(gap: str, closed: float) -> OutcomeScore:
    """So much of a gap closed."""
    return OutcomeScore(
        gap=gap,
        closed=always(closed),
        with_standard=1,
        met=0,
        met_nothing=0,
        worst="",
        worst_distance=0.0,
        widened=(),
    )


def score(money: float, health: float, care: float, *, chance: float | None = None, tail: float = 0.0) -> Score:
    """What a candidate comes to in every aim."""
    return Score(
        closed=always(money),
        closed_point=money,
        closed_found=money,
        short=always(0.0),
        short_point=0.0,
        short_found=0.0,
        chance=chance,
        chance_out_by=None,
        worst_tenth=tail,
        health=outcome("health", health),
        care=outcome("care", care),
        organisations=(),
        places=(),
        revenue=(),
        one_off=0.0,
        capital=(),
        prevention=(),
        posts=(),
        hours=(),
    )


def candidate(
    key: str, own: Score, *schemes: str, broken: tuple[str, ...] = (), values: tuple[PartnerValue, ...] = ()
) -> Candidate:
    """A candidate with a score and some schemes."""
    return Candidate(
        key=key,
        name=key,
        keys=(key,),
        also=(),
        taken=tuple(Taken(scheme=each, name=each, later=0, start="2017-10") for each in schemes),
        score=own,
        uses=(),
        broken=broken,
        estimate=None,
        polished=(),
        values=values,
    )
