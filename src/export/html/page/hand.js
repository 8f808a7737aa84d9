// Programs that are stepped by hand, from the places that were worked out beforehand.

// Line by line.
function stepLines(box) {
  const { moments, goes_on } = JSON.parse(box.querySelector("script").textContent);
  const lines = [...box.querySelectorAll(".line")];
  const body = box.querySelector("tbody");
  const told = box.querySelector("output");
  let at = 0;

  function draw() {
    const [next, objects] = moments[at];
    lines.forEach((line, index) => {
      line.classList.toggle("next", index + 1 === next);
      line.classList.toggle("faded", next === null || index + 1 < next);
    });
    body.replaceChildren(...objects.map(([names, kind, text, count]) => {
      const row = make("tr");
      row.append(make("th", "r-heading", names && `${names} →`), make("td", "r-code", text),
        make("td", "r-muted", kind), make("td"));
      row.cells[0].scope = "row";
      const dots = count === null ? "" : "●".repeat(Math.min(count, 8));
      row.cells[3].append(make("span", "r-lane-1", dots), make("span", count === null ? "r-faint" : "r-accent",
        count === null ? "made beforehand" : ` ${count}`));
      return row;
    }));
    const leaves = goes_on && at === moments.length - 1;
    told.textContent = next === null ? "the end" : `line ${next} is next${leaves ? ", in a terminal" : ""}`;
  }

  const act = {
    on: () => { at = clamp(at + 1, moments.length - 1); },
    back: () => { at = clamp(at - 1, moments.length - 1); },
  };
  const does = (what) => { act[what]?.(); draw(); };
  buttons(box, does);
  draw();
  return { box, keys: { Enter: () => does("on"), u: () => does("back") } };
}

// Thread by thread.
function stepThreads(box) {
  const { first, threads, globals, places } = JSON.parse(box.querySelector("script").textContent);
  const [head, body] = [box.querySelector("thead"), box.querySelector("tbody")];
  const told = box.querySelector("output");
  const columns = [...Array(threads).keys()].slice(first);
  const outcomes = [...box.parentElement.querySelectorAll("[data-way]")];
  let path = [0];

  const row = (cells, tag = "td") => {
    const row = make("tr");
    row.append(...cells.map((cell) => (cell instanceof Node ? cell : make(tag, "", cell))));
    return row;
  };
  const lane = (thread) => `r-lane-${thread % 8 + 1}`;
  const values = (place) => place.globals.map((value) => make("td", "value r-heading", value));

  function done(index) {
    const place = places[index];
    const [thread, text, sign] = place.step;
    const cells = columns.map((column) => make("td", lane(column), column === thread ? text : ""));
    return row([...cells, make("td", "", sign), ...values(place)]);
  }

  // What each thread would do next: a button where it can.
  function next(place) {
    const cells = columns.map((thread) => {
      const cell = make("td");
      const [action, how] = place.next[thread] ?? [];
      const way = place.ways[thread];
      if (way !== undefined) {
        const button = make("button", `choice ${lane(thread)}`, `${thread} ▸ ${action}`);
        button.addEventListener("click", () => go([...path, way]));
        cell.append(button);
      } else if (how === "never") cell.append(make("span", "r-error", `✗ can't ${action}`));
      else if (action) cell.append(make("span", "r-muted", how === "waits" ? `waits: ${action}` : `${action}, in a terminal`));
      return cell;
    });
    const deadlock = place.next.some((next) => next?.[1] === "never");
    return row([...cells, make("td", "r-error", deadlock ? "deadlock" : ""), ...(path.length === 1 ? values(place) : [])]);
  }

  function draw() {
    const place = places[path[path.length - 1]];
    const rows = path.slice(1).map(done);
    body.replaceChildren(...rows);
    if (place.end === null) body.append(next(place));
    told.textContent = place.end === null ? "" : `▶ ${place.end}`;
    const step = place.step;
    box.dataset.steps = path.length - 1;
    if (step && place.end === null) told.textContent = `thread ${step[0]}: ${step[1]}`;
  }

  function go(to) {
    path = to;
    draw();
  }

  function choose(thread) {
    const way = places[path[path.length - 1]].ways[thread];
    if (way !== undefined) go([...path, way]);
  }

  // The places on the way that these threads' turns are; as far as the page knows them.
  function follow(way) {
    const to = [0];
    for (const thread of way.split(" ").filter(Boolean)) {
      const next = places[to[to.length - 1]].ways[thread];
      if (next === undefined) break;
      to.push(next);
    }
    go(to);
  }

  const act = { back: () => go(path.length > 1 ? path.slice(0, -1) : path), anew: () => go([0]) };
  buttons(box, (what) => act[what]?.());
  for (const outcome of outcomes) outcome.addEventListener("click", () => follow(outcome.dataset.way));
  head.replaceChildren(row([...columns.map((thread) => {
    const name = make("th", lane(thread), thread === 0 ? "main thread" : `Thread ${thread}`);
    name.scope = "col";
    return name;
  }), make("td"), ...globals.map((name) => make("th", "value", name))]));
  draw();
  const turns = columns.map((thread) => [String(thread), () => choose(thread)]);
  return { box, keys: { ...Object.fromEntries(turns), u: act.back } };
}

function buttons(box, does) {
  const turns = box.querySelector(".turns");
  turns.hidden = false;
  turns.addEventListener("click", (event) => does(event.target.dataset.do));
}

const hands = [
  ...[...document.querySelectorAll(".hand.steps")].map(stepLines),
  ...[...document.querySelectorAll(".hand.schedule")].map(stepThreads),
];
