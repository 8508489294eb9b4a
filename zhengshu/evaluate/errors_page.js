"use strict";
(() => {
  const errors = [...document.querySelectorAll(".error")];
  const buttons = [...document.querySelectorAll("button[data-filter]")];
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  if (!search) return;

  const values = new Map(errors.map((error) => [error, {
    class: [error.dataset.class], kind: [error.dataset.kind], genre: [error.dataset.genre],
    field: error.dataset.field.split(" "), text: error.textContent.toLowerCase(),
  }]));

  const chosen = () => {
    const wanted = {};
    for (const button of buttons) {
      if (button.getAttribute("aria-pressed") === "true") (wanted[button.dataset.filter] ??= new Set()).add(button.dataset.value);
    }
    return wanted;
  };

  // Of one filter any chosen value will do; all filters must agree. `but` leaves one filter out, to count its values.
  const fits = (error, wanted, text, but) => {
    const has = values.get(error);
    return has.text.includes(text) && Object.entries(wanted).every(([name, set]) => name === but || has[name].some((value) => set.has(value)));
  };

  const update = () => {
    const wanted = chosen();
    const text = search.value.trim().toLowerCase();
    let count = 0;
    for (const error of errors) {
      error.hidden = !fits(error, wanted, text);
      if (!error.hidden) count += 1;
    }
    for (const button of buttons) {
      const { filter, value } = button.dataset;
      const left = errors.filter((error) => values.get(error)[filter].includes(value) && fits(error, wanted, text, filter)).length;
      button.querySelector(".n").textContent = left;
      button.classList.toggle("empty", left === 0);
    }
    shown.textContent = `${count} of ${errors.length}`;
    none.hidden = count > 0;
  };

  const clear = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", "false");
    search.value = "";
    update();
  };

  const step = (by) => {
    const visible = errors.filter((error) => !error.hidden);
    if (!visible.length) return;
    const at = visible.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : Math.min(Math.max(at + by, 0), visible.length - 1);
    visible[next].focus();
    visible[next].scrollIntoView({ block: "nearest" });
  };

  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      update();
    });
  }
  search.addEventListener("input", update);
  document.getElementById("clear").addEventListener("click", clear);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") { clear(); search.blur(); return; }
    if (event.target === search) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
})();
