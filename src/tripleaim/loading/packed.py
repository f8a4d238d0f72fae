"""A plan as one parcel of bytes: the files of its folder in a zip file, always the same bytes for the same plan."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

from tripleaim.errors import Impossible, PlanProblems
from tripleaim.loading.collect import Problems
from tripleaim.loading.csv_text import from_csv, records
from tripleaim.loading.draft import draft_of
from tripleaim.loading.files import HEADING_FILE
from tripleaim.loading.raw import RawPlan
from tripleaim.loading.read import assembled, no_rubbish_collection
from tripleaim.loading.toml_text import from_toml
from tripleaim.loading.write import files_of
from tripleaim.plan.plan import Plan
from tripleaim.plan.tables import TABLES

_NO_DATE = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_SEAL = 64
"""Letters of the check sum at the end of a parcel."""


def packed(plan: Plan) -> bytes:
    """The files of a plan as a zip file: what `unpacked` gives back, and what a person may open or upload again.

    raises : Impossible when the plan holds something its files could not give back
    """
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in files_of(plan).items():
            about = zipfile.ZipInfo(name, _NO_DATE)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr, about.create_system = _PLAIN_FILE, _UNIX
            archive.writestr(about, _bytes(name, text))
        archive.comment = bytes(_SEAL)
    data = _sealed(parcel.getvalue())
    _open_again(plan, data)
    return data


def unpacked(data: bytes) -> Plan:
    """The plan in a parcel that `packed` made: every cell is read again, what holds between tables is not.

    A plan that was kept stays readable when later checks between tables would refuse it.

    raises : PlanProblems where a cell cannot be read any more, Impossible for bytes that are no parcel of ours
    """
    files = _files(data)
    problems = Problems()
    with no_rubbish_collection():
        heading = from_toml(files[HEADING_FILE], problems)
        tables = (from_csv(form, files[form.file], problems) for form in TABLES if form.file in files)
        draft = draft_of(RawPlan(heading=heading, tables=tables), problems)
        if len(problems) or draft.heading is None:
            raise PlanProblems(problems.in_order())
        return assembled(draft)


def packed_table(data: bytes, table: str) -> tuple[Mapping[str, str], ...]:
    """The rows of one table of a parcel, each as its cells' texts by column; nothing else of the plan is read.

    raises : Impossible for bytes that are no parcel of ours, or a table no plan has
    """
    form = next((form for form in TABLES if form.name == table), None)
    if form is None:
        raise Impossible(f"No plan has a table {table!r}. Name one of {', '.join(form.name for form in TABLES)}.")
    text = _files(data, form.file).get(form.file)
    if text is None:
        return ()
    (_, header), *rows = records(text)
    return tuple(MappingProxyType(dict(zip(header, cells, strict=True))) for _, cells in rows)


def packed_files(data: bytes) -> Mapping[str, bytes]:
    """The files of a parcel by name, as they are: two plans are alike in a table whose files are.

    raises : Impossible for bytes that are no parcel of ours
    """
    return MappingProxyType(_files(data))


def _files(data: bytes, only: str = "") -> dict[str, bytes]:
    """The files of a parcel, or the one that is asked for where it is there."""
    if data != _sealed(data):
        raise Impossible("These bytes are not a plan as this program packs it; take it from a backup.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if only in ("", name)}


def _sealed(data: bytes) -> bytes:
    """A zip file whose comment, at its end, is the check sum of all before it: damage anywhere is then found."""
    return data[:-_SEAL] + hashlib.sha256(data[:-_SEAL]).hexdigest().encode()


def _bytes(name: str, text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Impossible(f"{name} cannot be packed: it holds half a character ({error.reason}).") from None


def _open_again(plan: Plan, data: bytes) -> None:
    """Open what was packed: a plan that its own files could not give back is not packed at all."""
    try:
        again = unpacked(data)
    except PlanProblems as refusal:
        raise Impossible(f"The plan is not packed, because its files could not be read again:\n\n{refusal}") from None
    if again.fingerprint != plan.fingerprint:
        raise Impossible("The plan is not packed, because its files would not give back the same plan.")
