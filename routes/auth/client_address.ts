import { createNetworks } from "./networks.ts";

const isAddress = createNetworks(["0.0.0.0/0", "::/0"]);

/**
 * Whose address counts for a request: that of the peer, or, where the peer is a proxy we know, the last hop of
 * `X-Forwarded-For` that is none. What a client wrote into the header itself stands before that and is never read; a
 * header without such a hop leaves the peer's address.
 */
export function createClientAddress(proxies: readonly string[]): (peer: string, headers: Headers) => string {
  const isProxy = createNetworks(proxies);
  return (peer, headers) => {
    if (!isProxy(peer)) return peer;
    const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
    const hop = hops.findLast((one) => !isProxy(one));
    return hop !== undefined && isAddress(hop) ? hop : peer;
  };
}
