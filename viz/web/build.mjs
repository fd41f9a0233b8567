// Bundle the scripts of the pages, and what those of questions carry: node build.mjs FOLDER
//
// page.js and others    each module of ../js that no other imports, with what it imports
// questions-engine.js   the source of the worker, and Oxigraph in WebAssembly as base85 of gzip
// questions-editor.js   the editor; questions-editor.css is its style
// licences.txt          every package inside, its licence and whose it is
// manifest.json         the SHA-256 of each of these and of what they are made of, and the versions inside

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = process.argv[2];
const MODULES = resolve(OUT, "../js");
const COMMON = {
  absWorkingDir: HERE, bundle: true, minify: true, write: false, metafile: true, target: "es2022",
  charset: "utf8", legalComments: "none", logLevel: "warning", outdir: "out",
};

async function bundled(entry, options) {
  const { outputFiles, metafile } = await build({ ...COMMON, entryPoints: [`src/${entry}.js`], ...options });
  const text = (ending) => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? "";
  return { script: text(".js"), style: text(".css"), inputs: Object.keys(metafile.inputs) };
}

const packageOf = (input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];

// Packages that are bundled already by others are named by the lock: all that is not for building.
async function packages() {
  const lock = JSON.parse(await readFile(join(HERE, "package-lock.json"), "utf8"));
  return Object.entries(lock.packages)
    .map(([path, { version, license }]) => ({ name: packageOf(path), version, license }))
    .filter(({ name }) => name && !/^(?:@?esbuild|@types|spdx-license-list)(?:\/|$)/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function licences(inside) {
  const known = createRequire(import.meta.url)("spdx-license-list/full.js");
  const texts = await Promise.all(inside.map(async ({ name, version, license }) => {
    const folder = join(HERE, "node_modules", name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).sort().find((each) => /^licen[cs]e/i.test(each));
    const said = file
      ? await readFile(join(folder, file), "utf8")
      : `The package brings no text of its licence. ${about.homepage ?? ""}\n\n` +
        // The first of several is taken.
        known[license.replace(/[()]/g, "").split(" OR ")[0]].licenseText;
    const author = typeof about.author === "string" ? about.author : about.author?.name;
    return `${name} ${version}\n${license}${author ? `, ${author}` : ""}\n\n${said.trim()}\n`;
  }));
  return texts.join(`\n${"-".repeat(78)}\n\n`);
}

// As Python's base64.b85encode.
function base85(bytes) {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
  const missing = (4 - (bytes.length % 4)) % 4;
  const padded = Buffer.concat([bytes, Buffer.alloc(missing)]);
  const letters = [];
  for (let at = 0; at < padded.length; at += 4) {
    let word = padded.readUInt32BE(at);
    const five = [];
    for (let each = 0; each < 5; each += 1) {
      five.unshift(alphabet[word % 85]);
      word = Math.floor(word / 85);
    }
    letters.push(five.join(""));
  }
  const text = letters.join("");
  return missing ? text.slice(0, -missing) : text;
}

const sha256 = (data) => createHash("sha256").update(data).digest("hex");

async function digest(folder, names) {
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return sha256(texts.map((text, at) => `${names[at]} ${sha256(text)}\n`).join(""));
}

async function scripts(names) {
  const texts = await Promise.all(names.map((name) => readFile(join(MODULES, name), "utf8")));
  const imported = texts.flatMap((text) => [...text.matchAll(/from "\.\/([\w-]+\.js)"/g)].map((found) => found[1]));
  const entryPoints = names.filter((name) => !imported.includes(name));
  const { outputFiles } = await build({ ...COMMON, absWorkingDir: MODULES, entryPoints, format: "iife" });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text]));
}

const worker = await bundled("worker", { format: "iife", define: { "import.meta.url": '""' } });
const editor = await bundled("editor", { format: "iife", loader: { ".svg": "dataurl" } });
const wasm = gzipSync(await readFile(join(HERE, "node_modules/oxigraph/web_bg.wasm")), { level: 9 });
const engine = JSON.stringify({ worker: worker.script, wasm: base85(wasm) });
const inside = await packages();
const modules = (await readdir(MODULES)).filter((name) => name.endsWith(".js")).sort();
const files = {
  ...(await scripts(modules)),
  "licences.txt": await licences(inside),
  "questions-editor.css": editor.style,
  "questions-editor.js": editor.script,
  "questions-engine.js": `globalThis.techsovEngine=${engine};\n`,
};
const manifest = {
  sources: await digest(HERE, ["build.mjs", "package-lock.json", "package.json", "src/editor.js", "src/worker.js"]),
  modules: await digest(MODULES, modules),
  packages: Object.fromEntries(inside.map(({ name, version }) => [name, version])),
  files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)])),
};
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
for (const [name, text] of Object.entries(files)) await writeFile(join(OUT, name), text);
// Last: where it stands, all the others do.
await writeFile(join(OUT, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
