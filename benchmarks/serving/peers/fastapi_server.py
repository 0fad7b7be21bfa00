"""The usual Python server: FastAPI on uvicorn (uvloop, httptools), one worker, async, onnxruntime with one thread."""

import os

import numpy as np
import onnxruntime
from fastapi import FastAPI
from pydantic import BaseModel

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["MODEL"], options)
name = session.get_inputs()[0].name
app = FastAPI()


class Rows(BaseModel):
    inputs: list[list[float]]


@app.post("/predictions/flights")
async def predict(rows: Rows):
    label, probabilities = session.run(None, {name: np.asarray(rows.inputs, dtype=np.float32)})
    return {"label": label.tolist(), "probabilities": probabilities.tolist()}
