/** Waiting and giving up, as pure facts: protocol page, "Rejections and errors", close codes. */

export const PING_EVERY_MS = 20_000;
export const PING_ANSWER_MS = 10_000;
export const CALM_MS = 30_000;

/** What the client does after a socket was closed. */
export type AfterClose =
  | { readonly type: "wait"; readonly ms: number }
  | { readonly type: "signIn" }
  | { readonly type: "stop" };

/** Random wait between 0.5 s and min(20 s, 0.5 s x 2^attempt); the first try after an unexpected drop comes within 1 s. */
export function waitBeforeTry(attempt: number, random: number): number {
  const most = Math.min(20_000, 500 * 2 ** Math.max(1, attempt));
  return Math.round(500 + random * (most - 500));
}

/** What a close code asks of us; `announced` is the wait the server named beforehand (server.goingAway). */
export function afterClose(
  code: number,
  options: { readonly attempt: number; readonly random: number; readonly announced?: number },
): AfterClose {
  const wait = waitBeforeTry(options.attempt, options.random);
  switch (code) {
    case 1000:
    case 1003:
    case 1008:
    case 4403:
      return { type: "stop" };
    case 4401:
      return { type: "signIn" };
    case 1012:
      return { type: "wait", ms: options.announced ?? wait };
    case 1013:
      return { type: "wait", ms: Math.max(5_000, wait) };
    case 4000:
      return { type: "wait", ms: 0 };
    case 4029:
      return { type: "wait", ms: 30_000 };
    default:
      return { type: "wait", ms: wait };
  }
}
