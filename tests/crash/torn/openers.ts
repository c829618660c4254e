/** Processes that open damaged stores one after another, and begin anew when the runtime ended one of them. */
import type { Opened, OpenRequest } from "./opener.ts";

/** How one opening ended. `aborted`: the runtime ended the process. */
export type Ending = Opened | { readonly type: "aborted"; readonly code: number; readonly message: string };

interface Process {
  readonly child: Deno.ChildProcess;
  readonly writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly lines: AsyncGenerator<string>;
  readonly errors: Promise<string>;
}

/** One opener at a time has one directory. */
export class Opener {
  #process: Process | undefined;

  async open(request: OpenRequest): Promise<Ending> {
    const process = this.#process ??= start();
    await process.writer.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`)).catch(() => undefined);
    const { value, done } = await process.lines.next();
    // Written by our own opener.
    if (done !== true) return JSON.parse(value) as Opened;
    this.#process = undefined;
    const [{ code }, message] = await Promise.all([process.child.status, process.errors]);
    await process.writer.close().catch(() => undefined);
    return { type: "aborted", code, message: message.slice(0, 300) };
  }

  async close(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined) return;
    await process.writer.close();
    await process.lines.next();
    await Promise.all([process.child.status, process.errors]);
  }
}

function start(): Process {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--unstable-kv", new URL("./opener.ts", import.meta.url).pathname],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return { child, writer: child.stdin.getWriter(), lines: linesOf(child.stdout), errors: textOf(child.stderr) };
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

async function textOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let all = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) all += text;
  return all;
}
