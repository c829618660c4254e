import type { z } from "zod";
import type { JsonObject } from "../../host/api.ts";
import { LIMITS } from "../wire/limits.ts";

/** What is wrong with params: at most ten of `{path, message}`, each bounded, since their texts may quote the caller. */
export function issuesOf(errors: readonly (z.ZodError | undefined)[]): readonly JsonObject[] {
  const issues: JsonObject[] = [];
  for (const error of errors) {
    for (const issue of error?.issues ?? []) {
      if (issues.length >= LIMITS.issues) return issues;
      issues.push({ path: short(issue.path.map(String).join("."), 80), message: short(issue.message, 160) });
    }
  }
  return issues;
}

function short(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
