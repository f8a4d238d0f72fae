"""A workbook whose texts come back letter for letter, whatever stands in them.

Excel writes a character that XML cannot hold as `_xHHHH_`, so an underscore that only looks like the beginning of one
has to be marked as an underscore itself. XlsxWriter leaves out marks that share an underscore (`_x0041_x0042_`), and
takes a text between `<r>` and `</r>` for XML of its own; here neither happens.
"""

from __future__ import annotations

import re

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings

_LIKE_A_MARK = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def marked(text: str) -> str:
    """A text as a workbook holds it.

    >>> marked("_x0041_x0042_"), marked("a_x_b"), marked("\\x01")
    ('_x005F_x0041_x005F_x0042_', 'a_x_b', '_x0001_')
    """
    as_itself = _LIKE_A_MARK.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", as_itself)


class LetterForLetter(Workbook):  # type: ignore[misc]
    """A workbook that XlsxWriter writes, but for its list of texts."""

    def _get_packager(self) -> Packager:
        return _Parts()


class _Parts(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            texts = _Texts()
            texts.string_table = self.workbook.str_table
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            texts._assemble_xml_file()


class _Texts(SharedStrings):  # type: ignore[misc]
    def _write_si(self, string: str) -> None:
        spaced = string[:1].isspace() or string[-1:].isspace()
        self._xml_si_element(marked(string), [("xml:space", "preserve")] if spaced else [])
