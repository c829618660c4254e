import type { AdminJob, JobKind } from "./admin.ts";
import type { JsonObject } from "./api.ts";
import type { Clock } from "./clock.ts";
import { faultText } from "./faults.ts";

/** Jobs remembered after they have ended. */
const KEPT = 100;

/** Long work of the operator, done one after another so that two never load the machine at once. */
export class AdminJobs {
  readonly #clock: Pick<Clock, "now">;
  readonly #id: () => string;
  readonly #jobs = new Map<string, AdminJob>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Pick<Clock, "now">, id: () => string) {
    this.#clock = clock;
    this.#id = id;
  }

  find(id: string): AdminJob | undefined {
    return this.#jobs.get(id);
  }

  /** A job of this kind that has not ended. */
  open(kind: JobKind): AdminJob | undefined {
    return [...this.#jobs.values()].find((job) => job.kind === kind && job.endedAt === undefined);
  }

  /** Puts work behind what waits. A throw is the job's failure, told by its message. */
  add(kind: JobKind, work: () => Promise<JsonObject>): AdminJob {
    const job: AdminJob = { id: this.#id(), kind, state: "waiting", askedAt: this.#clock.now() };
    this.#keep(job);
    this.#last = this.#last.then(() => this.#run(job, work));
    return job;
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #run(job: AdminJob, work: () => Promise<JsonObject>): Promise<void> {
    this.#keep({ ...job, state: "running" });
    try {
      const result = await work();
      this.#keep({ ...job, state: "done", endedAt: this.#clock.now(), result });
    } catch (fault) {
      const why = fault instanceof Error ? fault.message : faultText(fault);
      this.#keep({ ...job, state: "failed", endedAt: this.#clock.now(), why });
    }
  }

  #keep(job: AdminJob): void {
    this.#jobs.set(job.id, job);
    for (const [id, { endedAt }] of this.#jobs) {
      if (this.#jobs.size <= KEPT) break;
      if (endedAt !== undefined) this.#jobs.delete(id);
    }
  }
}
