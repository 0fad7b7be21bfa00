"""Runs a server for as long as one of its owners lives.

usage: guard.py OWNERS_FOLDER GRACE_SECONDS COMMAND...

Every owner keeps a file named <process number>.<anything> in the folder. When no owner has been alive for the grace
time, or on SIGTERM, the server and everything it started are ended. Leads a process group of its own.
"""

import os
import signal
import subprocess
import sys
import time


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def owned(folder):
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return False
    return any(alive(int(name.split(".")[0])) for name in names if name.split(".")[0].isdigit())


def stop(server):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        print("guard: the server did not end on SIGTERM", file=sys.stderr, flush=True)
    os.killpg(0, signal.SIGKILL)


def main():
    folder, grace, command = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    os.setsid()
    asked = []
    signal.signal(signal.SIGTERM, lambda *_: asked.append(True))
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    last_owned = time.monotonic()
    while server.poll() is None:
        if owned(folder):
            last_owned = time.monotonic()
        if asked or time.monotonic() - last_owned > grace:
            stop(server)
        time.sleep(0.2)
    status = server.returncode
    sys.exit(status if status >= 0 else 128 - status)


main()
