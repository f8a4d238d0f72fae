"""The public names are chosen, and importing the package costs next to nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import tripleaim


def test_the_public_names_are_these_and_no_others() -> None:
    assert tripleaim.__all__ == ["__version__", "project", "read_plan"]
    assert set(tripleaim.__all__) <= set(dir(tripleaim))


def test_the_version_is_the_one_installed() -> None:
    assert tripleaim.__version__.count(".") == 2


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(AttributeError, match="it has __version__, project, read_plan"):
        _ = tripleaim.no_such_name


def test_a_stress_test_is_asked_for_by_the_name_of_its_package() -> None:
    from tripleaim import stress

    assert stress.__all__ == ["Stress", "Whole", "stress", "whole_test"]
    assert all(getattr(stress, name).__name__ == name for name in stress.__all__)
    with pytest.raises(AttributeError, match="it has Stress, Whole, stress, whole_test"):
        _ = stress.no_such_name


def test_importing_the_package_loads_none_of_its_libraries() -> None:
    libraries = {"numpy", "scipy", "pydantic", "typer", "rich", "jinja2"}
    code = f"import sys, tripleaim; print(*sorted({libraries} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
