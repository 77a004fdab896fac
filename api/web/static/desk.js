// The desk by keyboard: answers while typing, keys that can be changed, copying, nothing lost on a slip.
// Every part of the desk works without this file, by links and forms.
//
//   [data-do]    a button that does what a key does: copy flag gap fresh back open code box help
//   [data-key]   shows the key of an action
//   [data-pick]  a link of the list of candidates; [data-choice] the card it opens
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const [ask, box, answer, dialog, trouble] = ["ask", "q", "answer", "keys", "trouble"].map(byId);
  const said = byId("said");
  const WAIT = 180; // ms of quiet before what has been typed is asked
  const say = (words) => { said.textContent = words; };
  const part = (selector) => answer.querySelector(selector);

  // —— Asking ——

  let asked = box.value.trim(); // what the answer on the screen belongs to
  let running = null; // the newest request: { stop, done }
  let timer = 0;

  const load = (kind, card = 0) => {
    clearTimeout(timer);
    running?.stop.abort();
    const text = box.value.trim();
    const stop = new AbortController();
    const address = `/desk?${new URLSearchParams(card ? { q: text, n: card } : { q: text })}`;
    answer.setAttribute("aria-busy", "true");
    history.replaceState(null, "", text ? address : "/desk"); // before the answer, so that a reload loses nothing
    const done = (async () => {
      try {
        const reply = await fetch(address, { headers: { "X-Part": kind }, signal: stop.signal });
        if (!reply.ok) throw new Error(String(reply.status));
        const html = await reply.text();
        if (stop.signal.aborted) return;
        answer.innerHTML = html;
        asked = text;
        trouble.hidden = true;
        show();
        if (kind === "answer") sayChosen();
      } catch (error) {
        if (stop.signal.aborted) return;
        trouble.textContent = "没有连上服务，屏幕上还是上一次的答复。写的都在，再按一次 Enter 试试。";
        trouble.hidden = false;
      } finally {
        if (running?.stop === stop) answer.removeAttribute("aria-busy");
      }
    })();
    running = { stop, done };
    return done;
  };

  const typed = (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    if (box.value.trim() !== asked) timer = setTimeout(load, WAIT, "typing");
  };
  box.addEventListener("input", typed);
  box.addEventListener("compositionend", typed);
  ask.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    answer.focus({ preventScroll: true }); // at once: a key pressed before the answer is there is no letter in the box
    const card = box.value.trim() === asked ? number() : 0;
    load("answer", card);
  });

  // —— Choosing ——

  const cards = () => [...answer.querySelectorAll("[data-choice]")];
  const current = () => cards().find((card) => !card.hidden);
  const number = () => Number(current()?.dataset.choice ?? 0);
  const sayChosen = () => {
    const card = current(), urgent = part(".urgent__line")?.textContent.trim() ?? "";
    const found = cards().filter((one) => !one.matches(".answer--related, .nothing")).length;
    const words = card ? (card.dataset.choice === "0" ? "" : `${found} 个答复。`) + card.dataset.say : "";
    say([urgent, words].filter(Boolean).join(" "));
  };
  const choose = (wanted) => {
    const card = cards().find((one) => one.dataset.choice === String(wanted));
    if (!card) return;
    for (const one of cards()) one.hidden = one !== card;
    for (const link of answer.querySelectorAll("[data-pick]")) {
      if (link.dataset.pick === String(wanted)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const hidden = part("[data-gap] [name=n]");
    if (hidden) hidden.value = wanted;
    say(`${wanted > 0 ? `第 ${wanted} 个：` : ""}${card.dataset.say}`);
  };
  const step = (by) => {
    const all = cards(), at = all.indexOf(current()) + by;
    if (all[at]) choose(all[at].dataset.choice);
  };

  // —— Copying ——

  const ticket = () => current()?.querySelector(".ticket textarea");
  const copy = async () => {
    await running?.done;
    const field = ticket();
    if (!field) return say("还没有可以复制的答复");
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without https a browser has no clipboard to write to: select the field, and let it copy.
      field.closest("details").open = true;
      field.focus();
      field.select();
      if (!document.execCommand("copy")) return tell("没有复制成功，文字已选中，请按 Ctrl+C");
      answer.focus({ preventScroll: true });
    }
    fetch("/desk/copied", { method: "POST", keepalive: true }).catch(() => {});
    tell("已复制到剪贴板，可以贴进工单");
  };
  const tell = (words) => {
    say(words);
    const place = current()?.querySelector(".tools");
    if (!place) return;
    const note = place.querySelector(".kept") ?? place.appendChild(document.createElement("strong"));
    note.className = "kept small";
    note.textContent = words;
  };

  // —— Flags and gaps ——

  const send = async (form) => {
    const reply = await fetch(form.action, { method: "POST", headers: { "X-Part": "said" }, body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const told = page.querySelector("[data-done]");
    if (!told) throw new Error(String(reply.status));
    return told;
  };
  answer.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-gap], .flag form")) return;
    event.preventDefault();
    try {
      const told = await send(form);
      tell(told.textContent);
      const box_ = form.closest("details");
      if (box_ && told.dataset.done === "yes") {
        box_.open = false;
        form.reset();
        answer.focus({ preventScroll: true });
      }
    } catch {
      tell("没有记上，连不上服务。请先写进工单。");
    }
  });
  const flag = () => {
    const box_ = current()?.querySelector(".flag");
    if (!box_) return;
    box_.open = true;
    box_.querySelector("[name=pick]:checked").focus();
  };

  // —— Calls: the last one is kept until the tab is closed, and changes places with the one on the screen ——

  const { stored, store } = window.policyhub; // where nothing may be kept, it is kept as long as the page

  const LAST = "desk-last";
  let last = stored("sessionStorage", LAST);
  const keep = () => {
    if (!box.value.trim()) return;
    last = { q: box.value, n: number() };
    store("sessionStorage", LAST, last);
  };
  const fresh = () => {
    keep();
    box.value = "";
    box.focus();
    load("typing");
    say("新来电。按 Z 找回上一个");
  };
  const back = async () => {
    const kept = last;
    if (!kept) return say("没有上一个来电");
    keep();
    box.value = kept.q;
    answer.focus({ preventScroll: true });
    await load("typing", kept.n);
    sayChosen();
  };

  // —— Keys ——

  const KEYS = "desk-keys";
  const form = byId("keys-form");
  const fields = [...form.querySelectorAll("input[name]")];
  const first = Object.fromEntries(fields.map((field) => [field.name, field.defaultValue]));
  const off = byId("single-off");
  const held = stored("localStorage", KEYS);
  let keys = { ...first, ...held?.keys };
  let single = !held?.off;
  const does = {
    copy,
    flag,
    gap: async () => {
      await running?.done;
      const form_ = part("[data-gap]");
      if (form_) form_.requestSubmit();
      else if (part(".kept")) say(part(".kept").textContent.trim());
    },
    fresh,
    back,
    open: () => {
      const card = current();
      if (card?.dataset.open) window.open(card.dataset.open, "_blank", "noopener");
    },
    code: () => byId("code").focus(),
    box: () => { box.focus(); box.select(); },
    help: () => { fill(); dialog.showModal(); },
  };
  const label = (key) => (single ? key.toUpperCase() : `Alt+${key.toUpperCase()}`);
  function show() {
    answer.querySelectorAll("[data-with-script]").forEach((one) => { one.hidden = false; });
    document.querySelectorAll("[data-key]").forEach((one) => { one.textContent = label(keys[one.dataset.key]); });
  }
  const fill = (from = keys) => {
    for (const field of fields) field.value = from[field.name];
    off.checked = !single;
    byId("keys-fault").hidden = true;
  };
  byId("keys-reset").addEventListener("click", () => { fill(first); off.checked = false; });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "save") return;
    const wanted = Object.fromEntries(fields.map((field) => [field.name, field.value.trim().toLowerCase()]));
    const used = Object.values(wanted);
    const twice = used.find((key, at) => used.indexOf(key) !== at);
    const fault = used.some((key) => !key || /[0-9]/.test(key)) ? "每一行都要有一个键，数字留给选答复" : twice ? `“${twice.toUpperCase()}”用了两次` : "";
    byId("keys-fault").textContent = fault;
    byId("keys-fault").hidden = !fault;
    if (fault) return event.preventDefault();
    keys = wanted;
    single = !off.checked;
    const kept = store("localStorage", KEYS, { keys, off: !single });
    show();
    say(kept ? "按键已记住" : "这一页里已经换好；这台设备不让记，下次还是原来的");
  });

  const writing = (target) => target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  // With Alt some keyboards give another character: then the place of the key counts.
  const pressed = (event) => {
    const place = /^(?:Key|Digit|Numpad)(\w)$/.exec(event.code)?.[1];
    return (event.altKey && place ? place : event.key).toLowerCase();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || dialog.open) return;
    const field = writing(event.target);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (event.altKey || event.target.type === "radio" || (field && field !== box)) return;
      event.preventDefault();
      return step(event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Escape" && event.target.closest?.(".flag[open]")) {
      event.target.closest(".flag").open = false;
      return answer.focus({ preventScroll: true });
    }
    if (!event.altKey && (field || !single)) return;
    const key = pressed(event);
    if (/^[1-9]$/.test(key)) {
      event.preventDefault();
      return choose(key);
    }
    const action = Object.keys(keys).find((name) => keys[name] === key);
    if (!action) return;
    event.preventDefault();
    does[action]();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) return does[button.dataset.do]();
    const link = event.target.closest("[data-pick]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(link.dataset.pick);
  });

  show();
  if (!location.hash) box.focus(); // autofocus comes with the first picture, later than the first key of a fast hand
})();
