// What a page does when something is done to it: listeners that only a mouse reaches, pasting, choosing.
(() => {
  const markup = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const reached = (one) => one.tabIndex >= 0 || one.matches("label, option, html, body, form") || one.closest("a[href], button, label, summary");

  // A form hears what its own boxes and buttons do. window.ourListeners is filled by listening.js, before any script of the page.
  function item_11_what_only_a_mouse_can_press() {
    const heard = (window.ourListeners || []).filter(([one, kind]) => one instanceof Element && one.isConnected && /^(click|mousedown|mouseup|dblclick)$/.test(kind)).map(([one]) => one);
    return [...new Set([...heard, ...all("[onclick]")])].filter((one) => !reached(one)).map(markup);
  }

  function item_46_pasting_is_stopped() {
    return all("input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]), textarea").filter((one) => {
      const data = new DataTransfer();
      data.setData("text/plain", "pasted");
      return !one.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }).map(markup);
  }

  // Each list is set to another choice, and each choice is pressed; nothing may go anywhere, nor the keyboard move. A live part that would be
  // asked for by itself is not: that is no answer to a choice, and nobody is signed in here.
  function item_35_to_choose_does_something() {
    const found = [];
    let now = null;
    const noted = (event) => { event.preventDefault(); if (now) found.push(markup(now)); };
    document.addEventListener("htmx:beforeRequest", (event) => event.preventDefault());
    window.navigation.addEventListener("navigate", noted);
    document.addEventListener("submit", noted, true);
    for (const one of all("select, input[type=radio], input[type=checkbox]").filter((each) => !each.disabled && each.checkVisibility({ visibilityProperty: true }))) {
      now = one;
      one.focus();
      if (one.matches("select")) one.selectedIndex = one.selectedIndex > 0 ? 0 : one.options.length - 1;
      else one.checked = !one.checked;
      for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
      if (document.activeElement !== one) found.push(markup(one));
    }
    now = null;
    window.navigation.removeEventListener("navigate", noted);
    document.removeEventListener("submit", noted, true);
    return [...new Set(found)];
  }

  // A button that sends nothing is pressed. Words that come somewhere are said only in a place for what is said, or where the keyboard goes.
  function item_75_news_that_nothing_says() {
    const placed = (one) => one.closest("[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off]), output") || one.contains(document.activeElement);
    const seen = (one) => one.nodeType !== Node.COMMENT_NODE && one.textContent.trim() && (one.nodeType === Node.TEXT_NODE || one.checkVisibility({ visibilityProperty: true }));
    const news = (record) => (record.type === "characterData" ? seen(record.target) : [...record.addedNodes].some(seen));
    const told = (record) => { const one = record.target.nodeType === Node.TEXT_NODE ? record.target.parentElement : record.target; return !one || !one.isConnected || placed(one); };
    const watch = new MutationObserver(() => {});
    window.print = () => {};
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    const found = all("button[type=button]").filter((one) => one.isConnected && !one.disabled && one.checkVisibility({ visibilityProperty: true })).filter((one) => {
      one.focus();
      watch.takeRecords();
      one.click();
      return watch.takeRecords().some((record) => news(record) && !told(record) && !one.contains(record.target));
    });
    watch.disconnect();
    return found.map(markup);
  }

  window.ourDone = { item_11_what_only_a_mouse_can_press, item_46_pasting_is_stopped, item_35_to_choose_does_something, item_75_news_that_nothing_says };
})();
