import { z } from "zod";

const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;

const httpOrigin = z.string().max(300).refine(isHttpOrigin, "must be http(s)://host[:port] without a path");
const list = z.string().max(4_000).transform((text) =>
  text.split(",").map((part) => part.trim()).filter((part) => part !== "")
);

const networks = list.pipe(z.array(z.string().refine(isNetwork, "must be an address or CIDR range")).max(50))
  .prefault("");

/**
 * One row per option: its schema, default and meaning. The environment is read through this table only, and
 * `config doc` prints it, so an option cannot exist without being documented.
 */
export const OPTIONS = {
  GOLDBOX_HOST: {
    schema: z.string().min(1).max(255).default("127.0.0.1"),
    about: "Address to listen on; `0.0.0.0` for all interfaces",
  },
  GOLDBOX_PORT: {
    schema: integer(0, 65_535).prefault("8080"),
    about: "Port to listen on; 0 takes any free one",
  },
  GOLDBOX_DATA: {
    schema: z.string().min(1).max(4_000).default("./data"),
    about: "Data directory, made when absent; one server at a time owns it",
  },
  GOLDBOX_KV: {
    schema: z.string().max(2_000).default("").refine(
      (text) => text === "",
      "must be empty: this version keeps its store in the data directory, a remote one is not supported yet",
    ),
    about: "Empty: the embedded file in the data directory. The place of a remote KV Connect URL in a later version",
  },
  GOLDBOX_PUBLIC_URL: {
    schema: z.union([z.literal(""), httpOrigin]).default(""),
    about: "What players type, such as `https://play.example.org`; origin checks, cookies and links follow it. " +
      "Empty: the listening address",
  },
  GOLDBOX_ORIGINS: {
    schema: list.pipe(z.array(httpOrigin).max(50)).prefault(""),
    about: "Further origins a browser may call from, comma-separated",
  },
  GOLDBOX_TRUSTED_NETS: {
    schema: networks,
    about: "Addresses or CIDR ranges without per-address limits (a school, a load test), comma-separated",
  },
  GOLDBOX_PROXIES: {
    schema: networks,
    about:
      "Addresses or CIDR ranges of our own proxies, comma-separated: their `X-Forwarded-For` tells a player's address",
  },
  GOLDBOX_DISK_WARN: {
    schema: integer(0, 999_999_999).prefault("268435456"),
    about:
      "Bytes of the disk kept free by holding them in the file `reserve` of the data directory. Once they cannot " +
      "be held, nothing new is begun. 0 keeps none",
  },
  GOLDBOX_DISK_STOP: {
    schema: integer(0, 999_999_999).prefault("67108864"),
    about: "Bytes of it that are given up last: with no more room than this the server is read only",
  },
  GOLDBOX_MAX_CONNECTIONS: {
    schema: integer(1, 999_999).prefault("10000"),
    about:
      "Sockets at once; beyond them newcomers hear that the server is full. At least 64 files below the limit of " +
      "open files, as far as that can be found out",
  },
  GOLDBOX_MEMORY_LIMIT: {
    schema: integer(0, 999_999_999).prefault("0"),
    about:
      "MiB the process may have: at 80 % idle worlds sleep and none is made, at 92 % connections are let go. 0: as " +
      "the control group says where the server may read it, else no limit",
  },
  GOLDBOX_WORLD_LOG_LIMIT: {
    schema: integer(1, 1_000_000).prefault("64"),
    about: "MiB of packed log a world keeps; above, its oldest entries are dropped and replays begin after them",
  },
  GOLDBOX_LOG_LEVEL: {
    schema: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
    about: "Least severe level that is logged",
  },
  GOLDBOX_RATE_LIMITS: {
    schema: z.enum(["on", "off"], "must be on or off").prefault("on").transform((word) => word === "on"),
    about: "`off` lifts all rate limits; for tests and measurements, not for the internet",
  },
  GOLDBOX_BACKUPS: {
    schema: z.string().max(4_000).default(""),
    about:
      "Directory of the backups, made when absent. Empty: `backups` in the data directory, which is on the same disk",
  },
  GOLDBOX_BACKUP_EVERY: {
    schema: z.union([z.literal("off"), integer(5, 20_160)], {
      error: "must be off or a whole number of minutes from 5 to 20160",
    }).prefault("1440"),
    about: "Minutes between backups the server makes by itself; `off`: only when asked for",
  },
  GOLDBOX_BACKUP_KEEP: {
    schema: z.string().regex(/^\d{1,3},\d{1,3},\d{1,3}$/, "must be three numbers: days,weeks,months").prefault("7,4,12")
      .transform((text) => text.split(",").map(Number)),
    about: "How many days, weeks and months keep their newest backup; the newest of all is always kept",
  },
  GOLDBOX_ADMIN_TOKEN: {
    schema: z.string().regex(/^([A-Za-z0-9._~-]{32,256})?$/, "must be 32 to 256 letters, digits or ._~-").default(""),
    about: "What the operator's commands show to the running server. Empty: a new one at each start, written to " +
      "`admin.token` in the data directory for this user alone",
    secret: true,
  },
} as const;

export type OptionName = keyof typeof OPTIONS;

/** What the server runs with, after parsing. */
export type Config = Readonly<{ [K in OptionName as Rename<K>]: z.infer<(typeof OPTIONS)[K]["schema"]> }>;

type Rename<K extends string> = K extends `GOLDBOX_${infer Rest}` ? Camel<Lowercase<Rest>> : never;
type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] };

/**
 * Parses the `GOLDBOX_` variables of an environment. Every fault is reported, not only the first: a bad value, a name
 * nobody reads (most often a slip of the pen), an option given twice. Other variables are none of our business.
 *
 * `NAME_FILE` reads the value of `NAME` from a file, as container platforms hand over secrets.
 */
export function parseConfig(env: Readonly<Record<string, string>>, readFile: (path: string) => string): ConfigResult {
  const faults: string[] = [];
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith("GOLDBOX_")) continue;
    const option = optionOf(name);
    if (option === undefined) {
      faults.push(`${name} is no option of this server; see \`goldbox config doc\``);
    } else if (option === name) {
      given[name] = value;
    } else if (env[option] !== undefined) {
      faults.push(`${name} and ${option} are both set; only one of them may be`);
    } else {
      try {
        given[option] = readFile(value).trim();
      } catch (error) {
        faults.push(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(OPTIONS)) {
    const parsed = option.schema.safeParse(given[name]);
    const got = "secret" in option ? "" : `: got ${quote(given[name])}`;
    if (parsed.success) values[camel(name)] = parsed.data;
    else faults.push(`${name} ${parsed.error.issues[0]?.message ?? "is not valid"}${got}`);
  }
  if (faults.length > 0) return { ok: false, faults };
  // The loop above has visited every option, which the compiler cannot follow through a computed key.
  return { ok: true, config: values as unknown as Config };
}

/** Lines `NAME=value` of a configuration, in the order of the table; of a secret only whether it is set. */
export function printConfig(config: Config): string {
  const values: Readonly<Record<string, unknown>> = config;
  return Object.entries(OPTIONS).map(([name, option]) => {
    const value = format(values[camel(name)]);
    return `${name}=${"secret" in option && value !== "" ? "(set)" : value}`;
  }).join("\n");
}

/** The table of options as Markdown; `docs/CONFIGURATION.md` holds it. */
export function documentConfig(): string {
  const rows = Object.entries(OPTIONS).map(([name, { schema, about }]) => {
    const value = format(schema.parse(undefined));
    return [`\`${name}\``, value === "" ? "empty" : `\`${value}\``, about];
  });
  const table = [["name", "default", "meaning"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = table;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

function optionOf(name: string): string | undefined {
  if (Object.hasOwn(OPTIONS, name)) return name;
  const plain = name.replace(/_FILE$/, "");
  return plain !== name && Object.hasOwn(OPTIONS, plain) ? plain : undefined;
}

function camel(name: string): string {
  return name.slice("GOLDBOX_".length).toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function integer(low: number, high: number) {
  const message = `must be a whole number from ${low} to ${high}`;
  return z.string().regex(/^\d{1,9}$/, message).transform(Number).pipe(z.int().min(low, message).max(high, message));
}

function format(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return Array.isArray(value) ? value.join(",") : String(value);
}

function quote(value: string | undefined): string {
  const text = value ?? "";
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function isHttpOrigin(text: string): boolean {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "" && url.hash === "" &&
      url.username === "";
  } catch {
    return false;
  }
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  if (rest.length > 0) return false;
  const width = address.includes(":") ? 128 : 32;
  const known = width === 128 ? /^[0-9a-f:.]+$/i.test(address) : /^(\d{1,3}\.){3}\d{1,3}$/.test(address);
  return known && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width));
}
