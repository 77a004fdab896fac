// Comfort for the self-check; it works without. Nothing is kept on this device beyond the tab unless the person ticks the box.
//
//   [data-check]     the form of a step: the focus goes to the new question, the counts are said aloud
//   #check           what it carries stays with this tab, so that reload, back and forward lose nothing
//   [data-remember]  keeps profile, trail and day in localStorage while ticked
//   [data-resume]    on the first page: what was kept, to go on with or to delete; at the address of a step at once
"use strict";

(() => {
  const NAME = "policyhub-check";
  const REMEMBERS = `${NAME}-remembers`;
  const PARTS = ["profile", "trail", "as_of"];
  const said = document.getElementById("said");

  const { stored, store } = window.policyhub;
  const kept = (place) => stored(place, NAME);
  const forget = (place) => {
    store(place, NAME, null);
    store("sessionStorage", REMEMBERS, null);
  };
  const sheetOf = (form) => {
    const sheet = { when: new Date().toISOString() };
    for (const part of PARTS) sheet[part] = form.elements[part].value;
    return sheet;
  };
  // Only a tab in which the box was ticked, or that goes on with what the device holds, writes there.
  const remembers = () => stored("sessionStorage", REMEMBERS) !== null && kept("localStorage") !== null;
  const remember = (form) => store("sessionStorage", REMEMBERS, true) && store("localStorage", NAME, sheetOf(form));

  const dress = (form) => {
    const box = form.querySelector("[data-remember]");
    if (!box) return;
    form.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
    box.checked = remembers() && remember(form);
    box.addEventListener("change", () => {
      if (!box.checked) forget("localStorage");
      else if (!remember(form)) {
        box.checked = false;
        box.disabled = true;
        box.after(" 这台设备不让记，请用下载。");
      }
    });
  };

  // —— The tab: each step has its place in its history with what it held; the last sheet for pages opened anew ——

  const stepOf = (form) => {
    const step = { ...sheetOf(form), page: form.dataset.check, do: "stay" };
    for (const part of ["view", "at"]) step[part] = form.elements[part]?.value ?? "";
    if (step.page === "compare") {
      step.do = form.querySelector("#differs") ? "compare" : "stay";
      step.fields = [...new FormData(form)].filter(([name, value]) => /^(name|n|v|paste)\d/.test(name) && typeof value === "string");
    }
    return step;
  };
  const hold = (form) => {
    const step = stepOf(form);
    store("sessionStorage", NAME, step);
    return step;
  };
  // The history API makes a page got by a form one that is got by its address, which leads here again.
  const settle = (form) => history.replaceState(hold(form), "", `/check/${form.dataset.check}`);

  const ask = (step) => {
    window.htmx.trigger("#check", "htmx:abort");
    const { profile, trail, as_of, view, at } = step;
    window.htmx.ajax("POST", "/check/ask", {
      target: "#check", select: "#check", swap: "outerHTML", values: { profile, trail, as_of, view, at, do: "stay" },
    });
  };
  window.addEventListener("popstate", (event) => {
    if (event.state?.profile && window.htmx) ask(event.state);
  });

  // —— The first page ——

  const fill = (form, sheet) => {
    for (const part of [...PARTS, "view", "at"]) form.elements[part].value = sheet[part] ?? "";
  };
  const offer = (card) => {
    const place = kept("localStorage") ? "localStorage" : "sessionStorage";
    const sheet = kept(place);
    if (!sheet) return;
    let count = 0;
    try {
      const profile = JSON.parse(sheet.profile);
      for (const one of [profile.enterprise ?? {}, ...(profile.projects ?? []), ...(profile.assets ?? [])]) {
        count += Object.keys(one).length;
      }
    } catch {
      forget(place);
    }
    if (!count) return;
    const form = card.querySelector("form");
    fill(form, sheet);
    form.addEventListener("submit", () => {
      if (place === "localStorage") store("sessionStorage", REMEMBERS, true);
    });
    const day = new Date(sheet.when);
    card.querySelector("[data-resume-where]").textContent =
      place === "localStorage" ? `这台设备上记着 ${day.getMonth() + 1}月${day.getDate()}日 填的` : "这个标签页里还有刚才填的";
    card.querySelector("[data-resume-count]").textContent = String(count);
    card.querySelector("[data-forget-all]").addEventListener("click", () => {
      forget("localStorage");
      forget("sessionStorage");
      card.hidden = true;
      document.querySelector("h1").focus();
      if (said) said.textContent = "已经删掉";
    });
    card.hidden = false;
  };
  const goOn = (card) => {
    // A page that answers a form was opened by its address: its place in the history, or this tab, holds the sheet.
    const [, page] = location.pathname.match(/^\/check\/(ask|result|notice|compare)$/) ?? [];
    const sheet = history.state?.profile ? history.state : kept("sessionStorage");
    if (!page || !sheet?.profile || document.getElementById("faults")) return;
    const form = card.querySelector("form");
    fill(form, sheet);
    form.elements.do.value = sheet.page === page ? sheet.do : "stay";
    for (const [name, value] of (sheet.page === page && sheet.fields) || []) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    form.action = `/check/${page}`;
    form.submit();
  };

  document.querySelectorAll("[data-check]").forEach((form) => {
    dress(form);
    settle(form);
    if (form.dataset.check === "compare") form.addEventListener("change", () => settle(form));
  });
  document.querySelectorAll("[data-resume]").forEach((card) => {
    offer(card);
    goOn(card);
  });
  document.getElementById("faults")?.focus();

  document.addEventListener("htmx:afterSettle", (event) => {
    const form = document.querySelector("[data-check]");
    if (!form || event.detail.elt !== form) return;
    dress(form);
    const asked = event.detail.requestConfig.parameters;
    const now = history.state;
    if (asked.do !== "stay") history.pushState(hold(form), "", "/check/ask");
    else if (now?.profile && (now.profile !== asked.profile || now.at !== asked.at)) ask(now); // back again meanwhile
    else hold(form);
    window.scrollTo(0, 0);
    form.querySelector("h1")?.focus({ preventScroll: true });
    if (said) said.textContent = form.dataset.said;
  });
})();
