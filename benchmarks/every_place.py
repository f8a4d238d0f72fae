"""A stress test of 10,000 draws for each of the 44 places of England, two processes at a time; prints each verdict."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

DRAWS = 10_000


def place(code: str) -> str:
    """Start a place from open data and test it, on one thread."""
    from tripleaim.opendata.start import start
    from tripleaim.stress.findings import stress

    found = stress(start(code), DRAWS, threads=1)
    return f"{code} {found.of('both', 'do_nothing').middle[-1]:,.0f}"


def main() -> None:
    from tripleaim.opendata import published

    codes = sorted({row.code for row in published().footprints})
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        for told in pool.map(place, codes):
            print(told, flush=True)


if __name__ == "__main__":
    main()
