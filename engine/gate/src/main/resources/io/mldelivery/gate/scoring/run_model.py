"""Answers rows by a model, in the environment that trained it, until the input ends.

Argument: the model's folder. Requests and answers are lines of JSON:

  {"columns": ["a", "b"], "rows": [[1.5, "x"], ...]}  ->  {"outputs": [[0.2, 0.8], ...]} or {"error": "..."}

What runs the model is the first of these that its folder has:

  predict.py   a function predict(rows): rows are dictionaries, answers are numbers or lists of numbers
  model.onnx   ONNX Runtime
  MLmodel      MLflow: predict_proba of a scikit-learn model that has it, else the model's own predict
"""

import importlib.util
import json
import os
import pathlib
import sys


def of_module(folder):
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("predict", folder / "predict.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda columns, rows: module.predict([dict(zip(columns, row)) for row in rows])


def of_mlflow(folder):
    import mlflow
    import pandas

    if "sklearn" in mlflow.models.Model.load(str(folder)).flavors:
        model = mlflow.sklearn.load_model(str(folder))
        predict = getattr(model, "predict_proba", model.predict)
    else:
        predict = mlflow.pyfunc.load_model(str(folder)).predict
    return lambda columns, rows: predict(pandas.DataFrame(rows, columns=columns))


def tensor(values, kind):
    import numpy

    if kind == "tensor(string)":
        return numpy.array([["" if v is None else str(v) for v in row] for row in values], dtype=object)
    types = {"tensor(double)": numpy.float64, "tensor(int64)": numpy.int64, "tensor(int32)": numpy.int32}
    dtype = types.get(kind, numpy.float32)
    missing = numpy.nan if dtype in (numpy.float32, numpy.float64) else 0
    return numpy.array([[missing if v is None else v for v in row] for row in values], dtype=dtype)


def of_onnx(folder):
    import onnxruntime

    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    wanted = session.get_inputs()

    def fed(columns, rows):
        if len(wanted) == 1:
            return {wanted[0].name: tensor(rows, wanted[0].type)}
        places = {each.name: columns.index(each.name) for each in wanted}
        return {each.name: tensor([[row[places[each.name]]] for row in rows], each.type) for each in wanted}

    def predict(columns, rows):
        outputs = session.run(None, fed(columns, rows))
        return next((o for o in outputs if getattr(o, "ndim", 1) > 1 or isinstance(o[0], dict)), outputs[0])

    return predict


def loaded(folder):
    for name, load in (("predict.py", of_module), ("model.onnx", of_onnx), ("MLmodel", of_mlflow)):
        if (folder / name).is_file():
            return load(folder)
    raise FileNotFoundError("the model's folder has neither predict.py nor model.onnx nor MLmodel")


def numbers(answer):
    """One row's answer as a list of numbers."""
    if isinstance(answer, dict):
        answer = answer.values()
    elif not hasattr(answer, "__iter__") or isinstance(answer, str):
        answer = [answer]
    return [float(value) for value in answer]


def rows_of(answers):
    """A table's rows; whatever else is iterated over gives rows already."""
    return answers.to_numpy() if hasattr(answers, "to_numpy") else answers


def main():
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the model prints belongs into the log

    def say(document):
        out.write(json.dumps(document) + "\n")
        out.flush()

    try:
        predict = loaded(pathlib.Path(sys.argv[1]))
    except Exception as e:
        return say({"error": f"{type(e).__name__}: {e}"})
    say({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            say({"outputs": [numbers(row) for row in rows_of(predict(request["columns"], request["rows"]))]})
        except Exception as e:
            say({"error": f"{type(e).__name__}: {e}"})


main()
