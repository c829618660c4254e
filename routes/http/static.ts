/** The browser client: what carries its hash is cached for ever, the page that names it is never cached. */
import type { Asset } from "../assets.ts";

export type ServeStatic = (path: string, acceptEncoding: string) => Promise<Response | undefined>;

export function createStatic(assets: ReadonlyMap<string, Asset>): ServeStatic {
  const packed = new Map<Asset, Promise<Uint8Array<ArrayBuffer>>>();

  return async (path, acceptEncoding) => {
    const asset = assets.get(path);
    if (asset === undefined) return undefined;
    const headers = new Headers({
      "content-type": asset.type,
      "cache-control": asset.immutable ? "public, max-age=31536000, immutable" : "no-store",
      vary: "accept-encoding",
    });
    if (asset.brotli !== undefined && /\bbr\b/.test(acceptEncoding)) {
      headers.set("content-encoding", "br");
      return new Response(asset.brotli, { headers });
    }
    if (!asset.compressible || !/\bgzip\b/.test(acceptEncoding)) return new Response(asset.bytes, { headers });
    const bytes = packed.get(asset) ?? gzip(asset.bytes);
    packed.set(asset, bytes);
    headers.set("content-encoding", "gzip");
    return new Response(await bytes, { headers });
  };
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
