"""The mark of Triple Aim: three open circles, one in another, the smallest still open."""

from __future__ import annotations

from tripleaim.charts.colours import colour


def wordmark_svg() -> str:
    """The mark alone, for decoration beside the name; screen readers pass it by."""
    arcs = (
        ("c-edge-help", "teal-700", "M26.6 8.3A13 13 0 1 0 28.8 17"),
        ("c-edge-help", "teal-500", "M8.6 19.6A8.2 8.2 0 1 0 12 8.9"),
        ("c-edge-add", "plum-700", "M18.6 18.2A3.4 3.4 0 1 0 13.6 18.4"),
    )
    paths = "".join(f'<path class="{role}" stroke="{colour(name)}" d="{shape}"/>' for role, name, shape in arcs)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="30" height="30" '
        'aria-hidden="true" focusable="false">'
        f'<g fill="none" stroke-width="3" stroke-linecap="round">{paths}</g></svg>'
    )
