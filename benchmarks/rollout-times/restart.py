#!/usr/bin/env python3
"""Kills the process that controls a rollout with SIGKILL and starts it again; prints how long the new one takes to act.

usage: restart.py HOME [TIMES]

HOME is the MLDELIVERY_HOME of a finished quickstart. Each time the quickstart rehearses a fault; while it measures at 10 % its
whole process group is killed, and 0.3 s later `mldelivery run --resume` is started, a new JVM. "Acts" is the first change of
the rollout's journal after that start. The model servers and the proxy live on meanwhile.
"""
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUN = [ROOT / "mldelivery", "run", "-f", ROOT / "sample-jenkinsfiles/quickstart"]
LONGEST = 60


def journals(home):
    return max(path.stat().st_mtime for path in home.glob("targets/*/rollouts/*.json"))


def start(home, log, *arguments):
    return subprocess.Popen(
        [*RUN, *arguments],
        env={**os.environ, "MLDELIVERY_HOME": str(home)},
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait(condition, what):
    end = time.time() + LONGEST
    while not condition():
        if time.time() > end:
            sys.exit(f"{what} did not happen in {LONGEST} s")
        time.sleep(0.005)


def once(home, log):
    first = start(home, log, "-a", "FAULT=errors")
    wait(lambda: "measuring at 10" in log.read_text() or first.poll() is not None, "the rollout")
    if first.poll() is not None:
        sys.exit(log.read_text()[-2000:])
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    time.sleep(0.3)
    before, begin = journals(home), time.time()
    second = start(home, log, "--resume")
    wait(lambda: journals(home) > before, "an act")
    seconds = journals(home) - begin
    second.wait()
    back = re.search(r"rolled back after .*?traffic was back ([0-9.]+) s", log.read_text())
    if not back:
        sys.exit(log.read_text()[-2000:])
    return seconds


def main():
    home = pathlib.Path(sys.argv[1]).resolve()
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    found = []
    for _ in range(times):
        load = os.getloadavg()[0]
        found.append(once(home, home / "restart.log"))
        print(f"acted after {found[-1]:.2f} s, then rolled back (load {load:.1f})", flush=True)
    print(f"median {statistics.median(found):.2f} s, most {max(found):.2f} s of {times}")


main()
