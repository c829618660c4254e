import { z } from "zod";

const Names = z.array(z.string().regex(/^[a-z0-9-]+$/)).max(500);
const Authors = z.object({ authors: z.record(z.string(), z.string()), icons: z.record(z.string(), z.string()) });
const Collection = z.object({ icons: z.record(z.string(), z.object({ body: z.string() })) });

/** The icons a build ships: name to path data (all are 512 x 512), and the text that names their artists. */
export interface BakedIcons {
  readonly paths: Readonly<Record<string, string>>;
  readonly credits: string;
}

/**
 * Takes the icons listed in `web/icons.json` out of the game-icons.net collection. The package does not say who drew
 * which icon, so `icon_authors.json` does, from the collection's own repository, where every artist has a folder. An icon
 * without a known artist is not used: the licence (CC BY 3.0) asks for the name.
 */
export async function bakeIcons(root: URL): Promise<BakedIcons> {
  const wanted = Names.parse(await readJson(new URL("web/icons.json", root)));
  const known = Authors.parse(await readJson(new URL("tools/icon_authors.json", root)));
  const collection = Collection.parse(
    await readJson(new URL("node_modules/@iconify-json/game-icons/icons.json", root)),
  );

  const paths: Record<string, string> = {};
  const byAuthor = new Map<string, string[]>();
  for (const name of wanted.toSorted()) {
    const author = known.icons[name];
    if (author === undefined) {
      throw new Error(`Cannot use icon "${name}" as tools/icon_authors.json has no author for it`);
    }
    const body = collection.icons[name]?.body;
    if (body === undefined) throw new Error(`Cannot use icon "${name}" as the collection has none of that name`);
    paths[name] = pathOf(name, body);
    byAuthor.set(author, [...(byAuthor.get(author) ?? []), name]);
  }
  return { paths, credits: creditsText(byAuthor, known.authors) };
}

function pathOf(name: string, body: string): string {
  const found = [...body.matchAll(/\bd="([^"]+)"/g)].map((match) => match[1] ?? "");
  if (found.length === 0) throw new Error(`Cannot use icon "${name}" as it has no path`);
  return found.join(" ");
}

function creditsText(
  byAuthor: ReadonlyMap<string, readonly string[]>,
  names: Readonly<Record<string, string>>,
): string {
  const lines = [...byAuthor].toSorted(([a], [b]) => a < b ? -1 : 1)
    .map(([author, used]) => `${names[author] ?? author}: ${used.join(", ")}`);
  return [
    "Icons from https://game-icons.net, licensed under the Creative Commons Attribution 3.0 Unported licence",
    "(https://creativecommons.org/licenses/by/3.0/). The shapes are unchanged; colours and sizes are ours.",
    "",
    ...lines,
    "",
  ].join("\n");
}

async function readJson(url: URL): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(url));
}
