"""One projection as a reader asks for it: names instead of keys, and the words that go with its money."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from markupsafe import Markup, escape

from tripleaim.charts import Picture, Table, figure
from tripleaim.plan import Plan
from tripleaim.plan.organisation import Role
from tripleaim.projection.benefits import TOGETHER
from tripleaim.projection.gaps import IndicatorPath, OutcomeGap
from tripleaim.projection.provenance import InputYear
from tripleaim.projection.result import Projection
from tripleaim.reports.words import NOTHING, above, money, plural, short

DUST = 1e-12
SCOPES = {"nhs": "NHS", "council": "Councils", "both": "NHS and councils"}
GAPS = {"health": "Health and wellbeing", "care": "Care and quality", "money": "Money"}
CASES = {"do_nothing": "If nothing changes", "hoped": "As hoped", "resourced": "With what is found"}
CATEGORIES = {
    "provider_efficiency": "Providers’ efficiency",
    "new_care_model": "New ways of caring",
    "demand_management": "Less need for hospital care",
    "specialised": "Specialised services",
    "reconfiguration": "Services in fewer places",
    "estate": "Buildings",
    "workforce": "Staff",
    "digital": "Digital",
    "prevention": "Prevention",
    "other": "Other",
}


def package_version() -> str:
    """The version of Triple Aim that made a report."""
    try:
        return version("tripleaim")
    except PackageNotFoundError:
        return "from source"


@dataclass(frozen=True)
class Exhibit:
    """A picture or table of a report: its finding and its figures in full; a table also how to read it."""

    title: str
    table: Table
    reads: str = ""


@dataclass
class Exhibits:
    """The pictures and tables a report shows; each is also a file beside it and a sheet of the workbook."""

    kept: dict[str, Exhibit] = field(default_factory=dict)
    level: int = 3
    """Level of the headings of what is shown next."""
    stack: bool = False
    """Whether every table becomes one block a row on a narrow screen; else only those that ask for it."""
    most_rows: int | None = None
    """Rows of a table from beyond which it is folded behind its caption; None folds only those that ask for it."""

    @property
    def files(self) -> dict[str, str]:
        """The CSV file of every picture and table, by name."""
        return {f"{key}.csv": exhibit.table.csv() for key, exhibit in self.kept.items()}

    def keep(self, key: str, title: str, table: Table, reads: str = "") -> None:
        """Note a table for the files, whether or not it is shown on the page."""
        self.kept[key] = Exhibit(title, table, reads)

    def picture(self, key: str, picture: Picture) -> Markup:
        """A picture with its finding, its reading and its table."""
        self.keep(key, picture.title, picture.table())
        return Markup(figure(picture, key, f"data/{key}.csv", self.level, self.stack))

    def table(
        self, key: str, table: Table, title: str, reads: str = "", fold: bool = False, stack: bool = False
    ) -> Markup:
        """A table with its finding; a long one is folded behind its caption."""
        self.keep(key, title, table, reads)
        html = Markup(table.html(stack or self.stack))
        fold = fold or (self.most_rows is not None and len(table.rows) > self.most_rows)
        folded = '<details><summary>Table<span class="hidden-visually">: {}</span></summary>\n{}\n</details>'
        body = Markup(folded).format(table.caption, html) if fold else html
        said = Markup('<p class="reads">{}</p>\n').format(reads) if reads else ""
        link = Markup('<p class="sources"><a href="data/{0}.csv">{0}.csv</a></p>').format(key)
        return Markup('<div class="figure" id="{}">\n<h{}>{}</h{}>\n{}{}\n{}\n</div>\n').format(
            key, self.level, title, self.level, said, body, link
        )


@dataclass(frozen=True)
class Facts:
    """A projection and what a page needs to tell it."""

    projection: Projection
    shown: Exhibits
    remarks: tuple[str, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan projected."""
        return self.projection.plan

    @property
    def last(self) -> int:
        """Position of the plan's last year."""
        return self.projection.last

    @property
    def last_year(self) -> str:
        """The plan's last year."""
        return self.projection.years[self.last]

    @property
    def after_year(self) -> str:
        """The year after the plan."""
        return self.projection.years[-1]

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the plan, then the year after."""
        return self.projection.years

    @property
    def plan_years(self) -> tuple[str, ...]:
        """The years of the plan."""
        return self.projection.years[:-1]

    @property
    def is_pressure(self) -> bool:
        """Whether money is told as pressure against the opening year, because no shortfall is known."""
        return self.projection.is_pressure

    @cached_property
    def whose_care(self) -> str:
        """Of whom the hospital care is where the plan does not say whose patients a trust has; empty where it does.

        It does not say so where it tells pressure, and a sector that stands for all commissioners pays a trust.
        """
        roles = {row.key: row.role for row in self.plan.organisations}
        if not self.is_pressure or not any(
            roles.get(line.provider) is Role.PROVIDER and roles.get(line.commissioner) is Role.SECTOR
            for line in self.plan.activity
        ):
            return ""
        return (
            "Hospital care is counted at the trusts here, whoever their patients are, and grows with the people of "
            f"{self.place}, wherever the patients live."
        )

    @cached_property
    def place(self) -> str:
        """The place by name."""
        return next(
            (row.name for row in self.plan.places if row.key == self.plan.heading.place), self.plan.heading.name
        )

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Organisations by name."""
        return {row.key: row.name for row in self.plan.organisations}

    @cached_property
    def uses(self) -> frozenset[str]:
        """Keys that are no bodies but purposes for which contracts keep money back."""
        kept = {row.kept_for for row in self.plan.contracts}
        return frozenset(key for key in kept if key.startswith("outside:") and key[8:] not in self.bodies)

    def use(self, key: str) -> str:
        """A purpose money is kept back for, in words."""
        return key.removeprefix("outside:").replace("_", " ").replace("-", " ")

    def body(self, key: str) -> str:
        """A body by name; one outside the place says so, and so does money kept back for a purpose."""
        bare = key.removeprefix("outside:")
        if key in self.uses:
            return f"Money kept back for {self.use(key)}"
        if key == TOGETHER:
            return "Services whose full accounts this plan does not hold, together"
        named = self.bodies.get(bare) or bare.replace("_", " ").replace("-", " ").capitalize()
        return f"{named} (outside)" if key.startswith("outside:") else named

    def money_word(self) -> str:
        """What the money headline is called."""
        return "pressure" if self.is_pressure else "gap"

    def stands(self, value: float, said: str = "") -> str:
        """How the money stands: short by, ahead by, or above the opening year."""
        return above(value, self.plan.opening_year, said) if self.is_pressure else short(value, said)

    @cached_property
    def has_schemes(self) -> bool:
        """Whether anything is proposed."""
        return bool(self.projection.schemes)

    @cached_property
    def cases(self) -> dict[str, str]:
        """The cases worth telling and their names: none of the schemes' where there are none, nor one case twice."""
        told = {"do_nothing": True, "hoped": self.has_schemes, "resourced": not self.is_resourced}
        return {case: CASES[case] for case, worth in told.items() if worth}

    @cached_property
    def is_resourced(self) -> bool:
        """Whether all posts and capital are found, or none are needed."""
        gap = self.projection.scope("both")
        return all(abs(a - b) < 500 for a, b in zip(gap.hoped, gap.resourced, strict=True))

    @cached_property
    def plugged(self) -> tuple[float, float]:
        """What plugs take off the last year's shortfall, as hoped and with what is found. GBP."""
        gap, at = self.projection.scope("both"), self.last
        return (
            self.projection.hoped_without_plugs[at] - gap.hoped[at],
            self.projection.resourced_without_plugs[at] - gap.resourced[at],
        )

    def without_plugs(self) -> str:
        """How the place stands without the plugs, as hoped and with what is found."""
        at = self.last
        hoped, found = self.projection.hoped_without_plugs[at], self.projection.resourced_without_plugs[at]
        if abs(hoped - found) < NOTHING:
            return f"{self.stands(hoped)}, as hoped" + ("" if self.is_resourced else " and with what is found")
        return f"{self.stands(hoped)} as hoped and {self.stands(found)} with what is found"

    @cached_property
    def needs_resources(self) -> bool:
        """Whether any scheme needs posts or capital at all."""
        return bool(self.plan.posts) or any(sum(scheme.capital) > 0 for scheme in self.projection.schemes)

    @cached_property
    def used(self) -> tuple[InputYear, ...]:
        """The sources that rows of the plan name."""
        return tuple(source for source in self.projection.sources if source.rows)

    def sources_used(self) -> str:
        """How many of the plan's sources its rows name: all of them, or so many of so many."""
        used, every = len(self.used), len(self.projection.sources)
        return plural(every, "source") if used == every else f"{used} of {plural(every, 'source')}"

    def outcome(self, gap: str) -> OutcomeGap:
        """The health or the care gap."""
        return next(found for found in self.projection.outcomes if found.gap == gap)

    def indicator(self, key: str) -> IndicatorPath:
        """An indicator by key."""
        return next(path for found in self.projection.outcomes for path in found.indicators if path.key == key)


def marked(value: float, said: str = "") -> Markup:
    """A figure on the page with its exact value behind it."""
    return Markup('<data value="{}">{}</data>').format(repr(float(value)), escape(said or money(value)))


def misses(path: IndicatorPath, value: float) -> bool:
    """Whether a value of an indicator falls short of its standard; never where it has none."""
    return _distance(path, value) > DUST


def wider_with_found(path: IndicatorPath) -> bool:
    """Whether an indicator ends further from its standard than today with only what is found."""
    return _distance(path, path.resourced[-1]) > _distance(path, path.baseline) + DUST


def _distance(path: IndicatorPath, value: float) -> float:
    """How far a value is on the wrong side of the standard, in the indicator's unit."""
    if path.standard is None:
        return 0.0
    return max(0.0, (path.standard - value) if path.higher_is_better else (value - path.standard))
