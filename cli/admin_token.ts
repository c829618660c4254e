import { createHash, timingSafeEqual } from "node:crypto";

const TOKEN_BYTES = 32;

/** Where the token of a server that was given none lies. */
export function adminTokenPath(data: string): string {
  return `${data}/admin.token`;
}

/**
 * The operator's token: the configured one, else a new one, written where only this user can read it. Whoever can read
 * that file could as well read the store.
 */
export async function prepareAdminToken(data: string, configured: string): Promise<string> {
  const path = adminTokenPath(data);
  if (configured !== "") {
    await Deno.remove(path).catch(() => undefined);
    return configured;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  const token = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  // By rename, so that a reader finds the old one or the new one, and with its mode from the first byte on.
  await Deno.remove(`${path}.new`).catch(() => undefined);
  await Deno.writeTextFile(`${path}.new`, `${token}\n`, { createNew: true, mode: 0o600 });
  await Deno.rename(`${path}.new`, path);
  return token;
}

/** Whether a text is the token. It is hashed first, so that neither its length nor its beginning tells anything by time. */
export function tokenCheck(token: string): (given: string) => boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(token);
  return (given) => timingSafeEqual(digest(given), expected);
}
