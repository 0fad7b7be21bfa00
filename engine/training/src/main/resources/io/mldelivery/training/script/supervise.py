"""Runs one program to its end, whatever becomes of who asked for it.

usage: supervise.py CONTROL_FOLDER COMMAND...

Leads a process group of its own and holds a lock on CONTROL_FOLDER/lock while it lives. Writes its process number to
pid, what the program says to log, and how it ended ("exit 0", "signal 9") to status, which appears whole and last.
Does nothing when another one holds the lock or the program has ended before.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time

LOOKS_LAST = 5.0  # seconds, by far: who asks whether a supervisor lives takes the lock for an instant


def write(folder, name, text):
    part = os.path.join(folder, name + ".part")
    with open(part, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, os.path.join(folder, name))


def locked(lock):
    until = time.monotonic() + LOOKS_LAST
    while True:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)


def main():
    folder, command = sys.argv[1], sys.argv[2:]
    os.setsid()
    lock = open(os.path.join(folder, "lock"), "w")
    if not locked(lock):
        return
    if os.path.exists(os.path.join(folder, "status")):
        return
    # An abort signals the whole group: the program ends, this process lives to write down how.
    aborted = []
    signal.signal(signal.SIGTERM, lambda number, _: aborted.append(number))
    signal.signal(signal.SIGINT, lambda number, _: aborted.append(number))
    write(folder, "pid", str(os.getpid()))
    with open(os.path.join(folder, "log"), "ab") as log:
        try:
            program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
            if aborted:  # before there was a program that could notice
                program.terminate()
            status = program.wait()
        except OSError as failure:
            log.write((str(failure) + "\n").encode())
            status = 127
    write(folder, "status", "exit %d" % status if status >= 0 else "signal %d" % -status)


main()
