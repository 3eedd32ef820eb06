import type { Message } from "@bufbuild/protobuf";
import fc from "fast-check";
import { isPlainObject } from "../contract/base/plain-data.js";
import type { Contract } from "../contract/contract.js";
import { toJsonSchema } from "../contract/schema/json-schema.js";
import { applyChange, type Change, jsonChanges, messageChanges } from "./changes.js";
import { recordOf } from "./scalars.js";
import { SchemaValues } from "./schema-values.js";

/** Options of {@link validMessagesOf} and {@link wireJsonOf}. */
export interface ValidOptions<M extends Message> {
  /**
   * Messages to start from, in addition to random ones. Required for a type if no random message satisfies
   * the rules that relate several fields; useful for every type. Default none.
   */
  readonly examples?: readonly M[];
}

/** How many random values are tried as a start at most, and how many starts are enough. */
const trials = { max: 300, enough: 24 };
/** A constant, so that starts are the same in every run and only fast-check's seed decides. */
const trialSeed = 1;

interface Start<M> {
  readonly message: M;
  readonly json: unknown;
}

/**
 * A fast-check arbitrary of messages that satisfy every rule of their contract, and otherwise vary as much
 * as possible. Each starts from an example or a random valid message, and gets up to eight changes of
 * single fields: to values at the rules' bounds or to any value of the field's type. A change that breaks a
 * rule is skipped, so no run is discarded.
 *
 * The messages have no unknown fields, except in packed Any messages. Some have values that wire JSON cannot
 * represent (see docs/json.md), for which `toJson` throws. They may exceed their size budget: encode with
 * `{ budget: false }`.
 *
 * The call itself takes up to half a second, each message 50 µs to 5 ms. The same seed of fast-check gives
 * the same messages. The call throws a ContractError if an example breaks a rule (with the code of that
 * rule), and an Error if there are no examples and no random message satisfies the rules.
 */
export function validMessagesOf<M extends Message>(
  contract: Contract<M>,
  options: ValidOptions<M> = {},
): fc.Arbitrary<M> {
  const values = new SchemaValues(toJsonSchema(contract));
  const starts = startsOf(contract, values, options);
  return fc.constantFrom(...starts).chain(({ message, json }) => {
    const inJson = json === undefined ? fc.constant([]) : changes(jsonChanges(values, json));
    const inMessage = changes(messageChanges(contract.schema, message));
    return fc.tuple(inJson, inMessage).map(([first, second]) => {
      const read =
        first.length === 0 ? message : contract.fromJson(keepJson(contract, json, first));
      // A reader may take what `check` refuses, because a real program sends it.
      const changed = contract.safeCheck(read).ok ? read : message;
      return keepMessage(contract, changed, second);
    });
  });
}

/**
 * A fast-check arbitrary of wire JSON that `fromJson` accepts, generated in the same way. It also contains
 * JSON that `toJson` does not write: other spellings of keys, and null for unset fields. Costs, seeds and
 * errors are those of {@link validMessagesOf}.
 */
export function wireJsonOf<M extends Message>(
  contract: Contract<M>,
  options: ValidOptions<M> = {},
): fc.Arbitrary<unknown> {
  const values = new SchemaValues(toJsonSchema(contract));
  const written = startsOf(contract, values, options).filter(({ json }) => json !== undefined);
  const starts = someOf(contract, written);
  return fc
    .constantFrom(...starts)
    .chain(({ json }) =>
      changes(jsonChanges(values, json)).map((all) => keepJson(contract, json, all)),
    );
}

function changes(one: fc.Arbitrary<Change>): fc.Arbitrary<Change[]> {
  return fc.array(one, { maxLength: 4 });
}

function keepJson<M extends Message>(
  contract: Contract<M>,
  json: unknown,
  all: readonly Change[],
): unknown {
  return all.reduce((kept, change) => {
    const changed = applyChange(kept, change);
    return contract.safeFromJson(changed).ok ? changed : kept;
  }, json);
}

function keepMessage<M extends Message>(
  contract: Contract<M>,
  message: M,
  all: readonly Change[],
): M {
  return all.reduce((kept, { steps, value }) => {
    const changed = applyChange(kept, { steps, value: withoutUnknown(value) });
    const result = contract.safeCheck(changed);
    return result.ok ? result.value : kept;
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
  { examples = [] }: ValidOptions<M>,
): readonly Start<M>[] {
  const starts = examples.map((example) => startFrom(contract, contract.check(example)));
  for (const json of fc.sample(values.of(values.root), { numRuns: trials.max, seed: trialSeed })) {
    if (starts.length >= trials.enough) break;
    const result = contract.safeFromJson(json);
    if (result.ok && contract.safeCheck(result.value).ok) {
      starts.push({ message: result.value, json });
    }
  }
  return someOf(contract, starts);
}

function someOf<M extends Message>(
  { typeName }: Contract<M>,
  starts: readonly Start<M>[],
): readonly Start<M>[] {
  if (starts.length > 0) return starts;
  throw new Error(`no random message satisfies the rules of ${typeName}; pass examples`);
}

function startFrom<M extends Message>(contract: Contract<M>, message: M): Start<M> {
  const json = contract.safeToJson(message);
  return json.ok ? { message, json: json.value } : { message, json: undefined };
}
