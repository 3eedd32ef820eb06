import { ContractError, mismatch } from "../wire/error.js";
import type { AnyContract } from "./contract.js";

/** The names of the parameters of an address template: `"run_id"` for `simulations.{run_id}.data`. */
export type Parameters<Address extends string> =
  Address extends `${string}{${infer Name}}${infer Rest}` ? Name | Parameters<Rest> : never;

/** What a channel is: what travels where, between whom, and how safely. */
export interface ChannelOptions<Address extends string = string> {
  /** The channel's name within its system, e.g. `data`. */
  readonly name: string;
  /** Segments between dots, or between slashes; a parameter in braces stands for one segment. */
  readonly address: Address;
  /** What the address names. Default `subject`, which brokers also call a topic or a routing key. */
  readonly kind?: "subject" | "queue" | "path" | "websocket" | "file";
  /** How a path is asked for. */
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** The contracts of the messages that travel on it. */
  readonly messages: readonly AnyContract[];
  /** The contracts of the answers, on a channel of requests. */
  readonly replies?: readonly AnyContract[];
  /** Who sends. */
  readonly from: readonly string[];
  /** Who receives. */
  readonly to: readonly string[];
  /** `text`: the text of a form that is no JSON. */
  readonly encoding: "json" | "binary" | "text";
  readonly delivery: "at most once" | "at least once" | "exactly once";
  /** True when the transport keeps the last message for those who come later. Default false. */
  readonly retained?: boolean;
  /** The field that orders messages, in the words of the wire JSON. Unset: order does not matter. */
  readonly orderedBy?: string;
  /** The transport's own limit on a message, in bytes. */
  readonly maxBytes?: number;
  /** How long a request waits for its answer, in milliseconds. */
  readonly timeoutMillis?: number;
  /** Where messages go that cannot be processed. */
  readonly deadLetter?: string;
  /** The wire JSON of one message that travels on it and, where it is answered, of the answer. */
  readonly example?: ChannelExample;
}

/** One message of a channel, with its answer. */
export interface ChannelExample {
  readonly message: unknown;
  readonly reply?: unknown;
}

/** A channel, with its address as a function of its parameters. */
export interface Channel<Address extends string = string> extends ChannelOptions<Address> {
  /** True for a channel whose messages are answered. */
  readonly request: boolean;
  /**
   * The address for these parameters. Throws ContractError `channel.address` for a value that is not
   * one segment of `A-Z a-z 0-9 _ -`.
   */
  at(parameters: Readonly<Record<Parameters<Address>, string>>): string;
  /** The parameters that give this address, or undefined when it is another channel's. */
  match(address: string): Readonly<Record<string, string>> | undefined;
}

const segment = /^[A-Za-z0-9_-]{1,256}$/;
const placeholder = /\{(\w+)\}/g;

/** Makes a channel of what it is. */
export function defineChannel<const Address extends string>(
  options: ChannelOptions<Address>,
): Channel<Address> {
  const { address, name } = options;
  const separator = address.includes("/") ? "/" : ".";
  const names = [...address.matchAll(placeholder)].map(([, key = ""]) => key);
  return Object.freeze({
    ...options,
    request: options.replies !== undefined,
    at(parameters: Readonly<Record<string, string>>) {
      return address.replace(placeholder, (_, key: string) => {
        const value = parameters[key];
        if (typeof value === "string" && segment.test(value)) return value;
        const expected = "one address segment of letters, digits, _ and -";
        throw new ContractError("address", name, mismatch(key, "channel.address", expected, value));
      });
    },
    match(candidate: string) {
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
