"""Makes the small models of src/test/resources/models.

    pip install scikit-learn==1.9.1 skl2onnx==1.20.0 onnx==1.23.2 onnxruntime==1.31.1 numpy==2.4.6 xgboost-cpu==3.0.5
    python make-models.py ../resources/models

cancer        logistic regression on the breast cancer data that scikit-learn ships, label + probabilities
cancer-zipmap the same with skl2onnx's default output: a sequence of maps from class to probability
mlflow        three columns of the cancer data as MLflow keeps a model of the onnx flavor, with column names
iris-xgboost  a booster of three classes; mlflow-xgboost the same as MLflow keeps it
greedy        allocates what the request says
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime
import xgboost
from skl2onnx import to_onnx
from sklearn.datasets import load_breast_cancer, load_iris
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


MLMODEL = """artifact_path: model
flavors:
  onnx:
    code: null
    data: model.onnx
    onnx_version: 1.23.2
    providers:
    - CPUExecutionProvider
  python_function:
    data: model.onnx
    loader_module: mlflow.onnx
mlflow_version: 3.17.2
model_uuid: 0123456789abcdef0123456789abcdef
signature:
  inputs: '[{"type": "float", "name": "radius", "required": true}, {"type": "float", "name":
    "texture", "required": true}, {"type": "float", "name": "perimeter", "required": true}]'
  outputs: null
  params: null
utc_time_created: '2026-11-21 00:00:00.000000'
"""


XGBOOST_MLMODEL = """flavors:
  python_function:
    data: model.ubj
    loader_module: mlflow.xgboost
  xgboost:
    code: null
    data: model.ubj
    model_class: xgboost.core.Booster
    model_format: ubj
    xgb_version: 3.0.5
signature:
  inputs: '[{"type": "float", "name": "sepal_length", "required": true}, {"type": "float", "name": "sepal_width", "required": true}, {"type": "float", "name": "petal_length", "required": true}, {"type": "float", "name": "petal_width", "required": true}]'
"""


def write_xgboost(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows, target = load_iris(return_X_y=True)
    booster = xgboost.train(
        {"objective": "multi:softprob", "num_class": 3, "max_depth": 2, "seed": 7, "nthread": 1},
        xgboost.DMatrix(rows, target), num_boost_round=3)
    booster.save_model(folder / "model.json")
    some = rows[[0, 60, 120]]
    golden = {"inputs": some.tolist(), "outputs": booster.predict(xgboost.DMatrix(some)).tolist(), "tolerance": 1e-5}
    (folder / "golden.json").write_text(json.dumps(golden) + "\n")
    logged = folder.parent / "mlflow-xgboost"
    logged.mkdir(exist_ok=True)
    booster.save_model(logged / "model.ubj")
    (logged / "golden.json").write_text(json.dumps(golden) + "\n")
    (logged / "MLmodel").write_text(XGBOOST_MLMODEL)


def write_greedy(folder: pathlib.Path) -> None:
    """As many numbers as the request says, so that a test can ask for more than any machine has."""
    from onnx import TensorProto, helper

    folder.mkdir(parents=True, exist_ok=True)
    graph = helper.make_graph(
        [helper.make_node("ConstantOfShape", ["shape"], ["numbers"])], "greedy",
        [helper.make_tensor_value_info("shape", TensorProto.INT64, [None])],
        [helper.make_tensor_value_info("numbers", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])
    (folder / "model.onnx").write_bytes(model.SerializeToString())


def write_torch(target: pathlib.Path) -> None:
    """TorchScript, as a plain folder and as MLflow logs it; needs torch (the files here were made with 1.13)."""
    import torch

    torch.manual_seed(7)
    layers = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 3), torch.nn.Softmax(1))
    network = torch.jit.script(layers.eval())
    rows = [[5.1, 3.5, 1.4, 0.2], [6.9, 3.2, 5.7, 2.3], [5.9, 3.0, 4.2, 1.5]]
    golden = {"inputs": rows, "outputs": network(torch.tensor(rows)).tolist(), "tolerance": 1e-5}
    for folder, file in (("mlp-torch", "model.pt"), ("mlflow-torch", "data/model.pth")):
        (target / folder / file).parent.mkdir(parents=True, exist_ok=True)
        network.save(str(target / folder / file))
        (target / folder / "golden.json").write_text(json.dumps(golden) + "\n")
    columns = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
    inputs = json.dumps([{"type": "float", "name": name, "required": True} for name in columns])
    (target / "mlflow-torch/MLmodel").write_text(
        "flavors:\n  python_function:\n    loader_module: mlflow.pytorch\n    data: data\n"
        f"  pytorch:\n    model_data: data\n    pytorch_version: 2.7.1\nsignature:\n  inputs: '{inputs}'\n")


def main(target: pathlib.Path) -> None:
    data = load_breast_cancer()
    rows = data.data.astype(np.float32)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(rows, data.target)
    write(target / "cancer", model, rows[:5], zipmap=False)
    write(target / "cancer-zipmap", model, rows[:5], zipmap=True)
    three = make_pipeline(StandardScaler(), LogisticRegression()).fit(rows[:, :3], data.target)
    write(target / "mlflow", three, rows[:5, :3], zipmap=False)
    (target / "mlflow/MLmodel").write_text(MLMODEL)
    write_xgboost(target / "iris-xgboost")
    write_greedy(target / "greedy")
    write_torch(target)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
