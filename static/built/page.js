// What every page after the first gains from a script. Nothing here is needed.
(function () {
  "use strict";

  // An error summary is read out and reached first, when the page has loaded.
  function focusSummary() {
    const summary = document.querySelector("[data-focus-on-load]");
    if (summary) summary.focus();
  }

  // Its links land on the box, with the label in view.
  function followSummary(event) {
    const link = event.target.closest(".error-summary a[href^='#']");
    const box = link && document.getElementById(link.hash.slice(1));
    if (!box) return;
    event.preventDefault();
    const group = box.closest("fieldset, .form-group") || box;
    group.scrollIntoView();
    box.focus({ preventScroll: true });
  }

  // "Leave this page now": clear the screen at once, and take this page's place in the history.
  function leave(event) {
    if (event) event.preventDefault();
    const link = document.querySelector("[data-leave]");
    if (!link) return;
    const away = link.href;
    document.title = " ";
    document.body.hidden = true;
    window.location.replace(away);
  }

  // Shift three times within a second and a half does the same; Escape is left to assistive technology.
  let presses = [];
  function countShift(event) {
    if (event.key !== "Shift" || event.repeat) {
      if (event.key !== "Shift") presses = [];
      return;
    }
    const now = Date.now();
    presses = presses.filter((at) => now - at < 1500).concat(now);
    if (presses.length === 3) leave();
  }

  function onClick(event) {
    if (event.target.closest("[data-leave]")) leave(event);
    else if (event.target.closest("[data-print]")) window.print();
    else followSummary(event);
  }

  document.addEventListener("click", onClick);
  if (document.querySelector("[data-leave]")) document.addEventListener("keyup", countShift);
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });

  // A page brought back by the Back button may show what is no longer true, or no longer theirs to see.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  // On paper every working is shown; afterwards each is as it was.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); });

  // A code's link carries it after the #, which no server is told. It goes into the form; a press is still needed.
  function takeFromLink() {
    const form = document.querySelector("[data-from-link]");
    const brought = window.location.hash.slice(1);
    if (!form || brought.length < 30) return;
    form.elements.link.value = brought;
    form.querySelectorAll("[data-typed]").forEach((one) => { one.hidden = true; });
    form.querySelectorAll("[data-linked]").forEach((one) => { one.hidden = false; });
    window.history.replaceState(null, "", window.location.pathname);
  }

  takeFromLink();
  window.addEventListener("hashchange", takeFromLink);
  focusSummary();
})();
