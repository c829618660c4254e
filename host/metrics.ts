import Counter from "prom-client/lib/counter.js";
import Gauge from "prom-client/lib/gauge.js";
import Histogram from "prom-client/lib/histogram.js";
import Registry from "prom-client/lib/registry.js";
import type * as Prom from "prom-client";

/** The metrics of one process. Made by {@link createMetrics}; nothing registers itself anywhere else. */
export type HostMetrics = ReturnType<typeof createMetrics>;

const CALL_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const COMMIT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30];
const PACK_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/**
 * One registry with every series of the server. The parts of the library are imported one by one, because its main
 * entry does not load before Deno 2.7.
 */
export function createMetrics() {
  const registry: Prom.Registry = new Registry();
  const registers = [registry];

  function counter<T extends string>(name: string, help: string, labelNames: readonly T[] = []): Prom.Counter<T> {
    return new Counter({ name, help, labelNames: [...labelNames], registers });
  }
  function gauge<T extends string>(name: string, help: string, labelNames: readonly T[] = []): Prom.Gauge<T> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers });
  }
  function histogram<T extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly T[] = [],
  ): Prom.Histogram<T> {
    return new Histogram({ name, help, buckets: [...buckets], labelNames: [...labelNames], registers });
  }

  return {
    registry,
    rpcRequests: counter("rpc_requests_total", "Calls answered, by method and code (ok or the code of the error)", [
      "method",
      "version",
      "code",
    ]),
    rpcSeconds: histogram("rpc_request_duration_seconds", "From a call's arrival to its answer", CALL_SECONDS, [
      "method",
    ]),
    undocumentedCodes: counter("rpc_undocumented_codes_total", "Answers with a code their method does not list", [
      "method",
    ]),
    refused: counter("refused_total", "Requests refused before dispatch, by code", ["code"]),
    sockets: gauge("sockets_open", "Open WebSocket connections"),
    socketCloses: counter("socket_closes_total", "Connections closed by the server, by close code", ["code"]),
    streams: gauge("streams_open", "Subscriptions being served"),
    messages: counter("stream_messages_total", "Messages encoded, by audience", ["audience"]),
    messageBytes: counter("stream_message_bytes_total", "Bytes of messages encoded, by audience", ["audience"]),
    worldsLive: gauge("worlds_live", "Worlds held in memory"),
    accountsDamaged: gauge("accounts_damaged", "Accounts of which something damaged was met"),
    worldsQuarantined: gauge("worlds_quarantined", "Worlds whose stored form is damaged"),
    worldsFrozen: gauge("worlds_frozen", "Worlds stopped by a failed assertion"),
    worldsThawed: counter("worlds_thawed_total", "Frozen worlds loaded once more from the store"),
    commands: counter("commands_total", "Commands settled, by outcome", ["outcome"]),
    commits: counter("commits_total", "Packs settled, by outcome", ["outcome"]),
    commitSize: histogram("commit_size_commands", "Commands in one pack", PACK_SIZES),
    commitSeconds: histogram("commit_duration_seconds", "From sending a pack to knowing its outcome", COMMIT_SECONDS),
    shed: counter("shed_total", "Answered busy for load, by what was asked for", ["what"]),
    conflicts: counter("commit_conflicts_total", "Packs refused by a check; on a local file there should be none"),
    storeCircuit: gauge("store_circuit", "Circuit around the store: 0 closed, 1 being tried, 2 open"),
    storeFailures: counter("store_failures_total", "Calls of the store that failed or hung, by call", ["call"]),
    storeRetries: counter("store_retries_total", "Packs sent again because their outcome was unknown"),
    storeWrites: gauge("store_takes_writes", "1 while commands are stored, 0 while read only or unavailable"),
    diskStage: gauge("disk_stage", "Room on the disk: 0 ample, 1 low (no new worlds), 2 full (read only)"),
    diskReserve: gauge("disk_reserve_bytes", "Room held in the reserve file"),
    snapshots: counter("snapshots_total", "Snapshots written, by outcome", ["outcome"]),
    logUpkeep: counter("log_upkeep_total", "Steps that keep logs small, by outcome (packed, dropped, failed)", [
      "outcome",
    ]),
    backupVerified: gauge(
      "backup_last_verified_seconds",
      "Moment of the newest verified backup, seconds since 1970; alert when time() minus this passes two intervals",
    ),
    backups: counter("backups_total", "Backups tried, by outcome (verified, failed)", ["outcome"]),
    backupSeconds: gauge("backup_duration_seconds", "How long the last verified backup took"),
    swept: counter("swept_total", "What nobody can ask for any more, removed from store or memory, by kind", ["what"]),
    held: gauge("held_in_memory", "Things held in memory, by kind", ["what"]),
    loadSeconds: histogram("world_load_duration_seconds", "Loading one world", CALL_SECONDS),
    resumes: counter("stream_resumes_total", "Subscriptions, by mode and reason", ["mode", "reason"]),
    desyncs: counter("desync_total", "Patches that did not fit a client's view", ["audience", "part"]),
    historyLost: counter("history_lost_total", "Clients that had seen more than this server has"),
    memoryUsed: gauge("memory_used_bytes", "Memory of the process, where it is limited"),
    memoryPressure: gauge("memory_pressure", "0 none, 1 high (no new worlds), 2 critical (connections are let go)"),
    loopLag: gauge("event_loop_lag_seconds", "Most a timer of the last minute was late"),
    faults: counter("faults_total", "Failures that should not happen, by kind", ["kind"]),
  };
}
