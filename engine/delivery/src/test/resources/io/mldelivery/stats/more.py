"""Writes more.json beside this file: further expected values from scipy and statsmodels-free formulas.

Run with Python 3.11, scipy 1.17.1, numpy 2.4.6.
"""
import json
import pathlib

import numpy as np
from scipy import stats

rng = np.random.default_rng(20131)
out = {"kstwo": [], "ks_exact": [], "wilcoxon": []}
for n in (1, 2, 5, 20, 139, 140, 141, 500, 3000, 99_999, 120_000, 900_000):
    for z in (0.3, 0.5, 0.7, 0.85, 1.0, 1.2, 1.45, 1.5, 1.9, 2.1, 3.0, 6.0):
        d = z / np.sqrt(n)
        out["kstwo"].append({"d": d, "n": n, "sf": float(stats.kstwo.sf(d, n))})
for n, m in ((3, 4), (10, 10), (25, 40), (100, 100), (150, 170), (400, 1000)):
    for shift in (0.0, 0.3, 1.0):
        a, b = rng.normal(size=n), rng.normal(size=m) + shift
        r = stats.ks_2samp(a, b, method="exact")
        s = stats.ks_2samp(a, b, method="asymp")
        out["ks_exact"].append({"n": n, "m": m, "d": float(r.statistic), "exact": float(r.pvalue), "asymptotic": float(s.pvalue)})
for n in (5, 8, 30, 50, 51, 200):
    for digits in (0, 1, 8):
        d = np.round(rng.normal(0.2, 1, n), digits)
        row = {"d": d.tolist()}
        plain = n <= 50 and np.all(d != 0) and len(np.unique(np.abs(d))) == n
        method = "exact" if plain else "asymptotic"
        for alternative in ("two-sided", "less", "greater"):
            r = stats.wilcoxon(d, zero_method="wilcox", correction=False, method=method, alternative=alternative)
            row[alternative] = {"statistic": float(r.statistic), "p": float(r.pvalue)}
        out["wilcoxon"].append(row)
pathlib.Path(__file__).with_name("more.json").write_text(json.dumps(out))
