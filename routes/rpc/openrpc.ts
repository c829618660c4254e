/** OpenRPC 1.3 from the registry: nothing is described by hand. */
import { z } from "zod";
import type { Json, JsonObject } from "../../host/api.ts";
import { type Code, docsOf, rowOf } from "../wire/codes.ts";
import type { Messages } from "../wire/messages.ts";
import type { Method } from "./method.ts";
import { NOTIFICATIONS } from "./notifications.ts";
import { METHODS } from "./registry.ts";

/** The description of this server; made once. */
export function describeServer(version: string, messages: Messages): JsonObject {
  return {
    openrpc: "1.3.2",
    info: { title: "GoldBox", version, license: { name: "MIT" } },
    servers: [{ name: "this server", url: "/rpc" }],
    methods: [
      ...METHODS.map((method) => describeMethod(method, messages)),
      ...NOTIFICATIONS.map(({ name, since, params, about }) => ({
        name: `v${since}.${name}`,
        summary: about,
        paramStructure: "by-name",
        params: describeParams(params, "output"),
        "x-direction": "server",
      })),
    ],
  };
}

/** The name a method has on the wire; what JSON-RPC reserves has no generation. */
export function wireName({ name, since }: Pick<Method, "name" | "since">): string {
  return name.startsWith("rpc.") ? name : `v${since}.${name}`;
}

function describeMethod(method: Method, messages: Messages): JsonObject {
  const { kind, who, cost, about, errors, params, result, example } = method;
  return {
    name: wireName(method),
    summary: about,
    tags: [{ name: kind }],
    paramStructure: "by-name",
    params: describeParams(params, "input"),
    result: { name: "result", schema: schemaOf(result, "output") },
    errors: errors.map((code) => describeError(code, messages)),
    examples: [{
      name: method.name,
      params: Object.entries(example).map(([name, value]) => ({ name, value })),
      result: { name: "result", value: {} },
    }],
    "x-who": typeof who === "string" ? who : `seat:${who.seat}`,
    "x-cost": cost,
  };
}

function describeError(code: Code, messages: Messages): JsonObject {
  return {
    code: rowOf(code).number,
    message: messages.of({ code }, "en").message,
    data: { code, retry: rowOf(code).retry, docs: docsOf(code) },
  };
}

/** One content descriptor for each member, since parameters go by name. */
function describeParams(params: z.ZodObject, io: "input" | "output"): readonly Json[] {
  const schema = schemaOf(params, io);
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties).map(([name, one]) => ({ name, schema: one, required: required.includes(name) }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-7", io, unrepresentable: "any" });
  // Plain data already; the round trip drops what is undefined and gives it the type of JSON.
  const json: Json = JSON.parse(JSON.stringify(rest));
  return isObject(json) ? json : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
