"""Set the project up on a machine with nothing but Python 3.11 and make: `bootstrap.py up|test|check|web`.

Every step is skipped when its inputs have not changed; a killed run is taken up again by the next.
"""

import fcntl
import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path

from common import CI, PYTHON, ROOT, VENV, Refusal, digest, node_path, npm, run, say, step, which

STAMP = VENV / ".softfactory.json"
LOCKS = {"up": "requirements.lock", "dev": "requirements-dev.lock"}
NODE_MODULES = ROOT / "node_modules"


def read_stamp() -> dict[str, str]:
    """What the virtual environment holds."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def environment(kind: str) -> None:
    """Make .venv hold the locked packages; an environment for tests is never cut down to one for `up`."""
    stamp = read_stamp()
    if stamp.get("kind") == "dev":
        kind = "dev"
    lock = ROOT / LOCKS[kind]
    wanted = {"kind": kind, "root": str(ROOT), "lock": digest([lock, ROOT / "setup" / "uv.lock"])}
    if stamp == wanted and PYTHON.exists():
        return
    if VENV.exists() and (not usable() or stamp.get("root", str(ROOT)) != str(ROOT)):
        say("· .venv belongs to another place or interpreter: made anew")
        shutil.rmtree(VENV)
    STAMP.unlink(missing_ok=True)
    if not VENV.exists():
        with step("Python environment in .venv"):
            create()
    if not (VENV / "bin" / "uv").exists():
        with step("uv, which installs packages"):
            pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", PYTHON]
            if (VENV / "bin" / "pip").exists():
                pip = [PYTHON, "-m", "pip"]
            run([*pip, "install", "-q", "--require-hashes", "-r", ROOT / "setup" / "uv.lock"])
    with step(f"Python packages of {lock.name}"):
        quiet = ["-q"] if CI else []
        sync: list[str | Path] = [
            VENV / "bin" / "uv",
            "pip",
            "sync",
            "--compile-bytecode",
            *quiet,
            "--require-hashes",
            "--python",
            PYTHON,
            lock,
        ]
        run(sync, env=package_index())
    link_project()
    STAMP.write_text(json.dumps(wanted))


def usable() -> bool:
    """Whether .venv has an interpreter that runs here."""
    try:
        run([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"], quiet=True)
    except (Refusal, OSError):
        return False
    return True


def create() -> None:
    """Make the virtual environment; Debian keeps a part of Python's venv in a package of its own."""
    if importlib.util.find_spec("ensurepip") is not None:
        run([sys.executable, "-m", "venv", VENV])
        return
    if uv := which("uv"):
        run([uv, "venv", "-q", "--seed", "--python", sys.executable, VENV])
        return
    if importlib.util.find_spec("pip") is not None:
        run([sys.executable, "-m", "venv", "--without-pip", VENV])
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and which("apt-get"):
        apt_get(package)
        run([sys.executable, "-m", "venv", VENV])
        return
    raise Refusal(
        f"This Python cannot make virtual environments. Install one package: sudo apt-get install {package}"
    )


def package_index() -> dict[str, str]:
    """uv asks where pip would: pip's variables do not reach it by themselves."""
    pairs = (("UV_DEFAULT_INDEX", "PIP_INDEX_URL"), ("UV_INDEX", "PIP_EXTRA_INDEX_URL"))
    return {uvs: os.environ[pips] for uvs, pips in pairs if pips in os.environ and uvs not in os.environ}


def link_project() -> None:
    """Make `softfactory` importable and a command: a path file needs no build tool."""
    packages = next(VENV.glob("lib/python*/site-packages"))
    (packages / "softfactory.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "softfactory"
    command.write_text(f"#!{PYTHON}\nfrom softfactory.cli import app\n\napp()\n")
    command.chmod(0o755)


def node_modules() -> None:
    """Install the locked packages of the web app."""
    inputs = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    wanted = digest(inputs, str(ROOT))
    stamp = NODE_MODULES / ".softfactory"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Web packages (about a minute)"):
        progress = [] if sys.stderr.isatty() and not CI else ["--no-progress"]
        run(npm("ci", *progress), env={"PATH": node_path()})
    stamp.write_text(wanted)


def web() -> None:
    """Build the web app unless nothing that goes into it has changed."""
    inputs = [ROOT / name for name in ("package-lock.json", "vite.config.ts", "tsconfig.json")]
    for folder in [ROOT / "web", *ROOT.glob("softfactory/services/*/web")]:
        inputs += [
            path for path in folder.rglob("*") if path.is_file() and ROOT / "web" / "dist" not in path.parents
        ]
    wanted = digest(inputs)
    built = ROOT / "web" / "dist" / "index.html"
    stamp = NODE_MODULES / ".softfactory-web"
    if built.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Web app"):
        run(npm("run", "-s", "build"), env={"PATH": node_path()})
    stamp.write_text(wanted)


def apt_get(*packages: str) -> None:
    """Install Debian packages, as root, the lists fetched when they are needed."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Debian packages: {', '.join(packages)}"):
        run(["apt-get", "update", "-q"], quiet=True, env=quiet)
        run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], quiet=True, env=quiet)


def browser() -> None:
    """What the browser tests need from the machine: Chromium, and letters for Korean."""
    missing = []
    if not which("chromium", "chromium-browser", "google-chrome"):
        missing.append("chromium")
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    korean = ("*CJK*", "*Nanum*", "*Pretendard*", "*NotoSansKR*")
    if not any(path for folder in folders for name in korean for path in folder.rglob(name)):
        missing.append("fonts-noto-cjk")
    if missing and os.geteuid() == 0 and which("apt-get"):
        apt_get(*missing)
    elif missing:
        say(f"! The browser tests need what is missing here: sudo apt-get install {' '.join(missing)}")
        if CI:
            raise Refusal("With CI=true nothing may be missing.")


def main() -> None:
    """Do what one of make's targets needs."""
    wish = sys.argv[1] if len(sys.argv) > 1 else "up"
    with open(__file__, "rb") as lock:  # two at once would step on one another's packages
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("· Waiting for another set-up in this folder")
            fcntl.flock(lock, fcntl.LOCK_EX)
        environment("up" if wish in ("up", "web") else "dev")
        node_modules()
        if wish != "check":
            web()
        if wish == "test":
            browser()


if __name__ == "__main__":
    try:
        main()
    except Refusal as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
