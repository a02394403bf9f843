// What htmx does not do for people who listen: focus, spoken status, busy marks, and failures in plain words.
(function () {
  "use strict";

  const status = document.getElementById("status");
  const alert = document.getElementById("alert");
  const FOCUS_AFTER = 100;
  const SAY_AFTER = 400;
  const QUIET_AFTER = 5000;
  const WORKING_AFTER = 1000;
  let silence;

  function say(words) {
    window.clearTimeout(silence);
    status.textContent = words;
    silence = window.setTimeout(() => { status.textContent = ""; }, QUIET_AFTER);
  }

  // The server marks what to focus with data-focus, and what to say with data-say, inside the region it sends.
  function afterSwap(event) {
    const region = event.detail.elt;
    const within = (name) => (region.hasAttribute(name) ? region : region.querySelector("[" + name + "]"));
    const target = within("data-focus");
    const spoken = within("data-say");
    if (target && !spared(event)) window.setTimeout(() => focus(target), FOCUS_AFTER);
    if (spoken) window.setTimeout(() => say(spoken.getAttribute("data-say")), SAY_AFTER);
    if (!target) window.setTimeout(() => keepFocus(region), FOCUS_AFTER);
  }

  // Polling, autosave and filters never move the focus: they say so with data-quiet.
  function spared(event) {
    const asked = event.detail.requestConfig && event.detail.requestConfig.elt;
    return Boolean(asked && asked.closest("[data-quiet]"));
  }

  function focus(element) {
    if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
    element.focus();
  }

  // A control that went with its region leaves the focus on the region, never on nothing.
  function keepFocus(region) {
    if (document.activeElement === document.body && region.isConnected) focus(region);
  }

  const working = new WeakMap();

  function begin(event) {
    const { elt, target } = event.detail;
    if (elt.matches("button, a")) elt.setAttribute("aria-disabled", "true");
    target.setAttribute("aria-busy", "true");
    working.set(event.detail.xhr, window.setTimeout(() => { status.textContent = alert.dataset.working; }, WORKING_AFTER));
    alert.textContent = "";
  }

  function end(event) {
    const { elt, target, xhr } = event.detail;
    window.clearTimeout(working.get(xhr));
    elt.removeAttribute("aria-disabled");
    target.removeAttribute("aria-busy");
    if (status.textContent === alert.dataset.working) status.textContent = "";
  }

  function failed(event) {
    const code = event.detail.xhr ? event.detail.xhr.status : 0;
    alert.textContent = code === 401 ? alert.dataset.gone : code ? alert.dataset.refused : alert.dataset.lost;
  }

  // htmx notes the path it is on, which may hold a reference; nothing of a case is kept in a browser.
  try { window.sessionStorage.removeItem("htmx-current-path-for-history"); } catch (refused) { /* There is no storage to clear. */ }

  const body = document.body;
  body.addEventListener("htmx:afterSettle", afterSwap);
  body.addEventListener("htmx:beforeSend", begin);
  body.addEventListener("htmx:afterRequest", end);
  ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:swapError"].forEach((name) => body.addEventListener(name, failed));
})();
