// Rebuilds static/built and static/fonts from static/src and the packages named in package.json.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { browserslistToTargets, Features, transform } from "lightningcss";
import { controls } from "./controls.mjs";

const here = (path) => new URL(`../../${path}`, import.meta.url).pathname;
const read = (path) => readFileSync(here(path), "utf8");

// The oldest browsers that get the whole look; older ones get a plain page.
const TARGETS = browserslistToTargets(["chrome 87", "safari 14.1", "firefox 85", "edge 87"]);
const LEAVE = Features.LogicalProperties | Features.DirSelector | Features.LangSelectorList;

async function stylesheet() {
  const layers = readdirSync(here("static/src/look")).sort().map((name) => read(`static/src/look/${name}`));
  const source = [await controls(), ...layers].join("\n");
  const { code } = transform({ filename: "app.css", code: Buffer.from(source), minify: true, targets: TARGETS, exclude: LEAVE });
  return code.toString();
}

function fonts() {
  const from = "node_modules/@fontsource-variable/atkinson-hyperlegible-next";
  for (const part of ["latin", "latin-ext"]) {
    copyFileSync(here(`${from}/files/atkinson-hyperlegible-next-${part}-wght-normal.woff2`), here(`static/fonts/atkinson-hyperlegible-next-${part}.woff2`));
  }
  copyFileSync(here(`${from}/LICENSE`), here("static/fonts/OFL.txt"));
}

function scripts() {
  for (const name of readdirSync(here("static/src")).filter((name) => name.endsWith(".js"))) {
    copyFileSync(here(`static/src/${name}`), here(`static/built/${name}`));
  }
  copyFileSync(here("node_modules/htmx.org/dist/htmx.min.js"), here("static/built/htmx.js"));
  copyFileSync(here("node_modules/axe-core/axe.min.js"), here("tests/vendor/axe.min.js"));
  copyFileSync(here("node_modules/axe-core/LICENSE"), here("tests/vendor/axe-LICENSE.txt"));
}

mkdirSync(here("static/built"), { recursive: true });
mkdirSync(here("static/fonts"), { recursive: true });
mkdirSync(here("tests/vendor"), { recursive: true });
writeFileSync(here("static/built/app.css"), await stylesheet());
fonts();
scripts();
copyFileSync(here("static/src/mark.svg"), here("static/built/mark.svg"));
