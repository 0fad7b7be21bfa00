"""Measures the model server: against a bare Netty handler and FastAPI in the same run, and alone as load grows.

    mvn -pl serving-image package                 (makes serving-image/target/serving.jar)
    ./mldelivery run -f sample-jenkinsfiles/quickstart       (trains the model; or give another folder with --model)
    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python run.py [compare growth models half sustained swap drain]     (needs wrk and a JDK on the PATH)

compare: each round measures every server once, in turn, so that a busy neighbour hits all of them; the table has the medians,
after a warm-up of three times the length. CPU is what the server process used, user and system, per answered request.
growth: 1 to 256 connections, 1 to 64 rows; models: 1 to 8 models. half: at half of the throughput that the first part found.
sustained: about --rate requests/s for --minutes, with the memory every ten seconds. swap: a version is registered and the
old one unregistered under load. drain: SIGTERM under load; a request counts as failed when it was sent whole on an open
connection and got no whole answer.

wrk holds a rate by waiting between the requests of each connection (its Lua delay), so a server that is slow for a moment is
sent less in that moment. sustained first measures for ten seconds how long such a cycle takes, and then opens as many
connections as the rate needs, and 3 % more.
"""

import argparse
import json
import math
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import http.client
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
JAR = ROOT / "serving-image/target/serving.jar"
QUICKSTART = ROOT / ".mldelivery/workspace/quickstart/sample-jenkinsfiles/quickstart/build/model"
MODEL = QUICKSTART
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
                f"http://127.0.0.1:{port}/predictions/flights", body, {"Content-Type": "application/json"})
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


JAVA = ["java", "-Xmx256m", "-XX:+UseSerialGC"]
TOKEN = "benchmark"


def our_server(body: bytes, models: int = 1, more: list[str] = ()) -> Server:
    ports = [free_port(), free_port()]
    named = [["--models", f"flights{i or str()}={MODEL}"] for i in range(models)]
    server = Server(
        "this server", [*JAVA, "-jar", str(JAR), *[word for pair in named for word in pair], "--host", "127.0.0.1",
                        "--port", str(ports[0]), "--management-port", str(ports[1]), *more],
        ports[0], {"MLDELIVERY_SERVING_TOKEN": TOKEN}, body)
    server.management = ports[1]
    while True:  # the first model answers before all are ready
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{ports[0]}/health/ready", timeout=5).read()
            return server
        except OSError:
            time.sleep(0.02)


def servers(work: pathlib.Path, body: bytes) -> list[Server]:
    subprocess.run(["javac", "-cp", JAR, "-d", work, HERE / "peers/BareNetty.java"], check=True)
    p = [free_port() for _ in range(2)]
    return [
        our_server(body),
        Server("bare Netty + ONNX Runtime", [*JAVA, "-cp", f"{JAR}:{work}", "BareNetty", str(MODEL / "model.onnx"),
                                             str(p[0])], p[0], {}, body),
        Server("FastAPI + onnxruntime", [sys.executable, "-m", "uvicorn", "fastapi_server:app", "--app-dir",
                                         str(HERE / "peers"), "--host", "127.0.0.1", "--port", str(p[1]),
                                         "--log-level", "warning"],
               p[1], {"MODEL": str(MODEL / "model.onnx"), "ORT_DISABLE_TELEMETRY": "1"}, body),
    ]


def milliseconds(text: str) -> float:
    number, unit = re.match(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def load(server: Server, script: pathlib.Path, connections: int, seconds: int) -> dict[str, float]:
    before = server.cpu_seconds()
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--timeout", "10s", "--latency", "-s", script,
         f"http://127.0.0.1:{server.port}/predictions/flights"], check=True, capture_output=True, text=True).stdout
    used = server.cpu_seconds() - before
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"{server.name} failed requests:\n{out}")
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    return {
        "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
        "p50": milliseconds(re.search(r"\n\s+50%\s+(\S+)", out).group(1)),
        "p99": milliseconds(re.search(r"\n\s+99%\s+(\S+)", out).group(1)),
        "cpu": used / requests * 1e6,
        "requests": requests,
    }


def body_of(rows: int) -> bytes:
    golden = json.loads((MODEL / "golden.json").read_text())["inputs"]
    return json.dumps({"inputs": [golden[i % len(golden)] for i in range(rows)]}).encode()


def script_of(work: pathlib.Path, body: bytes, delay_ms: int = 0, models: int = 1) -> pathlib.Path:
    name = f"{len(body)}-{delay_ms}-{models}"
    file, content = work / f"{name}.lua", work / f"{name}.json"
    content.write_bytes(body)
    lines = ['wrk.method = "POST"', f'local f = io.open("{content}")', 'wrk.body = f:read("*a")', "f:close()",
             'wrk.headers["Content-Type"] = "application/json"']
    if delay_ms:
        lines.append(f"function delay() return {delay_ms} end")
    if models > 1:
        lines.append(f"local n = 0\nfunction request() n = n + 1; local m = n % {models}; "
                     'return wrk.format(nil, "/predictions/flights" .. (m == 0 and "" or m)) end')
    file.write_text("\n".join(lines) + "\n")
    return file


def line(label: str, m: dict[str, float]) -> None:
    print(f"| {label} | {m['rps']:.0f} | {m['p50']:.2f} | {m['p99']:.1f} | {m['cpu']:.0f} |", flush=True)


def head(what: str) -> None:
    print(f"\n| {what} | requests/s | p50 ms | p99 ms | CPU µs/request |\n|---|---|---|---|---|")


def processor() -> str:
    return re.search(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text()).group(1)


def machine() -> str:
    return (f"{os.cpu_count()} CPUs ({processor()}) shared by server and load generator, "
            f"load average {os.getloadavg()[0]:.1f} before")


def growth(arguments: argparse.Namespace, work: pathlib.Path) -> None:
    print(f"\n## How it grows\n\n{machine()}, {arguments.seconds} s each")
    body = body_of(1)
    server = our_server(body)
    try:
        load(server, script_of(work, body), 32, arguments.seconds * 2)
        head("connections, one row")
        for connections in (1, 2, 4, 8, 16, 32, 64, 128, 256):
            line(str(connections), load(server, script_of(work, body), connections, arguments.seconds))
        head("rows, 16 connections")
        for rows in (1, 2, 4, 8, 16, 32, 64):
            line(str(rows), load(server, script_of(work, body_of(rows)), 16, arguments.seconds))
    finally:
        server.stop()


def models(arguments: argparse.Namespace, work: pathlib.Path) -> None:
    body = body_of(1)
    print(f"\n## Several models\n\n{machine()}, {arguments.seconds} s each")
    head("models, one row, 32 connections")
    for models in (1, 2, 4, 8):
        server = our_server(body, models)
        try:
            load(server, script_of(work, body, 0, models), 32, arguments.seconds * 2)
            line(str(models), load(server, script_of(work, body, 0, models), 32, arguments.seconds))
        finally:
            server.stop()


def half(arguments: argparse.Namespace, work: pathlib.Path) -> None:
    body = body_of(1)
    server = our_server(body)
    try:
        load(server, script_of(work, body), 32, arguments.seconds * 2)
        most = load(server, script_of(work, body), 32, arguments.seconds * 2)
        connections = 128
        delay = max(1, round(connections / (most["rps"] / 2) * 1e3 - most["p50"]))
        print(f"\n## At half of the most, {most['rps']:.0f} requests/s\n\n{machine()}")
        head(f"{connections} connections that wait {delay} ms between requests")
        line("half", load(server, script_of(work, body, delay), connections, arguments.seconds * 4))
    finally:
        server.stop()


def sustained(arguments: argparse.Namespace, work: pathlib.Path) -> None:
    body = body_of(1)
    server = our_server(body)
    print(f"\n## About {arguments.rate} requests/s for {arguments.minutes} minutes\n\n{machine()}, "
          f"start to first answer {server.start_seconds:.2f} s")
    memory, done = [], threading.Event()

    def sample() -> None:
        while not done.wait(10):
            memory.append(server.rss_mb())

    try:
        load(server, script_of(work, body), 32, arguments.seconds)
        watcher = threading.Thread(target=sample)
        watcher.start()
        delay = 12
        guess = round(arguments.rate * (delay + 2) / 1e3)
        seen = load(server, script_of(work, body, delay), guess, 10)
        connections = math.ceil(guess * arguments.rate / seen["rps"] * 1.03)
        m = load(server, script_of(work, body, delay), connections, int(arguments.minutes * 60))
        done.set()
        watcher.join()
        head(f"{connections} connections that wait {delay} ms")
        line(f"{m['requests']} requests", m)
        print("\nRSS in MB, every 10 s: " + " ".join(f"{each:.0f}" for each in memory) +
              f"; load average {os.getloadavg()[0]:.1f} after")
    finally:
        server.stop()


class Clients:
    """Connections that send one request after the other; on a reply that says close they end."""

    def __init__(self, server: Server, body: bytes, count: int):
        self.server, self.body, self.good, self.bad = server, body, 0, []
        self.lock, self.stopping = threading.Lock(), threading.Event()
        self.threads = [threading.Thread(target=self.work) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def work(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        connection.connect()
        while not self.stopping.is_set():
            try:
                connection.request("POST", "/predictions/flights", self.body, {"Content-Type": "application/json"})
                reply = connection.getresponse()
                reply.read()
                with self.lock:
                    if reply.status == 200:
                        self.good += 1
                    else:
                        self.bad.append(f"status {reply.status}")
                if reply.will_close:
                    return
            except OSError as e:
                with self.lock:
                    self.bad.append(repr(e))
                return

    def end(self) -> str:
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        return f"{self.good} good, {len(self.bad)} failed {self.bad[:3] or ''}"


def manage(server: Server, method: str, path: str) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.management}{path}", method=method, headers={"Authorization": f"Bearer {TOKEN}"})
    urllib.request.urlopen(request, timeout=30).read()


def swap(arguments: argparse.Namespace, work: pathlib.Path) -> None:
    body = body_of(1)
    server = our_server(body, 1, ["--model-root", str(MODEL.parent)])
    try:
        clients = Clients(server, body, 8)
        for version in range(2, 12):
            time.sleep(0.5)
            manage(server, "POST", f"/models?url={MODEL.name}&model_name=flights&model_version={version}")
            manage(server, "DELETE", f"/models/flights/{version - 1}")
        time.sleep(0.5)
        print(f"\n## Ten versions swapped under load of 8 connections\n\n{clients.end()}")
    finally:
        server.stop()


def drain(arguments: argparse.Namespace, work: pathlib.Path) -> None:
    body = body_of(1)
    results = []
    for _ in range(5):
        server = our_server(body)
        clients = Clients(server, body, 8)
        time.sleep(1)
        start = time.monotonic()
        server.process.terminate()
        code = server.process.wait(30)
        results.append(f"{clients.end()}; ended with {code} after {time.monotonic() - start:.2f} s")
    print("\n## SIGTERM under load of 8 connections, five times\n")
    for result in results:
        print(f"* {result}")


def compare(arguments: argparse.Namespace, work: pathlib.Path) -> None:
    body = body_of(arguments.rows)
    script = script_of(work, body)
    running = servers(work, body)
    try:
        for server in running:
            load(server, script, 32, arguments.seconds * 3)  # warm up
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
    print(f"\n## Against others\n\n{machine()} the last round, "
          f"{arguments.rows} row(s) as JSON, {arguments.rounds} rounds of {arguments.seconds} s\n")
    print("| connections | server | requests/s | p50 ms | p99 ms | CPU µs/request |\n|---|---|---|---|---|---|")
    for (connections, name), results in table.items():
        m = {key: statistics.median(r[key] for r in results) for key in results[0]}
        print(f"| {connections} | {name} | {m['rps']:.0f} | {m['p50']:.2f} | {m['p99']:.1f} | {m['cpu']:.0f} |")
    print()
    for server in running:
        print(f"{server.name}: start to first answer {server.start_seconds:.2f} s, RSS {server.rss_mb():.0f} MB")


PARTS = {part.__name__: part for part in (compare, growth, models, half, sustained, swap, drain)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--model", type=pathlib.Path, default=QUICKSTART)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=1)
    parser.add_argument("--rate", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--connections", type=int, nargs="+", default=[8, 32])
    arguments = parser.parse_args()
    global MODEL
    MODEL = arguments.model.resolve()
    if not (MODEL / "golden.json").is_file():
        raise SystemExit(f"No model with golden.json in {MODEL}; train it: ./mldelivery run -f sample-jenkinsfiles/quickstart")
    for tool in ("wrk", "java", "javac"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is not on the PATH")
    with tempfile.TemporaryDirectory() as folder:
        for part in arguments.parts or PARTS:
            PARTS[part](arguments, pathlib.Path(folder))
            print(f"\nLoad average {os.getloadavg()[0]:.1f} after.", flush=True)


if __name__ == "__main__":
    main()
