/** Why the store could not be opened: exit codes of the process, each with one sentence what to do. */
export type RefusalExitCode = 3 | 4 | 5 | 6 | 7;

/** The store was refused at start. The message is one plain sentence for the operator. */
export class StoreRefused extends Error {
  override readonly name: string = "StoreRefused";
  readonly exitCode: RefusalExitCode;

  constructor(exitCode: RefusalExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

export class StoreCorrupt extends StoreRefused {
  override readonly name = "StoreCorrupt";

  constructor(path: string, why: string, options?: ErrorOptions) {
    super(
      3,
      `Cannot open the store ${path} as ${why}: \`goldbox backup restore\` brings a backup back and \`goldbox doctor\` ` +
        "tells more; the file was left untouched",
      options,
    );
  }
}

export class StoreNewer extends StoreRefused {
  override readonly name = "StoreNewer";

  constructor(path: string, schema: number, ours: number) {
    super(
      4,
      `Cannot open the store ${path} as its schema must be <= ${ours}: current value is ${schema}; start the newer version that wrote it`,
    );
  }
}

export class StoreOwned extends StoreRefused {
  override readonly name = "StoreOwned";

  constructor(directory: string, owner: string) {
    super(
      5,
      `Cannot use the data directory ${directory} as ${owner} owns it: stop that one first, or give this one its own directory`,
    );
  }
}

export class DirectoryUnusable extends StoreRefused {
  override readonly name = "DirectoryUnusable";

  constructor(directory: string, why: string, options?: ErrorOptions) {
    super(
      6,
      `Cannot use the data directory ${directory} as ${why}: set GOLDBOX_DATA to a directory this user may write to`,
      options,
    );
  }
}

export class StoreOlder extends StoreRefused {
  override readonly name = "StoreOlder";

  constructor(path: string, schema: number, ours: number) {
    super(
      7,
      `Cannot use the store ${path} as its schema must be ${ours}: current value is ${schema}; start the server, or run \`goldbox migrate up\`, which bring it there after a backup`,
    );
  }
}

export class MigrationFailed extends StoreRefused {
  override readonly name = "MigrationFailed";

  constructor(path: string, why: string, options?: ErrorOptions) {
    super(
      7,
      `Cannot bring the store ${path} to this version's form as ${why}: start again to go on from there, or take the form before back with \`goldbox migrate down\``,
      options,
    );
  }
}

/** A stored record that is damaged or missing. It quarantines its one world; the others play on. */
export class DamagedRecord extends Error {
  override readonly name = "DamagedRecord";
  readonly key: string;

  constructor(key: string, why: string, options?: ErrorOptions) {
    super(`Cannot read ${key} as ${why}`, options);
    this.key = key;
  }
}

/** Entries that were dropped because their world's log had grown above its limit. Nothing is damaged. */
export class EntriesDropped extends Error {
  override readonly name = "EntriesDropped";
  /** The first entry that is kept: from here on the world can be replayed. */
  readonly first: number;

  constructor(world: string, n: number, first: number) {
    super(`Cannot read entry ${n} of ${world} as it was dropped: the world can be replayed from entry ${first} on`);
    this.first = first;
  }
}

/** A write refused because another process owns the store now: this one has to stop. */
export class StoreLost extends Error {
  override readonly name = "StoreLost";

  constructor() {
    super("Cannot write to the store as another process owns it now");
  }
}
