// What a gate shows beside its table of rules: curves of both models and the slices as a map.
import { h, s, isNumber, kind, list, number, object, percent, text, time } from "./dom.js";
import { chart, frame, scale } from "./charts.js";

const CURVE = { width: 340, height: 270, left: 46, right: 12, top: 16, bottom: 38 };

/** The evaluation set's use so far, the waivers in force, the slices and the curves; each only where there is some. */
export function gateDetails(data) {
  return [holdout(object(data.holdout)), waivers(list(data.rules).map(object)), heatMap(list(data.rules).map(object)),
    curves(object(data.curves))];
}

/** The two-sided error rate and how it was corrected; nothing where no rule was decided by an interval. */
export function errorRate(data) {
  const { method, decisions } = object(data.multiplicity);
  return isNumber(data.alpha) && isNumber(decisions) && decisions > 0
    ? `${number(data.alpha)} two-sided, ${method === "none" ? "not corrected" : `corrected (${text(method)})`} over ${decisions} decisions`
    : undefined;
}

/** The rule's reason and, where it was tested, by which test and what that takes for granted. */
export function reasonAndTest(rule) {
  const { name, assumes } = object(rule.test);
  const tested = typeof assumes === "string" && h("div", { class: "mld-muted", title: assumes }, `by ${text(name)}: ${assumes}`);
  return [text(rule.reason), tested];
}

function holdout(use) {
  const about = typeof use.sentence === "string" && use.sentence;
  return about && h("p", { class: use.spent === true ? "mld-notice" : "mld-muted" }, about);
}

/** The waivers by which rules that do not pass did not stop the model. */
function waivers(rules) {
  return rules.filter((rule) => rule.waiver).map((rule) => {
    const waiver = object(rule.waiver);
    return h("p", { class: "mld-notice" }, h("strong", {}, `${text(rule.name)}${slice(rule)}`), ` is waived by ${text(waiver.by)} until `,
      time(waiver.until), `: ${text(waiver.reason)}`);
  });
}

function slice(rule) {
  return typeof rule.slice === "string" ? ` (${rule.slice})` : "";
}

/** A row a slice, a column a rule; cells show the value and, by colour, the outcome. */
function heatMap(rules) {
  const sliced = rules.filter((rule) => typeof rule.slice === "string");
  const names = [...new Set(sliced.map((rule) => text(rule.name)))];
  const slices = [...new Set(sliced.map((rule) => rule.slice))];
  if (slices.length < 2) {
    return null;
  }
  const cell = (name, of) => {
    const rule = sliced.find((one) => text(one.name) === name && one.slice === of);
    return rule
      ? h("td", { class: `mld-heat mld-${kind(rule.outcome).toLowerCase()}`, title: `${text(rule.outcome)}: ${text(rule.reason)}` },
        isNumber(rule.candidate) ? number(rule.candidate) : text(rule.outcome))
      : h("td", { class: "mld-heat" }, "");
  };
  return h("div", { class: "mld-scroll" }, h("table", { "aria-label": "Rules by slice" },
    h("caption", {}, "Rules by slice: the candidate's value, coloured by outcome"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Slice"), ...names.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...slices.map((of) => h("tr", {}, h("th", { scope: "row" }, of), ...names.map((name) => cell(name, of)))))));
}

function curves(data) {
  const models = [["champion", "mld-reference"], ["candidate", "mld-current"]]
    .map(([name, colour]) => ({ name, class: colour, of: object(data[name]) }))
    .filter((model) => list(model.of.roc).length > 0);
  if (models.length === 0) {
    return null;
  }
  const series = (key) => models.map((model) => ({ ...model, points: points(model.of[key]) })).filter((one) => one.points.length > 0);
  return [h("div", { class: "mld-legend" }, ...models.map((model) => h("span", { class: `mld-key ${model.class}` }, model.name))),
    h("div", { class: "mld-charts" },
      unitChart("ROC curve", "false positive rate", series("roc"), true),
      unitChart("Precision by recall", "recall", series("precisionRecall"), false),
      series("reliability").length > 0 && unitChart("Reliability: share of positives by score", "mean score", series("reliability"), true, true))];
}

function points(value) {
  return list(value).filter((point) => isNumber(list(point)[0]) && isNumber(list(point)[1]));
}

/** Curves within the unit square, with the diagonal where it means chance or perfect calibration. */
function unitChart(title, xLabel, series, diagonal, dots) {
  const x = scale(0, 1, CURVE.left, CURVE.width - CURVE.right);
  const y = scale(0, 1, CURVE.height - CURVE.bottom, CURVE.top);
  const marks = [0, 0.25, 0.5, 0.75, 1];
  const about = series.map((one) => `${one.name}: ${one.points.length} points`).join(", ");
  return h("figure", {}, h("figcaption", {}, h("strong", {}, title)),
    chart(CURVE.width, CURVE.height, title, about,
      frame(CURVE, marks.map((value) => [x(value), number(value)]), marks.map((value) => [y(value), number(value)]), xLabel),
      diagonal && s("line", { x1: x(0), y1: y(0), x2: x(1), y2: y(1), class: "mld-axis" }),
      series.map((one) => curve(one, x, y, dots))));
}

function curve(one, x, y, dots) {
  const d = one.points.map((point, i) => `${i === 0 ? "M" : "L"}${x(point[0])} ${y(point[1])}`).join("");
  const circles = dots ? one.points.map((point) => s("circle", { cx: x(point[0]), cy: y(point[1]), r: 3.5, class: one.class },
    s("title", {}, `${one.name}: score ${number(point[0])}, ${percent(point[1])} positive, ${percent(point[2])} of the rows`))) : [];
  return s("g", { class: one.class }, s("path", { d, class: "mld-series" }), ...circles);
}
