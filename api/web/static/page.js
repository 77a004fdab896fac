// Comfort only: every page does its work without this file.
//
//   <button data-copy="ID">   copies the text of the field with that id, and says so
//   <button data-print>       prints the page
//   [data-with-script]        shown only when this file runs
//   keys, outside of fields:  / goes to the search box, c copies the first [data-copy] of the page
"use strict";

(() => {
  const said = document.getElementById("said");
  const show = (root) => root.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
  const say = (words) => {
    if (said) said.textContent = words;
  };

  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copy);
    const text = field.value ?? field.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // An address without https has no clipboard of its own: select and let the browser copy.
      field.select?.();
      if (!document.execCommand("copy")) {
        say("没有复制成功，文字已选中，请按 Ctrl+C");
        return;
      }
    }
    const label = button.querySelector("[data-label]") ?? button;
    button.dataset.was ??= label.textContent;
    label.textContent = "已复制";
    say("已复制");
    clearTimeout(button.timer);
    button.timer = setTimeout(() => {
      label.textContent = button.dataset.was;
      say("");
    }, 2500);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) window.print();
    else copy(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      const box = document.querySelector("[data-search]");
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === "c") {
      const button = document.querySelector("[data-copy]");
      if (button) copy(button);
    }
  });

  show(document);
  document.addEventListener("htmx:load", (event) => show(event.detail.elt));
})();
