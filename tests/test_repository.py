"""What the repository itself promises: nothing in it depends on one machine, and everything installed is pinned."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))

# Put together here, so that this file is not its own first finding.
MACHINE_PATH = re.compile(r"(?<![\w.\-])/(?:" + "|".join(["work", "root", "farm"]) + r")/")
REGISTRY = re.compile("|".join(["py" + "pi[.]org", "python" + "hosted[.]", "registry[.]" + "(npmjs|yarnpkg)"]))


def files_in_git() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git, and a checkout made with it")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for file in files_in_git():
        text = file.read_bytes().decode("utf-8", errors="replace")
        if pattern.search(text):
            name = file.relative_to(ROOT)
            found += [f"{name}:{n}: {s[:120]}" for n, s in enumerate(text.splitlines(), 1) if pattern.search(s)]
    return found


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements(name: str) -> list[str]:
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith(("#", "-"))]


def test_no_file_knows_where_it_was_written() -> None:
    assert lines_with(MACHINE_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRY) == []


def test_the_search_would_find_what_it_looks_for() -> None:
    assert MACHINE_PATH.search("open('/" + "root/plan.csv')")
    assert not MACHINE_PATH.search("https://example.org/" + "work/plan.html")
    assert REGISTRY.search("https://py" + "pi.org/simple")


def test_the_product_does_not_call_itself_nhs() -> None:
    about = project()["project"]
    assert "nhs" not in " ".join([about["name"], *about["scripts"]]).lower()
    for file in files_in_git():
        if re.search(r"logo|favicon|icon\.", file.name, flags=re.IGNORECASE):
            assert "nhs" not in file.name.lower()
            assert b"nhs" not in file.read_bytes().lower(), file


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_in_a_lock_is_pinned_and_carries_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert packages
    for package in packages:
        assert re.match(r"[A-Za-z0-9._\-]+==\S+", package), package
        assert "--hash=sha256:" in package, package


def test_the_larger_lock_holds_the_smaller_one_unchanged() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return set(re.findall(r"^[A-Za-z0-9._\-]+==[^\\\n]+", text, flags=re.MULTILINE))

    small = {pin.split(";")[0].strip() for pin in pins("run.lock")}
    assert small <= {pin.split(";")[0].strip() for pin in pins("dev.lock")}


def test_what_the_project_needs_is_said_the_same_in_both_places() -> None:
    extras = project()["project"]["optional-dependencies"]
    needed = [
        *project()["project"]["dependencies"],
        *extras["fast"],
        *extras["web"],
        *project()["build-system"]["requires"],
    ]
    assert sorted(requirements("run.in")) == sorted(needed)


def test_what_a_cluster_needs_is_tried_beside_the_oracles_and_in_no_other_set_up() -> None:
    needed = project()["project"]["optional-dependencies"]["cluster"]
    assert set(needed) <= set(requirements("oracles.in"))
    for lock in ("run.lock", "dev.lock"):
        assert not re.search(r"^(dask|distributed)==", (ROOT / "requirements" / lock).read_text("utf-8"), re.MULTILINE)


def test_the_glossary_is_in_alphabetical_order() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(terms) >= 60
    assert terms == sorted(terms, key=lambda term: re.sub(r"[^a-z0-9 ]", "", term.lower()))
