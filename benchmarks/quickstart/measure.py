#!/usr/bin/env python3
"""Times the quickstart as a newcomer meets it, and `mvn verify`; writes RESULTS.md beside this file.

A fresh clone of this checkout's HEAD is made in a temporary folder; all that the product keeps lies in it. What Maven and pip
have downloaded before stays downloaded: the times are those of the machine, not of the network. Whole program, wall
clock; rollback times are the evidence's `rollbackSeconds`, from the measurement that failed to all requests on the old
version. Give it a quiet machine: the load before each run stands in the table.

Usage: measure.py [--verify | --log FILE]      --verify also times `mvn verify` in the clone (minutes); --log takes its
time from the log that a run of it on a fresh clone wrote (as .ci/run prints it)
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
QUICKSTART = ["./mldelivery", "run", "-f", "sample-jenkinsfiles/quickstart"]


class Run:
    """One timed command with what it printed."""

    def __init__(self, name, limit, clone, environment, command):
        self.name, self.limit = name, limit
        self.load = os.getloadavg()[0]
        start = time.monotonic()
        done = subprocess.run(command, cwd=clone, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.seconds = time.monotonic() - start
        self.exit, self.output = done.returncode, done.stdout
        print(f"{name}: {self.seconds:.1f} s, exit {self.exit}, load {self.load:.1f}", flush=True)

    def expect(self, exit_code, text):
        if self.exit != exit_code or text not in self.output:
            sys.exit(f"{self.name}: exit {self.exit} instead of {exit_code}, or no '{text}' in:\n{self.output[-4000:]}")
        return self


def evidence(clone, number):
    path = clone / ".mldelivery/jobs/quickstart/builds" / str(number) / "evidence.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


def rollback_seconds(clone, number):
    return next(e["data"]["rollbackSeconds"] for e in evidence(clone, number) if e["type"] == "rollout.finished")


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    return f"{os.cpu_count()} cores ({model.group(1) if model else platform.machine()}), {int(memory.group(1)) // 2**20} GiB"


def measure(clone, environment):
    def go(name, limit, *arguments):
        return Run(name, limit, clone, environment, QUICKSTART + list(arguments))

    runs = [go("fresh clone: build, Python environments, MLflow, first run", 600).expect(0, "Finished: SUCCESS")]
    runs.append(go("second run, training cached", 30).expect(0, "Finished: SUCCESS").expect(0, "Cached"))
    runs.append(go("weak model, trained and stopped by the gate", 60, "-a", "MODEL=weak").expect(2, "Finished: FAILURE"))
    rollbacks = []
    number = 3
    for fault in ["errors", "latency"] * 3:
        runs.append(go(f"fault {fault}, rolled back", 60, "-a", f"FAULT={fault}").expect(2, "rolled back"))
        number += 1
        rollbacks.append((fault, rollback_seconds(clone, number)))
    subprocess.run(["./mldelivery", "rollout", "stop", "late-flights"], cwd=clone, env=environment, check=True)
    return runs, rollbacks


def build(clone, environment):
    """README's test command; -q only to keep the output small."""
    return Run("mvn verify", 720, clone, environment, ["mvn", "-B", "-ntp", "-q", "verify"]).expect(0, "")


class Logged:
    """`mvn verify` as a log of Maven tells it; only of a build that succeeded."""

    def __init__(self, path):
        text = pathlib.Path(path).read_text()
        total = re.search(r"Total time: +(?:(\d+):)?([\d.]+) (min|s)", text)
        if "BUILD SUCCESS" not in text or not total:
            sys.exit(f"{path} is not the log of a build that succeeded.\nGive the log of `mvn verify` or of .ci/run.")
        minutes, seconds = int(total.group(1) or 0), float(total.group(2))
        self.name, self.limit, self.load = "mvn verify, from the log of a run on a fresh clone", 720, float("nan")
        self.seconds = minutes * 60 + seconds


def write(runs, rollbacks, commit):
    lines = [
        "# Quickstart and build, timed",
        "",
        f"{datetime.date.today()}, commit {commit}, {machine()}, {platform.system()} {platform.release()}, written by `measure.py`.",
        "Downloads of Maven and pip were there before.",
        "",
        "| what | seconds | goal | load before |",
        "|---|---|---|---|",
    ]
    lines += [f"| {run.name} | {run.seconds:.1f} | {run.limit} | {'unknown' if run.load != run.load else f'{run.load:.1f}'} |" for run in runs]
    lines += ["", "Rollback, from the failed measurement to 100 % of the requests on the old version (goal: 2 s):", "",
              "| fault | seconds |", "|---|---|"]
    lines += [f"| {fault} | {seconds:.3f} |" for fault, seconds in rollbacks]
    (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verify", action="store_true", help="also time mvn verify")
    parser.add_argument("--log", help="take the time of mvn verify from this log")
    arguments = parser.parse_args()
    logged = [Logged(arguments.log)] if arguments.log else []
    folder = pathlib.Path(tempfile.mkdtemp(prefix="quickstart-"))
    try:
        clone = folder / "clone"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=clone, check=True, text=True, capture_output=True).stdout.strip()
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("MLDELIVERY_", "MLFLOW_"))}
        runs, rollbacks = measure(clone, environment)
        write(runs + logged, rollbacks, commit)
        if arguments.verify:
            write(runs + [build(clone, environment)], rollbacks, commit)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
