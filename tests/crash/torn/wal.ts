/** What a WAL file of SQLite says about itself (https://sqlite.org/walformat.html), as far as these tests need it. */

const HEADER = 32;
const FRAME_HEADER = 24;

export interface Wal {
  /** Salt of its present generation: changes whenever the file is begun anew. */
  readonly salt: string;
  readonly frameBytes: number;
  readonly bytes: number;
  /** Frames of this generation up to the last commit. */
  readonly committed: number;
}

export function readWal(bytes: Uint8Array): Wal {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER) return { salt: "", frameBytes: FRAME_HEADER + 4_096, bytes: bytes.length, committed: 0 };
  const frameBytes = FRAME_HEADER + view.getUint32(8);
  const salt = saltAt(view, 16);
  let committed = 0;
  for (let i = 0; HEADER + (i + 1) * frameBytes <= bytes.length; i += 1) {
    const at = HEADER + i * frameBytes;
    if (saltAt(view, at + 8) !== salt) break;
    // Only the last frame of a transaction says how long the database is after it.
    if (view.getUint32(at + 4) !== 0) committed = i + 1;
  }
  return { salt, frameBytes, bytes: bytes.length, committed };
}

/** Offset at which frame `i` (from 0) begins. */
export function frameStart({ frameBytes }: Wal, i: number): number {
  return HEADER + i * frameBytes;
}

/** How many whole frames lie before an offset: those a damage there leaves alone. */
export function framesBefore({ frameBytes }: Wal, offset: number): number {
  return offset < HEADER ? 0 : Math.floor((offset - HEADER) / frameBytes);
}

export interface WalMark {
  readonly salt: string;
  /** Committed frames at this moment. */
  readonly frame: number;
}

/** Reads from the WAL's index (`-shm`) where the log stands while a server writes it. */
export function openMark(path: string): { read(): WalMark } & Disposable {
  const file = Deno.openSync(path, { read: true });
  const bytes = new Uint8Array(48);
  const view = new DataView(bytes.buffer);
  return {
    read() {
      file.seekSync(0, Deno.SeekMode.Start);
      file.readSync(bytes);
      // The index is in the byte order of the machine, but the salts are copied from the log as they are.
      return { salt: saltAt(view, 32), frame: view.getUint32(16, true) };
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function saltAt(view: DataView, at: number): string {
  return `${view.getUint32(at).toString(16)}-${view.getUint32(at + 4).toString(16)}`;
}
