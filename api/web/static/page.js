// Comfort only: every page does its work without this file.
//
//   <button data-copy="ID">   copies the text of the field with that id, and says so
//   <button data-print>       prints the page
//   [data-with-script]        shown only when this file runs
//   form.display              大字 and 高对比 are switched where one is, so that nothing filled in is lost
//   policyhub.stored, .store  what a device keeps for a page, as JSON, in localStorage or sessionStorage
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

  const LOOKS = { large: "large-text", contrast: "high-contrast" };
  const dress = (button, on) => {
    document.documentElement.classList.toggle(LOOKS[button.name], on);
    button.setAttribute("aria-pressed", String(on));
    button.value = on ? "off" : "on";
  };
  const looks = document.querySelector("form.display");
  looks?.addEventListener("submit", async (event) => {
    event.preventDefault();
    dress(event.submitter, event.submitter.value === "on");
    const wish = new URLSearchParams();
    for (const button of looks.querySelectorAll("button")) wish.set(button.name, button.value === "on" ? "off" : "on");
    try {
      // It answers with the way back to a page that is here already; the cookie is what is wanted.
      await fetch("/preferences", { method: "POST", body: wish, redirect: "manual" });
    } catch {
      say("这一页已经换了，但网络不通，没有记住");
    }
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

  // What htmx could not fetch: everything stays as it is, and that is said where one looks.
  const trouble = (words) => {
    document.getElementById("trouble")?.remove();
    if (!words) return;
    const line = Object.assign(document.createElement("p"), { id: "trouble", className: "notice notice--alert trouble" });
    line.setAttribute("role", "alert");
    document.body.append(line);
    line.textContent = words;
  };
  document.addEventListener("htmx:sendError", () => trouble("没有连上服务器，页面上的都还在。请检查网络后再试一次。"));
  document.addEventListener("htmx:responseError", (event) => {
    const wait = event.detail.xhr.status === 429;
    trouble(wait ? "太频繁了，请稍等一会儿再试。" : "服务器这次没有答好，页面上的都还在。请再试一次。");
  });
  document.addEventListener("htmx:afterSwap", () => trouble(""));

  // Where a device lets nothing be kept, nothing was kept and ``store`` says so.
  window.policyhub = {
    stored: (place, name) => {
      try {
        return JSON.parse(window[place].getItem(name));
      } catch {
        return null;
      }
    },
    store: (place, name, value) => {
      try {
        if (value === null) window[place].removeItem(name);
        else window[place].setItem(name, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
  };

  show(document);
  document.addEventListener("htmx:load", (event) => show(event.detail.elt));
})();
