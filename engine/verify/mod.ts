/** Checking the dice of a log: on a server's own log by `replay verify`, and in a player's browser. */
export { type Audit, type AuditReport, type Base, createAudit, type Span } from "./audit.ts";
export { sha256 } from "./sha256.ts";
export { type Difference, type LoggedCommand, type Redo, RULES_HERE } from "./redo.ts";
