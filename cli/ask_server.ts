import { z } from "zod";
import { JOB_STATES } from "../host/admin.ts";
import type { JsonObject } from "../host/api.ts";
import type { Config } from "../host/config.ts";
import { dataPaths } from "../kv/directory.ts";
import { adminTokenPath } from "./admin_token.ts";
import { findOwner } from "./doctor/ownership.ts";
import { StartFault } from "./subcommand.ts";

/** One call; jobs answer at once. */
const CALL_MS = 30_000;
const POLL_MS = 200;

/** The running server of a data directory, asked through its operator's door. */
export interface RunningServer {
  readonly address: string;
  /** The result of a method. Throws {@link StartFault} with the server's own words when it refuses. */
  call(method: string, params?: JsonObject): Promise<JsonObject>;
  /** Begins a job, waits for its end and answers with its result. */
  job(method: string, params?: JsonObject): Promise<JsonObject>;
}

const answer = z.object({
  result: z.custom<JsonObject>(isObject).optional(),
  error: z.object({ message: z.string(), data: z.object({ code: z.string() }).optional() }).optional(),
});
const job = z.looseObject({
  job: z.string(),
  state: z.enum(JOB_STATES),
  result: z.custom<JsonObject>(isObject).optional(),
  why: z.string().optional(),
});

/**
 * The server that owns the data directory, by the address it noted in the lock file; undefined when none has the lock
 * or none answers there. The note of one that is gone is not followed: somebody else may listen there now.
 */
export async function findServer(config: Config): Promise<RunningServer | undefined> {
  const { release, ...owner } = await findOwner(dataPaths(config.data));
  release();
  const address = owner.running ? owner.address : undefined;
  if (address === undefined || !await isLive(address)) return undefined;
  const token = config.adminToken !== "" ? config.adminToken : await readToken(config.data);
  const call = (method: string, params: JsonObject = {}) => ask({ address, token }, method, params);
  return {
    address,
    call,
    async job(method, params) {
      let seen = job.parse(await call(method, params));
      while (seen.state === "waiting" || seen.state === "running") {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        seen = job.parse(await call("admin.jobGet", { job: seen.job }));
      }
      if (seen.state === "failed") throw new StartFault(seen.why ?? "The server could not do it");
      return seen.result ?? {};
    },
  };
}

async function ask(
  { address, token }: { readonly address: string; readonly token: string },
  method: string,
  params: JsonObject,
): Promise<JsonObject> {
  const response = await fetch(`${address}/rpc`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: `v1.${method}`, params }),
    signal: AbortSignal.timeout(CALL_MS),
  });
  const said = answer.safeParse(await response.json().catch(() => undefined));
  if (!said.success) throw new StartFault(`The server at ${address} gave no answer that could be read`);
  const { result, error } = said.data;
  if (error === undefined) return result ?? {};
  const denied = error.data?.code.startsWith("auth/") === true;
  throw new StartFault(
    denied
      ? `The server at ${address} does not know this token: set GOLDBOX_ADMIN_TOKEN as for the server, or run this as its user`
      : `The server at ${address} refuses ${method}: ${error.message}`,
  );
}

async function isLive(address: string): Promise<boolean> {
  try {
    const response = await fetch(`${address}/live`, { signal: AbortSignal.timeout(CALL_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // It has the lock and hangs, or has not begun to listen.
    return false;
  }
}

async function readToken(data: string): Promise<string> {
  try {
    return (await Deno.readTextFile(adminTokenPath(data))).trim();
  } catch (cause) {
    throw new StartFault(
      `Cannot read ${adminTokenPath(data)}: run this as the user of the server, or set GOLDBOX_ADMIN_TOKEN for both`,
      { cause },
    );
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
