/** Differences between two JSON values as RFC 6902 with `add`, `remove` and `replace` only. Equal references are skipped unread. */
import type { HashValue } from "./hash.ts";

export type PatchOperation =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: HashValue }
  | { readonly op: "remove"; readonly path: string };
export type Patch = readonly PatchOperation[];

type Members = { readonly [key: string]: HashValue | undefined };

function isMembers(value: HashValue | undefined): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** RFC 6901: `~` and `/` inside a key. */
function escapeKey(key: string): string {
  return key.includes("~") || key.includes("/") ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;
}

/** Operations that turn `before` into `after`. Lists of another length are replaced whole. */
export function diff(before: HashValue, after: HashValue): Patch {
  const out: PatchOperation[] = [];
  walk(before, after, "", out);
  return out;
}

function walk(before: HashValue, after: HashValue, path: string, out: PatchOperation[]): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (let i = 0; i < after.length; i += 1) {
      if (before[i] !== after[i]) walk(before[i], after[i], `${path}/${i}`, out);
    }
    return;
  }
  if (!isMembers(before) || !isMembers(after)) {
    out.push({ op: "replace", path, value: after });
    return;
  }
  for (const key in before) {
    if (before[key] !== undefined && after[key] === undefined) {
      out.push({ op: "remove", path: `${path}/${escapeKey(key)}` });
    }
  }
  for (const key in after) {
    const next = after[key];
    if (next === undefined) continue;
    const old = before[key];
    if (old === next) continue;
    const at = `${path}/${escapeKey(key)}`;
    if (old === undefined) out.push({ op: "add", path: at, value: next });
    else walk(old, next, at, out);
  }
}

/** The value after a patch; what did not change is shared with `before`, which itself stays as it was. Throws on a path that leads nowhere. */
export function applyPatch(before: HashValue, patch: Patch): HashValue {
  return patch.reduce((value, operation) => applyAt(value, pathOf(operation.path), 0, operation), before);
}

function pathOf(path: string): readonly string[] {
  return path === "" ? [] : path.slice(1).split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function applyAt(value: HashValue, keys: readonly string[], depth: number, operation: PatchOperation): HashValue {
  const key = keys[depth];
  if (key === undefined) {
    if (operation.op === "remove") throw new RangeError("Cannot apply patch as the whole value must not be removed");
    return operation.value;
  }
  const last = depth === keys.length - 1;
  if (Array.isArray(value)) {
    const index = Number(key);
    const child: HashValue | undefined = value[index];
    if (child === undefined) throw new RangeError("Cannot apply patch as its path must exist");
    const copy = [...value];
    copy[index] = applyAt(child, keys, depth + 1, operation);
    return copy;
  }
  if (!isMembers(value)) throw new RangeError("Cannot apply patch as its path must exist");
  if (last && operation.op === "remove") {
    if (!Object.hasOwn(value, key)) throw new RangeError("Cannot apply patch as its path must exist");
    const { [key]: _removed, ...rest } = value;
    return rest;
  }
  const child = Object.hasOwn(value, key) ? value[key] : undefined;
  if (last && operation.op !== "remove") return { ...value, [key]: operation.value };
  if (child === undefined) throw new RangeError("Cannot apply patch as its path must exist");
  return { ...value, [key]: applyAt(child, keys, depth + 1, operation) };
}
