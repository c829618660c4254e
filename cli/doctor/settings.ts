import type { Config } from "../../host/config.ts";
import { type Finding, warn, well } from "./finding.ts";

const EVERYBODY = new Set(["0.0.0.0/0", "::/0"]);

/** What a proxy in front of the server says of its players, and the address they type. */
export function checkProxy({ host, publicUrl, proxies, trustedNets }: Config): readonly Finding[] {
  const id = "proxy";
  const findings: Finding[] = [];
  const local = isLocal(host);
  const url = publicUrl === "" ? undefined : new URL(publicUrl);
  if (proxies.some((net) => EVERYBODY.has(net))) {
    findings.push(
      warn(
        id,
        "GOLDBOX_PROXIES lists everybody, so anybody may claim any address",
        "List the addresses of your proxies only",
      ),
    );
  }
  if (trustedNets.some((net) => EVERYBODY.has(net))) {
    findings.push(
      warn(id, "GOLDBOX_TRUSTED_NETS lists everybody: no address is limited", "List only networks you know"),
    );
  }
  if (url?.protocol === "https:" && proxies.length === 0) {
    findings.push(
      warn(
        id,
        "Players come by https, so through a proxy, but GOLDBOX_PROXIES is empty: all of them share one address's limits",
        "Set GOLDBOX_PROXIES to the proxy's address, 127.0.0.1 where it runs on this machine",
      ),
    );
  }
  if (proxies.length > 0 && url === undefined) {
    findings.push(
      warn(
        id,
        "There is a proxy but no GOLDBOX_PUBLIC_URL: browsers that come through it are refused",
        "Set it to what players type",
      ),
    );
  }
  if (!local && url === undefined) {
    findings.push(
      warn(
        id,
        `The server listens on ${host} without a GOLDBOX_PUBLIC_URL: browsers on other machines are refused`,
        "Set it to what players type",
      ),
    );
  }
  if (url?.protocol === "http:" && !isLocal(url.hostname)) {
    findings.push(
      warn(
        id,
        `Players come to ${url.origin} without encryption`,
        "Put a proxy that speaks TLS in front and use https",
      ),
    );
  }
  return findings.length > 0 ? findings : [well(id, "Addresses and proxies fit each other")];
}

function isLocal(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || host.startsWith("127.");
}
