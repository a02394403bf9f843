// What depends on how a page is drawn in this window: its width and height, the size of its words, where the keyboard goes.
(() => {
  const markup = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (one) => one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true });
  const hidden = (one) => one.closest(".hidden, .skip, svg, thead");
  const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex='0']";
  const root = document.documentElement;

  function item_17_a_page_that_is_scrolled_sideways() {
    if (root.scrollWidth <= root.clientWidth) return [];
    const out = all("body *").filter((one) => shown(one) && !hidden(one) && one.getBoundingClientRect().right > root.clientWidth + 1);
    return [`${root.scrollWidth} px in a window of ${root.clientWidth}: ${out.slice(-1).map(markup)}`];
  }

  // What is chosen, and its words: on one line, or nobody sees which box is meant.
  function item_17_words_of_a_choice_that_stand_below_its_box() {
    const below = (one) => one.labels && one.labels[0] && one.labels[0].getBoundingClientRect().top >= one.getBoundingClientRect().bottom;
    return all("[type=radio], [type=checkbox]").filter((one) => shown(one) && below(one)).map(markup);
  }

  // Words that do not fit into what holds them, where that hides what does not fit.
  function cut() {
    return all("body *").filter((one) => {
      if (!one.clientHeight || !one.textContent.trim() || one.matches("textarea, input, select, option, html, body") || hidden(one)) return false;
      const style = getComputedStyle(one), hides = (value) => value === "hidden" || value === "clip";
      return (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 2) || (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 2);
    });
  }

  // Arabic letters are joined, so that only lines and words are put further apart there; the criterion says so.
  const APART = "* { line-height: 1.5 !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }";
  const LETTERS_APART = " * { letter-spacing: 0.12em !important; }";

  function cutOnceStyled(rules) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
    const found = [...cut().map(markup), ...item_17_a_page_that_is_scrolled_sideways()];
    document.adoptedStyleSheets = [];
    return found;
  }

  const item_18_words_further_apart_are_cut_off = () => cutOnceStyled(APART + (/^(ar|fa|ur|ckb|ps)\b/.test(root.lang) ? "" : LETTERS_APART));
  const item_18_words_at_twice_their_size_are_cut_off = () => (root.clientWidth < 600 ? [] : cutOnceStyled("html { font-size: 200% !important; }"));

  // 44 pixels for what is pressed; 24 for everything but links in the run of a sentence.
  function item_14_too_small_to_press() {
    const large = "button, summary, .button, select, input:not([type=hidden]), textarea";
    const size = (one) => {
      const box = one.getBoundingClientRect(), label = one.matches("[type=radio], [type=checkbox]") && one.labels && one.labels[0];
      const other = label ? label.getBoundingClientRect() : box;
      return [Math.max(box.width, other.width), Math.max(box.height, other.height)];
    };
    const below = (list, floor) => list.filter((one) => shown(one) && !one.closest(".skip, .hidden") && size(one).some((side) => side < floor - 0.1));
    const links = all("a[href]").filter((one) => getComputedStyle(one).display !== "inline");
    return [...below(all(large), 44), ...below(links, 24)].map((one) => `${size(one).map(Math.round).join("x")}: ${markup(one)}`);
  }

  function item_22_something_moves() {
    return document.getAnimations().filter((one) => one.playState === "running" && one.effect.target).map((one) => markup(one.effect.target));
  }

  // Words that run on over lines are drawn in several boxes.
  const area = (box) => box.width * box.height;
  const largest = (one) => [...one.getClientRects()].sort((a, b) => area(b) - area(a))[0];

  // Five points of a box, a little inside its corners, and its middle.
  function points(one) {
    const box = largest(one), inset = Math.min(3, box.width / 4, box.height / 4);
    const [left, right, top, bottom] = [box.left + inset, box.right - inset, box.top + inset, box.bottom - inset];
    return [[left, top], [right, top], [left, bottom], [right, bottom], [(left + right) / 2, (top + bottom) / 2]];
  }

  const ofIt = (hit, one) => hit && (hit === one || one.contains(hit) || hit.contains(one) || (one.labels && [...one.labels].some((label) => label.contains(hit))));
  const seen = ([x, y]) => document.elementFromPoint(x, y) !== null;
  const covered = (one) => points(one).filter(seen).some(([x, y]) => !ofIt(document.elementFromPoint(x, y), one));
  const away = (one) => !points(one).some(seen);

  function ring(one) {
    const drawn = one.matches(".radios__input, .checkboxes__input") ? getComputedStyle(one.nextElementSibling, "::before") : getComputedStyle(one);
    return [drawn.outlineStyle, drawn.outlineWidth, drawn.outlineColor, drawn.boxShadow, drawn.borderTopColor, drawn.borderTopWidth, drawn.backgroundColor].join();
  }

  // The keyboard is put on each stop in turn, as Tab would; one press of a real key before this makes the browser draw its ring.
  function walked() {
    const found = { item_11_a_key_that_holds_the_keyboard: [], item_12_the_place_of_the_keyboard_is_not_drawn: [], item_13_something_covers_the_place_of_the_keyboard: [] };
    document.activeElement.blur();
    for (const one of all(STOPS).filter((each) => shown(each) && each.tabIndex >= 0 && !each.disabled)) {
      const before = ring(one);
      one.focus();
      if (document.activeElement !== one) continue;
      if (ring(one) === before) found.item_12_the_place_of_the_keyboard_is_not_drawn.push(markup(one));
      if (!area(largest(one)) || covered(one) || away(one)) found.item_13_something_covers_the_place_of_the_keyboard.push(markup(one));
      const stays = !one.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true }));
      if (stays || document.activeElement !== one) found.item_11_a_key_that_holds_the_keyboard.push(markup(one));
    }
    document.activeElement.blur();
    return found;
  }

  window.ourDrawn = {
    item_14_too_small_to_press, item_17_a_page_that_is_scrolled_sideways, item_17_words_of_a_choice_that_stand_below_its_box, item_18_words_further_apart_are_cut_off,
    item_18_words_at_twice_their_size_are_cut_off, item_22_something_moves,
  };
  window.ourWalked = walked;
})();
