"""What a change of the plan does to the money: two results that were worked out, side by side."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from tripleaim.charts.wording import MINUS
from tripleaim.reports.words import NOTHING, money, short, tell_money_apart
from tripleaim.web.workspace.models import Draft, Place, Run, RunFile
from tripleaim.web.workspace.models.run import RunKind, RunState

BRIEF = "brief.json"
CASES = (
    ("do_nothing", "if nothing changes"),
    ("hoped", "with the schemes, as hoped"),
    ("resourced", "with what is found so far"),
)


@dataclass(frozen=True, kw_only=True)
class MoneyRow:
    """One amount before and after. GBP; None where one plan has no such amount. A shortfall is positive."""

    who: str
    what: str
    old: float | None
    new: float | None
    is_saving: bool = False

    @property
    def change(self) -> float:
        """New less old; a missing amount counts as none."""
        return (self.new or 0.0) - (self.old or 0.0)

    @property
    def is_better(self) -> bool:
        """Whether the change helps: a smaller shortfall, or a larger saving."""
        return self.change > 0 if self.is_saving else self.change < 0

    @property
    def said(self) -> tuple[str, str]:
        """Both amounts in words, told apart where they differ."""
        known = [value for value in (self.old, self.new) if value is not None]
        words = iter(tell_money_apart(*known))
        told = [None if value is None else (value, next(words)) for value in (self.old, self.new)]
        one, two = ("no such scheme" if each is None else self._said(*each) for each in told)
        return one, two

    def _said(self, value: float, words: str) -> str:
        if self.is_saving:
            return f"saves {words}" if value >= 0 else f"costs {words.lstrip(MINUS)}"
        return short(value, words)

    @property
    def effect(self) -> str:
        """The change in words."""
        size = money(abs(self.change))
        if abs(self.change) < NOTHING:
            return "the same"
        return f"{size} better" if self.is_better else f"{size} worse"


@dataclass(frozen=True, kw_only=True)
class InMoney:
    """A change in money. `missing` names what has not been worked out yet; then there are no rows."""

    year: str = ""
    whole: tuple[MoneyRow, ...] = ()
    organisations: tuple[MoneyRow, ...] = ()
    schemes: tuple[MoneyRow, ...] = ()
    missing: tuple[str, ...] = ()
    """Fingerprints without a finished run."""
    under_way: tuple[str, ...] = ()
    """Those of them whose run has been asked for."""

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases in words, in the order of `bodies`."""
        return tuple(words for _, words in CASES)

    @property
    def bodies(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each organisation whose money changes, most changed first, with what is done to it in each case, in words."""
        rows: dict[str, dict[str, MoneyRow]] = {}
        for row in self.organisations:
            rows.setdefault(row.who, {})[row.what] = row
        most = sorted(rows.items(), key=lambda each: -max(abs(row.change) for row in each[1].values()))
        return tuple(
            (who, tuple(found[words].effect if words in found else "the same" for words in self.cases))
            for who, found in most
        )

    @property
    def sentence(self) -> str:
        """What it does to the shortfall as hoped, in one sentence."""
        row = next((each for each in self.whole if each.what == CASES[1][1]), None)
        if row is None:
            changed = len(self.schemes)
            return "No scheme saves more or less." if not changed else "What schemes save changes as follows."
        old, new = row.said
        if abs(row.change) < NOTHING:
            return f"In {self.year} the place is {new} with the schemes, as hoped, as it was before."
        return f"In {self.year} the place is {new} with the schemes, as hoped; before, it was {old}."


def in_money(place: Place, old: str, new: str, draft: Draft | None = None) -> InMoney:
    """What the change from one plan to another, by fingerprint, does to the money.

    draft : whose own runs may be read beside those that everybody sees
    """
    found = _briefs(place, (old, new), draft)
    missing = tuple(dict.fromkeys(each for each in (old, new) if each not in found))
    if missing:
        asked = _seen(place, draft).filter(content_id__in=missing, state__in=(RunState.WAITING, RunState.WORKING))
        return InMoney(missing=missing, under_way=tuple(asked.values_list("content_id", flat=True).distinct()))
    return compared(found[old], found[new])


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> InMoney:
    """Two briefs side by side, in the last year of the newer plan."""
    year = str(after["place"]["last_year"])
    at = [list(each["years"]).index(year) if year in each["years"] else None for each in (before, after)]
    return InMoney(
        year=year,
        whole=tuple(_lines("The place as a whole", before.get("system"), after.get("system"), at)),
        organisations=tuple(_changed(_organisations(before, after, at))),
        schemes=tuple(_changed(_schemes(before, after, at))),
    )


def _lines(who: str, old: Any, new: Any, at: Sequence[int | None]) -> Iterator[MoneyRow]:
    if not old or not new:
        return
    for case, words in CASES:
        yield MoneyRow(who=who, what=words, old=_at(old[case], at[0]), new=_at(new[case], at[1]))


def _organisations(before: Mapping[str, Any], after: Mapping[str, Any], at: Sequence[int | None]) -> Iterator[MoneyRow]:
    for key, now in after["organisations"].items():
        was = before["organisations"].get(key) or {}
        yield from _lines(now["name"], was.get("lines"), now.get("lines"), at)


def _schemes(before: Mapping[str, Any], after: Mapping[str, Any], at: Sequence[int | None]) -> Iterator[MoneyRow]:
    for key in dict.fromkeys((*before["schemes"], *after["schemes"])):
        was, now = before["schemes"].get(key), after["schemes"].get(key)
        amounts = [each and _at(each["money"]["saving"], place) for each, place in zip((was, now), at, strict=True)]
        name = (now or was)["name"]
        yield MoneyRow(who=name, what="in a year, by itself", old=amounts[0], new=amounts[1], is_saving=True)


def _at(values: Any, place: int | None) -> float | None:
    if isinstance(values, Sequence):
        return None if place is None or place >= len(values) else float(values[place])
    return None if values is None else float(values)


def _changed(rows: Iterator[MoneyRow]) -> list[MoneyRow]:
    return [row for row in rows if abs(row.change) >= NOTHING or (row.old is None) != (row.new is None)]


def _seen(place: Place, draft: Draft | None) -> Any:
    shared = Q(draft=None) | Q(draft__proposed_at__isnull=False)
    return Run.objects.filter(shared | Q(draft=draft) if draft else shared, place=place, kind=RunKind.RUN)


def _briefs(place: Place, fingerprints: Sequence[str], draft: Draft | None) -> dict[str, dict[str, Any]]:
    done = _seen(place, draft).filter(content_id__in=fingerprints, state=RunState.DONE).order_by("ended_at")
    newest = dict(done.values_list("content_id", "pk"))
    files = RunFile.objects.filter(run__in=newest.values(), name=BRIEF).values_list("run__content_id", "packed")
    return {content: json.loads(zlib.decompress(bytes(packed))) for content, packed in files}
