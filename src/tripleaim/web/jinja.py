"""The templates' environment: the components' macros, our own beside them, and what every page may call."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from tripleaim.charts import wordmark_svg
from tripleaim.web.workspace import wording
from tripleaim.web.workspace.found import address
from tripleaim.web.workspace.glossary import explained


def environment(**options: Any) -> Environment:
    """The environment of every page. Names that are not given are told in tests, which render every page."""
    options["undefined"] = ChainableUndefined  # the components' macros read options that are not given
    options["trim_blocks"] = options["lstrip_blocks"] = True
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    made = Environment(**options)
    made.globals.update(static=static, url=url, address=address, page_at=address, get_messages=get_messages)
    made.globals["wordmark"] = Markup(wordmark_svg())
    made.filters.update(wording.FILTERS)
    made.filters["explained"] = explained
    return made


def url(name: str, *parts: Any, **named: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, args=parts or None, kwargs=named or None)
