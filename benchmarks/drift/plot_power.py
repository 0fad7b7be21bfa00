"""plot_power.py PAGE SVG: draws how often a shift is found from the table "One of twenty columns shifted" of a page."""
import re
import sys

page, target = sys.argv[1:3]
NAMES = ["calibrated", "its test alone", "Evidently's rules", "PSI > 0.1"]
COLOURS = ["#0969da", "#8250df", "#bc4c00", "#57606a"]
DASHES = ["", "5 3", "", "2 3"]
rows = {}
text = open(page).read().split("## One of twenty columns shifted")[1]
for line in re.findall(r"^\| ([\d,]+) \| ([\d.]+) \|(.*)\|$", text, re.M):
    rates = [float(cell.strip(" %")) for cell in line[2].split("|")]
    rows.setdefault(line[0], []).append((float(line[1]), rates))
width, height, left, top = 170, 150, 46, 34
out = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + len(rows) * (width + 24)} {height + top + 70}"'
    ' font-family="system-ui,sans-serif" font-size="11" role="img">',
    "<title>How often a shift of one of twenty columns is found</title>",
    '<rect width="100%" height="100%" fill="#fff"/>',
]
for panel, (size, points) in enumerate(rows.items()):
    x0 = left + panel * (width + 24)
    x = lambda shift: x0 + shift / 0.5 * width
    y = lambda rate: top + height - rate / 100 * height
    out.append(f'<text x="{x0}" y="{top - 10}" font-weight="600">{size} rows a side</text>')
    for rate in (0, 25, 50, 75, 100):
        out.append(f'<path d="M{x0} {y(rate)}h{width}" stroke="#d8dee4"/>')
        if panel == 0:
            out.append(f'<text x="{x0 - 6}" y="{y(rate) + 4}" text-anchor="end">{rate} %</text>')
    for shift in (0.1, 0.2, 0.3, 0.5):
        out.append(f'<text x="{x(shift):.0f}" y="{top + height + 14}" text-anchor="middle">{shift}</text>')
    for i in range(4):
        line = " ".join(f"{x(shift):.1f},{y(rates[i]):.1f}" for shift, rates in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[i]}" stroke-width="2" stroke-dasharray="{DASHES[i]}"/>')
out.append(f'<text x="{left}" y="{top + height + 32}">shift, standard deviations</text>')
for i, name in enumerate(NAMES):
    at = left + i * 150
    out.append(f'<path d="M{at} {top + height + 52}h24" stroke="{COLOURS[i]}" stroke-width="2" stroke-dasharray="{DASHES[i]}"/>')
    out.append(f'<text x="{at + 30}" y="{top + height + 56}">{name.replace(">", "&gt;")}</text>')
out.append("</svg>")
open(target, "w").write("\n".join(out) + "\n")
