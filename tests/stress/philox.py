"""Philox 4x64-10 in plain Python integers, from the paper that gave it (Salmon and others 2011), as an oracle."""

from __future__ import annotations

MULTIPLIERS = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
KEY_STEPS = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)
WORD = 2**64


def philox(counter: int, key: tuple[int, int], rounds: int = 10) -> tuple[int, int, int, int]:
    """The four words of one counter."""
    words = tuple(counter >> 64 * place & WORD - 1 for place in range(4))
    for _ in range(rounds):
        high_a, low_a = divmod(MULTIPLIERS[0] * words[0], WORD)
        high_b, low_b = divmod(MULTIPLIERS[1] * words[2], WORD)
        words = (high_b ^ words[1] ^ key[0], low_b, high_a ^ words[3] ^ key[1], low_a)
        key = ((key[0] + KEY_STEPS[0]) % WORD, (key[1] + KEY_STEPS[1]) % WORD)
    return words[0], words[1], words[2], words[3]
