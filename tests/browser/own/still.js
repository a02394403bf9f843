// What can be read off a page as it stands, whatever the size of the window. Each answers a list of what it finds, in words and markup.
(() => {
  const LETTERS = /[\p{L}]/u;
  const shown = (one) => one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true });
  const words = (one) => one.textContent.replace(/\s+/g, " ").trim();
  const markup = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (list, why) => list.map((one) => (why ? `${why}: ` : "") + markup(one));
  const called = (one) => (one.getAttribute("aria-label") || words(one)).toLowerCase();

  const SCRIPTS = { Arab: /\p{sc=Arabic}/u, Beng: /\p{sc=Bengali}/u, Guru: /\p{sc=Gurmukhi}/u, Gujr: /\p{sc=Gujarati}/u, Cyrl: /\p{sc=Cyrillic}/u, Ethi: /\p{sc=Ethiopic}/u, Latn: /\p{sc=Latin}/u };
  const WRITTEN = { ar: "Arab", fa: "Arab", ur: "Arab", ckb: "Arab", ps: "Arab", bn: "Beng", pa: "Guru", gu: "Gujr", uk: "Cyrl", bg: "Cyrl", ru: "Cyrl", ti: "Ethi", am: "Ethi" };
  const NOT_SPOKEN = "script, style, noscript, template, bdi, code, time, textarea, [dir=auto], [translate=no]";

  // Every run of text that is read, with the element it stands in.
  function* spoken() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const within = walker.currentNode.parentElement;
      if (LETTERS.test(walker.currentNode.data) && !within.closest(NOT_SPOKEN)) yield [walker.currentNode.data.trim(), within];
    }
  }

  const scriptOf = (text) => {
    const counts = Object.entries(SCRIPTS).map(([name, sign]) => [[...text].filter((letter) => sign.test(letter)).length, name]);
    const [most, name] = counts.sort((a, b) => b[0] - a[0])[0];
    return most ? name : null;
  };

  const expected = (within) => {
    const lang = (within.closest("[lang]") || document.documentElement).lang || "en";
    return WRITTEN[lang.split("-")[0]] || "Latn";
  };

  // Text in a script that its language is not written in. Words of data inside [dir=auto] and names inside bdi are anybody's.
  // A page in another script quotes Latin names; what it may not do is hold a whole sentence of it unmarked.
  function item_53_a_script_that_is_not_of_its_language() {
    const found = [];
    for (const [text, within] of spoken()) {
      const script = scriptOf(text), wanted = expected(within);
      const quotes = script === "Latn" && (text.split(/\s+/).length <= 5 || SCRIPTS[wanted].test(text));
      if (script && script !== wanted && !quotes) found.push(`${script} in ${wanted}: ${markup(within)}`);
    }
    return found;
  }

  function item_53_read_from_the_wrong_side() {
    const found = [];
    for (const [text, within] of spoken()) {
      const script = scriptOf(text);
      if (script && (script === "Arab") !== (getComputedStyle(within).direction === "rtl") && script !== "Latn") found.push(markup(within));
    }
    return found;
  }

  function item_54_a_number_or_address_that_is_not_kept_whole() {
    const links = all("a[href^='tel:'], a[href^='mailto:']").filter((one) => !one.querySelector("bdi") && !one.closest("bdi, [dir=ltr]") && /^[\d\s+()]+$|@/.test(words(one)));
    const boxes = all("input[type=email], input[type=tel], input[autocomplete=one-time-code]").filter((one) => one.dir !== "ltr");
    return say([...links, ...boxes]);
  }

  function item_8_the_first_stop_leads_past_what_repeats() {
    const first = all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]").filter((one) => one.tabIndex >= 0)[0];
    const to = first && first.matches("a[href^='#']") && document.getElementById(first.hash.slice(1));
    return to && (to.matches("main") || to.querySelector("main") || to.closest("main")) ? [] : [`The first stop is ${first ? markup(first) : "nothing"}`];
  }

  // Where a link or button leads, so that two with the same words can be compared.
  function leads(one) {
    if (one.matches("a")) return one.href;
    const form = one.form;
    const kept = form ? [...form.elements].filter((each) => each.type === "hidden" && !/csrf|key/.test(each.name)).map((each) => each.name + each.value) : [];
    return `${one.getAttribute("formaction") || (form ? form.getAttribute("action") : "")} ${one.name} ${one.value} ${kept}`;
  }

  function item_15_the_same_words_lead_to_two_places() {
    const first = new Map(), found = [];
    for (const one of all("a[href], button").filter(shown)) {
      const name = `${one.tagName} ${called(one)}`;
      if (first.has(name) && leads(first.get(name)) !== leads(one)) found.push(one);
      else first.set(name, one);
    }
    return say(found);
  }

  const ALONE = ["click here", "here", "more", "read more", "learn more", "link", "this", "this page", "details", "go", "ok", "continue reading"];
  function item_15_words_that_say_nothing_by_themselves() {
    return say(all("a[href], button").filter((one) => ALONE.includes(called(one))));
  }

  function item_15_it_is_called_something_that_is_not_seen() {
    return say(all("[aria-label]").filter((one) => one.matches("a, button, input, select, textarea, summary") && words(one) && !called(one).includes(words(one).toLowerCase())));
  }

  function item_25_words_that_are_slanted_or_all_capitals() {
    const kinds = all("body *").filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && LETTERS.test(node.data)));
    return say(kinds.filter((one) => {
      const style = getComputedStyle(one);
      return style.fontStyle === "italic" || style.textTransform === "uppercase" || style.textAlign === "justify";
    }));
  }

  function item_26_an_error_that_is_tied_to_no_box() {
    const tied = all("[aria-describedby], [aria-errormessage]").flatMap((one) => `${one.getAttribute("aria-describedby") || ""} ${one.getAttribute("aria-errormessage") || ""}`.split(/\s+/));
    const loose = all("[class~='error-message'], [class~='error'], [id$='-error']").filter((one) => !one.closest("[role=alert]") && !tied.includes(one.id));
    const alone = all("[aria-invalid='true']").filter((one) => !one.hasAttribute("aria-describedby") && !one.hasAttribute("aria-errormessage"));
    return say([...loose, ...alone]);
  }

  function item_27_choices_without_a_group_that_is_named() {
    const names = new Map();
    for (const one of all("input[type=radio][name], input[type=checkbox][name]")) names.set(one.name, [...(names.get(one.name) || []), one]);
    const several = [...names.values()].filter((list) => list.length > 1);
    const grouped = (one) => { const set = one.closest("fieldset"); return set && set.querySelector(":scope > legend") && words(set.querySelector(":scope > legend")); };
    return say(several.filter((list) => !list.every(grouped)).map((list) => list[0]));
  }

  function item_28_something_the_browser_is_left_to_refuse() {
    const boxes = all("[required], [pattern], [maxlength], [placeholder], input[min], input[max], input[type=number]");
    return say([...boxes, ...all("form").filter((one) => one.method === "post" && !one.noValidate)]);
  }

  function item_38_a_form_that_needs_a_script_to_send_it() {
    const idle = all("form").filter((one) => ![...one.elements].some((each) => each.matches("button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]")));
    const nowhere = all("a:not([href]), a[href=''], a[href='#'], a[href^='javascript:']").filter((one) => shown(one) && words(one));
    return say([...idle, ...nowhere]);
  }

  function item_44_a_page_that_does_not_wait() {
    const moving = all("meta[http-equiv='refresh' i], marquee, blink, [autoplay]");
    return say(moving);
  }

  const PUZZLE = /captcha|i am not a robot|type the (letters|characters|words) (you|in the)|are you human|what is \w+ (plus|minus|times) \w+/i;
  function item_46_a_puzzle_stands_in_the_way() {
    return say(all("img, iframe, label, legend, input, p").filter((one) => PUZZLE.test([one.id, one.className, one.src, one.alt, one.name, one.children.length ? "" : one.textContent].join(" "))));
  }

  function item_72_a_table_without_headings_or_a_name() {
    const tables = all("table:not([role=presentation]):not([role=none])").filter((one) => one.rows.length > 1);
    const bare = tables.filter((one) => !one.querySelector("th"));
    const nameless = tables.filter((one) => !(one.caption && words(one.caption)) && !one.hasAttribute("aria-label") && !one.hasAttribute("aria-labelledby"));
    return [...say(bare, "no heading"), ...say(nameless.filter((one) => !bare.includes(one)), "no name")];
  }

  // Words in a line that differ from those beside them in their colour and in nothing else: no weight, no line, no ground, no sign before them.
  // A fainter grey tells nothing by itself; a hue does.
  function item_21_words_told_apart_by_colour_alone() {
    const hue = (style) => { const rgb = style.color.match(/[\d.]+/g).slice(0, 3).map(Number); return Math.max(...rgb) - Math.min(...rgb); };
    const looks = (style) => [style.fontWeight, style.fontStyle, style.fontSize, style.fontFamily, style.textDecorationLine].join();
    const bare = (style) => style.backgroundColor === "rgba(0, 0, 0, 0)" && ["borderTopWidth", "borderBottomWidth", "borderLeftWidth"].every((side) => style[side] === "0px");
    const signed = (one) => ["::before", "::after"].some((side) => !["none", "normal"].includes(getComputedStyle(one, side).content));
    const alone = (one) => {
      const beside = [...one.parentElement.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && LETTERS.test(each.data));
      const style = getComputedStyle(one), around = getComputedStyle(one.parentElement);
      return beside && Math.abs(hue(style) - hue(around)) > 60 && looks(style) === looks(around) && bare(style) && !signed(one);
    };
    const found = all("main span, main b, main i, main em, main strong, main small, main bdi").filter((one) => shown(one) && !one.children.length && LETTERS.test(one.textContent) && !one.closest("a, button, label, summary, legend, .hidden"));
    return say([...new Set(found.filter(alone).map((one) => one.parentElement))]);
  }

  window.ourStill = {
    item_8_the_first_stop_leads_past_what_repeats, item_21_words_told_apart_by_colour_alone, item_15_the_same_words_lead_to_two_places, item_15_words_that_say_nothing_by_themselves,
    item_15_it_is_called_something_that_is_not_seen, item_25_words_that_are_slanted_or_all_capitals, item_26_an_error_that_is_tied_to_no_box,
    item_27_choices_without_a_group_that_is_named, item_28_something_the_browser_is_left_to_refuse, item_38_a_form_that_needs_a_script_to_send_it,
    item_44_a_page_that_does_not_wait, item_46_a_puzzle_stands_in_the_way, item_53_a_script_that_is_not_of_its_language,
    item_53_read_from_the_wrong_side, item_54_a_number_or_address_that_is_not_kept_whole, item_72_a_table_without_headings_or_a_name,
  };
})();
