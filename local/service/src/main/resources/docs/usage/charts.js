// The charts, one for each group of metrics. They share a cursor, for the mouse and for the keyboard.
import uPlot from "./uPlot.esm.js";
import { element } from "./dom.js";
import { CHARTS } from "./metrics.js";
import { tickLabel, ticks } from "./ticks.js";
import { STATES } from "./windows.js";

const HEIGHT = 190;
const AXIS_WIDTH = 62;
const TICK_ROOM = 50;
const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const NOWHERE = { left: -10, top: -10 };

// Of things that are counted there are no halves.
const WHOLE_STEPS = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

export class Charts {
  #place;
  #charts = [];
  #shown;

  /** @param place where they go */
  constructor(place) {
    this.#place = place;
    new ResizeObserver(() => this.#charts.forEach((chart) => chart.fit())).observe(place);
    // A canvas keeps the colours that it was drawn with.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#shown && this.draw(this.#shown));
  }

  /** @param shown `{windows, interval, whole}`, the last of them the words for the whole range */
  draw(shown) {
    this.clear();
    this.#shown = shown;
    this.#charts = CHARTS.map((metric, index) => new Chart(metric, index, shown));
    this.#place.replaceChildren(...this.#charts.map((chart) => chart.card));
    this.#charts.forEach((chart) => chart.begin());
  }

  clear() {
    this.#charts.forEach((chart) => chart.end());
    this.#charts = [];
    this.#shown = undefined;
    this.#place.replaceChildren();
  }
}

class Chart {
  #metric;
  #windows;
  #interval;
  #whole;
  #when = element("p", { class: "when" });
  #values = [];
  #plot;
  #picture;

  constructor(metric, index, { windows, interval, whole }) {
    this.#metric = metric;
    this.#windows = windows;
    this.#interval = interval;
    this.#whole = whole;
    // A chart is read like a slider is moved: arrow keys choose a window, and its values are spoken.
    this.#plot = element("div", {
      class: "plot",
      role: "slider",
      tabIndex: 0,
      "aria-labelledby": `chart-${index}`,
      "aria-describedby": "keys",
      "aria-valuemin": 0,
      "aria-valuemax": windows.length - 1,
    });
    const legend = element("ul", { class: "legend" });
    for (const { name, colour, dash } of metric.series) {
      const value = element("span", { class: "value" });
      this.#values.push(value);
      const swatch = element("span", { class: dash ? "swatch swatch-dashed" : "swatch", "aria-hidden": "true" });
      swatch.style.setProperty("--swatch", `var(${colour})`);
      legend.append(element("li", {}, swatch, element("span", { class: "name" }, name), value));
    }
    this.card = element(
      "section",
      { class: "card", "aria-labelledby": `chart-${index}` },
      element("header", {}, element("h2", { id: `chart-${index}` }, metric.title), legend),
      this.#when,
      this.#plot,
    );
  }

  /** Draws, once the card has its place in the page and with it a width. */
  begin() {
    const data = this.#metric.series.map(({ field }) =>
      // What has not begun is not zero yet.
      this.#windows.map((window) => (window.state === "ahead" ? null : window.metrics[field])));
    this.#picture = new uPlot(this.#options(), [this.#windows.map((_, index) => index), ...data], this.#plot);
    this.#plot.addEventListener("keydown", (event) => this.#onKey(event));
    // It also loses the focus when it is taken off the page.
    this.#plot.addEventListener("blur", () => this.#picture?.setCursor(NOWHERE, true, true));
    this.#tell(null);
  }

  /** Takes the width that there is now. */
  fit() {
    const width = this.#plot.clientWidth;
    if (width > 0 && width !== this.#picture.width) {
      this.#picture.setSize({ width, height: HEIGHT });
    }
  }

  end() {
    this.#picture?.destroy();
    this.#picture = undefined;
  }

  #options() {
    const { form, writeShort, series } = this.#metric;
    const colours = getComputedStyle(document.documentElement);
    const colour = (name) => colours.getPropertyValue(name).trim();
    const axis = { stroke: colour("--muted"), font: FONT, ticks: { show: false } };
    const grid = { stroke: colour("--grid"), width: 1 };
    const bars = form === "bars";
    return {
      width: this.#plot.clientWidth,
      height: HEIGHT,
      padding: [10, 12, 0, 0],
      legend: { show: false },
      select: { show: false },
      cursor: {
        y: false,
        drag: { setScale: false, x: false, y: false },
        sync: { key: "usage", setSeries: false },
        points: { size: 8 },
        move: (picture, left, top) => [this.#snap(picture, left), top],
      },
      scales: {
        x: { time: false, range: () => [-0.5, this.#windows.length - 0.5] },
        y: { range: (_, __, most) => [0, Math.max(most * 1.08, 1)] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: (_, labels) => (labels?.some((label) => label.includes("\n")) ? 42 : 26),
          gap: 6,
          splits: (picture) => ticks(
            this.#windows, this.#interval, Math.max(1, Math.floor((picture.width - AXIS_WIDTH) / TICK_ROOM))),
          values: (_, splits) =>
            splits.map((index, at) => tickLabel(this.#windows, this.#interval, index, splits[at - 1])),
        },
        {
          ...axis,
          grid,
          size: AXIS_WIDTH,
          gap: 6,
          space: 36,
          incrs: WHOLE_STEPS,
          values: (_, splits) => splits.map(writeShort),
        },
      ],
      series: [
        {},
        ...series.map((one, index) => {
          const stroke = colour(one.colour);
          return {
            stroke,
            fill: bars ? stroke : index === 0 ? `${stroke}1f` : undefined,
            width: bars ? 0 : this.#windows.length > 200 ? 1.5 : 2,
            dash: one.dash,
            paths: bars ? uPlot.paths.bars({ size: [0.7, 36, 1] }) : undefined,
            points: { show: bars ? false : undefined, size: 5, stroke, fill: stroke },
          };
        }),
      ],
      hooks: {
        drawClear: [(picture) => this.#hatch(picture, colour("--hatch"))],
        draw: [(picture) => this.#underline(picture, colour("--muted"))],
        setCursor: [(picture) => this.#tell(picture.cursor.idx)],
      },
    };
  }

  /** The cursor stands on a window, not between two. */
  #snap(picture, left) {
    return left < 0 ? left : picture.valToPos(picture.posToIdx(left), "x");
  }

  /** What is not over yet lies on hatching. */
  #hatch(picture, colour) {
    const begin = this.#windows.findIndex(({ state }) => state === "running" || state === "ahead");
    if (begin < 0) {
      return;
    }
    const { ctx, bbox } = picture;
    const left = Math.max(bbox.left, picture.valToPos(begin - 0.5, "x", true));
    ctx.save();
    ctx.fillStyle = ctx.createPattern(stripes(colour), "repeat");
    ctx.fillRect(left, bbox.top, bbox.left + bbox.width - left, bbox.height);
    ctx.restore();
  }

  /** What may still change stands on a dotted line. */
  #underline(picture, colour) {
    const begin = this.#windows.findIndex(({ state }) => state !== "final");
    const { ctx, bbox } = picture;
    const right = bbox.left + bbox.width;
    const middle = begin < 0 ? right : Math.max(bbox.left, picture.valToPos(begin - 0.5, "x", true));
    const bottom = bbox.top + bbox.height + uPlot.pxRatio;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2 * uPlot.pxRatio;
    for (const [from, to, dash] of [[bbox.left, middle, []], [middle, right, [2, 3]]]) {
      ctx.beginPath();
      ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
      ctx.moveTo(from, bottom);
      ctx.lineTo(to, bottom);
      ctx.stroke();
    }
    ctx.restore();
  }

  /** Writes the values of one window, or of the whole range. */
  #tell(index) {
    const window = this.#windows[index];
    const { series, total, write } = this.#metric;
    const when = window ? `${window.label}${remark(window)}` : this.#whole;
    const values = series.map(({ field }) =>
      write(window ? window.metrics[field] : total(this.#windows.map(({ metrics }) => metrics[field]))));
    this.#when.textContent = when;
    this.#when.classList.toggle("of-window", window !== undefined);
    this.#values.forEach((value, at) => (value.textContent = values[at]));
    this.#plot.setAttribute("aria-valuenow", index ?? this.#lastBegun());
    this.#plot.setAttribute(
      "aria-valuetext", `${when}: ${series.map(({ name }, at) => `${name} ${values[at]}`).join(", ")}`);
  }

  #onKey(event) {
    const last = this.#windows.length - 1;
    const page = Math.max(1, Math.round(last / 10));
    const at = this.#picture.cursor.idx;
    const moves = {
      ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - page, PageUp: at + page,
    };
    let to;
    if (event.key === "Escape") {
      this.#picture.setCursor(NOWHERE, true, true);
    } else if (event.key === "Home") {
      to = 0;
    } else if (event.key === "End") {
      to = last;
    } else if (event.key in moves) {
      // The first key enters the chart where the newest numbers are.
      to = at === null || at === undefined ? this.#lastBegun() : Math.min(last, Math.max(0, moves[event.key]));
    } else {
      return;
    }
    event.preventDefault();
    if (to !== undefined) {
      this.#picture.setCursor({ left: this.#picture.valToPos(to, "x"), top: 1 }, true, true);
    }
  }

  #lastBegun() {
    const ahead = this.#windows.findIndex(({ state }) => state === "ahead");
    return Math.max(0, ahead < 0 ? this.#windows.length - 1 : ahead - 1);
  }
}

function remark({ state }) {
  return state === "running" || state === "ahead" ? ` – ${STATES[state]}` : "";
}

function stripes(colour) {
  const size = 8 * uPlot.pxRatio;
  const tile = element("canvas", { width: size, height: size });
  const ctx = tile.getContext("2d");
  ctx.strokeStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  for (const shift of [-size, 0, size]) {
    ctx.moveTo(shift, size);
    ctx.lineTo(shift + size, 0);
  }
  ctx.stroke();
  return tile;
}
