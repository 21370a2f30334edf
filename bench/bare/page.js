/**
 * Both series of a case, streamed, undone and drawn through a lookup table: nothing else.
 * Up and down change the slice, digits give a grade. P fetches the case named in ?next, N shows it.
 */
const N_SITES = 25;
const GRADES = [0, 1, 2, 3];

async function gunzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function decode(bytes, { rows, columns }) {
  const count = rows * columns;
  const pixels = new Uint16Array(count);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0, value = 0; column < columns; column++, at++) {
      const zigzag = bytes[at] | (bytes[count + at] << 8);
      pixels[at] = value = (value + ((zigzag >>> 1) ^ -(zigzag & 1))) & 0xffff;
    }
  }
  return pixels;
}

function tableOf({ window: { low, high } }) {
  const greys = new Uint32Array(65536);
  for (let value = 0; value < 65536; value++) {
    const grey = Math.max(0, Math.min(255, Math.round((255 * (value - low)) / (high - low))));
    greys[value] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  }
  return greys;
}

/** A series: its slices appear in `planes` while they arrive. */
function seriesOf(description) {
  return { description, table: tableOf(description), planes: [], middle: description.transfer_order[0] };
}

async function load(series, onSlice) {
  const { slices, transfer_order: order, pixels } = series.description;
  const lengths = order.map((index) => slices[index].bytes);
  const held = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  const reader = (await fetch(pixels)).body.getReader();
  let [filled, from, nth] = [0, 0, 0];
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    held.set(value, filled);
    filled += value.length;
    for (; nth < order.length && filled - from >= lengths[nth]; from += lengths[nth++]) {
      series.planes[order[nth]] = decode(await gunzip(held.slice(from, from + lengths[nth])), series.description);
      if (nth === 0) onSlice();
    }
  }
}

async function caseOf(code) {
  const { series } = await (await fetch(`/api/readings/${code}/images`)).json();
  return series.slice(0, 2).map(seriesOf);
}

class Pane {
  constructor(element) {
    this.element = element;
    this.canvas = element.querySelector("canvas");
    this.canvas.width = this.canvas.clientWidth;
    this.canvas.height = this.canvas.clientHeight;
    this.screen = this.canvas.getContext("2d");
    this.image = document.createElement("canvas");
  }

  show(series) {
    const { rows, columns } = series.description;
    [this.series, this.slice] = [series, series.middle];
    [this.image.width, this.image.height] = [columns, rows];
    this.greys = new ImageData(columns, rows);
  }

  step(by) {
    this.slice = Math.max(0, Math.min(this.series.description.slices.length - 1, this.slice + by));
    this.draw();
  }

  draw() {
    if (this.series.planes[this.slice]) requestAnimationFrame(() => this.paint());
  }

  paint() {
    const { planes, table } = this.series;
    const pixels = planes[this.slice];
    const out = new Uint32Array(this.greys.data.buffer);
    for (let at = 0; at < pixels.length; at++) out[at] = table[pixels[at]];
    this.image.getContext("2d").putImageData(this.greys, 0, 0);
    const side = this.canvas.height;
    this.screen.drawImage(this.image, (this.canvas.width - side) / 2, 0, side, side);
  }
}

const panes = [...document.querySelectorAll("[data-testid^=pane-]")].map((element) => new Pane(element));
const grid = document.getElementById("grid");
const asked = new URLSearchParams(location.search).get("next");
let ahead = [];
let site = 0;

function build() {
  for (let nth = 0; nth < N_SITES; nth++) {
    const row = grid.appendChild(document.createElement("div"));
    row.setAttribute("role", "radiogroup");
    for (const grade of GRADES) {
      const button = row.appendChild(document.createElement("button"));
      button.setAttribute("role", "radio");
      button.setAttribute("aria-checked", "false");
      button.textContent = String(grade);
    }
  }
}

function grade(value) {
  const row = grid.children[site++ % N_SITES];
  [...row.children].forEach((button, at) => button.setAttribute("aria-checked", String(at === value)));
}

function isLoaded() {
  for (const { element } of panes) element.dataset.loaded = "true";
}

async function fetchAhead() {
  ahead = await caseOf(asked);
  await Promise.all(ahead.map((series) => load(series, () => undefined)));
  document.body.dataset.ahead = "true";
}

function showNext() {
  history.pushState(null, "", `/bare/${asked}`);
  panes.forEach((pane, side) => pane.show(ahead[side]));
  for (const pane of panes) pane.draw();
  isLoaded();
}

addEventListener("keydown", ({ key }) => {
  if (key === "ArrowUp" || key === "ArrowDown") for (const pane of panes) pane.step(key === "ArrowDown" ? 1 : -1);
  if (GRADES.includes(Number(key))) grade(Number(key));
  if (key === "p") void fetchAhead();
  if (key === "n") showNext();
});

build();
const found = await caseOf(location.pathname.split("/").at(-1));
await Promise.all(
  panes.map((pane, side) => {
    pane.show(found[side]);
    return load(found[side], () => pane.draw());
  }),
);
isLoaded();
