// One chart, drawn as SVG, so that its colours are those of the style sheet whatever the scheme. It is read as a slider is
// moved: arrow keys choose a window, and its values are spoken.

import { html, useLayoutEffect, useMemo, useRef, useState } from "../../html.js";
import { t } from "../../texts.js";
import { scale } from "./scale.js";
import { ticks } from "./ticks.js";

const HEIGHT = 200;
const TOP = 8;
const LEFT = 58;
const RIGHT = 10;
const BOTTOM = 36;
const PLOT = HEIGHT - TOP - BOTTOM;
const LINE_ROOM = 36;
const TICK_ROOM = 62;
const WIDEST_BAR = 36;

/**
 * @param {{ metric: import("./metrics.js").Metric, windows: import("./windows.js").Window[], interval: string,
 *     at: number | null, onAt: (at: number | null) => void }} properties `at` is the window that is looked at
 */
export function Chart({ metric, windows, interval, at, onAt }) {
  const [place, width] = useWidth();
  const { series, total, write } = metric;
  const inner = Math.max(0, width - LEFT - RIGHT);
  const column = inner / windows.length;
  const most = useMemo(
    () => windows.reduce((top, { metrics }) => Math.max(top, ...series.map(({ field }) => metrics[field])), 0),
    [windows, metric],
  );
  const { top, lines } = useMemo(() => scale(most, PLOT / LINE_ROOM), [most]);
  const x = (index) => LEFT + (index + 0.5) * column;
  const y = (value) => TOP + PLOT * (1 - value / top);
  // The same picture again is not even compared: only the cursor is drawn anew.
  const picture = useMemo(
    () => width > 0 && html`<${Picture} ...${{ metric, windows, interval, width, column, lines, x, y }} />`,
    [metric, windows, interval, width],
  );
  const window = at === null ? undefined : windows[at];
  const values = series.map(({ field }) =>
    write(window ? window.metrics[field] : total(windows.map(({ metrics }) => metrics[field]))),
  );
  const when = window ? labelOf(window) : t("usage.wholeRange");
  const keys = useKeys(windows, at, onAt);
  const id = `chart-${metric.key}`;
  return html`
    <section class="panel chart" aria-labelledby=${id}>
      <header>
        <h2 id=${id}>${metric.title}</h2>
        <ul class="legend">
          ${series.map(
            ({ field, name, colour }, i) => html`
              <li key=${field}>
                <span class=${`swatch swatch-${colour}`} aria-hidden="true"></span><span class="muted">${name}</span>
                <span class="value">${values[i]}</span>
              </li>
            `,
          )}
        </ul>
      </header>
      <p class=${window ? "when of-window" : "when"}>${when}</p>
      <div
        class="plot"
        ref=${place}
        role="slider"
        tabindex="0"
        aria-labelledby=${id}
        aria-describedby="chart-keys"
        aria-valuemin="0"
        aria-valuemax=${windows.length - 1}
        aria-valuenow=${at ?? lastBegun(windows)}
        aria-valuetext=${`${when}: ${series.map(({ name }, i) => `${name} ${values[i]}`).join(", ")}`}
        onKeyDown=${keys}
        onBlur=${() => onAt(null)}
        onPointerMove=${(event) => {
          const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / column);
          onAt(index >= 0 && index < windows.length ? index : null);
        }}
        onPointerLeave=${(event) => event.pointerType === "mouse" && onAt(null)}
      >
        <svg width=${width} height=${HEIGHT} aria-hidden="true" focusable="false">
          ${picture}
          ${window &&
          html`
            <line class="cursor" x1=${x(at)} x2=${x(at)} y1=${TOP} y2=${TOP + PLOT} />
            ${window.state !== "ahead" &&
            series.map(
              ({ field, colour }) => html`<circle key=${field} class=${`point point-${colour}`} cx=${x(at)} cy=${y(window.metrics[field])} r="4" />`,
            )}
          `}
        </svg>
      </div>
    </section>
  `;
}

/** What does not change while somebody looks around. */
function Picture({ metric, windows, interval, width, column, lines, x, y }) {
  const { key, bars, series, writeShort } = metric;
  const base = TOP + PLOT;
  const end = width - RIGHT;
  const edge = (index) => (index < 0 ? end : LEFT + index * column);
  // What is not over yet lies on hatching, and what may still change stands on a dotted line.
  const unfinished = edge(windows.findIndex(({ state }) => state === "running" || state === "ahead"));
  const open = edge(windows.findIndex(({ state }) => state !== "final"));
  const bar = Math.min(WIDEST_BAR, Math.max(1, column * 0.7));
  return html`
    <defs>
      <pattern id=${`hatch-${key}`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="hatch" x1="0" y1="0" x2="0" y2="7" />
      </pattern>
    </defs>
    ${unfinished < end && html`<rect x=${unfinished} y=${TOP} width=${end - unfinished} height=${PLOT} fill=${`url(#hatch-${key})`} />`}
    ${lines.map(
      (value) => html`
        <g key=${value}>
          ${value > 0 && html`<line class="grid" x1=${LEFT} x2=${end} y1=${y(value)} y2=${y(value)} />`}
          <text class="axis" x=${LEFT - 8} y=${y(value)} dy="0.32em" text-anchor="end">${writeShort(value)}</text>
        </g>
      `,
    )}
    ${ticks(windows, interval, Math.max(1, Math.floor((width - LEFT - RIGHT) / TICK_ROOM))).map(
      ({ index, lines: names }) => html`
        <text key=${index} class="axis" text-anchor="middle">
          ${names.map((name, line) => html`<tspan key=${line} x=${Math.min(x(index), width - TICK_ROOM / 2.6)} y=${base + 17 + line * 14}>${name}</tspan>`)}
        </text>
      `,
    )}
    ${series.map(({ field, colour }, i) =>
      bars
        ? html`<path key=${field} class=${`bar bar-${colour}`} d=${barsPath(windows, field, bar, x, y)} />`
        : html`
            ${i === 0 && html`<path class=${`area area-${colour}`} d=${areaPath(windows, field, x, y, base)} />`}
            <path key=${field} class=${`curve curve-${colour}`} d=${curvePath(windows, field, x, y)} />
          `,
    )}
    <line class="base" x1=${LEFT} x2=${open} y1=${base} y2=${base} />
    <line class="base base-open" x1=${open} x2=${end} y1=${base} y2=${base} />
  `;
}


/** What has not begun is not nought yet. */
const begun = (windows) => windows.filter(({ state }) => state !== "ahead");

const points = (windows, field, x, y) =>
  begun(windows).map(({ metrics }, i) => `${x(i).toFixed(1)} ${y(metrics[field]).toFixed(1)}`);

function curvePath(windows, field, x, y) {
  const all = points(windows, field, x, y);
  // A single point would be no line: it gets a length that its round ends make a dot of.
  return all.length === 0 ? "" : `M${all.join("L")}${all.length === 1 ? "h0.01" : ""}`;
}

function areaPath(windows, field, x, y, base) {
  const all = points(windows, field, x, y);
  return all.length < 2 ? "" : `M${x(0).toFixed(1)} ${base}L${all.join("L")}V${base}Z`;
}

const barsPath = (windows, field, width, x, y) =>
  begun(windows)
    .map(({ metrics }, i) => metrics[field] > 0 && `M${(x(i) - width / 2).toFixed(1)} ${y(0)}V${y(metrics[field]).toFixed(1)}h${width.toFixed(1)}V${y(0)}Z`)
    .filter(Boolean)
    .join("");

export const labelOf = ({ label, state }) =>
  state === "running" || state === "ahead" ? `${label} – ${t(`usage.state.${state}`)}` : label;

function lastBegun(windows) {
  return Math.max(0, begun(windows).length - 1);
}

function useKeys(windows, at, onAt) {
  const last = windows.length - 1;
  const page = Math.max(1, Math.round(last / 10));
  return (event) => {
    const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -page, PageUp: page };
    if (event.key === "Escape") {
      onAt(null);
    } else if (event.key === "Home") {
      onAt(0);
    } else if (event.key === "End") {
      onAt(last);
    } else if (event.key in moves) {
      // The first key enters the chart where the newest numbers are.
      onAt(at === null ? lastBegun(windows) : Math.min(last, Math.max(0, at + moves[event.key])));
    } else {
      return;
    }
    event.preventDefault();
  };
}

/** @returns {[import("preact").RefObject<HTMLDivElement>, number]} a place, and its width */
function useWidth() {
  const place = useRef(/** @type {any} */ (null));
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setWidth(place.current.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
