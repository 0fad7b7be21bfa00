"""Scores each month of 2013 with the model in build/model: what a year of production would have logged.

Writes build/months/reference.csv (January to March, on which the model was trained) and build/months/2013-04.csv to
2013-12.csv, each with the features in words, the model's answer (prediction) and what came true (late), and the same
months without labels as 2013-04-unlabelled.csv and so on. Run it after train.py:

  python months.py --data data --output build
"""

import argparse
import json
import pathlib

import onnxruntime

import train


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("data"))
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("build"))
    arguments = parser.parse_args()
    described = json.loads((arguments.output / "model" / "features.json").read_text())
    session = onnxruntime.InferenceSession(
        (arguments.output / "model" / "model.onnx").read_bytes(), providers=["CPUExecutionProvider"]
    )
    rows = train.describe_flights(*train.read_tables(arguments.data), last_month=12)
    folder = arguments.output / "months"
    folder.mkdir(parents=True, exist_ok=True)
    parts = {"reference": rows["month"] <= 3} | {f"2013-{month:02d}": rows["month"] == month for month in range(4, 13)}
    for name, chosen in parts.items():
        month = rows[chosen]
        scores = train.score(session, train.encode(month, described["codes"], described["features"]))[1][:, 1]
        train.write_observed(folder / f"{name}.csv", month, scores)
        train.write_observed(folder / f"{name}-unlabelled.csv", month.assign(late=None), scores)
        print(f"{name}: {len(month)} flights, {100 * month['late'].mean():.1f} % late, AUC "
              f"{train.roc_auc_score(month['late'], scores):.4f}")


if __name__ == "__main__":
    main()
