import { readReply, type Reply } from "./connection.ts";
import { type JsonObject, objectOf } from "./json.ts";

/** One call by HTTP: for signing in, whose answer sets the cookie, and for what is asked before a socket stands. */
export async function callByHttp(method: string, params: JsonObject): Promise<Reply> {
  try {
    const response = await fetch("/rpc", {
      method: "POST",
      headers: { "content-type": "application/json" },
      credentials: "same-origin",
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: `v1.${method}`, params }),
    });
    return readReply(objectOf(await response.json()));
  } catch {
    return { type: "unknown" }; // no network, or no server yet: the caller shows it and asks again
  }
}
