/** Whether an answer is one that was promised: a documented code of its method, the right status, and nothing stored by a refusal. */
import { findMethod } from "../../routes/rpc/registry.ts";
import { CODES, isCode, rowOf } from "../../routes/wire/codes.ts";
import type { Said } from "./doors.ts";
import type { Input } from "./inputs.ts";

/** Codes of a request that never reached a method. */
const ANY: ReadonlySet<string> = new Set([
  ...["rpc/parse_error", "rpc/invalid_request", "rpc/unknown_method", "rpc/too_large", "rpc/unsupported_type"],
  ...["auth/required", "auth/ended", "auth/origin", "limit/rate"],
]);
/** A socket closes with one of these or stays open (0). */
const CLOSES: ReadonlySet<number> = new Set([0, 1003, 1008, 1009]);

export interface Verdict {
  /** What was not promised; empty when all was well. */
  readonly faults: readonly string[];
  /** Whether nothing may have been stored. */
  readonly refused: boolean;
  readonly codes: readonly string[];
}

export function judge(input: Input, said: Said): Verdict {
  const { status, text } = said;
  if (input.door === "frame" && !CLOSES.has(status)) return bad(`the socket closed with ${status}`);
  if (text === "") {
    const silent = input.door === "frame" || status === 204;
    return silent ? { faults: [], refused: false, codes: [] } : bad(`status ${status} without a body`);
  }
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return bad(`the answer is no JSON: ${text.slice(0, 100)}`);
  }
  if (input.door === "rest") return rest(input, status, answer);
  const asked = parsed(input.body);
  const answers: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  const methods = Array.isArray(asked) ? undefined : methodOf(asked);
  const verdicts = answers.map((one) => single(one, methods, status, input));
  const codes = verdicts.flatMap((one) => one.codes);
  // What asks for no answer may have been done.
  const notified = Array.isArray(asked) && asked.length !== answers.length && Array.isArray(answer);
  return { faults: verdicts.flatMap((one) => one.faults), refused: !codes.includes("ok") && !notified, codes };
}

function single(answer: unknown, method: string | undefined, status: number, input: Input): Verdict {
  if (!isRecord(answer)) return bad("an answer is no object");
  const hasError = "error" in answer;
  if (answer["jsonrpc"] === undefined && hasError && isRecord(answer["error"]) && [404, 405].includes(status)) {
    return { faults: [], refused: true, codes: [String(status)] };
  }
  if (answer["jsonrpc"] !== "2.0" || hasError === ("result" in answer)) {
    return bad("neither a result nor an error, or both");
  }
  if (!hasError) return { faults: [], refused: false, codes: ["ok"] };
  const verdict = error(answer["error"], method);
  const [code = ""] = verdict.codes;
  const early = isCode(code) && status === rowOf(code).http;
  const right = input.door === "frame" || status === 200 || early;
  return right ? verdict : { ...verdict, faults: [...verdict.faults, `status ${status} for ${code}`] };
}

function rest(input: Input, status: number, answer: unknown): Verdict {
  if (status === 200) return { faults: [], refused: false, codes: ["ok"] };
  if (!isRecord(answer)) return bad("an error is no object");
  if (status === 405 || status === 404 && !isRecord(answer["data"]) && isRecord(answer["error"])) {
    return { faults: [], refused: true, codes: [String(status)] };
  }
  const verdict = error("error" in answer ? answer["error"] : answer, input.path.slice("/api/v1/".length));
  const [code = ""] = verdict.codes;
  if (isCode(code) && status !== rowOf(code).http) return { ...verdict, faults: [`status ${status} for ${code}`] };
  return verdict;
}

function error(value: unknown, method: string | undefined): Verdict {
  const data = isRecord(value) ? value["data"] : undefined;
  const code = isRecord(data) ? String(data["code"]) : "";
  if (!isRecord(value) || !isCode(code)) return bad(`no code of the table: ${JSON.stringify(value).slice(0, 200)}`);
  if (value["code"] !== CODES.get(code)?.number) return bad(`${code} with the number ${value["code"]}`);
  if (code === "server/internal") return bad("server/internal");
  const record = method === undefined ? undefined : findMethod(method);
  const promised = record === undefined || ANY.has(code) || record.errors.some((one) => one === code);
  const fits = record !== undefined || method === undefined || ANY.has(code) || code === "rpc/invalid_params";
  const faults = [
    ...(promised ? [] : [`${record?.name} does not promise ${code}`]),
    ...(fits ? [] : [`${code} without a method`]),
  ];
  return { faults, refused: true, codes: [code] };
}

function parsed(body: Input["body"]): unknown {
  try {
    return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function methodOf(asked: unknown): string | undefined {
  return isRecord(asked) && typeof asked["method"] === "string" ? asked["method"] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bad(why: string): Verdict {
  return { faults: [why], refused: true, codes: [] };
}
