// Elements and texts. Everything a report shows passes through here as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes (absent and false ones are left out) and children (nodes or texts). */
export function h(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** As h, for SVG. */
export function s(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
  return element;
}

export function list(value) {
  return Array.isArray(value) ? value : [];
}

export function object(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}

/** A list of objects; anything else in it becomes an empty object. */
export function objects(value) {
  return list(value).map(object);
}

export function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

export function text(value) {
  if (value === undefined || value === null || value === "") {
    return "–";
  }
  if (typeof value === "number") {
    return number(value);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Four significant digits; large numbers in full, with separators. */
export function number(value) {
  if (!isNumber(value)) {
    return text(String(value ?? ""));
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) {
    return value.toExponential(2).replace("-", "−");
  }
  const digits = size >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return value.toLocaleString("en-GB", digits).replace("-", "−");
}

export function percent(share) {
  return isNumber(share) ? `${number(share * 100)} %` : text(share);
}

export function bytes(value) {
  if (!isNumber(value)) {
    return text(value);
  }
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${number(Number(size.toPrecision(3)))} ${units[unit]}`;
}

export function seconds(value) {
  if (!isNumber(value)) {
    return text(value);
  }
  if (value < 60) {
    return `${number(Number(value.toPrecision(3)))} s`;
  }
  const whole = Math.round(value);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const named = [`${parts[0]} h`, `${parts[1]} min`, `${parts[2]} s`];
  return named.filter((_, i) => parts[i] > 0).slice(0, 2).join(" ");
}

export function time(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? text(instant) : date.toISOString().slice(0, 19).replace("T", " ") + " UTC";
}

/** A digest or commit: its first characters, all of it on hover and for copying. */
export function digest(value) {
  if (typeof value !== "string" || value === "") {
    return "–";
  }
  const plain = value.replace(/^sha256:/, "");
  return h("code", { class: "mld-digest", title: value }, plain.length > 14 ? plain.slice(0, 12) + "…" : plain);
}

const ICONS = {
  PASS: "M4 8.5l3 3 5.5-6.5",
  FAIL: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  INCONCLUSIVE: "M5.6 6a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.5M8 12.1v.1",
  ERROR: "M8 3.5v5.5M8 12v.1",
  RUNNING: "M4 8h.1M8 8h.1M12 8h.1",
};

const WORDS = {
  PASS: "Pass",
  FAIL: "Fail",
  INCONCLUSIVE: "Inconclusive",
  ERROR: "Error",
  RUNNING: "Running",
};

const LIKE = { SUCCESS: "PASS", UNSTABLE: "INCONCLUSIVE", FAILURE: "FAIL", ABORTED: "ERROR", NOT_BUILT: "ERROR" };

/** The outcome that decides colour and icon; an unknown word is an error, never a pass. */
export function kind(outcome) {
  const word = String(outcome ?? "ERROR").toUpperCase();
  return WORDS[word] ? word : (LIKE[word] ?? "ERROR");
}

/** A coloured label with icon and word. */
export function chip(outcome) {
  const k = kind(outcome);
  const word = WORDS[String(outcome).toUpperCase()] ?? text(outcome);
  const icon = s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: "mld-icon" }, s("path", { d: ICONS[k] }));
  return h("span", { class: `mld-chip mld-${k.toLowerCase()}` }, icon, word);
}

/**
 * A table in a box that scrolls by itself. Columns: {title, number?, row?(heads its row), of(item)}; rows may carry a class.
 */
export function table(caption, columns, items, rowClass) {
  const head = columns.map((c) => h("th", { scope: "col", class: c.number && "mld-number" }, c.title));
  const body = items.map((item) => h("tr", { class: rowClass?.(item) }, columns.map((column) => cell(column, item))));
  const content = h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body));
  return h("div", { class: "mld-scroll", tabindex: "0", role: "region", "aria-label": caption }, content);
}

function cell(column, item) {
  const attributes = { class: [column.number && "mld-number", column.class].filter(Boolean).join(" ") || undefined };
  return column.row
    ? h("th", { scope: "row", ...attributes }, column.of(item))
    : h("td", attributes, column.of(item));
}

/** A few numbers, each large with its name below. */
export function figures(caption, pairs) {
  const items = pairs.map(([name, value]) => h("div", {}, h("dd", {}, text(value)), h("dt", {}, name)));
  return h("dl", { class: "mld-figures", "aria-label": caption }, items);
}

/** Terms with their values; pairs without a value are left out. */
export function facts(pairs) {
  const present = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== "–");
  return h("dl", { class: "mld-facts" }, present.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}
