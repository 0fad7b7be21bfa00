"""plot_false_alarms.py CSV SVG: draws the rates of false alarms that Calibration printed, and prints them as a table for the page."""
import csv
import sys

source, target = sys.argv[1:3]
NAMES = {"calibrated": "calibrated", "test alone": "its test alone", "evidently": "Evidently's rules", "psi 0.1": "PSI > 0.1"}
COLOURS = {"calibrated": "#0969da", "test alone": "#8250df", "evidently": "#bc4c00", "psi 0.1": "#57606a"}
DASHES = {"calibrated": "", "test alone": "5 3", "evidently": "", "psi 0.1": "2 3"}
found = {}
for row in csv.DictReader(open(source)):
    size = (int(row["rows"]), int(row["compared"]))
    found.setdefault((size, int(row["columns"])), {})[row["policy"]] = row


def percent(share):
    return f"{100 * float(share):.2f}" if float(share) < 0.0995 else f"{100 * float(share):.1f}"


def cell(row, interval):
    if row is None:
        return "–"
    text = f"{percent(int(row['alarms']) / int(row['checks']))} %"
    return f"{text} ({percent(row['low'])} to {percent(row['high'])})" if interval else text


def name(size):
    rows, compared = size
    return f"{rows:,}" if rows == compared or rows < 1_000_000 else f"{rows:,}, default"


print("| rows a side | columns | calibrated | its test alone | Evidently's rules | PSI > 0.1 | independent checks |")
print("|---|---|---|---|---|---|---|")
for (size, columns), policies in sorted(found.items()):
    checks = int(policies["calibrated"]["checks"])
    others = int(policies["evidently"]["checks"]) if "evidently" in policies else checks
    print(
        f"| {name(size)} | {columns} | {cell(policies['calibrated'], True)} | {cell(policies['test alone'], True)}"
        f" | {cell(policies.get('evidently'), False)} | {cell(policies.get('psi 0.1'), False)} | {checks:,}"
        + (f" ({others:,})" if others != checks else "")
        + " |"
    )

sizes = sorted({size for size, _ in found})
width, height, left, top = 210, 170, 50, 34
out = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + 3 * (width + 26)} {height + top + 92}"'
    ' font-family="system-ui,sans-serif" font-size="11" role="img">',
    "<title>Share of checks that alarm although nothing changed</title>",
    '<rect width="100%" height="100%" fill="#fff"/>',
]
LEVELS = [0, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1]


def y(rate):
    return top + height - float(rate) ** 0.4 * height


for panel, columns in enumerate((5, 50, 500)):
    x0 = left + panel * (width + 26)
    step = width / (len(sizes) - 1)
    out.append(f'<text x="{x0}" y="{top - 12}" font-weight="600">{columns} columns</text>')
    for rate in LEVELS:
        colour = "#1a7f37" if rate == 0.01 else "#d8dee4"
        out.append(f'<path d="M{x0} {y(rate):.1f}h{width}" stroke="{colour}"/>')
        if panel == 0:
            out.append(f'<text x="{x0 - 6}" y="{y(rate) + 4:.1f}" text-anchor="end">{100 * rate:g} %</text>')
    for i, size in enumerate(sizes):
        at = x0 + i * step
        label = f"{size[0]:,}" if size[0] == size[1] else f"{size[0]:,} default"
        out.append(f'<text transform="translate({at + 4:.1f} {top + height + 10}) rotate(-38)" text-anchor="end">{label}</text>')
    for policy in NAMES:
        points = [(i, found[size, columns][policy]) for i, size in enumerate(sizes) if policy in found.get((size, columns), {})]
        line = " ".join(f"{x0 + i * step:.1f},{y(int(row['alarms']) / int(row['checks'])):.1f}" for i, row in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[policy]}" stroke-width="2" stroke-dasharray="{DASHES[policy]}"/>')
        if policy == "test alone":
            for i, row in points:
                out.append(f'<path d="M{x0 + i * step:.1f} {y(row["low"]):.1f}V{y(row["high"]):.1f}" stroke="{COLOURS[policy]}"/>')
for i, (policy, words) in enumerate(NAMES.items()):
    at = left + i * 150
    out.append(f'<path d="M{at} {top + height + 78}h24" stroke="{COLOURS[policy]}" stroke-width="2" stroke-dasharray="{DASHES[policy]}"/>')
    out.append(f'<text x="{at + 30}" y="{top + height + 82}">{words.replace(">", "&gt;")}</text>')
out.append("</svg>")
open(target, "w").write("\n".join(out) + "\n")
