/** The session's cookie: `__Host-session` where the public address is https, else `session`. */
export interface CookieRules {
  readonly name: string;
  readonly secure: boolean;
}

export function cookieRules(publicUrl: string): CookieRules {
  const secure = publicUrl.startsWith("https:");
  return { name: secure ? "__Host-session" : "session", secure };
}

/** Value of a cookie in a `Cookie` header; undefined when absent or implausible. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const part of (header ?? "").split(";", 64)) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) {
      const value = part.slice(at + 1).trim();
      return TOKEN.test(value) ? value : undefined;
    }
  }
  return undefined;
}

/** `Set-Cookie` for a token that lives until `expiresAt`. */
export function setCookie(rules: CookieRules, token: string, expiresAt: number, now: number): string {
  const seconds = Math.max(0, Math.floor((expiresAt - now) / 1000));
  return `${rules.name}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${rules.secure ? "; Secure" : ""}`;
}

/** `Set-Cookie` that takes the cookie back. */
export function clearCookie(rules: CookieRules): string {
  return `${rules.name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${rules.secure ? "; Secure" : ""}`;
}

/** What a token or ticket may look like; anything else is not worth asking the store about. */
export const TOKEN = /^[A-Za-z0-9._~-]{8,256}$/;
