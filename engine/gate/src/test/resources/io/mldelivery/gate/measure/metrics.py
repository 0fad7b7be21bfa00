"""Writes metrics.json beside this file: 200 small data sets with the values that scikit-learn gives their metrics.

Run with Python 3.11, scikit-learn 1.9.1, numpy 2.4.6.
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics as m

warnings.simplefilter("ignore")
rng = np.random.default_rng(777)


def weights(n, kind):
    return {0: None, 1: rng.integers(1, 5, n).astype(float), 2: np.round(rng.uniform(0.1, 3, n), 3)}[kind]


def ece(y, s, w, bins=10):
    b = np.minimum((s * bins).astype(int), bins - 1)
    w = np.ones(len(y)) if w is None else w
    return float(sum(abs((w * (y - s))[b == k].sum()) for k in range(bins)) / w.sum())


def binary(i):
    n = int(rng.integers(8, 60))
    y = rng.integers(0, 2, n)
    y[:2] = [0, 1]
    s = np.clip(0.25 * y + rng.uniform(0, 0.75, n), 0, 1)
    s = np.round(s, [1, 2, 6][i % 3])
    w = weights(n, i % 4 if i % 4 < 3 else 0)
    p = (s >= 0.5).astype(int)
    k = {"sample_weight": w}
    z = {"zero_division": 0}
    expected = {
        "roc_auc": m.roc_auc_score(y, s, **k),
        "pr_auc": m.average_precision_score(y, s, **k),
        "accuracy": m.accuracy_score(y, p, **k),
        "balanced_accuracy": m.balanced_accuracy_score(y, p, **k),
        "precision": m.precision_score(y, p, **k, **z),
        "recall": m.recall_score(y, p, **k, **z),
        "specificity": m.recall_score(y, p, pos_label=0, **k, **z),
        "f1": m.f1_score(y, p, **k, **z),
        "mcc": m.matthews_corrcoef(y, p, **k),
        "kappa": m.cohen_kappa_score(y, p, **k),
        "log_loss": m.log_loss(y, s, **k),
        "brier": m.brier_score_loss(y, s, **k),
        "ece": ece(y, s, w),
        "fpr": 1 - m.recall_score(y, p, pos_label=0, **k, **z),
        "selection_rate": float(np.average(p, weights=w)),
        "f1_macro": m.f1_score(y, p, average="macro", **k, **z),
    }
    return {"task": "binary", "y": y.tolist(), "score": s.tolist(), "expected": expected}, w


def multiclass(i):
    n = int(rng.integers(12, 60))
    c = int(rng.integers(3, 6))
    y = np.concatenate([np.arange(c), rng.integers(0, c, n - c)])
    raw = rng.uniform(0, 1, (n, c)) + 0.8 * np.eye(c)[y]
    if i % 3 == 0:
        raw = np.round(raw, 1) + 0.1
    q = raw / raw.sum(axis=1, keepdims=True)
    w = weights(n, i % 3)
    p = q.argmax(axis=1)
    k = {"sample_weight": w}
    z = {"zero_division": 0}
    expected = {
        "accuracy": m.accuracy_score(y, p, **k),
        "balanced_accuracy": m.balanced_accuracy_score(y, p, **k),
        "mcc": m.matthews_corrcoef(y, p, **k),
        "kappa": m.cohen_kappa_score(y, p, **k),
        "log_loss": m.log_loss(y, q, **k),
        "top_2_accuracy": m.top_k_accuracy_score(y, q, k=2, **k),
    }
    for average in ("macro", "micro", "weighted"):
        expected["precision_" + average] = m.precision_score(y, p, average=average, **k, **z)
        expected["recall_" + average] = m.recall_score(y, p, average=average, **k, **z)
        expected["f1_" + average] = m.f1_score(y, p, average=average, **k, **z)
    if w is None:
        expected["roc_auc"] = m.roc_auc_score(y, q, multi_class="ovr", average="macro")
    return {"task": "multiclass", "y": y.tolist(), "probabilities": q.T.tolist(), "expected": expected}, w


def regression(i):
    n = int(rng.integers(5, 60))
    y = np.round(rng.normal(10, 5, n), 2)
    s = np.round(y + rng.normal(0.3, 2, n), [0, 1, 6][i % 3])
    w = weights(n, i % 3)
    k = {"sample_weight": w}
    expected = {
        "mae": m.mean_absolute_error(y, s, **k),
        "mse": m.mean_squared_error(y, s, **k),
        "rmse": m.root_mean_squared_error(y, s, **k),
        "r2": m.r2_score(y, s, **k),
        "mape": m.mean_absolute_percentage_error(y, s, **k),
        "pinball@0.9": m.mean_pinball_loss(y, s, alpha=0.9, **k),
    }
    return {"task": "regression", "y": y.tolist(), "score": s.tolist(), "expected": expected}, w


def ranking(i):
    g = int(rng.integers(2, 8))
    size = int(rng.integers(4, 12))
    y = rng.integers(0, 4, (g, size)).astype(float)
    s = np.round(rng.uniform(0, 1, (g, size)) + 0.2 * y, [1, 6][i % 2])
    expected = {"ndcg": m.ndcg_score(y, s), "ndcg@3": m.ndcg_score(y, s, k=3)}
    if i % 2:  # without ties, where conventions agree
        relevant = (y > 0).astype(int)
        if (relevant.sum(axis=1) > 0).all():
            expected["map"] = float(np.mean([m.average_precision_score(r, t) for r, t in zip(relevant, s)]))
            expected["mrr"] = float(np.mean([1 / (1 + np.flatnonzero(r[np.argsort(-t)])[0]) for r, t in zip(relevant, s)]))
    group = np.repeat(np.arange(g), size)
    return {"task": "ranking", "y": y.ravel().tolist(), "score": s.ravel().tolist(), "group": group.tolist(), "expected": expected}, None


sets = []
for make, count in ((binary, 110), (multiclass, 40), (regression, 30), (ranking, 20)):
    for i in range(count):
        data, w = make(i)
        data["weight"] = [] if w is None else w.tolist()
        data["expected"] = {k: float(v) for k, v in data["expected"].items()}
        sets.append(data)
pathlib.Path(__file__).with_name("metrics.json").write_text(json.dumps(sets))
print(len(sets))
