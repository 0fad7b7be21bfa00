// Charts as SVG with a title and a description; colours come from classes of the style sheet.
import { h, s, isNumber, kind, number, object, percent, text } from "./dom.js";

let ids = 0;

export function chart(width, height, title, description, ...children) {
  const id = `mld-chart-${++ids}`;
  return s(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-labelledby": `${id}-t ${id}-d`, class: "mld-chart" },
    s("title", { id: `${id}-t` }, title),
    s("desc", { id: `${id}-d` }, description),
    ...children,
  );
}

export function scale(low, high, from, to) {
  const span = high - low || 1;
  return (value) => from + ((value - low) / span) * (to - from);
}

/** Round numbers that cover the range. */
export function ticks(low, high, wanted) {
  const step = niceStep((high - low || Math.abs(high) || 1) / wanted);
  const first = Math.ceil(low / step - 1e-9) * step;
  const found = [];
  for (let i = 0; first + i * step <= high + step * 1e-9 && i < 50; i++) {
    found.push(Number((first + i * step).toPrecision(12)));
  }
  return found;
}

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough - power * 1e-9) ?? 10);
}

/** A value (with its interval, if there is one) on a line with its limit; the side that the limit forbids is shaded. */
export function limitPlot({ value, interval, limit, outcome, label, zero }) {
  const low = object(interval).low;
  const high = object(interval).high;
  const points = [value, low, high, limit, zero].filter(isNumber);
  if (!isNumber(value) || !isNumber(limit)) {
    return h("span", { class: "mld-muted" }, "–");
  }
  const [min, max] = padded(points, 0.18);
  const x = scale(min, max, 6, 194);
  const description = describeLimit(value, low, high, limit);
  return chart(
    200, 34, label, description,
    forbidden(value, limit, outcome, x),
    s("line", { x1: 6, x2: 194, y1: 17, y2: 17, class: "mld-axis" }),
    isNumber(zero) && s("line", { x1: x(zero), x2: x(zero), y1: 12, y2: 22, class: "mld-axis" }),
    s("line", { x1: x(limit), x2: x(limit), y1: 4, y2: 30, class: "mld-limit" }),
    isNumber(low) && isNumber(high) && whisker(x(low), x(high), outcome),
    s("circle", { cx: x(value), cy: 17, r: 4.5, class: `mld-point mld-${kind(outcome).toLowerCase()}` }),
  );
}


function padded(points, share) {
  const min = Math.min(...points);
  const max = Math.max(...points);
  const pad = (max - min || Math.abs(max) || 1) * share;
  return [min - pad, max + pad];
}

function describeLimit(value, low, high, limit) {
  const range = isNumber(low) && isNumber(high) ? `, interval ${number(low)} to ${number(high)}` : "";
  return `value ${number(value)}${range}, limit ${number(limit)}`;
}

/** Which side is forbidden follows from the outcome: a passing value stands on the allowed side. */
function forbidden(value, limit, outcome, x) {
  const k = kind(outcome);
  if ((k !== "PASS" && k !== "FAIL") || value === limit) {
    return null;
  }
  const right = (value > limit) === (k === "FAIL");
  const from = right ? x(limit) : 2;
  const to = right ? 198 : x(limit);
  return s("rect", { x: from, y: 4, width: Math.max(0, to - from), height: 26, class: "mld-forbidden" });
}

function whisker(from, to, outcome) {
  const d = `M${from} 17H${to}M${from} 12v10M${to} 12v10`;
  return s("path", { d, class: `mld-whisker mld-${kind(outcome).toLowerCase()}` });
}

const PLOT = { width: 1080, height: 230, left: 46, right: 16, top: 16, bottom: 34 };

export function frame(size, xs, ys, xLabel) {
  const parts = ys.map(([value, label]) => [
    s("line", { x1: size.left, x2: size.width - size.right, y1: value, y2: value, class: "mld-grid" }),
    s("text", { x: size.left - 7, y: value + 4, "text-anchor": "end" }, label),
  ]);
  parts.push(xs.map(([value, label]) => s("text", { x: value, y: size.height - size.bottom + 17, "text-anchor": "middle" }, label)));
  parts.push(s("text", { x: size.width - size.right, y: size.height - 3, "text-anchor": "end" }, xLabel));
  return parts;
}

/** The new version's share of the traffic over time. Points: {at (seconds), weight (percent), outcome, title, number}. */
export function weightChart(points, seconds, title) {
  const end = Math.max(...points.map((p) => p.at), seconds, 1e-3);
  const x = scale(0, end, PLOT.left, PLOT.width - PLOT.right);
  const y = scale(0, 100, PLOT.height - PLOT.bottom, PLOT.top);
  const xs = ticks(0, end, 8).map((value) => [x(value), number(value)]);
  const ys = [0, 25, 50, 75, 100].map((value) => [y(value), `${value} %`]);
  const line = stepLine([[x(0), y(0)], ...points.map((p) => [x(p.at), y(p.weight)])]) + `H${x(end)}`;
  const area = `${line}V${y(0)}Z`;
  const description = points.map((p) => `after ${number(p.at)} s ${number(p.weight)} %`).join(", ");
  return chart(
    PLOT.width, PLOT.height, title, description,
    frame(PLOT, xs, ys, "seconds"),
    s("path", { d: area, class: "mld-area" }),
    s("path", { d: line, class: "mld-line" }),
    apart(points.map((p) => [x(p.at), y(p.weight), p])).map(([px, py, p]) => marker(px, py, p)),
  );
}

function stepLine(points) {
  return points.map(([px, py], i) => (i === 0 ? `M${px} ${py}` : `H${px}V${py}`)).join("");
}

/** Markers of events at nearly the same time and weight are moved beside each other. */
function apart(points) {
  const placed = [];
  for (const [px, py, p] of points) {
    let nx = px;
    while (placed.some(([ox, oy]) => Math.hypot(ox - nx, oy - py) < 15)) {
      nx += 16;
    }
    placed.push([Math.min(nx, PLOT.width - 9), py, p]);
  }
  return placed;
}

function marker(px, py, point) {
  return s(
    "g", { class: `mld-marker mld-${kind(point.outcome ?? "RUNNING").toLowerCase()}` },
    s("title", {}, point.title),
    s("circle", { cx: px, cy: py, r: 8 }),
    s("text", { x: px, y: py + 3.5, "text-anchor": "middle" }, point.number),
  );
}

const SMALL = { width: 340, height: 170, left: 52, right: 12, top: 16, bottom: 34 };

/** One metric over time, a line a version, with its limits. Series: {name, class, points: [[seconds, value]]}. */
export function metricChart(metric, series, limits) {
  const values = series.flatMap((one) => one.points.map((p) => p[1])).concat(limits);
  const [low, high] = padded(values, 0.1);
  const end = Math.max(...series.flatMap((one) => one.points.map((p) => p[0])), 1e-3);
  const x = scale(0, end, SMALL.left, SMALL.width - SMALL.right);
  const y = scale(low, high, SMALL.height - SMALL.bottom, SMALL.top);
  const xs = ticks(0, end, 5).map((value) => [x(value), number(value)]);
  const ys = ticks(low, high, 4).map((value) => [y(value), number(value)]);
  const last = series.map((one) => `${one.name}: ${one.points.map((p) => number(p[1])).join(", ")}`).join("; ");
  return chart(
    SMALL.width, SMALL.height, `${metric} over time`, `${last}; limits ${limits.map(number).join(", ") || "none"}`,
    frame(SMALL, xs, ys, "seconds"),
    limits.map((value) => s("line", { x1: SMALL.left, x2: SMALL.width - SMALL.right, y1: y(value), y2: y(value), class: "mld-limit" })),
    series.map((one) => seriesLine(one, x, y)),
  );
}

function seriesLine(one, x, y) {
  const d = one.points.map((p, i) => `${i === 0 ? "M" : "L"}${x(p[0])} ${y(p[1])}`).join("");
  const dots = one.points.map((p) => s("circle", { cx: x(p[0]), cy: y(p[1]), r: 3, class: one.class },
    s("title", {}, `${one.name}: ${number(p[1])} after ${number(p[0])} s`)));
  return s("g", { class: one.class }, s("path", { d, class: "mld-series" }), ...dots);
}

/** Two bars a bin: the reference's share beside the current one. */
export function barsChart(name, labels, reference, current) {
  const size = { width: 520, height: 190, left: 46, right: 10, top: 14, bottom: 46 };
  const top = Math.max(...reference, ...current, 1e-6);
  const y = scale(0, top * 1.05, size.height - size.bottom, size.top);
  const slot = (size.width - size.left - size.right) / labels.length;
  const every = Math.ceil(labels.length / Math.floor((size.width - size.left) / 56));
  const xs = labels.map((label, i) => [size.left + slot * (i + 0.5), short(label)]).filter((_, i) => i % every === 0);
  const ys = ticks(0, top, 4).map((value) => [y(value), percent(value)]);
  const description = labels.map((label, i) => `${label}: ${percent(reference[i])} to ${percent(current[i])}`).join("; ");
  return chart(
    size.width, size.height, `${name}: reference and current`, description,
    frame(size, xs, ys, ""),
    labels.map((label, i) => pair(size.left + slot * i, slot, label, reference[i], current[i], y)),
  );
}

function pair(left, slot, label, reference, current, y) {
  const width = Math.max(1, slot * 0.36);
  return [[reference, "reference", slot * 0.12], [current, "current", slot * 0.52]].map(([share, name, offset]) =>
    s("rect", { x: left + offset, y: y(share), width, height: Math.max(0, y(0) - y(share)), rx: 1.5, class: `mld-${name}` },
      s("title", {}, `${label}, ${name}: ${percent(share)}`)));
}

function short(label) {
  const plain = text(label);
  return plain.length > 9 ? plain.slice(0, 8) + "…" : plain;
}
