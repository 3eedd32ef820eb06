import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { PollCommandsRequestCodec } from "../../../gen/jimbot/rest/v1/rest_codec.js";
import { PollCommandsRequestSchema } from "../../../gen/jimbot/rest/v1/rest_pb.js";
import { isPlainObject } from "../../../src/contract/base/plain-data.js";
import { defineChannel } from "../../../src/contract/channel.js";
import { createContract } from "../../../src/contract/contract.js";
import type { Definition } from "../../../src/contract/model/definition.js";

import { toJsonSchema } from "../../../src/contract/schema/json-schema.js";
import { toOpenApi } from "../../../src/contract/schema/open-api.js";
import { define } from "../../../src/jimbot/dialect.js";
import { contracts } from "../../../src/jimbot/index.js";
import { type PollCommandsRequest, StatusReply } from "../../../src/jimbot/rest/bus.js";
import { restChannelOf, restChannels } from "../../../src/jimbot/rest/channels.js";
import { ModelMetrics, ModelMetricsRequest } from "../../../src/jimbot/rest/learning.js";
import { jimbotOpenApi } from "../../../src/jimbot/rest/open-api.js";
import { StrategyRequest } from "../../../src/jimbot/strategy.js";
import { binaryOf } from "../../support/json-contracts.js";

const document = jimbotOpenApi();

/** A strict validator of a schema in the document, with the document's components. */
function validatorOf(schema: unknown): (value: unknown) => boolean {
  const { $ref, ...rest } = isPlainObject(schema) ? schema : {};
  const ajv = new Ajv2020({ strict: true });
  ajv.addVocabulary(["components"]);
  ajv.addSchema({ $id: "urn:concord:document", components: document.components });
  return ajv.compile(typeof $ref === "string" ? { $ref: `urn:concord:document${$ref}` } : rest);
}

/** Every pair of a schema and its example in the document, with its path. */
function examplesIn(
  value: unknown,
  place = "",
): [place: string, schema: unknown, example: unknown][] {
  if (typeof value !== "object" || value === null) return [];
  const own: [string, unknown, unknown][] =
    isPlainObject(value) && "example" in value && "schema" in value
      ? [[place, value["schema"], value["example"]]]
      : [];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    key === "example" || key === "schema" ? [] : examplesIn(child, `${place}/${key}`),
  );
  return [...own, ...inner];
}

const examples = examplesIn(document.paths);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
);

describe("JimBot's OpenAPI document", () => {
  it("is valid by the schema of OpenAPI 3.1", async () => {
    const verdict = await new Validator().validate({ ...document });
    expect(verdict, JSON.stringify(verdict.errors)).toMatchObject({ valid: true });
    const broken = await new Validator().validate({ ...document, paths: { "no-slash": {} } });
    expect(broken.valid).toBe(false);
  });

  it("has every path and WebSocket once", () => {
    const places = operations.map(([path, method, { operationId }]) => [operationId, path, method]);
    expect(places).toEqual(
      expect.arrayContaining(
        restChannels.map(({ name, address, method = "GET" }) => [
          name,
          address,
          method.toLowerCase(),
        ]),
      ),
    );
    expect(places).toHaveLength(restChannels.length);
  });

  it("has a request and an answer for each, with its examples", () => {
    const places = examples.map(([place]) => place);
    for (const { name, address, method = "GET", kind, messages } of restChannels) {
      const start = `/${address}/${method.toLowerCase()}`;
      const body = `${start}/requestBody/content/application/json`;
      const answers = new RegExp(`^${start.replace(/[{}]/g, "\\$&")}/responses/20[01]/content/`);
      const fields = binaryOf(messages).flatMap(({ schema }) => schema.fields);
      if (kind === "websocket") expect(places).toContain(`${start}/x-messages/application/json`);
      else
        expect(
          places.filter((place) => answers.test(place)),
          name,
        ).toHaveLength(1);
      if (kind === "path" && method !== "GET") expect(places).toContain(body);
      if (kind === "path" && method === "GET") {
        const operation = document.paths[address]?.["get"];
        expect(operation?.["parameters"]).toHaveLength(fields.length);
      }
    }
  });

  it.each(examples)("has an example that its schema accepts at %s", (_, schema, example) => {
    expect(validatorOf(schema)(example)).toBe(true);
  });

  it("has schemas that refuse what the rules refuse", () => {
    const takes = validatorOf({ $ref: "#/components/schemas/jimbot.rest.v1.RateLimits" });
    expect(
      takes({ strategy: "token_bucket", capacity: 1, refill_per_hour: 1, burst_capacity: 1 }),
    ).toBe(true);
    expect(
      takes({ strategy: "leaky_bucket", capacity: 1, refill_per_hour: 1, burst_capacity: 1 }),
    ).toBe(false);
    expect(
      takes({ strategy: "token_bucket", capacity: 0, refill_per_hour: 1, burst_capacity: 1 }),
    ).toBe(false);
  });

  it("has the schemas of the contracts, all that it refers to and no others", () => {
    const { schemas } = document.components;
    const text = JSON.stringify(document);
    const referred = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = ""]) => target);
    const names = referred.map((target) => target.replace("#/components/schemas/", ""));
    expect(new Set(Object.keys(schemas))).toEqual(new Set(names));
    expect(Object.keys(schemas)).toEqual(Object.keys(schemas).sort());
    for (const [name, schema] of Object.entries(schemas)) {
      const contract = [...contracts].find(({ typeName }) => typeName === name);
      const own = contract === undefined ? undefined : toJsonSchema(contract);
      expect([schema["title"], schema.required], name).toEqual([own?.["title"], own?.required]);
    }
  });

  it("lists the parameters of path and query, without null", () => {
    const parametersOf = (path: string): unknown => document.paths[path]?.["get"]?.["parameters"];
    expect(parametersOf("/api/v1/models/{model_id}/metrics")).toEqual([
      {
        name: "model_id",
        in: "path",
        required: true,
        schema: { type: "string", pattern: "^[A-Za-z0-9_-]{1,256}$" },
        example: "balatro-ppo",
      },
    ]);
    const query = parametersOf("/api/v1/events");
    expect(query).toMatchObject([
      { name: "from", in: "query", required: false, schema: { type: "integer" } },
      { name: "to", in: "query", required: false, schema: { type: "integer" } },
      { name: "type", in: "query", required: false, example: "MONEY_CHANGED" },
      { name: "page_size", schema: { type: "integer", minimum: 0, maximum: 1000 } },
      { name: "page_token", schema: { type: "string" } },
    ]);
    expect(JSON.stringify(query)).not.toContain("null");
  });

  it("answers a new job with 201, a poll with text, and a refusal with a StatusReply", () => {
    const responses = (path: string, method: string): unknown =>
      document.paths[path]?.[method]?.["responses"];
    expect(responses("/api/v1/training/jobs", "post")).toMatchObject({ 201: {}, default: {} });
    expect(responses("/api/v1/commands/poll", "get")).toMatchObject({
      200: { content: { "text/plain": { schema: { type: "string" } } } },
      default: {
        content: {
          "application/json": {
            schema: { $ref: "#/components/schemas/jimbot.rest.v1.StatusReply" },
          },
        },
      },
    });
    expect(Object.keys(Object(responses("/graphql", "post")))).toEqual(["200"]);
    expect(Object.keys(Object(responses("/ws/metrics", "get")))).toEqual(["101"]);
  });

  it("is a file of schemas/", () => {
    const file = new URL("../../../schemas/openapi/jimbot.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8")), "run pnpm schemas").toEqual(document);
  });

  it("is a new object at each call", () => {
    expect(jimbotOpenApi()).toEqual(document);
    expect(jimbotOpenApi().paths).not.toBe(document.paths);
  });
});

describe("toOpenApi", () => {
  const words = {
    title: "t",
    version: "1.0.0",
    description: "d",
    servers: [],
    refusal: StatusReply,
  };

  it("describes a path with several answers and no example", () => {
    const channel = defineChannel({
      name: "ask",
      address: "/ask",
      kind: "path",
      messages: [ModelMetricsRequest],
      replies: [ModelMetrics, StrategyRequest],
      from: ["a"],
      to: ["b"],
      encoding: "json",
      delivery: "at most once",
    });
    const { paths, components } = toOpenApi([{ channel, summary: "Asks." }], words);
    expect(paths).toEqual({
      "/ask": {
        get: {
          operationId: "ask",
          summary: "Asks.",
          tags: ["b"],
          parameters: [
            {
              name: "model_id",
              in: "query",
              required: true,
              schema: { type: "string", pattern: "^[A-Za-z0-9_-]{1,256}$" },
            },
          ],
          responses: {
            200: {
              description: "The answer.",
              content: {
                "application/json": {
                  schema: {
                    oneOf: [
                      { $ref: "#/components/schemas/jimbot.rest.v1.ModelMetrics" },
                      { $ref: "#/components/schemas/jimbot.events.v1.StrategyRequest" },
                    ],
                  },
                },
              },
            },
          },
        },
      },
    });
    expect(Object.keys(components.schemas)).toContain("jimbot.events.v1.GameStateEvent");
  });

  it("keeps a message's own schema, whether it first appears alone or inside another message", () => {
    const event = { channel: restChannelOf.post_event, summary: "Publishes." };
    const history = { channel: restChannelOf.get_event_history, summary: "Asks." };
    const name = "jimbot.events.v1.Event";
    const orders = [
      [event, history],
      [history, event],
    ].map((given) => toOpenApi(given, words).components.schemas[name]);
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]?.$comment).toContain("text");
  });

  it("turns a message's references to itself into references to its component", () => {
    const definition: Definition<PollCommandsRequest, unknown> = define(
      PollCommandsRequestSchema,
      () => ({}),
      {
        wire: {
          read() {},
          write: (_, json): unknown => json,
          schema: (own, { refer }) => ({ ...own, properties: { again: refer(definition) } }),
        },
      },
    );
    const again = createContract(PollCommandsRequestSchema, definition, PollCommandsRequestCodec);
    const channel = defineChannel({ ...restChannelOf.update_rate_limits, messages: [again] });
    const { schemas } = toOpenApi([{ channel, summary: "Sets." }], words).components;
    expect(schemas[again.typeName]?.properties).toEqual({
      again: { $ref: "#/components/schemas/jimbot.rest.v1.PollCommandsRequest" },
    });
  });
});
