/** What a refusal says to people, from the Fluent files. The id of a message is its code with `-` for `/`. */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { JsonObject } from "../../host/api.ts";
import type { WireRefusal } from "./encode.ts";

type Pattern = Parameters<FluentBundle["formatPattern"]>[0];

export interface Words {
  readonly message: string;
  readonly hint: string;
  readonly lang: string;
}

export interface Messages {
  /** Languages in which everything can be said, the default first. */
  readonly languages: readonly string[];
  /** The first language we have of those asked for, else the default. */
  pick(...asked: readonly (string | undefined)[]): string;
  of(refusal: Pick<WireRefusal, "code" | "details">, lang: string): Words;
  has(code: string): boolean;
}

/** Reads the texts of each language, `[language, source]`; the first is the default. Throws on a broken file. */
export function createMessages(sources: readonly (readonly [lang: string, ftl: string])[]): Messages {
  const bundles = new Map(sources.map(([lang, ftl]) => [lang, bundleOf(lang, ftl)]));
  const first = sources[0]?.[0];
  const fallback = first === undefined ? undefined : bundles.get(first);
  if (first === undefined || fallback === undefined) throw new RangeError("Cannot speak as there must be a language");

  return {
    languages: [...bundles.keys()],
    pick(...asked) {
      for (const text of asked) {
        for (const tag of (text ?? "").split(",", 8)) {
          const lang = tag.split(";")[0]?.trim().toLowerCase() ?? "";
          if (bundles.has(lang)) return lang;
          const short = lang.split("-")[0] ?? "";
          if (bundles.has(short)) return short;
        }
      }
      return first;
    },
    of({ code, details }, lang) {
      const spoken = bundles.has(lang) ? lang : first;
      const bundle = bundles.get(spoken) ?? fallback;
      const id = code.replace("/", "-");
      const found = bundle.getMessage(id);
      const variables = variablesOf(details);
      const say = (pattern: Pattern | null) => pattern === null ? code : bundle.formatPattern(pattern, variables, []);
      return {
        message: say(found?.value ?? null),
        hint: say(found?.attributes["hint"] ?? null),
        lang: spoken,
      };
    },
    has: (code) => fallback.hasMessage(code.replace("/", "-")),
  };
}

function bundleOf(lang: string, ftl: string): FluentBundle {
  const bundle = new FluentBundle(lang, { useIsolating: false });
  const errors = bundle.addResource(new FluentResource(ftl));
  if (errors.length > 0) throw new SyntaxError(`Cannot read the ${lang} messages: ${errors[0]?.message}`);
  return bundle;
}

function variablesOf(details: JsonObject | undefined): Record<string, FluentVariable> {
  const variables: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(details ?? {})) {
    if (typeof value === "string" || typeof value === "number") variables[name] = value;
  }
  return variables;
}
