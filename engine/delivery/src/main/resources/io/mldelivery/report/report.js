// The report of one build, from the document that docs/reference/report.md describes.
import { h, bytes, chip, digest, facts, figures, isNumber, list, number, object, objects, percent, seconds, table, text, time } from "./dom.js";
import { errorRate, gateDetails, reasonAndTest } from "./gate.js";
import { barsChart, limitPlot, metricChart, weightChart } from "./charts.js";

/** Shows a report inside an element, replacing what is there. */
export function mount(root, report) {
  const open = new Set([...root.querySelectorAll("details[open]")].map((details) => details.dataset.key));
  root.classList.add("mld");
  root.replaceChildren(...page(report));
  for (const details of root.querySelectorAll("details")) {
    details.open = details.open || open.has(details.dataset.key);
  }
}

/** Shows the report that an address serves as JSON and follows it until the build has finished. */
export async function follow(root, url, everyMillis = 2000) {
  let shown = null;
  for (;;) {
    const report = await read(url).catch((problem) => ({ problem: `The report cannot be read: ${problem.message}` }));
    const state = report.problem ?? object(report.evidence).head;
    if (state !== shown) {
      mount(root, report);
      shown = state;
    }
    if (object(report.evidence).complete) {
      return;
    }
    await new Promise((resume) => setTimeout(resume, everyMillis));
  }
}

async function read(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok) {
    throw new Error(`the server answered ${response.status}`);
  }
  return response.json();
}

function page(report) {
  if (report.problem) {
    return [h("p", { class: "mld-notice", role: "alert" }, report.problem)];
  }
  const sections = [
    ...objects(report.trainings).map(training),
    ...objects(report.gates).map(gate),
    registration(objects(report.models), objects(report.aliases)),
    ...objects(report.rollouts).map(rollout),
    ...objects(report.drifts).map(drift),
  ];
  return [header(object(report.build)), summary(objects(report.steps)), ...sections.filter(Boolean), footer(object(report.evidence))];
}

function header(build) {
  const parameters = Object.entries(object(build.parameters)).map(([key, value]) => `${key}=${text(value)}`);
  return h("header", { class: "mld-header" },
    h("div", {}, h("p", { class: "mld-eyebrow" }, "Model delivery"), h("h1", {}, text(build.job), " ", h("span", {}, `#${text(build.number)}`))),
    chip(build.result ?? "RUNNING"),
    facts([
      ["Commit", digest(build.commit)],
      ["Started", build.startedAt && time(build.startedAt)],
      ["Duration", isNumber(build.durationSeconds) && seconds(build.durationSeconds)],
      ["Parameters", parameters.join(", ")],
    ].filter(([, value]) => value)));
}

function summary(steps) {
  if (steps.length === 0) {
    return h("p", { class: "mld-muted" }, "No step has reported yet.");
  }
  const items = steps.map((step) => h("li", { class: `mld-step mld-${String(step.outcome).toLowerCase()}` },
    h("a", { href: `#${step.section}` }, h("code", {}, step.step)), chip(step.outcome), h("p", {}, step.sentence)));
  return h("nav", { "aria-label": "Summary of the steps" }, h("ol", { class: "mld-steps" }, items));
}

function section(id, title, outcome, ...content) {
  return h("section", { id, class: "mld-card", "aria-labelledby": `${id}-title`, tabindex: "-1" },
    h("div", { class: "mld-title" }, h("h2", { id: `${id}-title` }, title), outcome && chip(outcome)), ...content);
}

function details(key, title, ...content) {
  return h("details", { "data-key": key }, h("summary", {}, title), ...content);
}

function training(data) {
  const metrics = Object.entries(object(data.metrics));
  const parameters = Object.entries(object(data.parameters)).map(([key, value]) => `${key}=${text(value)}`);
  return section(data.section, "Training", data.verdict,
    h("p", { class: "mld-lead" }, data.sentence),
    metrics.length > 0 && figures("Metrics of the run", metrics),
    facts([
      ["Script", text(data.script)], ["Experiment", text(data.experiment)], ["Run", digest(data.runId)],
      ["Commit", digest(data.commit)], ["Seed", text(data.seed)], ["Parameters", parameters.join(", ")],
      ["Environment", digest(data.environmentDigest)], ["All inputs", digest(data.inputsDigest)],
      ["Duration", seconds(data.durationSeconds)], ["Cached", data.cached === true ? "yes" : "no"],
    ]),
    files(`${data.section}-data`, "Training data", objects(data.data)),
    files(`${data.section}-outputs`, "Outputs", objects(data.outputs)));
}

function files(key, title, items) {
  return items.length > 0 && details(key, `${title} (${items.length})`, table(title, [
    { title: "File", row: true, of: (f) => text(f.path) },
    { title: "SHA-256", of: (f) => digest(f.sha256) },
    { title: "Size", number: true, of: (f) => bytes(f.bytes) },
  ], items));
}

function gate(data) {
  const champion = object(data.champion);
  return section(data.section, "Gate", data.verdict,
    h("p", { class: "mld-lead" }, data.sentence),
    facts([
      ["Policy", text(data.policy)], ["Policy digest", digest(data.policySha256)], ["Candidate", digest(data.runId)],
      ["Champion", champion.name ? `${champion.name} version ${text(champion.version)}` : "none"],
      ["Error rate", errorRate(data)],
    ]),
    table("Metrics against their limits", [
      { title: "Metric and rule", row: true, of: (r) => [text(r.metric), h("div", { class: "mld-muted" }, ruleText(r))] },
      { title: "Candidate", number: true, of: (r) => [text(r.candidate), !isRelative(r) && interval(r)] },
      { title: "Champion", number: true, of: (r) => text(r.champion) },
      { title: "Difference", number: true, of: difference },
      { title: "Limit", number: true, of: (r) => text(r.limit) },
      { title: "Against the limit", of: rulePlot },
      { title: "Outcome", of: (r) => [chip(r.outcome), r.waiver && h("div", { class: "mld-muted" }, "waived")] },
      { title: "Reason", class: "mld-reason", of: reasonAndTest },
    ], objects(data.rules)),
    ...gateDetails(data));
}

function ruleText(rule) {
  const slice = Object.entries(object(rule.slice)).map(([key, value]) => `${key} = ${text(value)}`).join(", ");
  return [text(rule.kind), slice || rule.slice].filter((part) => typeof part === "string" && part !== "").join(", ");
}

const COMPARING = ["change", "non-inferiority", "superiority", "equivalence"];

/** Whether a rule limits the difference to the champion rather than the candidate's own value. */
function isRelative(rule) {
  return COMPARING.includes(rule.kind) || (rule.kind !== "threshold" && isNumber(rule.difference));
}

function difference(rule) {
  return [text(rule.difference), isRelative(rule) && interval(rule)];
}

function interval(rule) {
  const { low, high, level } = object(rule.interval);
  const title = isNumber(level) && `${percent(level)} confidence interval`;
  return isNumber(low) && isNumber(high) && h("div", { class: "mld-muted", title }, `${number(low)} … ${number(high)}`);
}

function rulePlot(rule) {
  return limitPlot({
    value: isRelative(rule) ? rule.difference : rule.candidate, interval: rule.interval, limit: rule.limit,
    outcome: rule.outcome, label: `${text(rule.metric)} against its limit`, zero: isRelative(rule) ? 0 : undefined,
  });
}

function registration(models, set) {
  const aliases = set.filter((alias) => alias.version !== alias.previous);
  if (models.length === 0 && aliases.length === 0) {
    return null;
  }
  return section("registration", "Registration", null,
    models.length > 0 && table("Registered versions", [
      { title: "Model", row: true, of: (m) => text(m.name) }, { title: "Version", number: true, of: (m) => text(m.version) },
      { title: "Digest", of: (m) => digest(m.digest) }, { title: "Run", of: (m) => digest(m.runId) },
      { title: "Alias", of: (m) => text(m.alias) }, { title: "", of: (m) => (m.created === false ? "was there already" : "new") },
      { title: "When", class: "mld-nowrap", of: (m) => time(m.at) },
    ], models),
    aliases.length > 0 && table("Aliases that moved", [
      { title: "Model", row: true, of: (a) => text(a.name) }, { title: "Alias", of: (a) => h("code", {}, text(a.alias)) },
      { title: "From version", number: true, of: (a) => text(a.previous) }, { title: "To version", number: true, of: (a) => text(a.version) },
      { title: "When", class: "mld-nowrap", of: (a) => time(a.at) },
    ], aliases));
}

const SHARE = "Share of the traffic on the new version";

function rollout(data) {
  const steps = [...objects(data.steps), ending(data)].filter(Boolean);
  const points = timeline(steps);
  return section(data.section, "Rollout", data.verdict,
    h("p", { class: "mld-lead" }, data.sentence),
    facts([
      ["Model", version(data.model)], ["Before it", version(data.previous)], ["Strategy", text(data.strategy)],
      ["Target", text(data.target)], ["Rehearsed fault", text(data.drill)], ["Took", seconds(data.seconds)],
      ["Rolled back in", isNumber(data.rollbackSeconds) ? seconds(data.rollbackSeconds) : undefined],
      ["Traffic at the end", weights(data)],
    ]),
    points.length > 0 && h("figure", {}, h("div", { class: "mld-scroll", tabindex: "0", role: "region", "aria-label": SHARE },
      weightChart(points, isNumber(data.seconds) ? data.seconds : 0, SHARE)),
      h("figcaption", {}, `${SHARE}. The numbers stand for the rows of the table below.`)),
    charts(data, steps),
    steps.length > 0 && table("Rollout, step by step", [
      { title: "No.", number: true, of: (x) => String(steps.indexOf(x) + 1) },
      { title: "Time", number: true, of: (x) => `+${seconds(x.seconds)}` },
      { title: "State", row: true, of: (x) => text(x.state) },
      { title: "Weight", number: true, of: (x) => (isNumber(x.weight) ? `${number(x.weight)} %` : "–") },
      { title: "Outcome", of: (x) => (judged(x) ? chip(x.outcome) : "–") },
      { title: "Reason", class: "mld-reason", of: (x) => text(x.reason) },
    ], steps),
    measurements(data, steps));
}

function version(model) {
  const m = object(model);
  return m.name ? `${m.name} version ${text(m.version)}` : "none";
}

/** A version that is rolled out beside itself, as in a rehearsal, has a name of its own: version and rollout. */
function weights(data) {
  const again = shareKey(data);
  return Object.entries(object(data.weights))
    .map(([name, share]) => `${name === again && name !== String(object(data.model).version) ? "the new process" : `version ${name}`}: ${text(share)} %`)
    .join(", ");
}

function shareKey(data) {
  const name = String(object(data.model).version);
  const beside = String(object(data.previous).version) === name;
  return beside ? Object.keys(object(data.weights)).find((key) => key.startsWith(`${name}-`)) : name;
}

/** How it ended, as the last row; what went back has no share left, whoever else answers. */
function ending(data) {
  const finished = object(data.finished);
  const last = objects(data.steps).at(-1) ?? {};
  if (!finished.state || finished.state === last.state) {
    return null;
  }
  const share = object(data.weights)[shareKey(data)];
  const weight = isNumber(share) ? share : (finished.outcome === "PASS" ? undefined : 0);
  const back = isNumber(data.rollbackSeconds) && isNumber(last.seconds) ? last.seconds + data.rollbackSeconds : undefined;
  return { ...finished, weight, shifted: back, measurements: [], judged: true };
}

/** A step in which nothing was measured yet has no outcome worth a colour. */
function judged(step) {
  return Boolean(step.outcome) && (step.judged === true || step.outcome !== "INCONCLUSIVE" || objects(step.measurements).some((m) => isNumber(m.value)));
}

function timeline(steps) {
  return steps.filter((step) => isNumber(step.weight)).map((step) => ({
    at: step.shifted ?? step.seconds, weight: step.weight, outcome: judged(step) ? step.outcome : "RUNNING", number: steps.indexOf(step) + 1,
    title: `${text(step.state)}, ${number(step.weight)} %: ${text(step.reason)}`,
  }));
}

/** The limits in the metric's own unit; a limit relative to the other version cannot be drawn as a line. */
function limitsOf(limit) {
  return (isNumber(limit) ? [limit] : [object(limit).min, object(limit).max]).filter(isNumber);
}

function charts(data, steps) {
  const all = steps.flatMap((step) => objects(step.measurements).map((m) => ({ ...m, seconds: step.seconds })));
  const numeric = all.filter((m) => isNumber(m.value));
  const metrics = [...new Set(numeric.map((m) => m.metric))];
  return metrics.length > 0 && h("div", { class: "mld-charts" }, metrics.map((metric) => metricFigure(data, metric, numeric.filter((m) => m.metric === metric))));
}

function metricFigure(data, metric, measured) {
  const newest = String(object(data.model).version);
  const others = measured.filter((m) => m.against !== undefined && isNumber(m.limit));
  const values = [...measured, ...others.map((m) => ({ version: `${m.against} (before)`, value: m.limit, seconds: m.seconds }))];
  const versions = [...new Set(values.map((m) => String(m.version)))];
  const series = versions.map((name) => ({
    name: `version ${name}`, class: name === newest ? "mld-current" : "mld-reference",
    points: distinct(values.filter((m) => String(m.version) === name).map((m) => [m.seconds, m.value])),
  }));
  const limits = [...new Set(measured.filter((m) => m.against === undefined).flatMap((m) => limitsOf(m.limit)))];
  return h("figure", {}, h("figcaption", {}, h("strong", {}, text(metric)), legend(series, limits.length > 0)), metricChart(text(metric), series, limits));
}

/** One point a time: several checks may look at the same value. */
function distinct(points) {
  return [...new Map(points.map((point) => [point[0], point])).values()];
}

function legend(series, limit) {
  return h("span", { class: "mld-legend" },
    series.map((one) => h("span", { class: `mld-key ${one.class}` }, one.name)), limit && h("span", { class: "mld-key mld-limit" }, "limit"));
}

function measurements(data, steps) {
  const rows = steps.flatMap((step, i) => objects(step.measurements).map((m) => ({ ...m, no: i + 1 })));
  return rows.length > 0 && details(`${data.section}-measurements`, `Measurements (${rows.length})`, table("Measurements with their limits", [
    { title: "Step", number: true, of: (m) => String(m.no) }, { title: "Metric", row: true, of: (m) => text(m.metric) },
    { title: "Version", of: (m) => text(m.version) }, { title: "Value", number: true, of: (m) => text(m.value) },
    { title: "Limit", number: true, of: (m) => limitText(m.limit) }, { title: "Samples", number: true, of: (m) => text(m.samples) },
  ], rows));
}

function limitText(limit) {
  return typeof limit === "object" && limit !== null
    ? Object.entries(limit).map(([key, value]) => `${key} ${text(value)}`).join(", ")
    : text(limit);
}

/** How far beyond its threshold a column is: 1 at the threshold, for statistics and p-values alike. */
export function severity(column) {
  if (!isNumber(column.value) || !isNumber(column.threshold)) {
    return column.drifted ? Infinity : 0;
  }
  const lowIsBad = Boolean(column.drifted) !== column.value >= column.threshold;
  return lowIsBad
    ? column.threshold / Math.max(column.value, 1e-300)
    : column.value / Math.max(column.threshold, 1e-300);
}

function bySeverity(a, b) {
  return Number(Boolean(b.drifted)) - Number(Boolean(a.drifted))
    || severity(b) - severity(a) || text(a.name).localeCompare(text(b.name), "en");
}

function drift(data) {
  const columns = objects(data.columns).sort(bySeverity);
  const rows = object(data.rows);
  return section(data.section, "Drift", data.verdict,
    h("p", { class: "mld-lead" }, data.sentence),
    data.retraining && h("p", {}, `Retraining ${data.retraining.started === true ? "starts" : "does not start"}: ${text(data.retraining.reason)}`),
    facts([
      ["Reference", text(data.reference)], ["Reference rows", text(rows.reference)],
      ["Current", text(data.current)], ["Current rows", text(rows.current)], ["Policy", text(data.policy)],
    ]),
    table("Columns, the most severe drift first", [
      { title: "Column", row: true, of: (c) => text(c.name) }, { title: "Kind", of: (c) => (c.role ? `${text(c.role)}, ${text(c.kind)}` : text(c.kind)) },
      { title: "Drift", of: (c) => (c.drifted ? h("span", { class: "mld-chip mld-inconclusive" }, "drifted") : h("span", { class: "mld-muted" }, "no")) },
      { title: "Method", of: (c) => text(c.method) }, { title: "Value", number: true, of: (c) => text(c.value) },
      { title: "Threshold", number: true, of: (c) => text(c.threshold) }, { title: "Severity", of: meter },
      { title: "Nulls, reference", number: true, of: (c) => text(object(c.nulls).reference) },
      { title: "Nulls, current", number: true, of: (c) => text(object(c.nulls).current) },
    ], columns, (c) => c.drifted && "mld-drifted"),
    h("div", { class: "mld-charts mld-wide" }, columns.filter((c) => c.plot).map((c) => plot(data.section, c))));
}

function meter(column) {
  const value = severity(column);
  const shown = Number.isFinite(value) ? `${number(Number(value.toPrecision(3)))} × threshold` : "–";
  const bar = h("meter", { min: 0, max: 5, low: 0.999, high: 1, optimum: 0, value: Math.min(value, 5), "aria-label": shown });
  return [bar, h("span", { class: "mld-muted" }, ` ${shown}`)];
}

function plot(key, column) {
  const shape = object(column.plot);
  const reference = list(shape.reference).map(Number);
  const current = list(shape.current).map(Number);
  const labels = binLabels(shape, reference.length);
  if (labels.length === 0 || reference.length !== current.length || ![...reference, ...current].every(Number.isFinite)) {
    return h("p", { class: "mld-notice" }, `${text(column.name)}: the evidence holds no drawable distribution.`);
  }
  const keys = [{ name: "reference", class: "mld-reference" }, { name: "current", class: "mld-current" }];
  const bins = labels.map((label, i) => ({ label, reference: reference[i], current: current[i] }));
  return h("figure", {}, h("figcaption", {}, h("strong", {}, text(column.name)), legend(keys, false)),
    barsChart(text(column.name), labels, reference, current),
    details(`${key}-${text(column.name)}`, "Numbers", table(`Shares of ${text(column.name)}`, [
      { title: "Value", row: true, of: (b) => b.label }, { title: "Reference", number: true, of: (b) => percent(b.reference) },
      { title: "Current", number: true, of: (b) => percent(b.current) },
    ], bins)));
}

function binLabels(shape, bins) {
  if (Array.isArray(shape.categories)) {
    return shape.categories.length === bins ? shape.categories.map(text) : [];
  }
  const edges = list(shape.edges);
  if (edges.length === bins + 1) {
    return edges.slice(1).map((edge, i) => `${text(edges[i])} – ${text(edge)}`);
  }
  if (edges.length === bins - 1 && bins > 0) {
    return [...edges.map((edge, i) => (i === 0 ? `< ${text(edge)}` : `${text(edges[i - 1])} – ${text(edge)}`)), `≥ ${text(edges.at(-1))}`];
  }
  return [];
}

function footer(evidence) {
  return h("footer", { class: "mld-footer" },
    evidence.notice && h("p", { class: "mld-notice" }, evidence.notice),
    h("p", {}, `Evidence: ${text(evidence.events)} events, unbroken chain, head `, h("code", { class: "mld-digest" }, text(evidence.head))));
}
