"""Makes the small models of src/test/resources/models.

    pip install scikit-learn==1.9.1 skl2onnx==1.20.0 onnx==1.23.2 onnxruntime==1.31.1 numpy==2.4.6
    python make-models.py ../resources/models

cancer        logistic regression on the breast cancer data that scikit-learn ships, label + probabilities
cancer-zipmap the same with skl2onnx's default output: a sequence of maps from class to probability
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def outputs(session, rows: np.ndarray) -> dict:
    named = {}
    for output, value in zip(session.get_outputs(), session.run(None, {"X": rows})):
        if isinstance(value, list):
            value = np.array([[row[key] for key in sorted(row)] for row in value])
        named[output.name] = value.tolist()
    return named


def write(folder: pathlib.Path, model, rows: np.ndarray, zipmap: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    onnx = to_onnx(model, rows[:1], target_opset=17, options={id(model): {"zipmap": zipmap}}).SerializeToString()
    (folder / "model.onnx").write_bytes(onnx)
    golden = {"inputs": rows.tolist(), "outputs": outputs(onnxruntime.InferenceSession(onnx), rows), "tolerance": 1e-4}
    (folder / "golden.json").write_text(json.dumps(golden) + "\n")


def main(target: pathlib.Path) -> None:
    data = load_breast_cancer()
    rows = data.data.astype(np.float32)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(rows, data.target)
    write(target / "cancer", model, rows[:5], zipmap=False)
    write(target / "cancer-zipmap", model, rows[:5], zipmap=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
