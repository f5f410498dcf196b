"""Run pytest on all tests, its own summary last; without a browser the browser tests are left out by name."""

import os
import sys

from common import CI, PYTHON, ROOT, say, which

arguments = sys.argv[1:]
if not which("chromium", "chromium-browser", "google-chrome"):
    say("! No Chromium: tests marked `browser` are left out (install chromium to run them)")
    if CI:
        sys.exit(1)
    arguments += ["-m", "not browser"]
os.chdir(ROOT)
os.execv(PYTHON, [str(PYTHON), "-m", "pytest", "-n", "2", *arguments])
