/** A WebSocket client written out by hand over TCP, so that a test can do what no client does: stop reading, stop in mid-request. */

export interface RawSocket {
  /** Sends a text frame. */
  send(text: string): Promise<void>;
  /** The code the server closes with, when that is all it says. */
  closedWith(): Promise<number>;
  /** Closes the connection without a word. */
  cut(): void;
}

/** Upgrades by a ticket; nothing that comes after the answer is read by itself. */
export async function openRaw(
  port: number,
  ticket: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawSocket> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const request = [
    `GET /ws?ticket=${ticket} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==",
    "Sec-WebSocket-Version: 13",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ].join("\r\n");
  await writeAll(conn, new TextEncoder().encode(request));
  let answer = "";
  while (!answer.includes("\r\n\r\n")) {
    const part = new Uint8Array(1);
    if (await conn.read(part) === null) throw new Error(`The socket was refused: ${answer}`);
    answer += new TextDecoder().decode(part);
  }
  if (!answer.startsWith("HTTP/1.1 101")) throw new Error(`The socket was refused: ${answer}`);
  return {
    send: (text) => writeAll(conn, frameOf(text)),
    async closedWith() {
      // Opcode and length, then the code.
      const frame = new Uint8Array(4);
      for (let at = 0; at < frame.length;) {
        const read = await conn.read(frame.subarray(at));
        if (read === null) throw new Error("The socket ended without a close frame");
        at += read;
      }
      if (frame[0] !== 0x88) throw new Error(`Something else came before the close frame: ${frame[0]}`);
      return new DataView(frame.buffer).getUint16(2);
    },
    cut: () => conn.close(),
  };
}

/** A masked text frame (RFC 6455, section 5.2); its mask is zero, which masks nothing. */
function frameOf(text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  const frame = new Uint8Array(14 + payload.length);
  frame.set([0x81, 0x80 | 127]);
  new DataView(frame.buffer).setBigUint64(2, BigInt(payload.length));
  frame.set(payload, 14);
  return frame;
}

async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}
