// Rebuilds static/built and static/fonts from static/src and the packages named in package.json.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { browserslistToTargets, Features, transform } from "lightningcss";
import { controls } from "./controls.mjs";
import { faces } from "./faces.mjs";

const here = (path) => new URL(`../../${path}`, import.meta.url).pathname;
const read = (path) => readFileSync(here(path), "utf8");

// The oldest browsers that get the whole look; older ones get a plain page.
const TARGETS = browserslistToTargets(["chrome 87", "safari 14.1", "firefox 85", "edge 87"]);
// These browsers know logical properties; writing them out twice would break the mirror.
const LEAVE = Features.LogicalProperties | Features.DirSelector | Features.LangSelectorList;

async function stylesheet() {
  const layers = readdirSync(here("static/src/look")).sort().map((name) => read(`static/src/look/${name}`));
  const source = [await controls(), ...layers].join("\n");
  const { code } = transform({ filename: "app.css", code: Buffer.from(source), minify: true, targets: TARGETS, exclude: LEAVE });
  return code.toString();
}

function scripts() {
  for (const name of readdirSync(here("static/src")).filter((name) => name.endsWith(".js"))) {
    copyFileSync(here(`static/src/${name}`), here(`static/built/${name}`));
  }
  copyFileSync(here("node_modules/htmx.org/dist/htmx.min.js"), here("static/built/htmx.js"));
  copyFileSync(here("node_modules/axe-core/axe.min.js"), here("tests/vendor/axe.min.js"));
  copyFileSync(here("node_modules/axe-core/LICENSE"), here("tests/vendor/axe-LICENSE.txt"));
}

// The simulated screen reader, as a plain script that leaves `virtual` behind, and the licences of all that is in it.
function reader() {
  const from = "node_modules/@guidepup/virtual-screen-reader";
  const built = read(`${from}/lib/esm/index.browser.js`);
  const made = built.replace(/export\{[\w$]+ as Virtual,([\w$]+) as virtual\};/, "window.virtual=$1;").replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  writeFileSync(here("tests/vendor/virtual-screen-reader.js"), `(() => {\n${made}})();\n`);
  const { sources } = JSON.parse(read(`${from}/lib/esm/index.browser.js.map`));
  const inside = new Set(sources.map((path) => path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
  const licences = ["@guidepup/virtual-screen-reader", ...[...inside].sort()].map(licence);
  writeFileSync(here("tests/vendor/virtual-screen-reader-LICENSE.txt"), licences.join("\n\n"));
}

function licence(name) {
  const folder = `node_modules/${name}`;
  const file = readdirSync(here(folder)).find((each) => /^licen[sc]e/i.test(each));
  const { version, license } = JSON.parse(read(`${folder}/package.json`));
  return `${name} ${version}: ${license}\n\n${file ? read(`${folder}/${file}`).trim() : ""}\n`;
}

// A short name for everything the built files are made from; a test works it out again, so that none goes stale unseen.
function digest() {
  const hash = createHash("sha256");
  const sources = ["package-lock.json", "static/build/build.mjs", "static/build/controls.mjs", "static/build/faces.mjs"];
  for (const folder of ["static/src", "static/src/look"]) {
    const names = readdirSync(here(folder), { withFileTypes: true }).filter((entry) => entry.isFile());
    sources.push(...names.map((entry) => `${folder}/${entry.name}`));
  }
  for (const path of sources.sort()) hash.update(read(path));
  return hash.digest("hex");
}

mkdirSync(here("static/built"), { recursive: true });
mkdirSync(here("static/fonts"), { recursive: true });
mkdirSync(here("tests/vendor"), { recursive: true });
writeFileSync(here("static/built/app.css"), await stylesheet());
await faces(here);
scripts();
reader();
copyFileSync(here("static/src/mark.svg"), here("static/built/mark.svg"));
writeFileSync(here("static/built/made-from.txt"), `${digest()}\n`);
