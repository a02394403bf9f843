// Files sent one by one as they are chosen: each with its progress, and a way to try again. Without this the form sends them all.
(function () {
  "use strict";

  const form = document.querySelector("form[data-sends]");
  const box = form && form.querySelector("input[type=file]");
  const list = form && form.querySelector("[data-sending]");
  if (!list || !window.FormData || !window.DOMParser) return;

  const status = document.getElementById("status");
  const region = () => document.getElementById(form.dataset.sends);
  const STARTED = 200, DONE = 300, WRONG = 422, TOO_LARGE = 413, HERE_BEFORE = 204, STALE = 400;
  const waiting = [];
  let busy = false;
  let pressed = null;

  function say(words) { status.textContent = words; }

  // One line of the list: the name, how it stands, how far it is, and (only when it stopped) a button.
  function line(file) {
    const item = document.createElement("li");
    const said = document.createElement("div");
    const name = document.createElement("p");
    const state = document.createElement("p");
    const progress = document.createElement("progress");
    name.dir = "auto";
    name.textContent = file.name;
    state.className = "small soft";
    progress.max = 100;
    progress.value = 0;
    progress.setAttribute("aria-label", file.name);
    said.append(name, state);
    item.append(said, progress);
    list.append(item);
    list.hidden = false;
    return { file, item, state, progress, key: null };
  }

  function choose() {
    Array.from(box.files).forEach((file) => {
      const one = line(file);
      one.state.textContent = list.dataset.waits;
      waiting.push(one);
    });
    box.value = "";
    next();
  }

  function next() {
    if (busy) return;
    const one = waiting.shift();
    if (one) send(one);
    else if (pressed && !list.children.length) goOn();
  }

  // A second try has the key of the first, so that a file which did reach us is not kept twice.
  function send(one) {
    busy = true;
    const hidden = form.querySelector("input[name=key]");
    one.key = one.key || hidden.value;
    const body = new FormData();
    form.querySelectorAll("input[type=hidden]").forEach((each) => body.append(each.name, each === hidden ? one.key : each.value));
    body.append(box.name, one.file, one.file.name);
    body.append("add", "yes");
    const asked = new XMLHttpRequest();
    asked.open("POST", form.action);
    asked.setRequestHeader("HX-Request", "true");
    asked.setRequestHeader("HX-Target", form.dataset.sends);
    asked.upload.addEventListener("progress", (event) => { if (event.lengthComputable) one.progress.value = 100 * event.loaded / event.total; });
    asked.addEventListener("loadend", () => came(one, asked));
    one.state.textContent = list.dataset.sending;
    one.progress.hidden = false;
    say(list.dataset.sending);
    asked.send(body);
  }

  function came(one, asked) {
    busy = false;
    if (asked.status === STALE) { window.location.reload(); return; }
    if (asked.status === HERE_BEFORE) { lookAgain(one); return; }
    const answered = (asked.status >= STARTED && asked.status < DONE) || asked.status === WRONG;
    if (asked.status === WRONG) pressed = null;
    if (answered && show(asked.responseText)) leave(one);
    else if (asked.status === TOO_LARGE) stop(one, list.dataset.large, false);
    else stop(one, list.dataset.stopped, true);
    next();
  }

  // It had reached us the first time, and only our answer was lost: the list is asked for again.
  function lookAgain(one) {
    busy = true;
    const asked = new XMLHttpRequest();
    asked.open("GET", form.action);
    asked.setRequestHeader("HX-Request", "true");
    asked.setRequestHeader("HX-Target", form.dataset.sends);
    asked.addEventListener("loadend", () => came(one, asked));
    asked.send();
  }

  // The answer is the list of what we have, with its words for listeners and the key of the next file.
  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(form.dataset.sends);
    if (!fresh) return false;
    region().replaceWith(fresh);
    form.querySelector("input[name=key]").value = fresh.dataset.key;
    say(fresh.dataset.say);
    return true;
  }

  function leave(one) {
    one.item.remove();
    list.hidden = !list.children.length;
  }

  function stop(one, words, again) {
    one.state.textContent = words;
    one.progress.hidden = true;
    say(one.file.name + ". " + words);
    pressed = null;
    if (!again || one.item.querySelector("button")) return;
    const button = document.createElement("button");
    const whose = document.createElement("span");
    button.type = "button";
    button.className = "button quiet";
    whose.className = "hidden";
    whose.textContent = " " + one.file.name;
    button.append(list.dataset.again, whose);
    button.addEventListener("click", () => {
      button.remove();
      box.focus();
      one.state.textContent = list.dataset.waits;
      waiting.push(one);
      next();
    });
    one.item.append(button);
  }

  // "Save and go on" waits for what is still on its way; files that stopped are left to the person.
  form.addEventListener("submit", (event) => {
    if (!busy && !waiting.length) return;
    event.preventDefault();
    pressed = event.submitter || form.querySelector("button[type=submit]");
    say(list.dataset.leaving);
  });

  function goOn() {
    const button = pressed;
    pressed = null;
    button.click();
  }

  box.addEventListener("change", choose);
})();
