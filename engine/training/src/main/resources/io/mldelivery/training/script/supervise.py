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


def write(folder, name, text):
    part = os.path.join(folder, name + ".part")
    with open(part, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, os.path.join(folder, name))


def main():
    folder, command = sys.argv[1], sys.argv[2:]
    os.setsid()
    lock = open(os.path.join(folder, "lock"), "w")
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return
    if os.path.exists(os.path.join(folder, "status")):
        return
    # An abort signals the whole group: the program ends, this process lives to write down how.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, lambda *_: None)
    write(folder, "pid", str(os.getpid()))
    with open(os.path.join(folder, "log"), "ab") as log:
        try:
            status = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        except OSError as failure:
            log.write((str(failure) + "\n").encode())
            status = 127
    write(folder, "status", "exit %d" % status if status >= 0 else "signal %d" % -status)


main()
