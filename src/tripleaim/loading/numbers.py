"""Text to numbers, in one place: only plain forms pass, and every refusal says what to write instead.

Lax readers take "1_000", "nan", "TRUE" or Arabic digits for numbers, and guess at "1,200" and "12%". A plan cannot:
a wrong number is worse than no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tripleaim.quantities import SIGNIFICANT_DIGITS

LARGEST = 1e300
SMALLEST = 1e-300
"""Nearest to nought a number other than nought may come: beyond these a computer's arithmetic loses digits."""

_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_SHORTENED = re.compile(r"-?[0-9](\.[0-9]+)?E[+-][0-9]{2,}")
"""The form in which spreadsheets save a number that is too long for its cell: with fewer digits than it has."""
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_SPACED = re.compile(r"[0-9]{1,3}([ \u00a0\u2009\u202f'’_][0-9]{3})+(\.[0-9]+)?")
_LOOSE = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)")
_WORDS = {"true", "false", "yes", "no"}
_MISSING = {"na", "n/a", "nan", "null", "none", "nil", "-", "–", "—", "..", "...", ":", ".", "?", "tbc", "tbd", "inf"}
_SUPPRESSED = re.compile(r"\*+|[<>≤≥~]\s*[0-9.,]+|[0-9]+\s*[-–]\s*[0-9]+|c|x|z")
_SCALES = {"k": 1e3, "m": 1e6, "million": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "billion": 1e9, "thousand": 1e3}
_SCALED = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ?([a-zA-Z]+)")


class Refused(ValueError):
    """A cell that is not what its column holds: what was expected, and how to fix it.

    to_fix   : words, or what finds them where that takes long and the advice may never be asked for
    proposed : the number `to_fix` says to write, so that a column that could not hold it says something else
    """

    def __init__(self, expected: str, to_fix: str | Callable[[], str], proposed: float | None = None) -> None:
        super().__init__(expected, to_fix)
        self.expected = expected
        self.proposed = proposed
        self._to_fix = to_fix

    @property
    def to_fix(self) -> str:
        """How to fix it, in words."""
        return self._to_fix if isinstance(self._to_fix, str) else self._to_fix()


def number(text: str) -> float:
    """A plain decimal number, at most 15 significant digits.

    >>> number("-3.5"), number("1e3"), number("-0")
    (-3.5, 1000.0, 0.0)
    >>> number("12%")
    Traceback (most recent call last):
    tripleaim.loading.numbers.Refused: ('a plain number', 'write 0.12 if you mean 12%')
    """
    if not _PLAIN.fullmatch(text):
        raise Refused("a plain number", *_proposal(text))
    if len(text) > SIGNIFICANT_DIGITS or "e" in text or "E" in text:
        return _long(text)
    return float(text) + 0.0  # so that -0 is 0


def _long(text: str) -> float:
    """A number whose digits must be counted, or whose exponent may lead too far."""
    digits = _digits(text)
    value = float(text) + 0.0
    if len(digits) > SIGNIFICANT_DIGITS:
        to_fix = f"round it, such as {shortest(value)}" if abs(value) <= LARGEST else "write a smaller number"
        raise Refused(f"a number of at most {SIGNIFICANT_DIGITS} digits", to_fix, value)
    if abs(value) > LARGEST or (digits and abs(value) < SMALLEST):
        raise Refused(
            f"a number no further from 0 than {LARGEST:g} and no nearer than {SMALLEST:g}", "check the number"
        )
    if _SHORTENED.fullmatch(text):
        to_fix = "digits may be lost: show the whole number in the spreadsheet and save again, "
        raise Refused("a plain number", f"{to_fix}or write {shortest(value)} if it is exact", value)
    return value


def whole(text: str) -> int:
    """A whole number, written without point or exponent.

    >>> whole("12")
    12
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    if _PLAIN.fullmatch(text) and len(text) < 40 and float(text).is_integer() and abs(float(text)) < 1e15:
        raise Refused("a whole number", f"write {int(float(text))}", float(text))
    if _PLAIN.fullmatch(text):
        raise Refused("a whole number", "write a whole number of at most 15 digits")
    raise Refused("a whole number", *_proposal(text))


def yes_no(text: str) -> bool:
    """Yes or no, and no other word for them.

    >>> yes_no("yes")
    True
    """
    if text in ("yes", "no"):
        return text == "yes"
    said = text.strip().lower()
    if said in ("y", "true", "1", "t", "yes"):
        raise Refused("yes or no", "write yes")
    if said in ("n", "false", "0", "f", "no"):
        raise Refused("yes or no", "write no")
    raise Refused("yes or no", "write yes or no")


def shortest(value: float) -> str:
    """The shortest text that reads back as the same number of 15 digits.

    >>> shortest(1200.0), shortest(0.1), shortest(1e-7)
    ('1200', '0.1', '1e-07')
    """
    return format(value + 0.0, f".{SIGNIFICANT_DIGITS}g")


def meant(text: str) -> float | None:
    """The number a spelling certainly means, where there is only one reading of it.

    >>> meant("£1,234.5"), meant("(5)"), meant("12.5 %"), meant("1.2m")
    (1234.5, -5.0, 0.125, None)
    """
    bare = text.strip().replace("\N{MINUS SIGN}", "-").replace("−", "-")
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1].strip() if negative else bare
    if not negative and bare.startswith("-"):
        negative, bare = True, bare[1:].strip()
    percent = bare.endswith("%")
    bare = re.sub(r"^[£$€]\s*", "", bare.removesuffix("%").strip())
    if bare.startswith("-"):
        if negative:
            return None  # two signs: nobody can tell whether they undo each other
        negative, bare = True, bare[1:]
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not (_LOOSE.fullmatch(bare) or _PLAIN.fullmatch(bare)) or len(_digits(bare)) > SIGNIFICANT_DIGITS:
        return None
    value = float(bare) / (100 if percent else 1)
    if abs(value) > LARGEST:
        return None
    return -value if negative and value else value


def advice(text: str) -> str:
    """How to put right a cell that is not a plain number."""
    return _proposal(text)[0]


def _proposal(text: str) -> tuple[str, float | None]:
    """How to put right a cell that is not a plain number, and the number that says to write, if it says one."""
    bare = text.strip()
    value = meant(text)
    if value is not None:
        return f"write {shortest(value)}" + (f" if you mean {bare}" if "%" in bare else ""), value
    scaled = _SCALED.fullmatch(bare.lstrip("£$€ "))
    if scaled and scaled[2].lower() in _SCALES and len(_digits(scaled[1])) <= SIGNIFICANT_DIGITS:
        scale = _SCALES[scaled[2].lower()]
        full = float(scaled[1]) * scale
        return f"write it in full: {shortest(full)} if {scaled[2]} stands for {shortest(scale)}", full
    if _SPACED.fullmatch(bare):
        digits = re.sub(r"[^0-9.]", "", bare)
        return f"write {digits} if the gap only parts the thousands", float(digits)
    return _words_of_advice(bare), None


def _words_of_advice(bare: str) -> str:
    """How to put right a cell where no number can be proposed."""
    if bare.startswith("#"):
        return "put the formula right in the spreadsheet, then write the number itself"
    if bare.lower() in _WORDS:
        return "write a number; yes and no belong in other columns"
    if bare.lower().lstrip("+-−") in _MISSING or bare.lower() in _MISSING:
        return "write the number, or leave the cell empty if it is not known"
    if _SUPPRESSED.fullmatch(bare.lower()):
        return "a hidden or rough figure is not a number: write your estimate and say so in its source"
    if any(c.isdigit() and not c.isascii() for c in bare):
        return "write the number with the digits 0 to 9"
    if "," in bare:
        return "write it without commas, with a point before the decimals"
    if "_" in bare:
        return "write it without underscores"
    return "write digits only, with a point before the decimals, such as 1200 or 0.05"


def _digits(text: str) -> str:
    """The significant digits of a number written in a plain form."""
    mantissa = re.split("[eE]", text.lstrip("+-"))[0]
    before, _, after = mantissa.partition(".")
    digits = (before + after).lstrip("0")
    return digits.rstrip("0")
