"""The parts of a sharing page: each takes what is told and gives a section, or None where there is nothing."""
