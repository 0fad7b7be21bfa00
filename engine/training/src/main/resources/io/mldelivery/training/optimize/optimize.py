"""Optimises an ONNX model with ONNX Runtime's tools and measures it before and after.

Arguments: a JSON file with method (graph, dynamic or static), model, output (folders), calibration and rows (JSON files
with rows, or empty). Prints one line of JSON, the result, as the last line.
"""

import json
import os
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

import numpy as np
import onnx
import onnxruntime

FILE = "model.onnx"
TYPES = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(int64)": np.int64, "tensor(int32)": np.int32}


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def rows_of(path, model):
    """The inputs of a golden.json, of {"inputs": ..}, or of JSON lines of such objects, as arrays by input name."""
    text = pathlib.Path(path).read_text()
    try:
        documents = [json.loads(text)]
    except json.JSONDecodeError:
        documents = [json.loads(line) for line in text.splitlines() if line.strip()]
    inputs = [d["inputs"] if isinstance(d, dict) else d for d in documents]
    declared = model.get_inputs()
    if isinstance(inputs[0], dict):
        named = {i.name: [row for part in inputs for row in part[i.name]] for i in declared}
    elif len(declared) == 1:
        named = {declared[0].name: [row for part in inputs for row in part]}
    else:
        raise ValueError(f"{path} must name the inputs {[i.name for i in declared]}")
    return {i.name: np.asarray(named[i.name], dtype=TYPES.get(i.type, np.str_)) for i in declared}


def one(rows, index):
    return {name: values[index : index + 1] for name, values in rows.items()}


def count(rows):
    return len(next(iter(rows.values())))


def latency(model, rows):
    """Milliseconds of one row: median and 99th percentile of 2000 calls after 200."""
    total = count(rows)
    times = []
    for i in range(2200):
        row = one(rows, i % total)
        start = time.perf_counter()
        model.run(None, row)
        times.append((time.perf_counter() - start) * 1e3)
    times = sorted(times[200:])
    return {"p50Ms": round(statistics.median(times), 5), "p99Ms": round(times[int(len(times) * 0.99)], 5)}


def graph(source, target):
    options = onnxruntime.SessionOptions()
    # EXTENDED is for any CPU; ALL would lay the weights out for the one that this runs on.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


def dynamic(source, target):
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(str(source), str(target), weight_type=QuantType.QInt8)


def static(source, target, rows):
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    class Reader(CalibrationDataReader):
        def __init__(self):
            self.rows = iter([one(rows, i) for i in range(count(rows))])

        def get_next(self):
            return next(self.rows, None)

    quantize_static(
        str(source), str(target), Reader(), quant_format=QuantFormat.QDQ,
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)


def quantizable(source, folder):
    """The model with each domain's version once: skl2onnx may name one twice or not at all, which the tools refuse."""
    model = onnx.load(str(source))
    versions = {"": 17}
    for each in model.opset_import:
        versions["" if each.domain == "ai.onnx" else each.domain] = each.version
    del model.opset_import[:]
    model.opset_import.extend(onnx.helper.make_opsetid(domain, version) for domain, version in versions.items())
    path = pathlib.Path(folder) / FILE
    onnx.save(model, str(path))
    return path


def operators(path):
    nodes = [node.op_type for node in onnx.load(str(path), load_external_data=False).graph.node]
    return len(nodes), sum(1 for node in nodes if "Integer" in node or node.startswith(("Quantize", "QLinear", "Dequantize")))


def difference(before, after, rows):
    """The largest difference of any number, and how many rows have another label."""
    largest, changed = 0.0, 0
    for old, new in zip(before.run(None, rows), after.run(None, rows)):
        if isinstance(old, list):
            old = np.asarray([[row[key] for key in sorted(row)] for row in old])
            new = np.asarray([[row[key] for key in sorted(row)] for row in new])
        if old.dtype.kind == "f":
            largest = max(largest, float(np.max(np.abs(old.astype(np.float64) - new.astype(np.float64)), initial=0.0)))
        else:
            changed = max(changed, int(np.sum(old.reshape(len(old), -1) != new.reshape(len(new), -1))))
    return largest, changed


def plain(value):
    if isinstance(value, list):
        return [[float(row[key]) for key in sorted(row)] for row in value]
    return value.tolist()


def rewrite_golden(path, model):
    """Golden rows say what this model computes: those of the source would keep the optimised one unready."""
    golden = json.loads(path.read_text())
    rows = rows_of(path, model)
    outputs = {o.name: plain(v) for o, v in zip(model.get_outputs(), model.run(None, rows))}
    named = isinstance(golden["outputs"], dict)
    golden["outputs"] = {k: outputs[k] for k in golden["outputs"]} if named else list(outputs.values())[-1]
    path.write_text(json.dumps(golden))


def facts(path, model, rows):
    return {"bytes": path.stat().st_size} | latency(model, rows)


def main():
    order = json.loads(pathlib.Path(sys.argv[1]).read_text())
    source, target = pathlib.Path(order["model"]) / FILE, pathlib.Path(order["output"]) / FILE
    shutil.copytree(source.parent, target.parent, ignore=shutil.ignore_patterns(FILE))
    before = session(source)
    rows = rows_of(order["rows"], before)
    if order["method"] == "graph":
        graph(source, target)
    else:
        with tempfile.TemporaryDirectory() as folder:
            plain_source = quantizable(source, folder)
            if order["method"] == "dynamic":
                dynamic(plain_source, target)
            else:
                static(plain_source, target, rows_of(order["calibration"], before))
    after = session(target)
    nodes, quantized = operators(target)
    largest, changed = difference(before, after, rows)
    golden = target.parent / "golden.json"
    if golden.exists():
        rewrite_golden(golden, after)
    print(json.dumps({
        "before": facts(source, before, rows), "after": facts(target, after, rows), "nodes": nodes,
        "quantizedNodes": quantized, "largestDifference": largest, "changedLabels": changed, "rows": count(rows),
        "onnxruntime": onnxruntime.__version__}))


if __name__ == "__main__":
    try:
        main()
    except Exception as e:  # whatever the tools throw is told in one line
        sys.exit(" ".join(f"{type(e).__name__}: {e}".split()))
