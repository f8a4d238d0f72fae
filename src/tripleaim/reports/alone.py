"""What every page of ours that stands alone needs: templates, and one style sheet inside, known by its hash."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tripleaim.charts import stylesheet, wordmark_svg
from tripleaim.reports.facts import package_version


@cache
def environment() -> Environment:
    """Templates of the reports; every name has to be given, every text is escaped."""
    return Environment(
        loader=PackageLoader("tripleaim.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page_alone(template: str, style: str, more_style: str = "", **told: Any) -> str:
    """A whole HTML page from templates/`template`, with the house's style and that of templates/`style` inside it.

    `more_style` is what only this page can say, such as the foot of its printed sides. The page gets `css`, `css_hash`
    (for its Content-Security-Policy), `wordmark` and `version` besides what is told.
    """
    css = stylesheet() + "\n" + _read(f"templates/{style}") + more_style
    return (
        environment()
        .get_template(template)
        .render(
            css=Markup(css),
            css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
            wordmark=Markup(wordmark_svg()),
            version=package_version(),
            **told,
        )
    )


@cache
def _read(name: str) -> str:
    return files("tripleaim.reports").joinpath(name).read_text(encoding="utf-8")
