"""A picture as a page shows it: the finding, how to read it, the drawing, and its table."""

from __future__ import annotations

from tripleaim.charts.draw import Picture
from tripleaim.charts.wording import safe


def figure(picture: Picture, key: str, csv_href: str = "", level: int = 3, stack: bool = False) -> str:
    """HTML of one figure.

    key      : id of the figure and start of every id in it; unique on the page
    csv_href : address of the same table as a CSV file; none leaves the link out
    level    : level of the heading, 2 to 6
    stack    : whether the table becomes one block a row on a narrow screen
    """
    table = picture.table()
    name = csv_href.rsplit("/", 1)[-1]
    link = f'<p class="sources"><a href="{safe(csv_href)}">{safe(name)}</a></p>\n' if csv_href else ""
    return (
        f'<figure class="figure" id="{safe(key)}">\n<h{level}>{safe(picture.title)}</h{level}>\n'
        f'<p class="reads">{safe(picture.reads)}</p>\n{picture.svg(key)}'
        f'<details><summary>Table<span class="hidden-visually">: {safe(table.caption)}</span></summary>\n'
        f"{table.html(stack)}\n</details>\n{link}</figure>\n"
    )
