"use strict";
// Sorting, filtering and a slider over versions. Every page says the same without it.
(() => {
  const make = (tag, text, attributes = {}) => {
    const node = document.createElement(tag);
    node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  const keyOf = (row, place) => {
    const cell = row.cells[place];
    return cell ? (cell.dataset.sort ?? cell.textContent.trim()) : "";
  };

  const compare = (one, other) => {
    const [a, b] = [Number(one), Number(other)];
    if (one !== "" && other !== "" && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
    return one.localeCompare(other, "en", { numeric: true });
  };

  const sortable = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      const button = make("button", head.textContent, { type: "button", class: "sort" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const rows = [...body.rows].sort(
          (a, b) => compare(keyOf(a, place), keyOf(b, place)) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
  };

  const filterable = (table) => {
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const said = make("span", "", { "aria-live": "polite", class: "muted" });
    const box = make("input", "", { type: "search" });
    const label = make("label", "Show only rows with ", { class: "filter" });
    label.append(box, " ", said);
    table.before(label);
    box.addEventListener("input", () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, place) => {
        const fits = words.every((word) => texts[place].includes(word));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      said.textContent = words.length ? `${shown} of ${rows.length}` : "";
    });
  };

  const slider = (table) => {
    const heads = [...table.tHead.rows[0].cells].slice(1);
    const last = heads.length - 1;
    if (last < 1) return;
    const range = make("input", "", { type: "range", min: "0", max: String(last), value: String(last) });
    const said = make("output", "");
    const label = make("label", "Step through the versions ", { class: "slider" });
    const all = make("button", "Show all side by side", { type: "button" });
    label.append(range, said);
    table.before(label, all);
    const show = (chosen) => {
      for (const row of table.rows) {
        [...row.cells].slice(1).forEach((cell, place) => {
          cell.hidden = chosen !== null && place !== chosen && row.cells.length > 2;
        });
      }
      table.classList.toggle("one", chosen !== null);
      said.textContent = chosen === null ? "all" : heads[chosen].dataset.said;
    };
    range.addEventListener("input", () => show(Number(range.value)));
    all.addEventListener("click", () => show(null));
    show(last);
  };

  document.querySelectorAll("table[data-sortable]").forEach(sortable);
  document.querySelectorAll("table[data-filterable]").forEach(filterable);
  document.querySelectorAll("table[data-slider]").forEach(slider);
})();
