"use strict";
/* Tables with class "sortable" are sorted by their headers, and the table of all cells is filtered. Without this script they
 * are plain tables: what it needs to be worked, it makes. */

/* "0.87", "11.4%" and "12 ns (11 to 13)" begin with a number, "NA" and "" do not. */
function numberOf(text) {
  return Number.parseFloat(text);
}

/* What has no number comes last, whatever the direction. */
function compare(a, b, direction, numeric) {
  if (!numeric) return direction * a.localeCompare(b, "en", { numeric: true });
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
  return direction * (a - b);
}

function sort(table, column, direction) {
  const body = table.tBodies[0];
  const numeric = table.tHead.rows[0].cells[column].classList.contains("number");
  const keyed = Array.from(body.rows, (row) => {
    const text = row.cells[column].textContent.trim();
    return { row, key: numeric ? numberOf(text) : text };
  });
  keyed.sort((a, b) => compare(a.key, b.key, direction, numeric));
  body.append(...keyed.map((one) => one.row));
}

function sortBy(table, header) {
  const ascending = header.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  sort(table, header.cellIndex, ascending ? 1 : -1);
}

function makeSortable(table) {
  for (const header of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sortBy(table, header));
    header.append(button);
  }
}

/* ---- The table of all cells ------------------------------------------------------------------------------------------- */

const FEW = 150; /* so many rows are printed */

function textOf(row, column) {
  return row.cells[column].textContent.trim();
}

function fillSelects(selects, rows) {
  for (const select of selects) {
    const texts = new Set(rows.map((row) => textOf(row, select.dataset.column)));
    for (const text of [...texts].sort()) select.add(new Option(text || "(none)", text));
  }
}

function makeFilterable(form, table, shown) {
  const rows = [...table.tBodies[0].rows];
  const texts = new Map(rows.map((row) => [row, Array.from(row.cells, (cell) => cell.textContent).join(" ").toLowerCase()]));
  const selects = [...form.querySelectorAll("select")];
  fillSelects(selects, rows);

  function matches(row, words) {
    return words.every((word) => texts.get(row).includes(word)) &&
      selects.every((select) => select.selectedIndex === 0 || textOf(row, select.dataset.column) === select.value);
  }
  function filter() {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = !matches(row, words);
      count += !row.hidden;
    }
    table.classList.toggle("many", count > FEW);
    shown.textContent = count === rows.length ? `${count} cells` : `${count} of ${rows.length} cells`;
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  form.hidden = false;
  filter();
}

document.querySelectorAll("table.sortable").forEach(makeSortable);
if (document.getElementById("all"))
  makeFilterable(document.querySelector(".filters"), document.getElementById("all"), document.getElementById("shown"));
