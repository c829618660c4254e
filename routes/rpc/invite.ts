/** What an invite link carries: the world and its secret, `w_9fTq.7Qm2xv`. A secret alone is fine beside a `world`. */
export interface Invite {
  readonly world: string | undefined;
  readonly secret: string | undefined;
}

export function readInvite(code: string | undefined): Invite {
  const dot = code?.indexOf(".") ?? -1;
  if (code === undefined || dot < 0) return { world: undefined, secret: code };
  return { world: code.slice(0, dot), secret: code.slice(dot + 1) };
}

/** The link to send to friends. */
export function inviteLink(publicUrl: string, world: string, secret: string): string {
  return `${publicUrl}/i/${world}.${secret}`;
}
