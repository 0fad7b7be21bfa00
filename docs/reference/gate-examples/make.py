"""Writes the CSV files of this folder, which the examples of gate-rules.md use. Run with Python 3; no packages needed."""
import random

r = random.Random(2013)
N = 1200
truth = [1 if r.random() < 0.4 else 0 for _ in range(N)]
shared = [r.random() for _ in range(N)]
carrier = [r.choice(["AA", "B6"]) for _ in range(N)]


def score(i, signal, noise):
    return min(1, max(0, signal * truth[i] + 0.4 * shared[i] + noise * r.random()))


def write(name, scores, rows=range(N)):
    with open(name, "w") as f:
        f.write("id,y,score,carrier\n")
        for i in rows:
            f.write(f"{i},{truth[i]},{scores[i]:.4f},{carrier[i]}\n")


champion = [score(i, 0.3, 0.30) for i in range(N)]
write("champion.csv", champion)
write("better.csv", [score(i, 0.4, 0.20) for i in range(N)])
write("alike.csv", [min(1, max(0, c + 0.01 * (r.random() - 0.5))) for c in champion])
write("worse.csv", [score(i, 0.1, 0.50) for i in range(N)])
write("few.csv", champion, range(40))
write("few-champion.csv", [score(i, 0.3, 0.32) for i in range(N)], range(40))
write("one-class.csv", champion, [i for i in range(N) if truth[i] == 0])
write("unfair.csv", [score(i, 0.6, 0.1) if carrier[i] == "AA" else score(i, 0.0, 0.5) for i in range(N)])
calibrated = [r.random() for _ in range(N)]
with open("calibrated.csv", "w") as f:
    f.write("id,y,score\n")
    for i, p in enumerate(calibrated):
        f.write(f"{i},{1 if r.random() < p else 0},{p:.4f}\n")
with open("overconfident.csv", "w") as f:
    f.write("id,y,score\n")
    for i, p in enumerate(calibrated):
        f.write(f"{i},{1 if r.random() < 0.3 + 0.4 * p else 0},{p:.4f}\n")
with open("train.csv", "w") as f:
    f.write("id,y\n")
    for i in range(5000, 6000):
        f.write(f"{i},0\n")
with open("train-leaked.csv", "w") as f:
    f.write("id,y\n")
    for i in range(1000, 6000):
        f.write(f"{i},0\n")
with open("cases.csv", "w") as f:
    f.write("expect,before,after,tolerance\n")
    for i in range(40):
        before = round(r.random() * 0.5, 3)
        f.write(f"same,{before},{before},0.001\n" if i % 2 else f"increase,{before},{before + 0.2:.3f},0.001\n")
with open("cases-failing.csv", "w") as f:
    f.write("expect,before,after,tolerance\n")
    for i in range(40):
        before = round(r.random() * 0.5, 3)
        after = before - 0.1 if i % 4 == 0 else before + 0.1
        f.write(f"increase,{before},{after:.3f},0.001\n")
with open("cases-few.csv", "w") as f:
    f.write("expect,before,after\nsame,0.1,0.1\n")
with open("flights.csv", "w") as f:
    f.write("distance,day\n")
    for i in range(60):
        f.write(f"{'' if i == 0 else 200 + i},2013-04-{1 + i % 30:02d}\n")
for name, mean, spread, rounds in [("benchmark", 0.004, 0.0005, 50), ("benchmark-slow", 0.006, 0.0005, 50), ("benchmark-few-rounds", 0.0048, 0.002, 5)]:
    with open(f"{name}.json", "w") as f:
        f.write(f'{{"benchmarks": [{{"name": "predict", "stats": {{"mean": {mean}, "stddev": {spread}, "rounds": {rounds}}}}}]}}\n')
with open("rows.csv", "w") as f:
    f.write("id,y,signal,other\n")
    for i in range(N):
        f.write(f"{i},{truth[i]},{score(i, 0.4, 0.2):.4f},{r.random():.4f}\n")
with open("changes.csv", "w") as f:
    f.write("signal,other,after.signal,after.other,expect\n")
    for i in range(40):
        signal, other = round(r.random() * 0.5, 3), round(r.random(), 3)
        change = f",{1 - other:.3f},same" if i % 2 else f"{signal + 0.2:.3f},,increase"
        f.write(f"{signal},{other},{change}\n")
with open("changes-failing.csv", "w") as f:
    f.write("signal,other,after.signal,expect,tolerance\n")
    for i in range(40):
        signal = round(r.random() * 0.5, 3)
        f.write(f"{signal},0.5,{signal + 0.1:.3f},{'same' if i % 4 == 0 else 'increase'},0.01\n")
with open("changes-few.csv", "w") as f:
    f.write("signal,after.signal,expect\n0.2,0.3,increase\n")
with open("fair.csv", "w") as fair, open("shifted.csv", "w") as shifted:
    fair.write("id,y,score,carrier\n")
    shifted.write("id,y,score,carrier\n")
    for i, p in enumerate(calibrated):
        row, name = f"{i},{1 if r.random() < p else 0}", carrier[i]
        fair.write(f"{row},{p:.4f},{name}\n")
        shifted.write(f"{row},{min(1, p + 0.3) if name == 'B6' else p:.4f},{name}\n")
