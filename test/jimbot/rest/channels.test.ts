import { describe, expect, expectTypeOf, it } from "vitest";
import type { AnyContract } from "../../../src/contract/contract.js";
import { restChannelOf, restChannels } from "../../../src/jimbot/rest/channels.js";
import { restExamples } from "../../../src/jimbot/rest/examples.js";
import { isContractError } from "../../../src/wire/error.js";
import { binaryOf } from "../../support/json-contracts.js";
import { documentLines } from "../document.js";

/** Every path and WebSocket that the document names, in its order, with the endpoint's name and type. */
const documented = [
  ["GetEventHistory", "REST GET", "path: /api/v1/events", restChannelOf.get_event_history],
  ["Query", "GraphQL", "endpoint: /graphql", restChannelOf.query_knowledge],
  ["SubscribeToChanges", "WebSocket", "path: /ws/knowledge", restChannelOf.knowledge_changes],
  [
    "SubmitTrainingJob",
    "REST POST",
    "path: /api/v1/training/jobs",
    restChannelOf.submit_training_job,
  ],
  [
    "GetModelMetrics",
    "REST GET",
    "path: /api/v1/models/{model_id}/metrics",
    restChannelOf.get_model_metrics,
  ],
  [
    "GetCachedStrategies",
    "REST GET",
    "path: /api/v1/strategies/cache",
    restChannelOf.get_cached_strategies,
  ],
  [
    "UpdateRateLimits",
    "REST PUT",
    "path: /api/v1/config/rate_limits",
    restChannelOf.update_rate_limits,
  ],
  ["QueryMetrics", "REST POST", "path: /api/v1/query", restChannelOf.query_metrics],
  ["StreamMetrics", "WebSocket", "path: /ws/metrics", restChannelOf.metric_stream],
] as const;

/** The paths of the mod that the document does not name. */
const ofMod = [
  restChannelOf.post_event,
  restChannelOf.post_event_batch,
  restChannelOf.poll_commands,
] as const;

describe("the paths and WebSockets", () => {
  it("are those of the document and of the mod, and no others", () => {
    const lines = documented.flatMap(([name, type, place]) => [
      `name: ${name}`,
      `type: ${type}`,
      place,
    ]);
    const texts = documentLines()?.map(({ text }) => text) ?? lines;
    const places = texts.flatMap((text, index) =>
      /^(?:path|endpoint): /.test(text) ? [texts[index - 2], texts[index - 1], text] : [],
    );
    expect(places).toEqual(lines);
    const listed = [...documented.map(([, , , channel]) => channel), ...ofMod];
    expect(new Set<unknown>(restChannels)).toEqual(new Set<unknown>(listed));
    expect(restChannels).toHaveLength(12);
  });

  it.each(documented)("have %s as the document says: %s, %s", (_, type, place, channel) => {
    const [kind, method] = {
      "REST GET": ["path", "GET"],
      "REST POST": ["path", "POST"],
      "REST PUT": ["path", "PUT"],
      GraphQL: ["path", "POST"],
      WebSocket: ["websocket", undefined],
    }[type];
    expect(place.endsWith(`: ${channel.address}`)).toBe(true);
    expect(channel.kind).toBe(kind);
    expect(channel.method).toBe(method);
  });

  it.each([
    ["post_event", "POST /api/v1/events", ["BalatroMCP"], ["event_bus"], 5_000],
    ["post_event_batch", "POST /api/v1/events/batch", ["BalatroMCP"], ["event_bus"], 5_000],
    ["get_event_history", "GET /api/v1/events", ["components"], ["event_bus"], undefined],
    ["poll_commands", "GET /api/v1/commands/poll", ["BalatroMCP"], ["event_bus"], 5_000],
    ["query_knowledge", "POST /graphql", ["components"], ["memgraph"], 50],
    ["knowledge_changes", "/ws/knowledge", ["memgraph"], ["subscribers"], undefined],
    ["submit_training_job", "POST /api/v1/training/jobs", ["components"], ["ray_rllib"], undefined],
    [
      "get_model_metrics",
      "GET /api/v1/models/{model_id}/metrics",
      ["components"],
      ["ray_rllib"],
      undefined,
    ],
    [
      "get_cached_strategies",
      "GET /api/v1/strategies/cache",
      ["components"],
      ["claude_advisor"],
      undefined,
    ],
    [
      "update_rate_limits",
      "PUT /api/v1/config/rate_limits",
      ["components"],
      ["claude_advisor"],
      undefined,
    ],
    ["query_metrics", "POST /api/v1/query", ["components"], ["analytics"], undefined],
    ["metric_stream", "/ws/metrics", ["analytics"], ["subscribers"], undefined],
  ])("have senders and receivers: %s", (name, place, from, to, timeoutMillis) => {
    const channel = restChannels.find((one) => one.name === name);
    expect([channel?.method, channel?.address].filter(Boolean).join(" ")).toBe(place);
    const encoding = name === "poll_commands" ? "text" : "json";
    expect(channel).toMatchObject({ from, to, encoding });
    expect(channel?.timeoutMillis).toBe(timeoutMillis);
    const posts = name.startsWith("post_event");
    expect(channel?.delivery).toBe(posts ? "at least once" : "at most once");
    expect(channel?.maxBytes).toBe(posts ? 10_485_760 : undefined);
  });

  it("are listed by their names", () => {
    expect(Object.entries(restChannelOf).map(([name, channel]) => [name, channel.name])).toEqual(
      restChannels.map(({ name }) => [name, name]),
    );
    expect(Object.keys(restExamples).sort()).toEqual(Object.keys(restChannelOf).sort());
  });
});

describe("the example of a path", () => {
  const isOf = (json: unknown, contracts: readonly AnyContract[] = []): boolean =>
    contracts.some((contract) => {
      const result = contract.safeFromJson(json);
      if (!result.ok || result.unknownKeys.length > 0) return false;
      const again = contract.decode(contract.encode(result.value));
      expect(contract.toJson(again), contract.typeName).toEqual(json);
      return true;
    });

  it.each(restChannels)("$name is valid", ({ example, messages, replies }) => {
    expect(isOf(example?.message, binaryOf(messages))).toBe(true);
    expect(example?.reply === undefined).toBe(replies === undefined);
    if (replies !== undefined) expect(isOf(example?.reply, binaryOf(replies))).toBe(true);
  });
});

describe("the address of a path", () => {
  it("is formatted and parsed", () => {
    const address = restChannelOf.get_model_metrics.at({ model_id: "balatro-ppo" });
    expect(address).toBe("/api/v1/models/balatro-ppo/metrics");
    expect(restChannelOf.get_model_metrics.match(address)).toEqual({ model_id: "balatro-ppo" });
    expect(restChannelOf.get_model_metrics.match("/api/v1/models/metrics")).toBeUndefined();
    for (const channel of restChannels) {
      if (channel.address.includes("{")) continue;
      expect(channel.at({})).toBe(channel.address);
      expect(channel.match(channel.address)).toEqual({});
    }
  });

  it("has typed parameters, and refuses a value that is not one segment", () => {
    expectTypeOf(restChannelOf.get_model_metrics.at)
      .parameter(0)
      .toEqualTypeOf<Readonly<Record<"model_id", string>>>();
    let text = "nothing was refused";
    try {
      restChannelOf.get_model_metrics.at({ model_id: "../secrets" });
    } catch (error) {
      if (isContractError(error)) text = error.message;
    }
    expect(text).toBe(
      'cannot address get_model_metrics: model_id: expected one address segment of letters, digits, _ and -, got "../secrets" [channel.address]',
    );
  });
});
