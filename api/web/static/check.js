// Comfort for the self-check; it works without. Nothing is kept on this device beyond the tab unless the person ticks the box.
//
//   [data-check]     the form of a step: the focus goes to the new question, the counts are said aloud
//   #check           what it carries stays with this tab, so that reload, back and forward lose nothing
//   [data-remember]  keeps profile, trail and day in localStorage while ticked
//   [data-resume]    on the first page: what was kept, to go on with or to delete; #again goes on at once
"use strict";

(() => {
  const NAME = "policyhub-check";
  const PARTS = ["profile", "trail", "as_of"];
  const said = document.getElementById("said");

  const kept = (place) => {
    try {
      return JSON.parse(window[place].getItem(NAME));
    } catch {
      return null;
    }
  };
  const keep = (place, sheet) => {
    try {
      window[place].setItem(NAME, JSON.stringify(sheet));
      return true;
    } catch {
      return false; // nothing is kept where nothing may be kept
    }
  };
  const forget = (place) => {
    try {
      window[place].removeItem(NAME);
    } catch {
      // Nothing was kept where nothing may be kept.
    }
  };
  const sheetOf = (form) => {
    const sheet = { when: new Date().toISOString() };
    for (const part of PARTS) sheet[part] = form.elements[part].value;
    return sheet;
  };
  const remember = (form) => {
    if (!keep("localStorage", sheetOf(form)) && said) said.textContent = "这台设备不让记，请用下载";
  };

  const dress = (form) => {
    const box = form.querySelector("[data-remember]");
    if (!box) return;
    form.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
    box.checked = kept("localStorage") !== null;
    if (box.checked) remember(form);
    box.addEventListener("change", () => (box.checked ? remember(form) : forget("localStorage")));
  };

  // —— The tab: an entry of its history for each step, and the last sheet for pages that are opened anew ——

  // The question is noted too, so that going back leads to it and not to the next one.
  const stepOf = (form) => ({
    ...sheetOf(form),
    view: form.elements.view?.value ?? "",
    at: form.elements.at?.value ?? "",
  });
  const hold = (form, move) => {
    const asks = form.dataset.check === "ask";
    const step = asks ? stepOf(form) : { ...kept("sessionStorage"), ...sheetOf(form) };
    keep("sessionStorage", step);
    // The history API makes a page got by a form one that is got by its address, which leads here again.
    if (move === "push") history.pushState(step, "", "/check/ask");
    else history.replaceState(step, "", asks ? "/check/ask" : location.href);
  };

  let returning = false;
  window.addEventListener("popstate", (event) => {
    if (!event.state?.profile || !window.htmx) return;
    returning = true;
    window.htmx.ajax("POST", "/check/ask", {
      target: "#check", select: "#check", swap: "outerHTML", values: { ...event.state, do: "stay" },
    });
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
      return;
    }
    fill(card.querySelector("form"), sheet);
    const day = new Date(sheet.when);
    card.querySelector("[data-resume-where]").textContent =
      place === "localStorage" ? `这台设备上记着 ${day.getMonth() + 1}月${day.getDate()}日 填的` : "这个标签页里还有刚才填的";
    card.querySelector("[data-resume-count]").textContent = String(count);
    card.querySelector("[data-forget-all]").addEventListener("click", () => {
      forget("localStorage");
      forget("sessionStorage");
      card.hidden = true;
      if (said) said.textContent = "已经删掉";
    });
    card.hidden = false;
  };
  const goOn = (card) => {
    // #again-result: a page that answers a form was opened by its address; the sheet of this tab brings it back.
    const [, page] = location.hash.match(/^#again-(ask|result|notice|compare)$/) ?? [];
    const sheet = kept("sessionStorage");
    if (!page) return;
    history.replaceState(null, "", "/check");
    if (!sheet) return;
    const form = card.querySelector("form");
    fill(form, sheet);
    form.elements.do.value = "stay";
    form.action = `/check/${page}`;
    form.submit();
  };

  document.querySelectorAll("[data-check]").forEach((form) => {
    dress(form);
    hold(form, "replace");
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
    hold(form, returning ? "replace" : "push");
    returning = false;
    window.scrollTo(0, 0);
    form.querySelector("h1")?.focus({ preventScroll: true });
    if (said) said.textContent = form.dataset.said;
  });
})();
