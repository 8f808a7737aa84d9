// Shows one slide at a time, step by step, and replays the demos' runs from their samples.
"use strict";
{
  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  const [footer, place] = [document.querySelector("nav .footer"), document.querySelector("nav output")];
  let at = 0, step = 0;
  root.classList.add("js");

  const stepsOf = (slide) => Number(slide.dataset.steps);
  const clamp = (value, most) => Math.max(0, Math.min(value, most));

  // Takes the slide as it is at this step.
  function show() {
    slides.forEach((slide, index) => slide.classList.toggle("now", index === at));
    const slide = slides[at];
    for (const part of slide.querySelectorAll("[data-step]")) {
      part.classList.toggle("later", Number(part.dataset.step) > step);
    }
    for (const code of slide.querySelectorAll("[data-groups]")) {
      const group = clamp(step - Number(code.dataset.from), Number(code.dataset.groups) - 1);
      for (const line of code.querySelectorAll("[data-on]")) {
        line.classList.toggle("faded", !line.dataset.on.split(" ").includes(String(group)));
      }
    }
    root.dataset.slide = slide.id;
    root.dataset.step = step;
    const last = slides[slides.length - 1].dataset.number;
    place.textContent = `${slide.dataset.number} ▸ ${last}`;
  }

  function go(slide, toStep = 0) {
    const moves = slide !== at;
    at = clamp(slide, slides.length - 1);
    step = clamp(toStep, stepsOf(slides[at]));
    if (moves) replays.forEach((replay) => replay.pause());
    root.classList.remove("all");
    show();
    if (moves) {
      history.replaceState(null, "", "#" + encodeURIComponent(slides[at].id));
      scrollTo(0, 0);
      slides[at].focus({ preventScroll: true });
    }
  }

  function next() {
    if (step < stepsOf(slides[at])) go(at, step + 1);
    else if (at + 1 < slides.length) go(at + 1);
  }

  function previous() {
    if (step > 0) go(at, step - 1);
    else if (at > 0) go(at - 1, Infinity);
  }

  function overview() {
    root.classList.toggle("all");
    slides[at].scrollIntoView();
  }

  function toggleTheme() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme || (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
  }

  // The address names a slide.
  function goToAddress() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it is written */ }
    const found = slides.findIndex((slide) => slide.id === id);
    go(found < 0 ? at : found);
  }

  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // A core's row: name, load, percent, and the recent past.
  function gauge(id, narrow) {
    const row = make("div", narrow ? "gauge narrow" : "gauge");
    const load = make("div", "load");
    const parts = [0, 1, 2].map(() => load.appendChild(make("i", "")));
    const percent = make("span", "");
    row.append(make("span", "", narrow ? id : `core ${id}`), load, percent);
    let past = null;
    if (!narrow) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("class", "past");
      svg.setAttribute("viewBox", "0 0 60 100");
      svg.setAttribute("preserveAspectRatio", "none");
      past = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
      past.setAttribute("fill", "var(--muted)");
      row.append(svg);
    }
    return { row, draw(loads) {
      const now = loads[loads.length - 1] || [0, 0, 0];
      parts.forEach((part, index) => { part.style.width = `${now[index] / 10}%`; });
      percent.textContent = `${Math.round((now[0] + now[1]) / 10)} %`;
      if (past) {
        const bars = loads.map(([lane, other], index) =>
          `M${60 - loads.length + index} 100v${-(lane + other) / 10}h1v${(lane + other) / 10}z`);
        past.setAttribute("d", bars.join(""));
      }
    } };
  }

  // A run, drawn from its samples at any moment.
  function replay(figure) {
    const { cores, frames } = JSON.parse(figure.querySelector("script").textContent);
    const [controls, box] = [figure.querySelector(".replay"), figure.querySelector(".gauges")];
    const [button, range, told] = ["button", "input", "output"].map((name) => controls.querySelector(name));
    const rows = [...figure.querySelectorAll(".run tbody tr[style]")];
    const verdicts = [...figure.querySelectorAll(".verdict")];
    const results = rows.map((row) => [...row.cells].slice(3).map((cell) => cell.textContent));
    const narrow = cores.length > 8;
    const gauges = cores.map(([id]) => gauge(id, narrow));
    box.classList.toggle("many", narrow);
    box.append(...gauges.map((gauge) => gauge.row));
    controls.hidden = false;
    let began = null;

    function draw(moment) {
      let index = frames.findIndex((frame) => frame[0] > moment);
      index = (index < 0 ? frames.length : index) - 1;
      const [at, phase, , lanes] = frames[Math.max(index, 0)];
      const over = index === frames.length - 1;
      gauges.forEach((gauge, core) =>
        gauge.draw(frames.slice(Math.max(0, index - 59), index + 1).map((frame) => frame[2][core] || [0, 0, 0])));
      rows.forEach((row, lane) => {
        const [sign, progress, wall, used] = lanes[lane] || ["·", 0, 0, 0];
        const done = over || sign === "✓";
        row.cells[0].textContent = sign;
        row.querySelector(".bar i").style.width = `${over ? 100 : 100 * (progress ?? 0)}%`;
        const figures = done ? results[lane] : [
          sign === "·" ? "" : `${(wall / 1000).toFixed(2)} s`, sign === "·" ? "" : used.toFixed(2), "", ""];
        figures.forEach((text, cell) => { row.cells[3 + cell].textContent = text; });
        if (sign === "▶") box.style.setProperty("--lane", row.style.getPropertyValue("--lane"));
      });
      verdicts.forEach((verdict) => verdict.classList.toggle("later", !over));
      range.value = moment;
      told.textContent = phase && !over ? phase : `${(at / 1000).toFixed(1)} s`;
      figure.dataset.moment = at;
      return over;
    }

    function tick(now) {
      if (began === null) return;
      if (draw(now - began)) pause();
      else requestAnimationFrame(tick);
    }

    function play() {
      const from = Number(range.value) >= Number(range.max) ? 0 : Number(range.value);
      began = performance.now() - from;
      button.textContent = "⏸";
      requestAnimationFrame(tick);
    }

    function pause() {
      began = null;
      button.textContent = "▶";
    }

    const toggle = () => (began === null ? play() : pause());
    button.addEventListener("click", toggle);
    range.addEventListener("input", () => { pause(); draw(Number(range.value)); });
    draw(Infinity);
    range.value = range.max;
    return { figure, toggle, pause };
  }

  const replays = [...document.querySelectorAll(".demo")]
    .filter((figure) => figure.querySelector("script")).map(replay);

  const toggleReplay = () => replays.find((replay) => slides[at].contains(replay.figure))?.toggle();
  const keys = {
    ArrowRight: next, l: next, " ": next, ArrowDown: next, j: next,
    ArrowLeft: previous, h: previous, ArrowUp: previous, k: previous,
    PageDown: () => go(at + 1), PageUp: () => go(at - 1),
    Home: () => go(0), g: () => go(0), End: () => go(slides.length - 1), G: () => go(slides.length - 1),
    o: overview, d: toggleTheme, r: toggleReplay,
  };
  const buttons = { next, previous, overview, theme: toggleTheme };
  const overflows = () => root.scrollHeight > innerHeight;

  addEventListener("keydown", (event) => {
    const does = keys[event.key];
    const scrolls = event.key.startsWith("Arrow") && (event.key === "ArrowUp" || event.key === "ArrowDown");
    const elsewhere = event.target.closest?.("input, button, a") && [" ", "Enter"].includes(event.key)
      || event.target.closest?.("input");
    if (!does || event.ctrlKey || event.altKey || event.metaKey || elsewhere) return;
    if (scrolls && overflows()) return;
    event.preventDefault();
    does();
  });
  document.querySelector("nav").addEventListener("click", (event) => buttons[event.target.dataset.do]?.());
  addEventListener("click", (event) => {
    const slide = event.target.closest?.(".slide");
    if (root.classList.contains("all") && slide) go(slides.indexOf(slide));
  });
  let touch = null;
  addEventListener("touchstart", (event) => { touch = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  addEventListener("touchend", (event) => {
    const end = event.changedTouches[0];
    const [x, y] = touch ? [end.clientX - touch.clientX, end.clientY - touch.clientY] : [0, 0];
    const scrollable = event.target.closest?.("input, pre");
    if (!scrollable && Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) x < 0 ? next() : previous();
  });
  addEventListener("hashchange", goToAddress);
  show();
  goToAddress();
}
