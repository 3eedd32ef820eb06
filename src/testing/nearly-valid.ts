import fc from "fast-check";
import type { Step } from "../contract/base/context.js";
import { isPlainObject } from "../contract/base/plain-data.js";
import type { JsonSchema } from "../contract/model/json-schema-keywords.js";
import type { ContractIssue } from "../wire/error.js";
import { parsePath } from "../wire/path.js";
import { absent, applyChange, type Change } from "./changes.js";
import { isSchema, type SchemaValues } from "./schema-values.js";

/** Finds what is wrong with a JSON; nothing if it is valid. */
export type FindIssues = (json: unknown) => readonly ContractIssue[];

/** How many values are changed at most to make one JSON valid. */
const maxSteps = 30;
/** How many values of a place's schema are tried. */
const trials = 12;

/**
 * Changes values of a JSON, one at a time, until it is valid; undefined if no way is found. Each change
 * takes away the first issue: the value that it names, or one beside it, is removed or replaced by a value
 * that the issue's text suggests, by one that follows from the other values, or by a random one.
 */
export function makeValid(
  values: SchemaValues,
  start: unknown,
  seed: number,
  find: FindIssues,
): unknown {
  const seen = new Set<string>();
  let found: Found = { json: start, issues: find(start) };
  for (let step = 0; step < maxSteps; step++) {
    const [first] = found.issues;
    if (first === undefined) return found.json;
    for (const issue of found.issues) seen.add(textOf(issue));
    const next = withoutFirst(values, found, first, { seed: seed + step, find, seen });
    if (next === undefined) return undefined;
    found = next;
  }
  return undefined;
}

interface Found {
  readonly json: unknown;
  readonly issues: readonly ContractIssue[];
}

interface Search {
  readonly seed: number;
  readonly find: FindIssues;
  /** Issues that the JSON has or had. */
  readonly seen: ReadonlySet<string>;
}

function withoutFirst(
  values: SchemaValues,
  { json, issues }: Found,
  first: ContractIssue,
  { seed, find, seen }: Search,
): Found | undefined {
  let second: Found | undefined;
  for (const change of candidates(values, json, first, seed)) {
    const changed = applyChange(json, change);
    const left = find(changed);
    const isNew = left.every((issue) => !seen.has(textOf(issue)));
    // Rules between fields are only checked when all fields are valid, so new issues may appear then.
    if (!isNew && left.length >= issues.length) continue;
    if (left.every(({ path }) => path !== first.path)) return { json: changed, issues: left };
    if (isNew) second ??= { json: changed, issues: left };
  }
  return second;
}

function textOf({ path, rule, message }: ContractIssue): string {
  return `${path} ${rule} ${message.split(", got ")[0]}`;
}

/** Changes that may take away an issue, the likeliest first. */
function* candidates(
  values: SchemaValues,
  json: unknown,
  { path, message }: ContractIssue,
  seed: number,
): Generator<Change> {
  const steps = parsePath(path);
  const suggested = [...fromText(message), ...fromOthers(json), ...ids(seed)];
  for (const value of suggested) if (steps.length > 0) yield { steps, value };
  yield* fromSchema(values, json, steps, seed);
  if (steps.length > 0) yield { steps, value: absent };
  const around = steps.slice(0, -1);
  const holder = valueAt(json, around);
  for (const key of isPlainObject(holder) ? Object.keys(holder) : []) {
    if (key === steps.at(-1)) continue;
    yield { steps: [...around, key], value: absent };
    yield* fromSchema(values, json, [...around, key], seed);
  }
}

function* fromSchema(
  values: SchemaValues,
  json: unknown,
  steps: readonly Step[],
  seed: number,
): Generator<Change> {
  for (const schema of schemasAt(values, json, steps)) {
    for (const value of fc.sample(values.of(schema, 2), { numRuns: trials, seed })) {
      yield { steps, value };
    }
  }
}

/** The schemas that apply to the value at a path, whether it is there or not. */
function schemasAt(values: SchemaValues, json: unknown, steps: readonly Step[]): JsonSchema[] {
  let schemas = [values.root];
  for (const [index, step] of steps.entries()) {
    const holder = valueAt(json, steps.slice(0, index));
    schemas = schemas
      .flatMap((schema) => values.partsFor(schema, holder))
      .flatMap(({ properties, items, additionalProperties }) => {
        const inner = typeof step === "number" ? items : properties?.[step];
        return [inner ?? additionalProperties].filter(isSchema);
      });
  }
  return schemas;
}

function valueAt(json: unknown, steps: readonly Step[]): unknown {
  let value = json;
  for (const step of steps) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isPlainObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** Values that the text of an issue names: quoted strings, names, numbers, and base64 of that many bytes. */
function fromText(message: string): unknown[] {
  const expected = message.split(", got ")[0] ?? "";
  const quoted = [...expected.matchAll(/"([^"]*)"/g)].map(([, text]) => text);
  const names = expected.match(/\b[A-Z][A-Z_]{2,}\b|\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
  const numbers = (expected.match(/-?\d+/g) ?? []).map(Number);
  const bytes = numbers.filter((count) => count > 0 && count <= 4096);
  return [
    ...quoted,
    ...numbers.flatMap((number) => [number, String(number)]),
    ...bytes.map((count) => btoa("\0".repeat(count))),
    ...names,
    true,
    false,
  ];
}

/** Values that follow from the other values: the same, in upper case, sums, differences, products and counts. */
function fromOthers(json: unknown): unknown[] {
  const texts = new Set<string>();
  const numbers = new Set<number>([0, 1]);
  const visit = (value: unknown): void => {
    if (typeof value === "string" && value.length <= 200) texts.add(value).add(value.toUpperCase());
    if (typeof value === "number") numbers.add(value);
    if (Array.isArray(value)) {
      const all = value.map(Number);
      numbers.add(all.length).add(all.reduce((product, factor) => product * factor, 1));
      value.forEach(visit);
    }
    if (!isPlainObject(value)) return;
    const held = Object.values(value).filter((item) => typeof item === "number");
    numbers.add(held.reduce((sum, item) => sum + item, 0));
    for (const [key, item] of Object.entries(value)) {
      texts.add(key);
      visit(item);
    }
  };
  visit(json);
  const some = [...numbers].filter(Number.isFinite).slice(0, 24);
  const pairs = some.flatMap((a) => some.flatMap((b) => [a - b, a + b]));
  const all = [...new Set([...some, ...pairs])].slice(0, 600);
  return [...texts, ...all, ...some.map(String)];
}

/** Ids of the forms that `strict` asks for. */
function ids(seed: number): string[] {
  const [uuid = ""] = fc.sample(fc.uuid({ version: 4 }), { numRuns: 1, seed });
  const digits = uuid.replaceAll("-", "");
  const [ulid = ""] = fc.sample(fc.ulid(), { numRuns: 1, seed });
  return [uuid, digits, digits.slice(0, 16), ulid, `a${digits.slice(0, 7)}`];
}
