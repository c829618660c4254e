/**
 * The one module that knows where files are: the built client and the texts. Both are found from this module's own
 * address, so they are read from the source tree and from within the compiled binary alike.
 */
const CLIENT = new URL("../dist/web/", import.meta.url);
const LOCALES = new URL("../locales/", import.meta.url);
const LANGUAGES = ["en"] as const;

/** A file of the client, held in memory: there are few, and none is looked up by a path from outside. */
export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** The name carries the content's hash: cached for ever. */
  readonly immutable: boolean;
  readonly compressible: boolean;
  /** The same bytes packed by brotli at build time. */
  readonly brotli?: Uint8Array<ArrayBuffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  woff2: "font/woff2",
  webmanifest: "application/manifest+json",
};

/** The built client by path (`/assets/main-0123456789.js`); empty when it was never built. */
export function readClient(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const { name, packed } of clientFiles()) {
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    assets.set(`/${name}`, {
      bytes: Deno.readFileSync(new URL(name, CLIENT)),
      type,
      immutable: /^assets\/.+-[0-9a-f]{10}\.\w+$/.test(name),
      compressible: /^(text|application|image\/svg)/.test(type),
      ...(packed ? { brotli: Deno.readFileSync(new URL(`${name}.br`, CLIENT)) } : {}),
    });
  }
  return assets;
}

/** Server texts, `[language, Fluent source]`, the default first. */
export function readMessages(): readonly (readonly [lang: string, ftl: string])[] {
  return LANGUAGES.map((lang) => [lang, Deno.readTextFileSync(new URL(`${lang}/server.ftl`, LOCALES))]);
}

/** The build's manifest lists its files. */
function clientFiles(): readonly { readonly name: string; readonly packed: boolean }[] {
  try {
    const manifest: unknown = JSON.parse(Deno.readTextFileSync(new URL("manifest.json", CLIENT)));
    const files = typeof manifest === "object" && manifest !== null && "files" in manifest ? manifest.files : undefined;
    return Object.entries(typeof files === "object" && files !== null ? files : {}).map(([name, file]) => {
      return { name, packed: typeof file === "object" && file !== null && "brotli" in file };
    });
  } catch (fault) {
    if (fault instanceof Deno.errors.NotFound) return [];
    throw fault;
  }
}
