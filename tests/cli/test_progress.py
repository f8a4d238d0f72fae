"""How far a stress test is, told from a clock of our own."""

from __future__ import annotations

from tripleaim.cli.progress import Pace, Progress


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_time_left_goes_by_the_pace_since_the_first_draws_were_counted() -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.now += 8  # setting up
    assert pace.left(1000, 11_000) is None
    clock.now += 2
    assert pace.left(3000, 11_000) == 8.0


def test_no_time_is_told_before_the_pace_is_known() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.left(1000, 5000)
    clock.now += 0.1
    assert pace.left(2000, 5000) is None


def watched(parts: tuple[str, ...], clock: Clock) -> tuple[Progress, list[str], list[str]]:
    lines: list[str] = []
    warned: list[str] = []
    return Progress(parts, lines.append, warned.append, clock), lines, warned


def test_the_line_says_which_part_of_how_many_and_how_long_the_draws_take() -> None:
    clock = Clock()
    told, lines, warned = watched(("Running every draw", "Asking why"), clock)
    told.part("Running every draw")
    told.draws(1000, 10_000)
    clock.now += 4
    told.draws(2000, 10_000)
    told.part("Asking why")
    assert lines == [
        "Part 1 of 2: Running every draw …",
        "Part 1 of 2: Running every draw, 20% done, about 30 seconds left …",
        "Part 2 of 2: Asking why …",
    ]
    assert warned == []


def test_draws_that_take_long_are_said_to_once() -> None:
    clock = Clock()
    told, _, warned = watched(("Running every draw",), clock)
    for done in (1, 2, 3):
        told.draws(done * 1000, 10**11)
        clock.now += 1
    assert len(warned) == 1
    assert warned[0].startswith("100,000,000,000 draws will take about 3 years here. Ctrl-C stops them")
