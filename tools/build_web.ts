/**
 * Builds the browser client into `dist/web`: one script bundled by Deno, the worker that checks dice (with the whole engine in
 * it, loaded only where it is asked for), one stylesheet, Latin fonts, the icons in use, all with a fingerprint in their
 * names, an `index.html` that names them, and a manifest with sizes and hashes.
 *
 * `--if-stale` does nothing when the sources are those the last build was made from.
 */
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { buildWorkerIfStale } from "./build_worker.ts";
import { bakeIcons } from "./icons.ts";
import { bakeContent } from "./web_content.ts";

const ROOT = new URL("../", import.meta.url);
const OUTPUT = new URL("dist/web/", ROOT);
const SOURCES = [
  "web",
  "engine",
  "locales",
  "tools/build_web.ts",
  "tools/icons.ts",
  "tools/web_content.ts",
  "tools/icon_authors.json",
  "deno.json",
  "NOTICE",
  "LICENSE-CONTENT",
];
const FONTS = [
  { folder: "@fontsource/cinzel", sheets: ["latin-400.css", "latin-700.css"] },
  { folder: "@fontsource/im-fell-english", sheets: ["latin-400.css", "latin-400-italic.css"] },
] as const;

/** What a build made: every file with its size and hash, and a hash over the sources it was made from. */
export interface Manifest {
  readonly sources: string;
  readonly files: Readonly<Record<string, BuiltFile>>;
}

/** Sizes of one file. `brotli` says that the same name with `.br` holds it packed; what is packed already has none. */
export interface BuiltFile {
  readonly bytes: number;
  readonly gzip: number;
  readonly brotli?: number;
  readonly sha256: string;
}

type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** Builds client and worker unless their last builds were made from the same sources. Returns whether it built. */
export async function buildIfStale(): Promise<boolean> {
  const worker = await buildWorkerIfStale();
  if (await lastBuild() === await sourcesHash()) return worker;
  await buildWeb();
  return true;
}

/** Builds the client. The new folder replaces the old one as a whole, so a running server never sees half of it. */
export async function buildWeb(): Promise<Manifest> {
  const sources = await sourcesHash();
  const stage = new URL(`dist/web-${crypto.randomUUID()}/`, ROOT);
  await Deno.mkdir(new URL("assets/", stage), { recursive: true });
  try {
    const files: Files = new Map();
    const script = await add(files, "main.js", await bundle("web/main.tsx"));
    const dice = await add(files, "dice.js", await bundle("web/dice/worker.ts"));
    const style = await add(files, "style.css", encode(await stylesheet(files)));
    const icons = await bakeIcons(ROOT);
    const iconFile = await add(files, "icons.json", encode(JSON.stringify(icons.paths)));
    const content = await add(
      files,
      "content.json",
      encode(JSON.stringify(bakeContent(await readText("locales/en/client.ftl")))),
    );
    files.set("ICON-CREDITS.txt", encode(icons.credits));
    for (const { folder } of FONTS) {
      const licence = await Deno.readFile(new URL(`node_modules/${folder}/LICENSE`, ROOT));
      files.set(`licences/${folder.slice("@fontsource/".length)}-OFL.txt`, licence);
    }
    for (const name of ["NOTICE", "LICENSE-CONTENT"]) {
      files.set(`${name}.txt`, await Deno.readFile(new URL(name, ROOT)));
    }
    files.set(
      "index.html",
      encode(page(await readText("web/index.html"), { script, style, icons: iconFile, content, dice })),
    );

    const packed = pack(files);
    const manifest: Manifest = { sources, files: Object.fromEntries(await describe(files, packed)) };
    files.set("manifest.json", encode(JSON.stringify(manifest, null, 2)));
    for (const [name, bytes] of [...files, ...packed]) {
      await Deno.mkdir(new URL(".", new URL(name, stage)), { recursive: true });
      await Deno.writeFile(new URL(name, stage), bytes);
    }
    await replaceOutput(stage);
    return manifest;
  } finally {
    await Deno.remove(stage, { recursive: true }).catch(ignoreAbsent);
  }
}

async function bundle(entry: string): Promise<Uint8Array<ArrayBuffer>> {
  const output = await Deno.makeTempFile({ suffix: ".js" });
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      // An older Deno takes the text imports of the languages only with this flag.
      args: [
        "bundle",
        "--unstable-raw-imports",
        "--platform",
        "browser",
        "--minify",
        "--output",
        output,
        entry,
      ],
      cwd: ROOT,
      stdout: "null",
      stderr: "piped",
    }).output();
    if (code !== 0) throw new Error(`Cannot bundle ${entry}:\n${new TextDecoder().decode(stderr)}`);
    return await Deno.readFile(output);
  } finally {
    await Deno.remove(output);
  }
}

async function stylesheet(files: Files): Promise<string> {
  const parts: string[] = [];
  for (const { folder, sheets } of FONTS) {
    for (const sheet of sheets) parts.push(await font(files, `node_modules/${folder}/`, sheet));
  }
  const own = (await listFiles("web")).filter((path) => path.endsWith(".css")).sort();
  for (const path of own) parts.push(await readText(path));
  return parts.map((text) =>
    text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\n\s+/g, "\n").replace(/\n{2,}/g, "\n").trim()
  )
    .join("\n");
}

async function font(files: Files, folder: string, sheet: string): Promise<string> {
  const text = await readText(folder + sheet);
  const source = /url\(\.\/(files\/[\w.-]+\.woff2)\)/.exec(text)?.[1];
  if (source === undefined) throw new Error(`Cannot find a woff2 font in ${folder}${sheet}`);
  const name = source.slice("files/".length);
  const href = await add(files, name, await Deno.readFile(new URL(folder + source, ROOT)));
  return text.replace(/src:[^;]+;/, `src: url(${href}) format("woff2");`);
}

/** Adds a file under a name that carries its hash, so that it can be cached for ever. Returns its address. */
async function add(files: Files, name: string, bytes: Uint8Array<ArrayBuffer>) {
  const dot = name.lastIndexOf(".");
  const path = `assets/${name.slice(0, dot)}-${(await sha256(bytes)).slice(0, 10)}${name.slice(dot)}`;
  files.set(path, bytes);
  return `/${path}`;
}

interface Hrefs {
  readonly script: string;
  readonly style: string;
  readonly icons: string;
  readonly content: string;
  readonly dice: string;
}

function page(html: string, hrefs: Hrefs): string {
  const bare = html
    .replace(/\s*<script\b[^>]*\bsrc="[^"]*main\.(tsx|js)"[^>]*><\/script>/g, "")
    .replace(/\s*<link\b[^>]*\brel="stylesheet"[^>]*>/g, "")
    .replace(/\s*<meta\b[^>]*\bname="goldbox-icons"[^>]*>/g, "");
  if (!bare.includes("</head>")) throw new Error("Cannot build web/index.html as it has no </head>");
  const head = [
    `<meta name="goldbox-icons" content="${hrefs.icons}">`,
    `<meta name="goldbox-content" content="${hrefs.content}">`,
    `<meta name="goldbox-dice" content="${hrefs.dice}">`,
    `<link rel="preload" as="fetch" crossorigin href="${hrefs.content}">`,
    `<link rel="stylesheet" href="${hrefs.style}">`,
    `<script type="module" src="${hrefs.script}"></script>`,
  ].map((line) => `    ${line}\n`).join("");
  return bare.replace(/[ \t]*<\/head>/, `${head}  </head>`);
}

/** The texts among the files once more, packed as small as can be: that takes too long to be done for each request. */
function pack(files: Files): Files {
  const packed: Files = new Map();
  for (const [name, bytes] of files) {
    if (/\.(js|css|json|html|txt)$/.test(name)) packed.set(`${name}.br`, new Uint8Array(brotliCompressSync(bytes)));
  }
  return packed;
}

async function describe(files: Files, packed: Files): Promise<readonly (readonly [string, BuiltFile])[]> {
  return await Promise.all([...files].map(async ([name, bytes]) => {
    const brotli = packed.get(`${name}.br`)?.length;
    const sizes = { bytes: bytes.length, gzip: await gzipSize(bytes), ...(brotli === undefined ? {} : { brotli }) };
    return [name, { ...sizes, sha256: await sha256(bytes) }] as const;
  }));
}

/** Puts the new folder in the place of the old one; another build may be doing the same, and the last one wins. */
async function replaceOutput(stage: URL): Promise<void> {
  for (let attempt = 1;; attempt++) {
    await Deno.remove(OUTPUT, { recursive: true }).catch(ignoreAbsent);
    try {
      await Deno.rename(stage, OUTPUT);
      return;
    } catch (fault) {
      if (attempt === 5) throw fault;
    }
  }
}

async function gzipSize(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed).arrayBuffer()).byteLength;
}

async function lastBuild(): Promise<string | undefined> {
  try {
    const manifest: unknown = JSON.parse(await Deno.readTextFile(new URL("manifest.json", OUTPUT)));
    const known = typeof manifest === "object" && manifest !== null && "sources" in manifest;
    return known && typeof manifest.sources === "string" ? manifest.sources : undefined;
  } catch {
    return undefined; // no build, or one that was cut short: build again
  }
}

async function sourcesHash(): Promise<string> {
  const lines: string[] = [];
  for (const source of SOURCES) {
    for (const path of (await listFiles(source)).sort()) {
      if (!/_test\.tsx?$/.test(path)) lines.push(`${path} ${await sha256(await Deno.readFile(new URL(path, ROOT)))}`);
    }
  }
  return await sha256(encode(lines.join("\n")));
}

async function listFiles(path: string): Promise<string[]> {
  try {
    if ((await Deno.stat(new URL(path, ROOT))).isFile) return [path];
  } catch (error) {
    ignoreAbsent(error);
    return [];
  }
  const found: string[] = [];
  for await (const entry of Deno.readDir(new URL(path, ROOT))) {
    found.push(...(entry.isDirectory ? await listFiles(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
  }
  return found;
}

function readText(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

if (import.meta.main) {
  const { values } = parseArgs({ args: Deno.args, options: { "if-stale": { type: "boolean", default: false } } });
  if (values["if-stale"]) {
    console.log(await buildIfStale() ? "Built dist/web" : "dist/web is up to date");
  } else {
    await buildWorkerIfStale();
    console.log("   bytes     gzip   brotli");
    for (const [name, file] of Object.entries((await buildWeb()).files)) {
      const sizes = [file.bytes, file.gzip, file.brotli ?? 0].map((size) => String(size).padStart(8));
      console.log(`${sizes.join(" ")}  ${name}`);
    }
  }
}
