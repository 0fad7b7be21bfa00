"""Compares the model server with a bare Netty handler and with FastAPI on the same machine, in the same run.

    mvn -pl serving-image package                 (makes serving-image/target/serving.jar)
    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python run.py [--seconds 6] [--rounds 3]     (needs wrk and a JDK on the PATH)

Each round measures every server once, in turn, so that a busy neighbour hits all of them; the table has the medians. CPU
is what the server process used, user and system, per answered request.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
JAR = ROOT / "serving-image/target/serving.jar"
MODEL = ROOT / "serving-image/src/test/resources/models/cancer"
TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(process: subprocess.Popen, port: int, body: bytes) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/predictions/cancer", body, {"Content-Type": "application/json"})
            urllib.request.urlopen(request, timeout=2).read()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.02)


class Server:
    def __init__(self, name: str, command: list[str], port: int, environment: dict[str, str], body: bytes):
        self.name, self.port = name, port
        start = time.monotonic()
        self.process = subprocess.Popen(
            command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.process, port, body)
        self.start_seconds = time.monotonic() - start

    def cpu_seconds(self) -> float:
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def rss_mb(self) -> float:
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def servers(work: pathlib.Path, body: bytes) -> list[Server]:
    subprocess.run(["javac", "-cp", JAR, "-d", work, HERE / "peers/BareNetty.java"], check=True)
    p = [free_port() for _ in range(4)]
    java = ["java", "-Xmx256m", "-XX:+UseSerialGC"]
    return [
        Server("this server", [*java, "-jar", str(JAR), "--models", f"cancer={MODEL}", "--host", "127.0.0.1",
                               "--port", str(p[0]), "--management-port", str(p[1])], p[0], {}, body),
        Server("bare Netty + ONNX Runtime", [*java, "-cp", f"{JAR}:{work}", "BareNetty", str(MODEL / "model.onnx"),
                                             str(p[2])], p[2], {}, body),
        Server("FastAPI + onnxruntime", [sys.executable, "-m", "uvicorn", "fastapi_server:app", "--app-dir",
                                         str(HERE / "peers"), "--host", "127.0.0.1", "--port", str(p[3]),
                                         "--log-level", "warning"], p[3], {"MODEL": str(MODEL / "model.onnx")}, body),
    ]


def milliseconds(text: str) -> float:
    number, unit = re.match(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def load(server: Server, script: pathlib.Path, connections: int, seconds: int) -> dict[str, float]:
    before = server.cpu_seconds()
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", "-s", script,
         f"http://127.0.0.1:{server.port}/predictions/cancer"], check=True, capture_output=True, text=True).stdout
    used = server.cpu_seconds() - before
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"{server.name} failed requests:\n{out}")
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    return {
        "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
        "p50": milliseconds(re.search(r"\n\s+50%\s+(\S+)", out).group(1)),
        "p99": milliseconds(re.search(r"\n\s+99%\s+(\S+)", out).group(1)),
        "cpu": used / requests * 1e6,
    }


def body_of(rows: int) -> bytes:
    golden = json.loads((MODEL / "golden.json").read_text())["inputs"]
    return json.dumps({"inputs": [golden[i % len(golden)] for i in range(rows)]}).encode()


def script_of(work: pathlib.Path, body: bytes) -> pathlib.Path:
    file = work / "post.lua"
    (work / "body.json").write_bytes(body)
    file.write_text(
        f'wrk.method = "POST"\nlocal f = io.open("{work}/body.json")\nwrk.body = f:read("*a")\nf:close()\n'
        'wrk.headers["Content-Type"] = "application/json"\n')
    return file


def measure(arguments: argparse.Namespace, work: pathlib.Path) -> None:
    body = body_of(arguments.rows)
    script = script_of(work, body)
    running = servers(work, body)
    try:
        for server in running:
            load(server, script, 32, arguments.seconds)  # warm up
        table = {}
        for _ in range(arguments.rounds):
            for connections in arguments.connections:
                for server in running:
                    result = load(server, script, connections, arguments.seconds)
                    table.setdefault((connections, server.name), []).append(result)
        report(arguments, running, table)
    finally:
        for server in running:
            server.stop()


def report(arguments: argparse.Namespace, running: list[Server], table: dict) -> None:
    print(f"{os.cpu_count()} CPUs shared by server and load generator, load average {os.getloadavg()[0]:.1f}, "
          f"{arguments.rows} row(s) of 30 floats as JSON, {arguments.rounds} rounds of {arguments.seconds} s\n")
    print("| connections | server | requests/s | p50 ms | p99 ms | CPU µs/request |\n|---|---|---|---|---|---|")
    for (connections, name), results in table.items():
        m = {key: statistics.median(r[key] for r in results) for key in results[0]}
        print(f"| {connections} | {name} | {m['rps']:.0f} | {m['p50']:.2f} | {m['p99']:.1f} | {m['cpu']:.0f} |")
    print()
    for server in running:
        print(f"{server.name}: start to first answer {server.start_seconds:.2f} s, RSS {server.rss_mb():.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=1)
    parser.add_argument("--connections", type=int, nargs="+", default=[8, 32])
    arguments = parser.parse_args()
    for tool in ("wrk", "java", "javac"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is not on the PATH")
    with tempfile.TemporaryDirectory() as folder:
        measure(arguments, pathlib.Path(folder))


if __name__ == "__main__":
    main()
