/** Writes what a long run measured into its own section of docs/RELIABILITY.md, and leaves the rest of the page alone. */

const PAGE = new URL("../../docs/RELIABILITY.md", import.meta.url).pathname;

export interface Section {
  /** One word for the markers: `kill-loop`. Each name has one block. */
  readonly name: string;
  /** Heading of the block where the page does not have it yet. */
  readonly title: string;
  /** The command that makes these figures again. */
  readonly command: string;
  /** Markdown: what was measured. */
  readonly text: string;
}

/**
 * Puts a section between its markers, with the command, the machine and the day; a page without them gets it at its end.
 * The page is formatted as the others are.
 */
export async function writeSection(section: Section, page = PAGE): Promise<void> {
  const before = await Deno.readTextFile(page).catch(() => "# Reliability\n");
  const block = [
    opening(section.name),
    "",
    section.text.trim(),
    "",
    `Last run: ${new Date().toISOString().slice(0, 10)}, \`${section.command}\`, ${(await machine()).join("; ")}.`,
    "",
    closing(section.name),
  ].join("\n");
  await Deno.writeTextFile(page, insert(before, section, block));
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", page], stdin: "null" }).spawn().status;
}

/** The page with the block in the place of the one that stood there, or at its end under a heading. */
export function insert(page: string, { name, title }: Pick<Section, "name" | "title">, block: string): string {
  const from = page.indexOf(opening(name));
  const to = page.indexOf(closing(name));
  if (from === -1 || to < from) return `${page.trimEnd()}\n\n## ${title}\n\n${block}\n`;
  return page.slice(0, from) + block + page.slice(to + closing(name).length);
}

/** What ran it: a figure means nothing without. */
export async function machine(): Promise<readonly string[]> {
  const read = (path: string) => Deno.readTextFile(path).catch(() => "");
  const model = /model name\s*:\s*(.+)/.exec(await read("/proc/cpuinfo"))?.[1] ?? "unknown processor";
  const kilobytes = Number(/MemTotal:\s+(\d+)/.exec(await read("/proc/meminfo"))?.[1] ?? 0);
  return [
    `${navigator.hardwareConcurrency} cores, ${model}`,
    `${Math.round(kilobytes / 1_048_576)} GiB of memory`,
    `${Deno.build.os} ${Deno.osRelease()}, Deno ${Deno.version.deno}`,
  ];
}

const opening = (name: string) => `<!-- generated: ${name} -->`;
const closing = (name: string) => `<!-- end: ${name} -->`;
