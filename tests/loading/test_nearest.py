"""The near name that is offered is the one the standard library calls the closest match."""

from __future__ import annotations

import random
from difflib import get_close_matches

import pytest

from tripleaim.loading.nearest import nearest

WORDS = ("growth", "grwoth", "grow", "group", "known1", "known12", "know1", "abcd", "abdc", "dcba", "ab", "ba", "b", "")


@pytest.mark.parametrize("at_least", [0.0, 0.6, 0.8, 1.0])
def test_it_is_the_first_of_the_close_matches(at_least: float) -> None:
    draw = random.Random(1)
    for _ in range(200):
        known = draw.sample(WORDS[:-1], draw.randint(0, 8))
        word = draw.choice(WORDS)
        closest = get_close_matches(word, list(reversed(known)), n=1, cutoff=at_least)
        assert nearest(word, known, at_least=at_least) == (closest[0] if closest else None), (word, known)


def test_of_two_as_near_the_later_in_the_alphabet_is_offered() -> None:
    assert nearest("abc", ["abcx", "abcz", "abcy"]) == "abcz"
