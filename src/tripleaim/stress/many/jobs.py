"""One stress test as a job: a small record of all that its numbers depend on, and the work itself."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tripleaim.errors import Impossible, TripleAimError
from tripleaim.plan import Plan
from tripleaim.stress.findings import Stress, stress

Parcel = Plan | bytes | Path
"""A plan as it reaches a worker: itself, packed, or a file that holds it packed."""
Answer = dict[str, Any] | TripleAimError
"""What a worker sends back: the findings by field, all but the plan; or why there are none."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """All that the numbers of one stress test depend on: equal jobs have equal answers, and one of them is enough."""

    fingerprint: str
    """SHA-256 of the plan."""
    draws: int
    """How many draws."""
    seed: int
    """What the draws are made from."""
    together: bool
    """Whether shared drivers move several numbers at once."""
    version: str
    """Versions of Triple Aim and its libraries that ask (`own_version`); a worker with others refuses."""


def job_of(plan: Plan, draws: int, seed: int, *, together: bool = True) -> Job:
    """The job of stressing a plan."""
    return Job(fingerprint=plan.fingerprint, draws=draws, seed=seed, together=together, version=own_version())


def answer(job: Job, parcel: Parcel, threads: int | None = 1) -> Answer:
    """Do a job. Called in whatever thread, process or machine does it.

    threads : how many work at it side by side; None is one a processor
    returns : the fields of `Stress` but the plan, which whoever asks has; a refusal is an answer too
    """
    try:
        if job.version != own_version():
            raise Impossible(f"The worker has {own_version()}, and whoever asked {job.version}: give both the same.")
        found = stress(unpacked(parcel), job.draws, job.seed, together=job.together, threads=threads)
    except TripleAimError as refusal:
        return refusal
    return {each.name: getattr(found, each.name) for each in fields(found) if each.name != "plan"}


def findings(plan: Plan, answered: dict[str, Any]) -> Stress:
    """The findings as `stress` returns them, from a worker's answer and the plan that was asked about."""
    return Stress(plan=plan, **answered)


def packed(plan: Plan) -> bytes:
    """A plan made small for the way to a worker; only our own processes read it."""
    return zlib.compress(pickle.dumps(plan), level=1)


def unpacked(parcel: Parcel) -> Plan:
    """The plan in a parcel."""
    if isinstance(parcel, Plan):
        return parcel
    return _from_file(parcel) if isinstance(parcel, Path) else _from_bytes(parcel)


@cache
def own_version() -> str:
    """Triple Aim and the libraries its numbers come from, with their versions: where these are one, so are the bits."""
    return ", ".join(f"{name} {_version(name)}" for name in ("tripleaim", "numpy", "scipy", "numba"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


@lru_cache(maxsize=4)
def _from_file(path: Path) -> Plan:
    return _from_bytes(path.read_bytes())


def _from_bytes(content: bytes) -> Plan:
    plan = pickle.loads(zlib.decompress(content))
    assert isinstance(plan, Plan)
    return plan
