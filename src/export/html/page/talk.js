// Shows one slide at a time, step by step.

const root = document.documentElement;
const slides = [...document.querySelectorAll(".slide")];
const [place, footer, voice] = ["nav .place", "nav .footer", ".voice"].map((name) => document.querySelector(name));
const replays = [...document.querySelectorAll("script.samples")].map((samples) => replay(samples.parentElement.closest(".demo")));
let at = 0, step = 0;
root.classList.add("js");

const stepsOf = (slide) => Number(slide.dataset.steps);

// Takes the slide as it is at this step; gives what has come into sight.
function show() {
  slides.forEach((slide, index) => slide.classList.toggle("now", index === at));
  const slide = slides[at];
  const fresh = [];
  for (const part of slide.querySelectorAll("[data-step]")) {
    const later = Number(part.dataset.step) > step;
    if (part.classList.contains("later") && !later) fresh.push(part);
    part.classList.toggle("later", later);
  }
  for (const code of slide.querySelectorAll("[data-groups]")) {
    const group = clamp(step - Number(code.dataset.from), Number(code.dataset.groups) - 1);
    for (const line of code.querySelectorAll("[data-on]")) {
      const on = line.dataset.on.split(" ").includes(String(group));
      if (on && line.classList.contains("faded")) fresh.push(line);
      line.classList.toggle("faded", !on);
    }
  }
  root.dataset.slide = slide.id;
  root.dataset.step = step;
  const last = slides[slides.length - 1].dataset.number;
  place.textContent = `${slide.dataset.number} ▸ ${last}`;
  footer.textContent = slide.dataset.footer ?? "";
  return fresh;
}

function go(slide, toStep = 0) {
  const moves = slide !== at;
  at = clamp(slide, slides.length - 1);
  step = clamp(toStep, stepsOf(slides[at]));
  if (moves) replays.forEach((replay) => replay.pause());
  root.classList.remove("all");
  const seen = show();
  if (moves) {
    history.replaceState(null, "", "#" + encodeURIComponent(slides[at].id));
    scrollTo(0, 0);
    slides[at].focus({ preventScroll: true });
  }
  // A slide is announced as it gets the focus; what a step reveals is told by the voice.
  const outer = seen.filter((part) => !seen.some((other) => other !== part && other.contains(part)));
  voice.textContent = moves ? "" : outer.map((part) => part.textContent.trim()).join(" ");
  outer[0]?.scrollIntoView({ block: "nearest" });
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

// Digits say a slide's number, and G or Enter goes there.
let digits = "";
function jump() {
  const number = digits;
  digits = "";
  const found = slides.findIndex((slide) => slide.dataset.number === number);
  go(number ? (found < 0 ? at : found) : slides.length - 1);
}

// The address names a slide.
function goToAddress() {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* as it is written */ }
  const found = slides.findIndex((slide) => slide.id === id);
  go(found < 0 ? at : found);
}

const keys = {
  ArrowRight: next, l: next, " ": next, ArrowDown: next, j: next,
  ArrowLeft: previous, h: previous, ArrowUp: previous, k: previous,
  PageDown: () => go(at + 1), PageUp: () => go(at - 1),
  Home: () => go(0), g: () => go(0), End: () => go(slides.length - 1), G: jump,
  o: overview, d: toggleTheme, Escape: () => root.classList.remove("all"),
  r: () => replays.find((replay) => slides[at].contains(replay.figure))?.toggle(),
};
const does = { next, previous, overview, theme: toggleTheme };
const overflows = () => root.scrollHeight > innerHeight;

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const within = event.target.closest?.("input, button, a, summary");
  if (within && (within.matches("input") || [" ", "Enter"].includes(event.key))) return;
  const hand = hands.find((hand) => slides[at].contains(hand.box));
  let action = hand?.keys[event.key] ?? keys[event.key];
  if (!hand?.keys[event.key] && /^[0-9]$/.test(event.key)) {
    digits = (digits + event.key).slice(-4);
    place.textContent = `${digits} G`;
    return;
  }
  if (event.key === "Enter" && digits) action = jump;
  if (!action || (["ArrowUp", "ArrowDown"].includes(event.key) && overflows())) return;
  event.preventDefault();
  action();
  if (action !== jump) digits = "";
});
document.querySelector("nav").addEventListener("click", (event) => does[event.target.dataset.do]?.());
addEventListener("click", (event) => {
  const slide = event.target.closest?.(".slide");
  if (root.classList.contains("all") && slide) go(slides.indexOf(slide));
});
let touch = null;
addEventListener("touchstart", (event) => { touch = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
addEventListener("touchend", (event) => {
  const end = event.changedTouches[0];
  const [x, y] = touch ? [end.clientX - touch.clientX, end.clientY - touch.clientY] : [0, 0];
  const scrollable = event.target.closest?.("input, pre, .runs");
  if (!scrollable && Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) x < 0 ? next() : previous();
});
addEventListener("hashchange", goToAddress);
// Paper has the runs as they ended.
addEventListener("beforeprint", () => replays.forEach((replay) => replay.end()));
show();
goToAddress();
