/** Connections over the end of a socket that a test holds in its hand. */
import type { Caller } from "../../host/api.ts";
import type { Clock } from "../../host/clock.ts";
import { createMetrics } from "../../host/metrics.ts";
import type { Dispatcher } from "../rpc/dispatcher.ts";
import { Connection, type ConnectionOptions } from "../live/connection.ts";
import { createMessages } from "../wire/messages.ts";
import { createSmallHost } from "./small_host.ts";

/** The end of a socket as the runtime gives it, with a buffer that can be full. */
export class Wire extends EventTarget {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  closedWith: number | undefined;
  readonly sent: string[] = [];
  onclose: ((event: { code: number }) => void) | undefined;
  send(text: string): void {
    this.sent.push(text);
  }
  close(code: number): void {
    this.closedWith = code;
  }
}

/** A connection of a guest of its own over a fresh wire. */
export async function wired(
  clock: Clock,
  onClosed: ConnectionOptions["onClosed"],
  id = "k1",
): Promise<{ readonly wire: Wire; readonly connection: Connection }> {
  const host = createSmallHost();
  const guest = await host.guest({ name: "Ada", lang: "en" });
  const quiet = () => {};
  const wire = new Wire();
  const connection = new Connection(wire as unknown as WebSocket, {
    id,
    caller: guest.ok ? guest.result.caller : {} as Caller,
    address: "192.0.2.1",
    lang: "en",
    publicUrl: "http://game.test",
    metered: true,
    onClosed,
    onStrike: quiet,
  }, {
    host,
    clock,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    metrics: createMetrics(),
    dispatcher: {} as Dispatcher,
    messages: createMessages([["en", "a = A\n"]]),
    makeRid: () => "r-12345678",
  });
  return { wire, connection };
}
