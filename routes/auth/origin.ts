import type { Config } from "../../host/config.ts";

/**
 * Whether a page of ours, or of an allowed origin, sent a request. Browsers add `Origin` to what could change something;
 * where it is missing `Sec-Fetch-Site` tells the same. With neither nobody can say, so the answer is no.
 */
export function isSameOrigin(request: Request, config: Pick<Config, "publicUrl" | "origins">): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) return request.headers.get("sec-fetch-site") === "same-origin";
  if (config.origins.some((allowed) => originOf(allowed) === origin)) return true;
  return origin === originOf(publicUrlOf(request, config));
}

/** What players type: configured, else the address this request was sent to. Without a slash at its end. */
export function publicUrlOf(request: Request, config: Pick<Config, "publicUrl">): string {
  return originOf(config.publicUrl === "" ? request.url : config.publicUrl);
}

function originOf(url: string): string {
  return new URL(url).origin;
}
