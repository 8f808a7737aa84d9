// Runs, drawn from their samples at any moment.

const PAST = 60; // Windows that a gauge's history shows.

// A core's row: name, load, percent, and the recent past.
function gauge(id, narrow) {
  const row = make("div", narrow ? "gauge narrow" : "gauge");
  const load = make("div", "load");
  const parts = [0, 1, 2].map(() => load.appendChild(make("i")));
  const percent = make("span");
  row.append(make("span", "", narrow ? id : `core ${id}`), load, percent);
  let past = null;
  if (!narrow) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "past");
    svg.setAttribute("viewBox", `0 0 ${PAST} 100`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    past = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
    row.append(svg);
  }
  return { row, draw(loads) {
    const now = loads[loads.length - 1];
    parts.forEach((part, index) => { part.style.width = `${now[index] / 10}%`; });
    percent.textContent = `${Math.round((now[0] + now[1]) / 10)} %`;
    const bars = loads.map(([lane, other], index) =>
      `M${PAST - loads.length + index} 100v${-(lane + other) / 10}h1v${(lane + other) / 10}z`);
    past?.setAttribute("d", bars.join(""));
  } };
}

// The part of a bar's length that a value has on the bar's scale.
function fraction(bar, value) {
  if (bar.dataset.full) return clamp(value / Number(bar.dataset.full), 1);
  const [first, last] = bar.dataset.log.split(" ").map(Number);
  return value > 0 ? clamp((Math.log10(value) - first) / (last - first), 1) : 0;
}

// What a lane had come to at a moment, by the names that the page's elements have for figures.
function figureOf(samples, lanes, index, name) {
  const lane = lanes[index];
  const [sign, progress, wall] = lane;
  if (sign === "·") return name === "progress" ? 0 : null;
  const place = ["sign", "progress", "wall", "cpu", "cores", "memory", "switches", ...samples.counters].indexOf(name);
  if (place >= 0) return lane[place];
  const baseline = samples.against[index];
  if (baseline === index) return sign === "✓" ? 1 : null;
  const against = lanes[baseline];
  const tells = sign === "✓" || (sign === "▸" && progress >= 0.1);
  if (!tells || !against || against[0] !== "✓" || !wall) return null;
  const speedup = against[2] * progress / wall;
  return name === "cost" ? 1 / speedup : speedup;
}

// Who had an interpreter's lock: the newest stretch of time, and the run.
function lock(table, { stretch, stretches, moments }) {
  const rows = [...table.tBodies[0].rows];
  const head = table.querySelector("[data-newest]");
  const finals = rows.map((row) => [...row.cells].slice(3).map((cell) => cell.textContent));
  const span = (stretches.length * stretch) || 1;
  const draw = (row, cell, path) => rows[row].cells[cell].querySelector("path").setAttribute("d", path);
  return (index, over) => {
    const [at, holders, newest] = moments[index] || [0, [], []];
    const all = holders.reduce((sum, [, held]) => sum + held, 0) || 1;
    const from = newest.length ? newest[Math.max(0, newest.length - 12)][1] : at;
    const wide = Math.max(at - from, 1);
    head.textContent = newest.length ? `last ${units.microseconds(wide)}` : "newest";
    rows.forEach((row, holder) => {
      const own = newest.filter(([who, , until]) => who === holder && until > from);
      draw(holder, 1, own.map(([, begin, end]) => {
        const x = 1000 * (Math.max(begin, from) - from) / wide;
        return `M${x.toFixed(1)} 0h${Math.max(1000 * (end - from) / wide - x, 1).toFixed(1)}v10h-${Math.max(1000 * (end - from) / wide - x, 1).toFixed(1)}z`;
      }).join(""));
      const begun = stretches.slice(0, Math.ceil(at / stretch));
      draw(holder, 2, begun.map((held, part) => {
        const high = 10 * (held[holder] || 0) / stretch;
        return high < 0.05 ? "" : `M${(1000 * part * stretch / span).toFixed(1)} 10v-${high.toFixed(2)}h${(1000 * stretch / span).toFixed(1)}v${high.toFixed(2)}z`;
      }).join(""));
      const [takes, held] = holders[holder] || [0, 0];
      const told = over ? finals[holder] : [`${(100 * held / all).toFixed(1)} %`, units.count(takes)];
      told.forEach((text, cell) => { row.cells[3 + cell].textContent = text; });
    });
  };
}

// A run, from its figure on the page.
function replay(figure) {
  const samples = JSON.parse(figure.querySelector("script.samples").textContent);
  const { cores, frames } = samples;
  const [controls, box] = [figure.querySelector(".replay"), figure.querySelector(".gauges")];
  const [button, range, told] = ["button", "input", "output"].map((name) => controls.querySelector(name));
  const parts = [...figure.querySelectorAll("[data-of]")].map((element) => ({
    element,
    lane: Number(element.closest("[data-lane]").dataset.lane),
    name: element.dataset.of,
    unit: units[element.dataset.unit],
    final: element.dataset.unit ? element.textContent : element.style.width,
  }));
  const rows = [...figure.querySelectorAll("tr[data-lane]")];
  const signs = rows.map((row) => [row.cells[0].textContent, row.cells[0].className]);
  const heads = [...figure.querySelectorAll("[data-during]")].map((head) => [head, head.dataset.during, head.textContent]);
  const lasts = [...figure.querySelectorAll(".verdict, .why, .bar b")];
  const locks = [...figure.querySelectorAll("table.lock")].map((table) => lock(table, samples.locks[table.dataset.lane]));
  const ahead = figure.querySelector(".ahead");
  const length = Number(range.max) || 1;
  const narrow = cores.length > 8;
  const gauges = cores.map((id) => gauge(id, narrow));
  box.classList.toggle("many", narrow);
  box.append(...gauges.map((gauge) => gauge.row));
  controls.hidden = false;
  let began = null;

  function draw(moment) {
    let index = frames.findIndex((frame) => frame[0] > moment);
    index = Math.max((index < 0 ? frames.length : index) - 1, 0);
    const [at, phase, , lanes] = frames[index];
    const over = index === frames.length - 1;
    const past = frames.slice(Math.max(0, index - PAST + 1), index + 1);
    gauges.forEach((gauge, core) => gauge.draw(past.map((frame) => frame[2][core])));
    for (const { element, lane, name, unit, final } of parts) {
      const value = over ? null : figureOf(samples, lanes, lane, name) ?? null;
      if (unit) element.textContent = over ? final : value === null ? "" : unit(value);
      else element.style.width = over ? final : `${value === null ? 0 : 100 * fraction(element, value)}%`;
    }
    rows.forEach((row, place) => {
      const [sign] = lanes[row.dataset.lane];
      const done = over || sign === "–";
      row.cells[0].textContent = done ? signs[place][0] : sign;
      row.cells[0].className = done ? signs[place][1] : "sign lane";
      if (sign === "▸") box.style.setProperty("--lane", row.style.getPropertyValue("--lane"));
    });
    heads.forEach(([head, during, last]) => { head.textContent = over ? last : during; });
    lasts.forEach((last) => last.classList.toggle("later", !over));
    locks.forEach((lock) => lock(index, over));
    ahead?.setAttribute("x", 250 * at / length);
    range.value = moment;
    told.textContent = phase && !over ? phase : `${(at / 1000).toFixed(1)} s`;
    range.setAttribute("aria-valuetext", told.textContent);
    figure.dataset.moment = at;
    return over;
  }

  function tick(now) {
    if (began === null) return;
    if (draw(now - began)) pause();
    else requestAnimationFrame(tick);
  }

  function play() {
    const from = Number(range.value) >= length ? 0 : Number(range.value);
    began = performance.now() - from;
    button.textContent = "⏸";
    button.setAttribute("aria-label", "Pause the replay");
    requestAnimationFrame(tick);
  }

  function pause() {
    began = null;
    button.textContent = "▶";
    button.setAttribute("aria-label", "Replay the run");
  }

  function end() {
    pause();
    draw(Infinity);
    range.value = range.max;
  }

  const toggle = () => (began === null ? play() : pause());
  button.addEventListener("click", toggle);
  range.addEventListener("input", () => { pause(); draw(Number(range.value)); });
  end();
  return { figure, toggle, pause, end };
}
