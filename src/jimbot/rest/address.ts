import { type Message, ScalarType } from "@bufbuild/protobuf";
import { Context } from "../../contract/base/context.js";
import { refuse } from "../../contract/base/result.js";
import type { Channel } from "../../contract/channel.js";
import type { AnyContract, Contract } from "../../contract/contract.js";
import type { FieldKind } from "../../contract/model/field-rule.js";
import { EventHistoryRequest } from "./bus.js";
import { restChannelOf } from "./channels.js";
import { CachedStrategiesRequest, ModelMetricsRequest } from "./learning.js";

/** The address of a request that has no body: its fields stand in the path and behind the `?`. */
export interface RequestAddress<M extends Message> {
  /** The address of a request. Throws what `toJson` of its contract throws. */
  at(request: M): string;
  /**
   * The request of an address; undefined when its path is another one's. Parameters that the request
   * does not have are read over. Throws what `fromJson` of its contract throws, and `duplicate_key` and
   * `format` for a query that has a parameter twice or is not percent-encoded UTF-8.
   */
  match(address: string): M | undefined;
}

/**
 * The addresses of the paths that are asked with GET and parameters, by the channel's name. Times are
 * milliseconds since 1970. Document: the JimBot specification, "Event Bus Interface", GetEventHistory.
 *
 *     const request = EventHistoryRequest.fromJson({ from: 1234567890000, type: "GAME_STATE" });
 *     restAddresses.get_event_history.at(request); // "/api/v1/events?from=1234567890000&type=GAME_STATE"
 */
export const restAddresses = {
  get_event_history: requestAddress(restChannelOf.get_event_history, EventHistoryRequest),
  get_model_metrics: requestAddress(restChannelOf.get_model_metrics, ModelMetricsRequest),
  get_cached_strategies: requestAddress(
    restChannelOf.get_cached_strategies,
    CachedStrategiesRequest,
  ),
} as const;

function requestAddress<M extends Message, J extends object>(
  channel: Channel,
  contract: Contract<M, J>,
): RequestAddress<M> {
  return Object.freeze({
    at(request: M) {
      const inPath: Record<string, string> = {};
      const query: string[] = [];
      for (const [key, value] of Object.entries(contract.toJson(request))) {
        if (channel.address.includes(`{${key}}`)) inPath[key] = String(value);
        else query.push(`${key}=${encodeURIComponent(String(value))}`);
      }
      const path = channel.at(inPath);
      return query.length === 0 ? path : `${path}?${query.join("&")}`;
    },
    match(address: string) {
      if (typeof address !== "string") return undefined;
      const [path = "", ...queries] = address.split("?");
      const inPath = channel.match(path);
      if (inPath === undefined) return undefined;
      return contract.fromJson({ ...readQuery(contract, queries.join("?")), ...inPath });
    },
  });
}

/** The parameters of a query as the wire JSON has them. Throws with every fault. */
function readQuery(
  { typeName, definition }: Pick<AnyContract, "typeName" | "definition">,
  query: string,
): Readonly<Record<string, unknown>> {
  const context = new Context();
  const kinds = new Map(
    definition.fields().map(({ key, fieldRule }) => [key, fieldRule.parts.kind]),
  );
  const json = new Map<string, unknown>();
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const [key, ...parts] = pair.split("=").map(decoded);
    if (key === undefined || parts.includes(undefined)) {
      context.fault("format", "a parameter is not percent-encoded UTF-8", key);
      continue;
    }
    if (json.has(key)) context.fault("duplicate_key", "this key stands twice", key);
    const value = parts.join("=");
    json.set(key, isText(kinds.get(key)) ? value : asNumber(value));
  }
  refuse("decode from JSON", typeName, context.issues);
  return Object.fromEntries(json);
}

/** A part of a query without its escapes; undefined where they are none. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

function isText(kind: FieldKind | undefined): boolean {
  return kind?.kind === "enum" || (kind?.kind === "scalar" && kind.scalar === ScalarType.STRING);
}

/** A text that is an integer as JSON writes it becomes one; the contract refuses every other. */
function asNumber(text: string): unknown {
  return /^(?:0|-?[1-9]\d*)$/.test(text) ? Number(text) : text;
}
