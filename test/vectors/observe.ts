/** A change of one place of a value. `to` is JSON, or `{ js }` for a value that JSON cannot represent. */
interface Change {
  readonly at: readonly (string | number)[];
  readonly to: unknown;
}

/** The input of a vector: JSON text or bytes (base64), and a change of the parsed value. */
export interface Input {
  readonly text?: string;
  readonly bytes?: string;
  readonly set?: Change;
}

interface Issue {
  readonly rule: string;
  readonly path: string;
}

/** The outcome of a method: issues, bytes in base64, or JSON text. `as given` means that it equals the input. */
interface Outcome {
  readonly issues?: readonly Issue[];
  readonly bytes?: string;
  readonly json?: string;
  readonly unknownKeys?: readonly string[];
  /** The name of an error that is not a ContractError. */
  readonly throws?: string;
}

/** An outcome and the methods that have it, see {@link methodsOf}. */
export interface Seen extends Outcome {
  readonly by: string;
}

/** Short names for lists of methods that often have the same outcome. */
const families = [
  [
    "contract*",
    "decode, decode strict, check, encode, encode strict, toJsonText, toJson, toJsonText strict, toJsonText dropUnknown",
  ],
  ["json*", "fromJsonText, fromJson, check, toJson, toJsonText"],
  ["fromJson*", "fromJsonText, fromJsonText strict, fromJson, fromJson strict"],
  ["decode*", "decode, decode strict"],
  ["encode*", "check, encode, encode strict"],
  ["toJson*", "toJsonText, toJson, toJsonText strict, toJsonText dropUnknown"],
] as const;

/** The names of the methods of an outcome. */
export function methodsOf({ by }: Seen): string[] {
  const whole = (name: string): string => families.find(([short]) => short === name)?.[1] ?? name;
  return by.split(", ").flatMap((name) => whole(name).split(", "));
}

/** The names of methods in their recorded format. */
function joined(methods: readonly string[]): string {
  return families.reduce(
    (text, [short, whole]) => `${text}, `.replace(`${whole}, `, `${short}, `).slice(0, -2),
    methods.join(", "),
  );
}

type Result<T> =
  | { readonly ok: true; readonly value: T; readonly unknownKeys?: readonly string[] }
  | { readonly ok: false; readonly error: { readonly issues: readonly Issue[] } };

interface Options {
  readonly strict?: boolean;
  readonly budget?: boolean;
  readonly dropUnknown?: boolean;
}

/** The methods under test of a message that exists only in JSON. */
export interface JsonSubject {
  readonly typeName: string;
  safeCheck(value: unknown, options?: Options): Result<unknown>;
  safeToJson(value: unknown, options?: Options): Result<unknown>;
  safeToJsonText(value: unknown, options?: Options): Result<string>;
  safeFromJson(json: unknown, options?: Options): Result<unknown>;
  safeFromJsonText(text: string, options?: Options): Result<unknown>;
}

/** The methods under test of a contract. */
interface ContractSubject extends JsonSubject {
  readonly codec: { decode(bytes: Uint8Array): unknown; encode(message: unknown): Uint8Array };
  safeEncode(message: unknown, options?: Options): Result<Uint8Array>;
  safeDecode(bytes: Uint8Array, options?: Options): Result<unknown>;
}

export type Subject = JsonSubject | ContractSubject;

type Calls = Record<string, () => Outcome>;

/** The outcomes of all methods that accept this kind of input. */
export function observe(subject: Subject, input: Input): Seen[] {
  const calls = "codec" in subject ? contractCalls(subject, input) : jsonCalls(subject, input);
  const methods = new Map<string, string[]>();
  for (const [name, call] of Object.entries(calls)) {
    const outcome = JSON.stringify(asGiven(settled(call), input));
    methods.set(outcome, [...(methods.get(outcome) ?? []), name]);
  }
  return [...methods].map(([outcome, names]) => ({ by: joined(names), ...JSON.parse(outcome) }));
}

const strict = { strict: true };

function contractCalls(subject: ContractSubject, { text = "", bytes, set }: Input): Calls {
  const message = (result: Result<unknown>): Outcome =>
    outcomeOf(result, (value) => ({ bytes: toBase64(subject.codec.encode(value)) }));
  if (bytes === undefined) {
    if (set !== undefined) {
      return { fromJson: () => message(subject.safeFromJson(changed(JSON.parse(text), set))) };
    }
    const calls: Calls = {
      fromJsonText: () => message(subject.safeFromJsonText(text)),
      "fromJsonText strict": () => message(subject.safeFromJsonText(text, strict)),
    };
    if (!isJson(text)) return calls;
    return {
      ...calls,
      fromJson: () => message(subject.safeFromJson(JSON.parse(text))),
      "fromJson strict": () => message(subject.safeFromJson(JSON.parse(text), strict)),
    };
  }
  const input = Uint8Array.from(Buffer.from(bytes, "base64"));
  if (set !== undefined) {
    const value = (): unknown => changed(subject.codec.decode(input), set);
    return {
      check: () => message(subject.safeCheck(value())),
      encode: () => encoded(subject.safeEncode(value())),
      toJson: () => outcomeOf(subject.safeToJson(value()), asJson),
      toJsonText: () => outcomeOf(subject.safeToJsonText(value()), asText),
    };
  }
  const reading: Calls = {
    decode: () => message(subject.safeDecode(input)),
    "decode strict": () => message(subject.safeDecode(input, strict)),
  };
  return { ...reading, ...writingCalls(subject, input) };
}

/** The outcomes of the writing methods for a message that was decoded without rules. */
function writingCalls(subject: ContractSubject, input: Uint8Array): Calls {
  let value: unknown;
  try {
    value = subject.codec.decode(input);
  } catch {
    return {};
  }
  const calls: Calls = {
    check: () =>
      outcomeOf(subject.safeCheck(value), (same) => ({
        bytes: toBase64(subject.codec.encode(same)),
      })),
    encode: () => encoded(subject.safeEncode(value)),
    "encode strict": () => encoded(subject.safeEncode(value, { strict: true, budget: false })),
    toJsonText: () => outcomeOf(subject.safeToJsonText(value), asText),
    toJson: () => outcomeOf(subject.safeToJson(value), asJson),
    "toJsonText strict": () => outcomeOf(subject.safeToJsonText(value, strict), asText),
    "toJsonText dropUnknown": () =>
      outcomeOf(subject.safeToJsonText(value, { dropUnknown: true }), asText),
  };
  const text = subject.safeToJsonText(value);
  if (!text.ok) return calls;
  return {
    ...calls,
    "fromJsonText of toJsonText": () =>
      outcomeOf(subject.safeFromJsonText(text.value), (back) => ({
        bytes: toBase64(subject.codec.encode(back)),
      })),
  };
}

function jsonCalls(subject: JsonSubject, { text = "", set }: Input): Calls {
  const reading: Calls = {
    fromJsonText: () => outcomeOf(subject.safeFromJsonText(text), asJson),
  };
  if (!isJson(text)) return reading;
  const value = (): unknown =>
    set === undefined ? JSON.parse(text) : changed(JSON.parse(text), set);
  return {
    ...(set === undefined ? reading : {}),
    fromJson: () => outcomeOf(subject.safeFromJson(value()), asJson),
    check: () => outcomeOf(subject.safeCheck(value()), asJson),
    toJson: () => outcomeOf(subject.safeToJson(value()), asJson),
    toJsonText: () => outcomeOf(subject.safeToJsonText(value()), asText),
  };
}

function outcomeOf<T>(result: Result<T>, describe: (value: T) => Outcome): Outcome {
  if (!result.ok) return { issues: result.error.issues.map(({ rule, path }) => ({ rule, path })) };
  const { unknownKeys = [] } = result;
  return { ...describe(result.value), ...(unknownKeys.length > 0 ? { unknownKeys } : {}) };
}

function encoded(result: Result<Uint8Array>): Outcome {
  return outcomeOf(result, (bytes) => ({ bytes: toBase64(bytes) }));
}

function asJson(value: unknown): Outcome {
  return { json: JSON.stringify(value) };
}

function asText(json: string): Outcome {
  return { json };
}

function settled(call: () => Outcome): Outcome {
  try {
    return call();
  } catch (error) {
    return { throws: error instanceof Error ? error.name : String(error) };
  }
}

function asGiven(outcome: Outcome, { text, bytes, set }: Input): Outcome {
  if (set !== undefined) return outcome;
  if (bytes !== undefined && outcome.bytes === bytes) return { ...outcome, bytes: "as given" };
  return text !== undefined && outcome.json === text ? { ...outcome, json: "as given" } : outcome;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Applies the change in place and returns the value. */
function changed(value: unknown, { at, to }: Change): unknown {
  const [last, ...steps] = [...at].reverse();
  if (last === undefined) return standIn(to);
  const parent = steps.reverse().reduce(stepInto, value);
  if (typeof parent !== "object" || parent === null) throw new Error(`no ${at.join(".")}`);
  Object.defineProperty(parent, last, {
    value: standIn(to),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return value;
}

function stepInto(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
}

const foreign: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  "-0": () => -0,
  "5n": () => 5n,
  "2n ** 64n": () => 2n ** 64n,
  "new Uint8Array(3)": () => new Uint8Array(3),
  "new Date(0)": () => new Date(0),
  "new Map()": () => new Map(),
  "() => 1": () => () => 1,
};

function standIn(to: unknown): unknown {
  if (typeof to !== "object" || to === null || !("js" in to)) return to;
  const make = foreign[String(to.js)];
  if (make === undefined) throw new Error(`no value is called ${String(to.js)}`);
  return make();
}
