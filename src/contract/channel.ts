import { ContractError, mismatch } from "../wire/error.js";
import { expectedLimit, isLimit, readWireOptions } from "../wire/limits.js";
import { isObject, isPlainObject } from "./base/plain-data.js";
import { guarded } from "./base/result.js";
import type { AnyContract } from "./contract.js";
import type { AnyJsonContract } from "./json-contract.js";

/** The names of the parameters of an address template: `"run_id"` for `simulations.{run_id}.data`. */
export type Parameters<Address extends string> =
  Address extends `${string}{${infer Name}}${infer Rest}` ? Name | Parameters<Rest> : never;

/** The properties of a channel: which messages travel where, who sends and receives them, and how reliably. */
export interface ChannelOptions<Address extends string = string> {
  /** The name of the channel, unique within its system, e.g. `data`. */
  readonly name: string;
  /** The address template: segments separated by dots or slashes; a parameter in braces is one segment. */
  readonly address: Address;
  /** The kind of address. Default `subject`, which some brokers call a topic or a routing key. */
  readonly kind?: "subject" | "queue" | "path" | "websocket" | "file";
  /** The HTTP method of a path. Default `GET`. */
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** The contracts of its messages. `isJsonContract` distinguishes those of messages that exist in JSON only. */
  readonly messages: readonly (AnyContract | AnyJsonContract)[];
  /** The contracts of the replies; set for channels of requests only. */
  readonly replies?: readonly (AnyContract | AnyJsonContract)[];
  /** The components that send. */
  readonly from: readonly string[];
  /** The components that receive. */
  readonly to: readonly string[];
  /** How messages are encoded. `text` is a text format other than JSON. */
  readonly encoding: "json" | "binary" | "text";
  /** The delivery guarantee that the documents ask for. */
  readonly delivery: "at most once" | "at least once" | "exactly once";
  /** Whether the transport keeps the last message for later subscribers. Default false. */
  readonly retained?: boolean;
  /** The wire JSON key of the field by which messages are ordered. Not set: order does not matter. */
  readonly orderedBy?: string;
  /** The transport's maximum message size in bytes. */
  readonly maxBytes?: number;
  /** How long a request waits for its reply, in milliseconds. */
  readonly timeoutMillis?: number;
  /** The address for messages that cannot be processed. */
  readonly deadLetter?: string;
  /** An example message as wire JSON, with its reply where there is one. */
  readonly example?: ChannelExample;
}

/** A message of a channel as wire JSON, with its reply. */
export interface ChannelExample {
  readonly message: unknown;
  readonly reply?: unknown;
}

/** A channel: its properties, and functions that format and match its address. */
export interface Channel<Address extends string = string> extends ChannelOptions<Address> {
  /** Whether its messages are requests, which have replies. */
  readonly request: boolean;
  /**
   * The address with these parameters. Throws ContractError `channel.address` for a value that is not one
   * segment of 1 to 256 characters `A-Z a-z 0-9 _ -`.
   */
  at(parameters: Readonly<Record<Parameters<Address>, string>>): string;
  /** The parameters in an address of this channel; undefined for an address of another channel, and for what is no string. */
  match(address: string): Readonly<Record<string, string>> | undefined;
}

const segment = /^[A-Za-z0-9_-]{1,256}$/;
const placeholder = /\{(\w+)\}/g;

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isContracts = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((item) => isPlainObject(item) && typeof item["safeFromJson"] === "function");
const oneOf = (...names: readonly unknown[]): Check => [
  (value) => names.includes(value),
  `one of ${names.join(", ")}`,
];

/** Whether a value is right, and what is expected. */
type Check = readonly [fits: (value: unknown) => boolean, expected: string];

/** A channel without one of these is not complete. */
const needed: readonly (keyof ChannelOptions)[] = [
  "name",
  "address",
  "messages",
  "from",
  "to",
  "encoding",
  "delivery",
];

const checks: Readonly<Partial<Record<keyof ChannelOptions, Check>>> = {
  name: [isText, "a non-empty string"],
  address: [isText, "a non-empty string"],
  kind: oneOf("subject", "queue", "path", "websocket", "file"),
  method: oneOf("GET", "POST", "PUT", "DELETE"),
  messages: [isContracts, "an array of contracts"],
  replies: [isContracts, "an array of contracts"],
  from: [isTexts, "an array of non-empty strings"],
  to: [isTexts, "an array of non-empty strings"],
  encoding: oneOf("json", "binary", "text"),
  delivery: oneOf("at most once", "at least once", "exactly once"),
  retained: oneOf(true, false),
  orderedBy: [isText, "a non-empty string"],
  maxBytes: [isLimit, expectedLimit],
  timeoutMillis: [isLimit, expectedLimit],
  deadLetter: [isText, "a non-empty string"],
  example: [isPlainObject, "an object"],
};

/** A copy of the options. Throws ContractError `config` for the first that is wrong. */
function readChannelOptions<O extends object>(options: O): O {
  const unnamed = "a channel";
  return readWireOptions(unnamed, options, (given) => {
    const own = { ...given };
    const values = new Map<string, unknown>(Object.entries(own));
    const name = values.get("name");
    const called = typeof name === "string" && name !== "" ? name : unnamed;
    for (const [key, [fits, expected]] of Object.entries(checks)) {
      const value = values.get(key);
      if (value === undefined && !needed.some((one) => one === key)) continue;
      if (fits(value)) continue;
      throw new ContractError("configure", called, mismatch(key, "config", expected, value));
    }
    return own;
  });
}

/** Creates a channel, frozen. Throws ContractError `config` for options that are missing or wrong. */
export function defineChannel<const Address extends string>(
  given: ChannelOptions<Address>,
): Channel<Address> {
  const options = readChannelOptions(given);
  const { address, name } = options;
  const separator = address.includes("/") ? "/" : ".";
  const names = [...address.matchAll(placeholder)].map(([, key = ""]) => key);
  return Object.freeze({
    ...options,
    request: options.replies !== undefined,
    at(parameters: Readonly<Record<string, string>>) {
      return address.replace(placeholder, (_, key: string) => {
        const value = guarded("address", name, () =>
          isObject(parameters) ? parameters[key] : undefined,
        );
        if (typeof value === "string" && segment.test(value)) return value;
        const expected = "one address segment of letters, digits, _ and -";
        throw new ContractError("address", name, mismatch(key, "channel.address", expected, value));
      });
    },
    match(candidate: string) {
      if (typeof candidate !== "string") return undefined;
      const pattern = address.split(separator);
      const given = candidate.split(separator);
      if (pattern.length !== given.length) return undefined;
      const parameters: Record<string, string> = {};
      for (const [index, part] of pattern.entries()) {
        const value = given[index] ?? "";
        const key = names.find((candidateKey) => part === `{${candidateKey}}`);
        if (key === undefined ? part !== value : !segment.test(value)) return undefined;
        if (key !== undefined) parameters[key] = value;
      }
      return parameters;
    },
  });
}
