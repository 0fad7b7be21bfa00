"""measure.py NAME COMMAND...: runs a command, prints one JSON line with its CPU seconds, wall time and peak memory."""
import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
process = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    json.dumps(
        {
            "name": sys.argv[1],
            "exit": process.returncode,
            "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
            "wall_seconds": round(time.monotonic() - start, 2),
            "peak_mib": round(used.ru_maxrss / 1024),
        }
    ),
    flush=True,
)
