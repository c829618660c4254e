/** Addresses and CIDR ranges, IPv4 and IPv6, for the networks an operator trusts. */
export function createNetworks(ranges: readonly string[]): (address: string) => boolean {
  const known = ranges.map((range) => {
    const [address = "", bits] = range.split("/");
    const bytes = bytesOf(address);
    return { bytes, bits: bits === undefined ? bytes.length * 8 : Number(bits) };
  });
  if (known.length === 0) return () => false;
  return (address) => {
    const bytes = bytesOf(address);
    return bytes.length > 0 &&
      known.some((range) => range.bytes.length === bytes.length && samePrefix(range.bytes, bytes, range.bits));
  };
}

function samePrefix(a: readonly number[], b: readonly number[], bits: number): boolean {
  for (let index = 0; index * 8 < bits; index++) {
    const width = Math.min(8, bits - index * 8);
    const mask = (0xff << (8 - width)) & 0xff;
    if (((a[index] ?? 0) & mask) !== ((b[index] ?? 0) & mask)) return false;
  }
  return true;
}

/** 4 or 16 numbers; none when the text is no address. An IPv4 address inside an IPv6 one counts as IPv4. */
function bytesOf(address: string): readonly number[] {
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(inner)) return inner.split(".").map(Number);
  const [head = "", tail] = inner.split("%")[0]?.split("::") ?? [];
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const missing = 8 - before.length - after.length;
  if (missing < 0 || (tail === undefined && missing > 0)) return [];
  const groups = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  if (groups.some((group) => !Number.isInteger(group) || group < 0 || group > 0xffff)) return [];
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

function groupsOf(text: string): readonly number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}
