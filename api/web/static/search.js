// Comfort of 条款检索; the page does its work without it.
//
//   typing       results as you type (htmx, fetched when the box is first entered), the address kept in step
//   suggestions  a combobox after WAI-ARIA: ↑↓ choose, Enter takes, Esc closes
//   results      ↑↓ go from one to the next, c copies the citation of the current one
"use strict";

(() => {
  const form = document.getElementById("ask");
  const box = document.getElementById("q");
  const said = document.getElementById("said");
  if (!form || !box) return;

  // —— Results as you type ——

  let asked = box.value.trim();
  let waiting = 0;
  const type = () => {
    if (box.value.trim() === asked || !window.htmx) return;
    asked = box.value.trim();
    box.dispatchEvent(new CustomEvent("typed", { bubbles: true }));
  };
  const fetchHtmx = () => {
    if (document.querySelector("script[data-lazy]")) return;
    const script = document.createElement("script");
    script.src = form.dataset.htmx;
    script.dataset.lazy = "";
    script.addEventListener("load", type);
    document.head.append(script);
  };
  const widen = () => {
    const wide = matchMedia("(min-width: 60rem)").matches;
    document.querySelectorAll("[data-narrow]").forEach((part) => { part.open = wide; });
  };
  document.addEventListener("htmx:afterSettle", () => {
    const found = document.getElementById("found");
    history.replaceState(null, "", found.dataset.address);
    said.textContent = found.dataset.said;
    widen();
  });
  widen();

  // —— Suggestions ——

  const list = document.createElement("ul");
  Object.assign(list, { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "检索建议");
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "suggestions"]]) {
    box.setAttribute(name, value);
  }
  let offered = [];
  let chosen = -1;
  let asking = null;
  let pausing = 0;

  const still = () => {
    clearTimeout(pausing);
    asking?.abort();
  };
  const mark = (at) => {
    chosen = at;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const close = () => {
    still();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const take = (one) => {
    close();
    if (one.kind === "条款" && one.clause_id) location.assign(`/clauses/${one.clause_id}`);
    else {
      box.value = one.text;
      form.requestSubmit();
    }
  };
  const offer = (items) => {
    offered = items.filter((one) => one.text !== box.value.trim());
    list.replaceChildren(...offered.map((one, place) => {
      const item = document.createElement("li");
      const kind = document.createElement("span");
      item.id = `suggestion-${place}`;
      item.setAttribute("role", "option");
      kind.textContent = one.kind === "条款" ? "打开条款" : one.kind;
      item.append(one.text, " ", kind);
      item.addEventListener("pointerdown", (event) => event.preventDefault());
      item.addEventListener("click", () => take(one));
      return item;
    }));
    mark(-1);
    list.hidden = offered.length === 0;
    box.setAttribute("aria-expanded", String(offered.length > 0));
  };
  const suggest = async () => {
    asking?.abort();
    const words = box.value.trim();
    if (!words || words.length > 40) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`/v1/suggest?limit=6&q=${encodeURIComponent(words)}`, { signal: asking.signal });
      if (answer.ok && document.activeElement === box) offer((await answer.json()).items);
    } catch {
      // Superseded by the next keystroke, or offline: the search itself still works.
    }
  };

  box.addEventListener("focus", fetchHtmx);
  if (document.activeElement === box) fetchHtmx();
  const typed = (event) => {
    if (event.isComposing) return;
    clearTimeout(waiting);
    clearTimeout(pausing);
    waiting = setTimeout(type, 160);
    pausing = setTimeout(suggest, 100);
  };
  box.addEventListener("input", typed);
  box.addEventListener("compositionend", typed);
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") mark((chosen + 2) % (offered.length + 1) - 1);
    else if (event.key === "ArrowUp") mark((chosen + offered.length + 1) % (offered.length + 1) - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) take(offered[chosen]);
    else return;
    still(); // what is being chosen from must not change under the hand
    event.preventDefault();
    event.stopPropagation();
  });

  // —— From result to result ——

  const links = () => [...document.querySelectorAll(".hit h3 a")];
  const current = () => document.activeElement?.closest(".hit");
  const step = (down) => {
    const all = links();
    const at = all.indexOf(current()?.querySelector("h3 a"));
    if (at < 0 && !down) return false;
    const next = at < 0 ? 0 : at + (down ? 1 : -1);
    if (next < 0) box.focus();
    const link = all[next];
    link?.focus();
    link?.closest(".hit").scrollIntoView({ block: "nearest" });
    return next < all.length;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const field = event.target.closest("input, textarea, select, summary, [contenteditable]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (field === box && !list.hidden) return;
      const here = field === box || current() || document.activeElement === document.body;
      if (here && (!field || field === box) && step(event.key === "ArrowDown")) event.preventDefault();
    } else if (event.key === "c" && !field && current()) {
      const link = current().querySelector("h3 a");
      event.stopPropagation(); // page.js would copy the first of the page
      current().querySelector("[data-copy]").click();
      setTimeout(() => {
        // Where page.js had to select the field to copy it, the focus comes back.
        if (document.activeElement.matches("textarea")) link.focus();
      }, 80);
    }
  }, true);
})();
