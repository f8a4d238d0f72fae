"""The parts of the page of a choice, one question a file."""
