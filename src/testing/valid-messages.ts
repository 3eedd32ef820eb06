import type { Message } from "@bufbuild/protobuf";
import fc from "fast-check";
import { isPlainObject } from "../contract/base/plain-data.js";
import type { AnyContract, Contract } from "../contract/contract.js";
import {
  type AnyJsonContract,
  isJsonContract,
  type JsonContract,
} from "../contract/json-contract.js";
import type { CheckOptions } from "../contract/options.js";
import { toJsonSchema } from "../contract/schema/json-schema.js";
import type { ContractIssue } from "../wire/error.js";
import { readSwitch, readWireOptions } from "../wire/limits.js";
import { applyChange, type Change, jsonChanges, messageChanges } from "./changes.js";
import { makeValid } from "./nearly-valid.js";
import { recordOf } from "./scalars.js";
import { SchemaValues } from "./schema-values.js";
import { type Settled, settle } from "./settled.js";

/** Options of {@link validMessagesOf} and {@link wireJsonOf}. */
export interface ValidOptions<M> {
  /** Messages to start from, in addition to random ones. Default none. */
  readonly examples?: readonly M[];
  /** Whether everything is generated that `strict` accepts, and nothing else. Default false. */
  readonly strict?: boolean;
}

/** How many random values are tried as a start, in blocks; how many of them are changed to be valid; how many starts are enough. */
const trials = { blocks: 6, block: 50, changed: 60, enough: 24 };
/** A constant, so that starts are the same in every run and only fast-check's seed decides. */
const trialSeed = 1;

/**
 * A fast-check arbitrary of messages that satisfy every rule of their contract, and otherwise vary as much
 * as possible. Each starts from an example or a random valid message, and gets up to eight changes of
 * single fields: to values at the rules' bounds or to any value of the field's type. A change that breaks a
 * rule is skipped, so no run is discarded.
 *
 * Every message has JSON and equals `decode(encode(message))` and `fromJson(toJson(message))`; so it has no
 * unknown fields, no NaN, and floats that are float32. Only its size budget may be exceeded: encode with
 * `{ budget: false }`. With `strict` all of this holds with `strict` at every method.
 *
 * The call itself takes up to a second, three for the most entangled rules, each message 0.1 to 20 ms. The
 * same seed of fast-check gives the same messages. The call throws a ContractError if an example breaks a
 * rule (with the code of that rule), `config` for wrong options, and an Error if there are no examples and
 * no valid message was found.
 */
export function validMessagesOf<M extends Message>(
  contract: Contract<M>,
  options: ValidOptions<M> = {},
): fc.Arbitrary<M> {
  const { examples, check } = readValidOptions(contract, options);
  const values = new SchemaValues(toJsonSchema(contract));
  const starts = startsOf(contract, values, examples, check);
  return fc.constantFrom(...starts).chain(({ message, json }) => {
    const inJson = changes(jsonChanges(values, json));
    const inMessage = changes(messageChanges(contract.schema, message));
    return fc.tuple(inJson, inMessage).map(([first, second]) => {
      const read = contract.fromJson(keepJson(contract, json, first, check), check);
      const changed = first.length === 0 ? message : settle(contract, read, check)?.message;
      return keepMessage(contract, changed ?? message, second, check);
    });
  });
}

/**
 * A fast-check arbitrary of wire JSON that `fromJson` accepts, generated in the same way; also for messages
 * that exist in JSON only. It contains JSON that `toJson` does not write, too: other spellings of keys, and
 * null for unset fields. Costs, seeds and errors are those of {@link validMessagesOf}.
 */
export function wireJsonOf<M extends Message>(
  contract: Contract<M>,
  options?: ValidOptions<M>,
): fc.Arbitrary<unknown>;
export function wireJsonOf<T>(
  contract: JsonContract<T>,
  options?: ValidOptions<T>,
): fc.Arbitrary<unknown>;
export function wireJsonOf(
  contract: AnyContract | AnyJsonContract,
  options: ValidOptions<unknown> = {},
): fc.Arbitrary<unknown> {
  const { examples, check } = readValidOptions(contract, options);
  const values = new SchemaValues(toJsonSchema(contract));
  const starts: readonly { readonly json: unknown }[] = isJsonContract(contract)
    ? jsonStartsOf(contract, values, examples, check)
    : startsOf(contract, values, examples, check);
  return fc
    .constantFrom(...starts)
    .chain(({ json }) =>
      changes(jsonChanges(values, json)).map((all) => keepJson(contract, json, all, check)),
    );
}

interface ValidSettings<M> {
  readonly examples: readonly M[];
  readonly check: Required<CheckOptions>;
}

function readValidOptions<M>(
  { typeName }: { readonly typeName: string },
  options: ValidOptions<M>,
): ValidSettings<M> {
  return readWireOptions(typeName, options, ({ examples = [], strict }) => ({
    examples: [...examples],
    check: { strict: readSwitch(typeName, "strict", strict) },
  }));
}

function changes(one: fc.Arbitrary<Change>): fc.Arbitrary<Change[]> {
  return fc.array(one, { maxLength: 4 });
}

function keepJson(
  contract: Pick<AnyContract | AnyJsonContract, "safeFromJson">,
  json: unknown,
  all: readonly Change[],
  check: CheckOptions,
): unknown {
  return all.reduce((kept, change) => {
    const changed = applyChange(kept, change);
    return contract.safeFromJson(changed, check).ok ? changed : kept;
  }, json);
}

function keepMessage<M extends Message>(
  contract: Contract<M>,
  message: M,
  all: readonly Change[],
  check: CheckOptions,
): M {
  return all.reduce((kept, { steps, value }) => {
    const changed = applyChange(kept, { steps, value: withoutUnknown(value) });
    return settle(contract, changed, check)?.message ?? kept;
  }, message);
}

/** A value whose messages carry no unknown fields. */
function withoutUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnknown);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([key]) => key !== "$unknown" || !Object.hasOwn(value, "$typeName"),
  );
  return recordOf(entries.map(([key, item]) => [key, withoutUnknown(item)]));
}

function startsOf<M extends Message>(
  contract: Contract<M>,
  values: SchemaValues,
  examples: readonly M[],
  check: CheckOptions,
): readonly Settled<M>[] {
  const own = examples.flatMap(
    (example) => settle(contract, contract.check(example, check), check) ?? [],
  );
  const others = someStarts(contract, values, check, (json) => {
    const read = contract.safeFromJson(json, check);
    return read.ok ? settle(contract, read.value, check) : undefined;
  });
  return someOf(contract, [...own, ...others]);
}

function jsonStartsOf<T>(
  contract: JsonContract<T>,
  values: SchemaValues,
  examples: readonly T[],
  check: CheckOptions,
): readonly { readonly json: unknown }[] {
  const own = examples.map((example) => ({ json: contract.toJson(example, check) }));
  const others = someStarts(contract, values, check, (json) => {
    const read = contract.safeFromJson(json, check);
    return read.ok ? { json: read.value } : undefined;
  });
  return someOf(contract, [...own, ...others]);
}

/** Different starts: random values that are valid, then random values that are made valid. */
function someStarts<S extends { readonly json: unknown }>(
  { safeFromJson }: Pick<AnyContract | AnyJsonContract, "safeFromJson">,
  values: SchemaValues,
  check: CheckOptions,
  startOf: (json: unknown) => S | undefined,
): S[] {
  const random = values.of(values.root);
  const found = new Map<string, S>();
  const take = (json: unknown): boolean => {
    const start = startOf(json);
    if (start !== undefined) found.set(JSON.stringify(start.json), start);
    return start !== undefined;
  };
  const isEnough = (): boolean => found.size >= trials.enough;
  const rest: unknown[] = [];
  for (let block = 0; block < trials.blocks && !isEnough(); block++) {
    const some = fc.sample(random, { numRuns: trials.block, seed: trialSeed + block });
    rest.push(...some.filter((json) => isEnough() || !take(json)));
  }
  const find = (json: unknown): readonly ContractIssue[] => {
    const result = safeFromJson(json, check);
    return result.ok ? [] : result.error.issues;
  };
  for (const [index, json] of rest.slice(0, trials.changed).entries()) {
    if (isEnough()) break;
    take(makeValid(values, json, trialSeed + index * 100, find));
  }
  return [...found.values()];
}

function someOf<S>(
  { typeName }: { readonly typeName: string },
  starts: readonly S[],
): readonly S[] {
  if (starts.length > 0) return starts;
  throw new Error(`no random message satisfies the rules of ${typeName}; pass examples`);
}
