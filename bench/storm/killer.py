"""The storm's killer: ``kill -9`` of the app, the worker and PostgreSQL, each in its turn, while the load runs.

It kills processes of one supervisor only, by their ids; the supervisor is expected to bring them back by itself.
"""

import argparse
import json
import random
import signal
import time

import psutil

TARGETS = {
    "app": lambda line: "softfactory" in line and " serve" in line,
    "worker": lambda line: "softfactory" in line and " worker" in line,
    "postgres": lambda line: line.split(" ", 1)[0].endswith("postgres") and " -D " in line,
}


def find(supervisor: int, target: str) -> psutil.Process | None:
    """The target among the supervisor's descendants."""
    try:
        family = psutil.Process(supervisor).children(recursive=True)
    except psutil.NoSuchProcess:
        return None
    for process in family:
        try:
            line = " ".join(process.cmdline())
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if TARGETS[target](line):
            return process
    return None


def run(supervisor: int, rounds: int, first: float, pause: float) -> list[dict[str, object]]:
    rng, done, began = random.Random(7), [], time.monotonic()
    time.sleep(first)
    for _ in range(rounds):
        for target in TARGETS:
            victim = find(supervisor, target)
            if victim is not None:
                victim.send_signal(signal.SIGKILL)
                done.append(
                    {"target": target, "pid": victim.pid, "after_s": round(time.monotonic() - began, 1)}
                )
            time.sleep(pause * (0.75 + rng.random() / 2))
    return done


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("supervisor", type=int, help="process id of `softfactory up`")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--first", type=float, default=5.0, help="seconds before the first kill")
    parser.add_argument("--pause", type=float, default=8.0, help="seconds between kills")
    options = parser.parse_args()
    print(json.dumps(run(options.supervisor, options.rounds, options.first, options.pause)))
