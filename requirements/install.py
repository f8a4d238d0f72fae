"""Make .venv from a hash-pinned lock: `python3 requirements/install.py run`, or `dev`; `lock` writes the locks.
`oracles` makes .venv-oracles, an environment of its own for libraries that only check our answers.

Needs only Python's standard library. A stamp in .venv remembers what was installed (lock, project, Python version and
folder), so a second time there is nothing to do and no network is asked for anything.
"""

import hashlib
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / (".venv-oracles" if sys.argv[1:2] == ["oracles"] else ".venv")
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
UV = VENV / ("tools/bin/uv.exe" if WINDOWS else "tools/bin/uv")
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "VIRTUAL_ENV")
NO_INSTALLER = (
    "This Python can make no virtual environment, because Debian keeps that part in a package of its own: "
    "run `sudo apt install python3-venv`, then the same make command again."
)
NO_UV = (
    "The installer (uv) could not be fetched; the lines above say why. "
    "If there is no network, connect once: later runs need none."
)


def main(wanted):
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            "Triple Aim needs Python 3.11 or newer, and this one is " + found + ": try `make PYTHON=python3.11 setup`."
        )
    if wanted == "lock":
        write_locks(sys.argv[2:])
    elif wanted in ("run", "dev", "oracles"):
        if not ready(wanted):
            install(wanted)
    else:
        sys.exit("Say which lock to install: run, dev or oracles; or say lock, to write the locks again.")


def ready(wanted):
    """True if this lock, or the larger one that holds it, was installed here by this Python."""
    return any(read(stamp(name)) == state(name) for name in {wanted, "dev"}) and PYTHON.exists()


def install(wanted):
    make_environment()
    fetch_uv()
    for name in ("run", "dev", "oracles"):
        stamp(name).unlink(missing_ok=True)
    lock = ROOT / "requirements" / (wanted + ".lock")
    print("Installing", lock.relative_to(ROOT), "into", VENV.name, "…", flush=True)
    here = ["--python", str(PYTHON)]
    uv("sync", *here, "--require-hashes", "--compile-bytecode", str(lock))
    uv("install", *here, "--no-deps", "--no-build-isolation", "--offline", "--editable", str(ROOT))
    stamp(wanted).write_text(state(wanted), encoding="utf-8")


def write_locks(options):
    """Each .in file resolved once for Python 3.11 and newer, with hashes and no address of any registry."""
    make_environment()
    fetch_uv()
    os.environ["UV_CUSTOM_COMPILE_COMMAND"] = "make lock"
    how = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", *options]
    how += ["--no-emit-package", "platypus-opt"]  # GPL; the EMA workbench asks for it, and what we ask of that does not
    for name in ("uv", "run", "dev", "oracles"):
        uv("compile", *how, "requirements/" + name + ".in", "-o", "requirements/" + name + ".lock")


def make_environment():
    """An empty virtual environment made by this Python, kept if it is already there."""
    maker = VENV / ".made-by"
    if PYTHON.exists() and read(maker) == python_and_folder():
        return
    try:
        import venv
    except ImportError:
        add_debians_part()
        import venv
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=False, symlinks=not WINDOWS)
    maker.write_text(python_and_folder(), encoding="utf-8")


def fetch_uv():
    """The pinned installer, checked against its hash, in a folder of its own: the environment itself stays exact."""
    lock = ROOT / "requirements" / "uv.lock"
    holder = VENV / "tools"
    if UV.exists() and read(holder / ".lock") == digest(lock):
        return
    pip = a_pip()
    shutil.rmtree(holder, ignore_errors=True)
    command = [*pip, "install", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    if subprocess.run([*command, "--target", str(holder), "-r", str(lock)], env=environment()).returncode:
        sys.exit(NO_UV)
    (holder / ".lock").write_text(digest(lock), encoding="utf-8")


def a_pip():
    """This Python's pip; failing that, the one it carries for new environments; failing that, one sentence of help."""
    if works([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip"]
    ensure = [str(PYTHON), "-m", "ensurepip"]
    if not works(ensure):
        add_debians_part()
    if works(ensure):
        return [str(PYTHON), "-m", "pip"]
    sys.exit(NO_INSTALLER)


def add_debians_part():
    """Debian's own package for what it leaves out of Python, where we may install it; else one sentence of help."""
    may_install = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if not may_install:
        sys.exit(NO_INSTALLER)
    print("Debian keeps a part of Python in a package of its own: installing python3-venv …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "python3-venv"]):
        if subprocess.run(["apt-get", "-qq", *step], env=quiet, stdout=subprocess.DEVNULL).returncode:
            sys.exit(NO_INSTALLER)


def uv(verb, *arguments):
    command = [str(UV), "-q", *certificates(), "pip", verb, *arguments]
    done = subprocess.run(command, cwd=str(ROOT), env=environment(), stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit("Stopped; the lines above say why. Nothing outside this folder was changed.")


def certificates():
    """Trust what this machine trusts, if it trusts anything: many hospital networks have a certificate of their own."""
    on_linux = sys.platform.startswith("linux")
    places = ssl.get_default_verify_paths()
    kept = Path("/etc/ssl/certs")
    has_some = bool(places.cafile) or (kept.is_dir() and any(kept.iterdir()))
    return ["--system-certs"] if has_some or not on_linux else []


def works(command):
    return subprocess.run(command, env=environment(), capture_output=True).returncode == 0


def environment():
    return {name: value for name, value in os.environ.items() if name not in UNWANTED}


def stamp(name):
    return VENV / (".installed-" + name)


def state(name):
    files = [ROOT / "requirements" / (name + ".lock"), ROOT / "requirements" / "uv.lock", ROOT / "pyproject.toml"]
    return "\n".join([python_and_folder(), *map(digest, files)])


def python_and_folder():
    return sys.version + "\n" + sys.base_prefix + "\n" + str(ROOT)


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read(file):
    return file.read_text(encoding="utf-8") if file.exists() else None


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
