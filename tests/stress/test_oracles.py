"""The same questions put to libraries that others keep: SALib, the EMA workbench and scikit-learn (`make oracles`)."""

from __future__ import annotations

import math
import sys
from types import ModuleType

import numpy as np
import pytest

from tripleaim.stress.discovery import binned, boxes, tree
from tripleaim.stress.discovery.boxes import quasi_p
from tripleaim.stress.discovery.paste import in_box
from tripleaim.stress.discovery.peel import peel
from tripleaim.stress.indices import sobol_indices
from tripleaim.stress.morris import elementary_effects, trajectories

pytestmark = pytest.mark.oracle

pd = pytest.importorskip("pandas", reason="needs the libraries of requirements/oracles.lock: make oracles")
sobol_sample = pytest.importorskip("SALib.sample.sobol")
sobol_analyze = pytest.importorskip("SALib.analyze.sobol")
morris_analyze = pytest.importorskip("SALib.analyze.morris")


class _LeftOut(ModuleType):
    """Stands where the EMA workbench looks for Platypus (GPL, and not needed for PRIM): names, and nothing behind."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {"__init__": lambda *_, **__: None})


sys.modules.setdefault("platypus", _LeftOut("platypus"))
ema_prim = pytest.importorskip("ema_workbench.analysis.prim")
sklearn_tree = pytest.importorskip("sklearn.tree")


def problem(inputs: int) -> dict[str, object]:
    return {"num_vars": inputs, "names": [f"x{n}" for n in range(inputs)], "bounds": [[0.0, 1.0]] * inputs}


def ishigami(x: np.ndarray) -> np.ndarray:
    one, two, three = math.pi * (2 * x - 1)
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def failing(draws: int, inputs: int, values: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.Generator(np.random.Philox(3))
    x = random.random((inputs, draws))
    if values:
        x = np.floor(values * x) / values
    gap = 2 * x[0] - 1.5 * x[1] + x[2] * x[3] + 0.2 * random.standard_normal(draws)
    return x, gap < np.quantile(gap, 0.2)


def test_sobol_indices_are_those_of_salib_on_the_same_points() -> None:
    about = problem(3)
    rows = sobol_sample.sample(about, 1024, calc_second_order=False, seed=1)
    theirs = sobol_analyze.analyze(about, ishigami(rows.T), calc_second_order=False, num_resamples=400, seed=1)
    ours = sobol_indices(ishigami, rows[0::5].T, rows[4::5].T, resamples=400)
    assert ours.total.value[:, 0] == pytest.approx(theirs["ST"], abs=1e-9)
    assert ours.first.value[:, 0] == pytest.approx(theirs["S1"], abs=2e-3)  # SALib centres on all points, we on A and B
    half = (ours.total.high - ours.total.low)[:, 0] / 2
    assert half == pytest.approx(theirs["ST_conf"], rel=0.2)


@pytest.mark.parametrize("groups", [None, [[0, 1], [2]]])
def test_elementary_effects_are_those_of_salib_on_the_same_walks(groups: list[list[int]] | None) -> None:
    walks = trajectories(3, 30, seed=5, groups=groups)
    about = problem(3)
    if groups:
        about["groups"] = ["together", "together", "alone"]
    cube = walks.points.reshape(-1, 3)
    theirs = morris_analyze.analyze(about, cube, ishigami(cube.T), num_levels=4, seed=1)
    ours = elementary_effects(ishigami, walks)
    assert ours.size[:, 0] == pytest.approx(np.asarray(theirs["mu_star"], dtype=float))
    if not groups:
        assert ours.mean[:, 0] == pytest.approx(theirs["mu"])
        assert ours.spread[:, 0] == pytest.approx(theirs["sigma"])


@pytest.mark.parametrize(
    ("gain", "theirs"), [("total", "ORIGINAL"), ("per draw", "LENIENT1")], ids=["total", "per draw"]
)
def test_peeling_is_as_good_as_the_workbenchs(gain: str, theirs: str) -> None:
    """Both are greedy and cut at slightly different places: densities at equal coverage agree within 0.03."""
    x, fails = failing(3000, 6)
    frame = pd.DataFrame(x.T, columns=[f"x{n}" for n in range(6)])
    search = ema_prim.Prim(
        frame, fails, threshold=0.5, peel_alpha=0.05, obj_function=ema_prim.PRIMObjectiveFunctions[theirs]
    )
    way = search.find_box().peeling_trajectory
    steps = peel(binned(x), fails, gain=gain)  # type: ignore[arg-type]
    covered = np.array([step.failures for step in steps]) / fails.sum()
    dense = np.array([step.density for step in steps])
    for coverage in (0.9, 0.75, 0.5):
        their_density = np.interp(coverage, way["coverage"][::-1], way["density"][::-1])
        assert np.interp(coverage, covered[::-1], dense[::-1]) == pytest.approx(their_density, abs=0.03)


def test_the_known_corner_is_the_workbenchs_too() -> None:
    twenty, five = (np.arange(20) + 0.5) / 20, (np.arange(5) + 0.5) / 5
    x = np.array(np.meshgrid(twenty, twenty, five, indexing="ij")).reshape(3, -1)
    fails = (x[0] >= 0.7) & (x[1] <= 0.3)
    found = ema_prim.Prim(pd.DataFrame(x.T, columns=["x1", "x2", "x3"]), fails, threshold=0.8).find_box()
    last = found.peeling_trajectory.iloc[-1]
    (box,) = boxes(x, fails)
    assert (box.coverage, box.density, box.mass) == pytest.approx((last["coverage"], last["density"], last["mass"]))
    held = np.ones(len(fails), dtype=bool)
    for n, name in enumerate(["x1", "x2", "x3"]):
        low, high = found.box_lims[-1][name]
        held &= (x[n] >= low) & (x[n] <= high)
    assert (held == box.holds(x)).all()


def test_quasi_p_values_are_the_workbenchs_for_the_same_box() -> None:
    x, fails = failing(400, 4, values=20)
    frame = pd.DataFrame(x.T, columns=["a", "b", "c", "d"])
    found = ema_prim.Prim(frame, fails, threshold=0.5).find_box()
    bins = binned(x)
    compared = 0
    for at in range(len(found.box_lims)):
        limits = found.box_lims[at]
        allowed = bins.everything()
        for n, name in enumerate(frame.columns):
            low, high = limits[name]
            kept = np.unique(bins.codes[(x[n] >= low) & (x[n] <= high), n])
            allowed[n, : kept[0]] = allowed[n, kept[-1] + 1 :] = False
        box = in_box(bins, fails, allowed)
        assert box.draws == found.peeling_trajectory["n"][at]
        for name, (below, above) in found.qp[at].items():
            one_sided = [each for each in (below, above) if each != -1]
            if len(one_sided) == 1:
                ours = quasi_p(bins, fails, box, list(frame.columns).index(name))
                assert ours == pytest.approx(one_sided[0], rel=1e-6)
                compared += 1
    assert compared > 10


def test_a_trees_ends_are_those_of_scikit_learn() -> None:
    x, fails = failing(3000, 4, values=50)
    theirs = sklearn_tree.DecisionTreeClassifier(max_leaf_nodes=6, min_samples_leaf=60).fit(x.T, fails)
    leaf = theirs.apply(x.T)
    expected = sorted((int((leaf == each).sum()), int(fails[leaf == each].sum())) for each in set(leaf))
    assert sorted((end.draws, end.failures) for end in tree(x, fails, ends=6)) == expected
