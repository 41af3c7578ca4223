// The sheet or page of a rate card, each cell coloured by what its column became.

const ROWS = 100;
const frame = document.getElementById("rc-sheet");
if (frame) start(frame, JSON.parse(document.getElementById("rc-plan").textContent));

function start(frame, plan) {
  const part = (name) => frame.querySelector(`[data-${name}]`);
  const state = { sheet: plan.length ? plan[0].sheet : 0, first: 0, total: 0 };

  async function show() {
    part("range").textContent = "reading…";
    const url = `${frame.dataset.cells}?sheet=${state.sheet}&first=${state.first}&count=${ROWS}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      part("range").textContent = problem.detail || "The document could not be read.";
      return;
    }
    const found = await answer.json();
    state.total = found.total;
    choices(part("sheets"), found.sheets, state.sheet);
    const last = Math.min(state.first + ROWS, state.total);
    part("range").textContent = state.total ? `rows ${state.first + 1} to ${last} of ${state.total}` : "no rows";
    part("before").disabled = state.first === 0;
    part("after").disabled = last >= state.total;
    const tables = plan.filter((table) => table.sheet === state.sheet);
    const boxes = frame.dataset.pictures && Object.keys(found.pages).length;
    part("grid").replaceChildren(...(boxes ? pictures(found, tables, frame.dataset.picture) : [grid(found, tables)]));
  }

  part("before").addEventListener("click", () => { state.first = Math.max(0, state.first - ROWS); show(); });
  part("after").addEventListener("click", () => { state.first += ROWS; show(); });
  part("sheets").addEventListener("change", (event) => {
    state.sheet = Number(event.target.value);
    state.first = 0;
    show();
  });
  show();
}

function choices(select, sheets, chosen) {
  const options = sheets.map((sheet) => {
    const option = new Option(`${sheet.name} (${sheet.rows})`, sheet.index);
    option.selected = sheet.index === chosen;
    return option;
  });
  select.replaceChildren(...options);
  select.hidden = sheets.length < 2;
}

// What a cell became: its group of meanings and a sentence, or nothing where no table holds it.
function meaning(tables, row, column) {
  for (const table of tables) {
    const heading = table.headers.includes(row.number);
    if (!heading && (row.number < table.first || row.number > table.last)) continue;
    const found = table.columns[column];
    if (!found) return { group: "left", text: "left out: no column of the plan", heading };
    const header = found.header ? ` (“${found.header}”)` : "";
    return { group: found.group, text: `${table.target}: ${found.text}${header}`, heading };
  }
  return null;
}

function mark(element, found) {
  if (!found) return;
  element.classList.add(`rc-m-${found.group}`);
  if (found.heading) element.classList.add("rc-heading");
}

function grid(found, tables) {
  const table = document.createElement("table");
  const columns = Math.max(0, ...found.rows.flatMap((row) => row.cells.map(([column]) => column + 1)));
  const head = table.createTHead().insertRow();
  head.append(document.createElement("th"));
  for (let column = 0; column < columns; column += 1) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = letters(column);
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of found.rows) {
    const line = body.insertRow();
    const number = document.createElement("th");
    number.scope = "row";
    number.textContent = row.number;
    line.append(number);
    const texts = new Map(row.cells.map(([column, text, place]) => [column, [text, place]]));
    for (let column = 0; column < columns; column += 1) {
      const cell = line.insertCell();
      const [text, place] = texts.get(column) || ["", ""];
      if (text === "") continue;
      const became = meaning(tables, row, column);
      cell.textContent = text;
      cell.title = [place, became ? became.text : "outside of the tables"].filter(Boolean).join(" · ");
      mark(cell, became);
    }
  }
  return table;
}

function pictures(found, tables, address) {
  return Object.entries(found.pages).map(([page, [width, height]]) => {
    const holder = document.createElement("div");
    holder.className = "rc-page";
    const picture = document.createElement("img");
    picture.src = `${address}${page}.png`;
    picture.width = Math.round(width);  // keeps the room until the picture is there
    picture.height = Math.round(height);
    picture.alt = `Page ${page}`;
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}` });
    for (const row of found.rows) {
      if (String(row.page) !== page) continue;
      for (const [column, text, box] of row.cells) {
        const became = meaning(tables, row, column);
        if (!became || !Array.isArray(box)) continue;
        const [x0, y0, x1, y1] = box;
        const rect = shape("rect", { x: x0, y: y0, width: Math.max(x1 - x0, 1), height: Math.max(y1 - y0, 1), rx: 1 });
        const title = shape("title", {});
        title.textContent = `${text} · ${became.text}`;
        rect.append(title);
        mark(rect, became);
        svg.append(rect);
      }
    }
    holder.append(picture, svg);
    return holder;
  });
}

function shape(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function letters(column) {
  let name = "";
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) name = String.fromCharCode(65 + (rest % 26)) + name;
  return name;
}
