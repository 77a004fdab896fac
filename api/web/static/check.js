// Comfort for the self-check; it works without. Nothing is kept on this device unless the person ticks the box.
//
//   [data-check]     the form of a step: the focus goes to the new question, the counts are said aloud
//   [data-remember]  keeps profile, trail and day in localStorage while ticked
//   [data-resume]    on the first page: what was kept, to go on with or to delete
"use strict";

(() => {
  const NAME = "policyhub-check";
  const PARTS = ["profile", "trail", "as_of"];
  const said = document.getElementById("said");

  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(NAME));
    } catch {
      return null;
    }
  };
  const keep = (form) => {
    const sheet = { when: new Date().toISOString() };
    for (const part of PARTS) sheet[part] = form.elements[part].value;
    try {
      localStorage.setItem(NAME, JSON.stringify(sheet));
    } catch {
      if (said) said.textContent = "这台设备不让记，请用下载";
    }
  };
  const forget = () => {
    try {
      localStorage.removeItem(NAME);
    } catch {
      // Nothing was kept where nothing may be kept.
    }
  };

  const dress = (form) => {
    const box = form.querySelector("[data-remember]");
    if (!box) return;
    form.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
    box.checked = kept() !== null;
    if (box.checked) keep(form);
    box.addEventListener("change", () => (box.checked ? keep(form) : forget()));
  };

  const offer = (card) => {
    const sheet = kept();
    if (!sheet) return;
    let count = 0;
    try {
      const profile = JSON.parse(sheet.profile);
      for (const one of [profile.enterprise ?? {}, ...(profile.projects ?? []), ...(profile.assets ?? [])]) {
        count += Object.keys(one).length;
      }
    } catch {
      forget();
      return;
    }
    const form = card.querySelector("form");
    for (const part of PARTS) form.elements[part].value = sheet[part] ?? "";
    const day = new Date(sheet.when);
    card.querySelector("[data-resume-when]").textContent = ` ${day.getMonth() + 1}月${day.getDate()}日 `;
    card.querySelector("[data-resume-count]").textContent = String(count);
    card.querySelector("[data-forget-all]").addEventListener("click", () => {
      forget();
      card.hidden = true;
      if (said) said.textContent = "已从这台设备上删掉";
    });
    card.hidden = false;
  };

  document.querySelectorAll("[data-check]").forEach(dress);
  document.querySelectorAll("[data-resume]").forEach(offer);
  document.getElementById("faults")?.focus();

  document.addEventListener("htmx:afterSettle", (event) => {
    const form = document.querySelector("[data-check]");
    if (!form || event.detail.elt !== form) return;
    dress(form);
    window.scrollTo(0, 0);
    form.querySelector("h1")?.focus({ preventScroll: true });
    if (said) said.textContent = form.dataset.said;
  });
})();
