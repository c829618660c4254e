import type { Receipt } from "../kv/ports.ts";
import type { Answer } from "./api.ts";
import { isFingerprintOf } from "./fingerprint.ts";

/** Receipts and remembered rejections per lane. */
const KEPT = 64;
const IN_FLIGHT_RETRY_MS = 250;
/** Looks at a lane nobody uses after which even what only this process remembers of it is forgotten: about a day. */
const IDLE_LOOKS = 1_440;

/**
 * Order and receipts of one lane of one session: which numbers are settled, which are under way, and what was answered.
 * The table of answers is the one in the protocol, "Commands and receipts".
 */
export class Lane {
  readonly #receipts = new Map<number, Receipt>();
  readonly #rejected = new Map<number, { readonly fingerprint: string; readonly answer: Answer }>();
  readonly #underWay = new Set<number>();
  #settled = 0;
  #used = 0;
  #touched = true;
  #idleLooks = 0;

  constructor(receipts: readonly Receipt[]) {
    for (const receipt of receipts) this.#keep(receipt);
  }

  /** The next number this lane has no use for yet. */
  get next(): number {
    return Math.max(this.highest, this.#used) + 1;
  }

  /** Highest number that is stored, rejected or under way. */
  get highest(): number {
    let highest = this.#settled;
    for (const cseq of this.#underWay) highest = Math.max(highest, cseq);
    return highest;
  }

  /** The answer to a number that is not new; undefined when it has to be decided. */
  look(cseq: number, fingerprint: string): Answer | undefined {
    this.#touched = true;
    const receipt = this.#receipts.get(cseq);
    if (receipt !== undefined) return fromReceipt(receipt, fingerprint);
    if (this.#underWay.has(cseq)) {
      return { ok: false, refusal: { code: "command/in_flight", retryAfterMs: IN_FLIGHT_RETRY_MS } };
    }
    const rejected = this.#rejected.get(cseq);
    // Of another command nothing is told but that this number has come to nothing.
    if (rejected?.fingerprint === fingerprint) return rejected.answer;
    const { highest } = this;
    if (cseq > highest) return undefined;
    const details = { cseq, nextCseq: this.next };
    const gone = cseq <= highest - KEPT;
    return { ok: false, refusal: { code: gone ? "command/receipt_gone" : "command/superseded", details } };
  }

  begin(cseq: number): void {
    this.#underWay.add(cseq);
  }

  stored(receipt: Receipt): void {
    this.#underWay.delete(receipt.cseq);
    this.#keep(receipt);
  }

  rejected(cseq: number, fingerprint: string, answer: Answer): void {
    this.#underWay.delete(cseq);
    this.#settled = Math.max(this.#settled, cseq);
    this.#rejected.set(cseq, { fingerprint, answer });
    for (const old of this.#rejected.keys()) {
      if (this.#rejected.size <= KEPT) break;
      this.#rejected.delete(old);
    }
  }

  /** It was neither stored nor refused by a rule: the same number may be decided again. */
  dropped(cseq: number): void {
    this.#underWay.delete(cseq);
  }

  /**
   * The client has used numbers up to this one, some of them perhaps before this process began: the next one is above
   * it. One of them that has no answer yet may still come and is decided then, because a client that keeps asking must
   * get its command done exactly once; the first newer number closes that door.
   */
  lift(cseq: number): void {
    this.#touched = true;
    this.#used = Math.max(this.#used, cseq);
  }

  /**
   * Looked at now and then: whether it may leave memory. It was not used since the last look, and reading it again gives
   * the same; a lane with remembered rejections stays for a day.
   */
  rests(): boolean {
    this.#idleLooks = this.#touched ? 0 : this.#idleLooks + 1;
    this.#touched = false;
    if (this.#idleLooks === 0 || this.#underWay.size > 0) return false;
    return (this.#rejected.size === 0 && this.#used <= this.#settled) || this.#idleLooks >= IDLE_LOOKS;
  }

  #keep(receipt: Receipt): void {
    this.#receipts.set(receipt.cseq, receipt);
    // As in the store, a receipt gives way to the one 64 above it.
    this.#receipts.delete(receipt.cseq - KEPT);
    this.#settled = Math.max(this.#settled, receipt.cseq);
  }
}

function fromReceipt(receipt: Receipt, fingerprint: string): Answer {
  if (!isFingerprintOf(receipt.fingerprint, fingerprint)) {
    // The log number stays inside: it counts what this caller may know nothing of.
    const { cseq, method, answer: { seq } } = receipt;
    const details = { cseq, method, ...(seq === undefined ? {} : { seq }) };
    return { ok: false, refusal: { code: "command/cseq_reused", details } };
  }
  return { ok: true, result: receipt.answer };
}
