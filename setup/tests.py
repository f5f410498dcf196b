"""Run every test: Vitest, then pytest, whose summary comes last. Options go to pytest.

Without a browser the browser tests are left out by name; with CI=true that is a failure.
"""

import os
import subprocess
import sys

from common import CI, PYTHON, ROOT, Refusal, node_path, npm, say, which


def main() -> int:
    """Both runs; 0 when both are green."""
    options = ["-n", "2", *sys.argv[1:]]
    if not which("chromium", "chromium-browser", "google-chrome"):
        say("! No Chromium: the tests marked `browser` are left out. Install chromium to run them.")
        if CI:
            return 1
        options += ["-m", "not browser"]
    units = subprocess.run(
        npm("run", "-s", "test"), cwd=ROOT, env={**os.environ, "PATH": node_path()}, check=False
    )
    if units.returncode != 0:
        say("✗ Vitest failed, see above; pytest follows")
    stories = subprocess.run([PYTHON, "-m", "pytest", *options], cwd=ROOT, check=False)
    return stories.returncode or units.returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refusal as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)
