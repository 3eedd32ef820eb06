import { isPlainObject } from "../base/plain-data.js";
import { unsafeCast } from "../base/unsafe-cast.js";
import type { JsonSchema } from "../model/json-schema-keywords.js";
import { type DescribedContract, toJsonSchema } from "./json-schema.js";

/** What {@link toOpenApi} needs of a channel; every `Channel` is one. */
export interface DescribedChannel {
  readonly name: string;
  readonly address: string;
  readonly kind?: "subject" | "queue" | "path" | "websocket" | "file";
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly messages: readonly DescribedContract[];
  readonly replies?: readonly DescribedContract[];
  readonly to: readonly string[];
  readonly example?: { readonly message: unknown; readonly reply?: unknown };
}

/** One operation of an OpenAPI document: a path with its method, or a WebSocket. */
export interface OpenApiOperation {
  readonly channel: DescribedChannel;
  /** What the operation does, in a few words. */
  readonly summary: string;
  /** HTTP status of a successful reply. Default 200. */
  readonly status?: 200 | 201 | 202;
  /** Body of a successful reply, by media type. Default: the JSON of the channel's replies. */
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema; example: unknown }>>;
}

/** Title, version and servers of an OpenAPI document, and its error reply. */
export interface OpenApiOptions {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Base URLs of the service. */
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  /** The reply with any other status; only used where it is one of the channel's replies. */
  readonly refusal: DescribedContract;
}

/** An OpenAPI document as JSON. */
export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: Readonly<Record<"title" | "version" | "description", string>>;
  readonly jsonSchemaDialect: string;
  readonly servers: OpenApiOptions["servers"];
  /** By path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiPath>>>>;
  /** The schemas of all messages, by full type name. */
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
 * The OpenAPI 3.1 document of paths and WebSockets; a new object at each call. Its schemas are those of
 * {@link toJsonSchema}. The fields of a GET request are parameters in the path and the query. A WebSocket
 * is described as the GET that opens it, with its messages under `x-messages`.
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
  refusal: DescribedContract,
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
  { messages, example }: DescribedChannel,
  schemas: Schemas,
): Readonly<Record<string, unknown>> {
  return {
    responses: { 101: { description: "The WebSocket is open; each message on it is JSON." } },
    "x-messages": bodyOf(messages, example?.message, schemas),
  };
}

/** A JSON body that holds one of these messages. */
function bodyOf(
  contracts: readonly DescribedContract[],
  example: unknown,
  schemas: Schemas,
): Readonly<Record<string, unknown>> {
  const [first, ...others] = contracts.map((contract) => refer(contract, schemas));
  const schema = others.length === 0 ? first : { oneOf: [first, ...others] };
  return { "application/json": { schema, ...(example === undefined ? {} : { example }) } };
}

/** The fields of a request as parameters of the path and the query. */
function parametersOf(
  { address, example }: DescribedChannel,
  message: DescribedContract,
): readonly unknown[] {
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

/** The schema without null, which a query cannot carry. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema;
  const only = typeof type === "object" ? type.find((one) => one !== "null") : type;
  return {
    ...schema,
    ...(only === undefined ? {} : { type: only }),
    ...(values === undefined ? {} : { enum: values.filter((value) => value !== null) }),
  };
}

/** Adds the schemas of a message and of all that it contains to the components, and returns a reference. */
function refer(contract: DescribedContract, schemas: Schemas): JsonSchema {
  const { typeName } = contract;
  const { $schema, $id, $defs, ...own } = toJsonSchema(contract);
  for (const [name, schema] of isPlainObject($defs) ? Object.entries($defs) : []) {
    // The schema of a message as a root lists more in its $comment; do not replace it.
    if (!schemas.has(name)) schemas.set(name, unsafeCast(relocated(schema, typeName)));
  }
  schemas.set(typeName, unsafeCast(relocated(own, typeName)));
  return { $ref: component(typeName) };
}

/** The schema with its references to `#` and `#/$defs` replaced by references to the components. */
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
