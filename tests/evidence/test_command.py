"""`tripleaim evidence WORDS` at the door: what is said when nothing is found, and the exit code that goes with it."""

import json

from tripleaim.cli.evidence import evidence


def test_words_run_together_get_a_line_saying_what_to_try_and_nothing_is_a_fault(capsys):
    assert evidence("carehomes") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "Nothing in the library holds every word of “carehomes”. Try: care home.\n"


def test_as_a_document_the_suggestions_stand_beside_no_entries(capsys):
    assert evidence("carehomes", as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["suggestions"]) == ([], ["care home"])
