"""Run npm by the Node that the wheel carries: `npm.py run test`."""

import os
import sys

from common import ROOT, Refusal, node_path, npm, say

try:
    command = [str(part) for part in npm(*sys.argv[1:])]
except Refusal as refusal:
    say(f"✗ {refusal}")
    sys.exit(1)
os.chdir(ROOT)
os.execve(command[0], command, {**os.environ, "PATH": node_path()})
