// govuk-frontend's form controls, made ours: slimmed, turned to logical properties, renamed to plain words.
import postcss from "postcss";
import { compile } from "sass";
import stylelint from "stylelint";

const ROOT = new URL("../../", import.meta.url).pathname;

// Parts of the pattern we do not use: small and conditional choices, prefixes, the scripted file button, old browsers.
const UNUSED = /--small|__conditional|file-upload-|drop-zone|__prefix|__suffix|input__wrapper|--xl|--inline|spin-button|type=number|:disabled|::after$(?<=form-group::after|fieldset::after|date-input::after)|moz-any-link|extra-letter/;

const COLOURS = { text: "ink", "secondary-text": "ink-soft", error: "late", border: "line", "input-border": "edge", focus: "accent-deep", "focus-text": "ink", "body-background": "sheet" };

// Type comes from the page, so that each language and the staff pages can set it once.
function inherited({ prop, value }) {
  return prop === "font-family" || prop.endsWith("smoothing") || (prop === "font-size" && value === "1.1875rem")
    || (prop === "line-height" && value === "1.5") || (prop === "height" && value === "2.5rem") || prop === "clear";
}

function slim(css) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => !UNUSED.test(selector));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  root.walkDecls((declaration) => {
    if (inherited(declaration)) declaration.remove();
  });
  root.walkRules((rule) => rule.nodes.length || rule.remove());
  root.walkAtRules((rule) => {
    if (rule.params.includes("-ms-high-contrast") && !rule.params.includes("forced-colors")) rule.remove();
    if (rule.nodes && !rule.nodes.length) rule.remove();
  });
  return root.toString();
}

async function logical(css) {
  const { code } = await stylelint.lint({ code: css, fix: true, config: { plugins: ["stylelint-use-logical"], rules: { "csstools/use-logical": "always" } } });
  return code.replace(/:\s*logical\s+/g, ": ");
}

const ours = (css) => css
  .replace(/var\(--govuk-([a-z-]+)-colour, [^)]*\)/g, (all, name) => (COLOURS[name] ? `var(--${COLOURS[name]})` : all))
  .replaceAll("govuk-", "");

export async function controls() {
  const { css } = compile(`${ROOT}static/src/controls.scss`, { loadPaths: [`${ROOT}node_modules`], quietDeps: true });
  return ours(await logical(slim(css)));
}
