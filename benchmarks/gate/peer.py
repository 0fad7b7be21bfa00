"""CPU seconds of scikit-learn and scipy for the same predictions (y.f64, a.f64, b.f64 in the folder given).

Point metrics, DeLong by mid-ranks (X. Sun, W. Xu), McNemar; then a plain paired bootstrap of roc_auc with a few resamples,
whose time is scaled to 2,000. scikit-learn gives no intervals, so the peer does less than the gate.
"""
import pathlib
import resource
import sys
import time

import numpy as np
from scipy import stats
from sklearn import metrics as m

folder = pathlib.Path(sys.argv[1])
y, a, b = (np.fromfile(folder / f"{n}.f64") for n in "yab")
y = y.astype(int)


def cpu(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def metrics():
    p = (a >= 0.5).astype(int)
    m.roc_auc_score(y, a), m.average_precision_score(y, a), m.log_loss(y, a), m.brier_score_loss(y, a)
    m.accuracy_score(y, p), m.balanced_accuracy_score(y, p), m.matthews_corrcoef(y, p), m.cohen_kappa_score(y, p)
    for average in ("binary", "macro", "micro", "weighted"):
        m.precision_score(y, p, average=average), m.recall_score(y, p, average=average), m.f1_score(y, p, average=average)
    delong()
    q = (b >= 0.5).astype(int)
    only = int(((p == y) & (q != y)).sum())
    stats.binomtest(only, only + int(((p != y) & (q == y)).sum()))


def placements(s):
    pos, neg = s[y == 1], s[y == 0]
    r = stats.rankdata(np.concatenate([pos, neg]))
    v10 = (r[: len(pos)] - stats.rankdata(pos)) / len(neg)
    v01 = 1 - (r[len(pos):] - stats.rankdata(neg)) / len(pos)
    return v10, v01


def delong():
    a10, a01 = placements(a)
    b10, b01 = placements(b)
    return np.cov(a10, b10) / len(a10) + np.cov(a01, b01) / len(a01)


def bootstrap(count):
    rng = np.random.default_rng(7)
    for _ in range(count):
        rows = rng.integers(0, len(y), len(y))
        m.roc_auc_score(y[rows], a[rows]) - m.roc_auc_score(y[rows], b[rows])


metrics()
print(f"| peer: metrics | {len(y):,} | scikit-learn, scipy: the same metrics without intervals, DeLong, McNemar | {cpu(metrics):.2f} |")
count = max(1, min(5, 5_000_000 // len(y)))
seconds = cpu(lambda: bootstrap(count)) / count * 2000
print(f"| peer: bootstrap | {len(y):,} | scikit-learn: plain paired bootstrap, {count} resamples scaled to 2,000 | {seconds:.0f} |")
print(f"| peer: memory | {len(y):,} | largest resident set | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10:,} MB |")
