// The faces, each cut down to the weights that we use and to the letters of the languages that we speak in it.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import subsetFont from "subset-font";

const between = (first, last) => Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)).join("");
const SPACES_AND_JOINERS = " \u00a0\u200c\u200d\u200e\u200f";
const MARKS = ".:()!-/«»“”‘’–—…";
const ARABIC = between(0x600, 0x65f) + between(0x660, 0x66d) + between(0x6f0, 0x6f9) + "ٰٱٴٹپچڈڑژکگڭںھۀہۂۃۆۇۈۋیېےۓە۔";
const URDU = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےئؤأآۂۃةيكه" + between(0x64b, 0x652) + "ٰٔ" + "۔،؛؟٪" + between(0x6f0, 0x6f9);
const ITS_OWN = "\u0964\u0965";

const WEIGHTS = { wght: { min: 400, max: 700 } };
// Nastaliq has thousands of joined shapes: one weight of it is as large as the other three faces together, and browsers thicken it for headings.
const FACES = [
  ["noto-sans-arabic", "arabic", ARABIC, WEIGHTS],
  ["noto-nastaliq-urdu", "arabic", URDU, { wght: 400 }],
  ["noto-sans-bengali", "bengali", between(0x980, 0x9ff) + ITS_OWN, WEIGHTS],
  ["noto-sans-gurmukhi", "gurmukhi", between(0xa00, 0xa7f) + ITS_OWN, WEIGHTS],
];

// The letters that Welsh, Polish, Romanian and Turkish have beside those of English; names of elsewhere take the whole of what there is.
const LATIN = between(0x20, 0x7e) + between(0xa0, 0xff) + "ıŒœ–—‘’“”‚„•…‹›€™←↑→↓−∕\u2009\u200b\u2011";
const OURS = "ŴŵŶŷẀẁẂẃẄẅỲỳĄąĆćĘęŁłŃńŚśŹźŻżĂăȘșȚțŞşŢţĞğİıČčŠšŽžŐőŰű";
const EVERY = between(0x100, 0x24f) + between(0x1e00, 0x1eff);
const READABLE = "atkinson-hyperlegible-next";

async function latin(here) {
  const from = here(`node_modules/@fontsource-variable/${READABLE}`);
  for (const [part, of, letters] of [["latin", "latin", LATIN], ["latin-ext", "latin-ext", OURS], ["latin-more", "latin-ext", EVERY]]) {
    const cut = await subsetFont(readFileSync(`${from}/files/${READABLE}-${of}-wght-normal.woff2`), letters, { targetFormat: "woff2", variationAxes: WEIGHTS });
    writeFileSync(here(`static/fonts/${READABLE}-${part}.woff2`), cut);
  }
  copyFileSync(`${from}/LICENSE`, here("static/fonts/OFL.txt"));
}

// What those languages are called, for the choice of language on every page: a few letters, for browsers whose device has none of that script.
const NAMES = [
  ["noto-sans-bengali", "bengali", "বাংলা"],
  ["noto-sans-gurmukhi", "gurmukhi", "ਪੰਜਾਬੀ"],
];

export async function faces(here) {
  await latin(here);
  for (const [name, script, letters] of NAMES) {
    const whole = readFileSync(`${here(`node_modules/@fontsource-variable/${name}`)}/files/${name}-${script}-wght-normal.woff2`);
    writeFileSync(here(`static/fonts/name-in-${script}.woff2`), await subsetFont(whole, letters, { targetFormat: "woff2", variationAxes: { wght: 400 } }));
  }
  for (const [name, script, letters, variationAxes] of FACES) {
    const from = here(`node_modules/@fontsource-variable/${name}`);
    const whole = readFileSync(`${from}/files/${name}-${script}-wght-normal.woff2`);
    const cut = await subsetFont(whole, letters + SPACES_AND_JOINERS + MARKS, { targetFormat: "woff2", variationAxes });
    writeFileSync(here(`static/fonts/${name}.woff2`), cut);
    copyFileSync(`${from}/LICENSE`, here(`static/fonts/${name}-OFL.txt`));
  }
}
