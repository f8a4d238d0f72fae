"""The parts of a stress test's page: each takes what is told and gives a section, or None where there is nothing."""
