import { isPlainObject } from "../base/plain-data.js";
import { unsafeCast } from "../base/unsafe-cast.js";
import type { Channel } from "../channel.js";
import type { AnyContract } from "../contract.js";
import type { JsonSchema } from "../model/json-schema-keywords.js";
import { toJsonSchema } from "./json-schema.js";

/** A path or a WebSocket, and what its description needs besides. */
export interface OpenApiOperation {
  readonly channel: Channel;
  /** What the path does, in a few words. */
  readonly summary: string;
  /** The status of an answer that is no refusal. Default 200. */
  readonly status?: 200 | 201 | 202;
  /** The body of such an answer where it is not the JSON of the channel's reply, by its media type. */
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema; example: unknown }>>;
}

/** What an OpenAPI document says of the whole. */
export interface OpenApiOptions {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Where the paths are served. */
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  /** What a path answers with any other status, where it is one of the channel's replies. */
  readonly refusal: AnyContract;
}

/** An OpenAPI document as JSON. */
export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: Readonly<Record<"title" | "version" | "description", string>>;
  readonly jsonSchemaDialect: string;
  readonly servers: OpenApiOptions["servers"];
  /** By path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiPath>>>>;
  /** The schemas of all messages, by their full names. */
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** One method of one path. */
export interface OpenApiPath {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly [keyword: string]: unknown;
}

/**
 * The OpenAPI 3.1 document of these paths and WebSockets, built anew at each call; its schemas are those
 * of {@link toJsonSchema}. A request with GET has its fields in the path and the query. A WebSocket
 * stands there as the GET that opens it, with what travels then under `x-messages`.
 */
export function toOpenApi(
  operations: readonly OpenApiOperation[],
  { title, version, description, servers, refusal }: OpenApiOptions,
): OpenApiDocument {
  const schemas = new Map<string, JsonSchema>();
  const paths: Record<string, Record<string, OpenApiPath>> = {};
  for (const operation of operations) {
    const { summary, channel } = operation;
    const { address, kind, name, method = "GET" } = channel;
    const methods = paths[address] ?? {};
    paths[address] = methods;
    methods[method.toLowerCase()] = {
      operationId: name,
      summary,
      tags: channel.to,
      ...(kind === "websocket"
        ? websocketParts(channel, schemas)
        : pathParts(operation, refusal, schemas)),
    };
  }
  const sorted = [...schemas].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    openapi: "3.1.1",
    info: { title, version, description },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    servers,
    paths,
    components: { schemas: Object.fromEntries(sorted) },
  };
}

type Schemas = Map<string, JsonSchema>;

function pathParts(
  { channel, status = 200, content }: OpenApiOperation,
  refusal: AnyContract,
  schemas: Schemas,
): Readonly<Record<string, unknown>> {
  const { replies = [], messages, example, method = "GET" } = channel;
  const answers = replies.filter((reply) => reply !== refusal);
  const body = (): unknown =>
    bodyOf(answers.length === 0 ? replies : answers, example?.reply, schemas);
  return {
    ...(method === "GET"
      ? { parameters: messages.flatMap((message) => parametersOf(channel, message)) }
      : { requestBody: { required: true, content: bodyOf(messages, example?.message, schemas) } }),
    responses: {
      [status]: { description: "The answer.", content: content ?? body() },
      ...(replies.includes(refusal)
        ? {
            default: {
              description: "The refusal.",
              content: bodyOf([refusal], undefined, schemas),
            },
          }
        : {}),
    },
  };
}

function websocketParts(
  { messages, example }: Channel,
  schemas: Schemas,
): Readonly<Record<string, unknown>> {
  return {
    responses: { 101: { description: "The WebSocket is open; each message on it is JSON." } },
    "x-messages": bodyOf(messages, example?.message, schemas),
  };
}

/** A body of JSON that is one of these messages. */
function bodyOf(
  contracts: readonly AnyContract[],
  example: unknown,
  schemas: Schemas,
): Readonly<Record<string, unknown>> {
  const [first, ...others] = contracts.map((contract) => refer(contract, schemas));
  const schema = others.length === 0 ? first : { oneOf: [first, ...others] };
  return { "application/json": { schema, ...(example === undefined ? {} : { example }) } };
}

/** The fields of a request as parameters, those of the address first. */
function parametersOf({ address, example }: Channel, message: AnyContract): readonly unknown[] {
  const { properties = {}, required = [] } = toJsonSchema(message);
  const values = isPlainObject(example?.message) ? example.message : {};
  return Object.entries(properties).map(([name, schema]) => {
    const inPath = address.includes(`{${name}}`);
    return {
      name,
      in: inPath ? "path" : "query",
      required: inPath || required.includes(name),
      schema: withoutNull(unsafeCast(schema)),
      ...(values[name] === undefined ? {} : { example: values[name] }),
    };
  });
}

/** A query has no null. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema;
  const only = typeof type === "object" ? type.find((one) => one !== "null") : type;
  return {
    ...schema,
    ...(only === undefined ? {} : { type: only }),
    ...(values === undefined ? {} : { enum: values.filter((value) => value !== null) }),
  };
}

/** A reference to the schema of a message, which then stands among the components with all it refers to. */
function refer(contract: AnyContract, schemas: Schemas): JsonSchema {
  const { typeName } = contract;
  const { $schema, $id, $defs, ...own } = toJsonSchema(contract);
  for (const [name, schema] of isPlainObject($defs) ? Object.entries($defs) : []) {
    // A message's own schema says more in its $comment than the one that stands within another.
    if (!schemas.has(name)) schemas.set(name, unsafeCast(relocated(schema, typeName)));
  }
  schemas.set(typeName, unsafeCast(relocated(own, typeName)));
  return { $ref: component(typeName) };
}

/** The schema with its references from the root of a schema of its own to the components. */
function relocated(schema: unknown, root: string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => relocated(item, root));
  if (!isPlainObject(schema)) return schema;
  const entries = Object.entries(schema).map(([key, value]) => {
    if (key !== "$ref" || typeof value !== "string") return [key, relocated(value, root)] as const;
    return [key, component(value === "#" ? root : value.replace("#/$defs/", ""))] as const;
  });
  return Object.fromEntries(entries);
}

function component(typeName: string): string {
  return `#/components/schemas/${typeName}`;
}
