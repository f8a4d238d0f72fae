"""A report and the pages that answer further questions of its plan, in one folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.loading import read_plan
from tripleaim.projection import Projection, project
from tripleaim.reports.pages_beside import PAGES, linking
from tripleaim.reports.write import refuse_others, write_files, write_report

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def found() -> Projection:
    return project(read_plan(ROOT / "plans" / "west_north_and_east_cumbria"))


def answered(folder: Path, fingerprint: str, *pages: str) -> None:
    """Pages of ours in a folder that tell of a plan."""
    files = dict.fromkeys(pages, f"<!doctype html><p>{fingerprint}</p>")
    write_files({**files, "data/of_a_page.csv": "a\n1\n"}, folder, beside=True)


def test_a_report_leads_to_every_page_of_the_same_plan_and_keeps_them(found: Projection, tmp_path: Path) -> None:
    answered(tmp_path / "out", found.fingerprint, *PAGES)
    for _ in range(2):  # the second time over its own links
        page = write_report(found, tmp_path / "out").read_text(encoding="utf-8")
        assert [page.count(f'<a href="{name}">') for name in PAGES] == [1, 1, 1]
        assert page.count("<dt>Made by</dt>") == 1
    assert (tmp_path / "out" / "data" / "of_a_page.csv").exists()


def test_pages_of_another_version_go_with_the_report_they_belonged_to(found: Projection, tmp_path: Path) -> None:
    answered(tmp_path / "out", "0" * 64, "choose.html")
    page = write_report(found, tmp_path / "out").read_text(encoding="utf-8")
    assert "choose.html" not in page
    assert not (tmp_path / "out" / "choose.html").exists()
    assert not (tmp_path / "out" / "data" / "of_a_page.csv").exists()


def test_pages_made_side_by_side_are_all_kept_and_all_led_to(found: Projection, tmp_path: Path) -> None:
    """Each was begun before any other was written: what the others added to the report meanwhile stays."""
    folder = write_report(found, tmp_path / "out").parent
    before = refuse_others(folder, PAGES)
    for page in PAGES:
        told = {page: f"<!doctype html><p>{found.fingerprint}</p>"}
        write_files(told, folder, beside=True, before=before, linked=linking(page, found.fingerprint))
    report = (folder / "index.html").read_text(encoding="utf-8")
    assert [report.count(f'<a href="{name}">') for name in PAGES] == [1, 1, 1]
    assert set(refuse_others(folder)) >= {*PAGES, "index.html", "report.xlsx"}


def test_a_report_of_another_plan_is_not_made_to_lead_to_a_page(found: Projection, tmp_path: Path) -> None:
    folder = write_report(found, tmp_path / "out").parent
    told = {"share.html": "<!doctype html><p>another</p>"}
    write_files(told, folder, beside=True, linked=linking("share.html", "0" * 64))
    assert "share.html" not in (folder / "index.html").read_text(encoding="utf-8")
