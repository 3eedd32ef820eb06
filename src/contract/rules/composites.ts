import * as z from "zod/mini";
import { type Context, maxIssues, type Step } from "../base/context.js";
import { expectedObject, isPlainObject } from "../base/plain-data.js";
import type { Definition } from "../model/definition.js";
import type { FieldRule, FieldRuleParts } from "../model/field-rule.js";
import { valueWriter } from "../model/value-writer.js";

import { copyList, copyMap, copyOf } from "./copy.js";
import { issueSettings, type NameFault, nested } from "./issues.js";
import { isWellFormed, maxTextKeywords, maxTextLength, type NumberBounds } from "./scalars.js";

/** A map with string keys, in protobuf-es and in JSON. */
export type MapOf<V> = { [key: string]: V };

/** A repeated field. Bounds are numbers of items. */
export function listParts(item: FieldRule, bounds: NumberBounds): FieldRuleParts {
  const { parts } = item;
  const itemText = valueWriter(parts);
  const copyItem = copyOf(parts);
  return {
    kind: { kind: "list", item: parts.kind },
    rule: () => listRule(parts.rule(), bounds),
    read(json, context) {
      const list: unknown[] = [];
      if (!Array.isArray(json)) {
        context.mismatch("type", "an array", json);
        return list;
      }
      for (let index = 0; index < json.length && !context.full; index++) {
        context.enter(index);
        list.push(parts.read(json[index], context));
        context.leave();
      }
      return list;
    },
    write(value, context) {
      const list: unknown[] = [];
      if (!Array.isArray(value)) return list;
      for (let index = 0; index < value.length && !context.full; index++) {
        context.enter(index);
        list.push(parts.write(value[index], context));
        context.leave();
      }
      return list;
    },
    text(value, out) {
      out.openArray();
      for (const one of Array.isArray(value) ? value : []) {
        out.item();
        itemText(one, out);
      }
      out.closeArray();
    },
    wireSchema: (context) => ({
      type: "array",
      items: parts.wireSchema(context),
      ...(bounds.min === undefined ? {} : { minItems: bounds.min }),
      ...(bounds.max === undefined ? {} : { maxItems: bounds.max }),
    }),
    isDefault: (value) => Array.isArray(value) && value.length === 0,
    copy: (value, context) => copyList(value, copyItem, context, bounds.max),
    ...strictOfItems(parts),
    steps: ([index, ...rest]) => (index === undefined ? [] : [index, ...inner(parts, rest)]),
  };
}

/** Up to this length zod validates a list as a whole. It reports every issue of a list, however many there are. */
const longestWhole = 1_000;

function listRule(item: z.ZodMiniType, { min = 0, max }: NumberBounds): z.ZodMiniType {
  const whole = z.array(item).check(z.minLength(min));
  if (max !== undefined && max <= longestWhole) return whole.check(z.maxLength(max));
  const short = z.compile(whole);
  let one: z.ZodMiniType | undefined;
  return z.any().check((context) => {
    const list: unknown = context.value;
    if (!Array.isArray(list) || list.length <= longestWhole) {
      addIssues(context, short, list, []);
      return;
    }
    if (max !== undefined && list.length > max) {
      const bound = { code: "too_big", origin: "array", maximum: max, inclusive: true } as const;
      context.issues.push({ ...bound, input: list, path: [] });
      return;
    }
    one ??= z.compile(item);
    for (let index = 0; index < list.length && context.issues.length < maxIssues; index++) {
      addIssues(context, one, list[index], [index]);
    }
  });
}

/** Adds the issues of a nested value at its path, up to {@link maxIssues}. */
function addIssues(
  context: { readonly issues: z.core.$ZodRawIssue[] },
  rule: z.ZodMiniType,
  value: unknown,
  path: readonly Step[],
): void {
  // safeParse copies the value, which a valid value does not need.
  if (z.validate(rule, value)) return;
  const result = rule.safeParse(value, issueSettings);
  if (result.success) return;
  for (const issue of result.error.issues) {
    if (context.issues.length >= maxIssues) return;
    context.issues.push(nested(issue, path));
  }
}

/** A map field with string keys. `__proto__` is an ordinary key. */
export function mapParts(item: FieldRule): FieldRuleParts {
  const { parts } = item;
  const entryText = valueWriter(parts);
  const convert = (
    value: unknown,
    context: Context,
    one: (value: unknown, context: Context) => unknown,
  ): MapOf<unknown> => {
    if (!isPlainObject(value)) {
      context.mismatch("type", expectedObject(value), value);
      return {};
    }
    // The copy has all keys, `__proto__` too, and the engine makes it in one step.
    const map: MapOf<unknown> = { ...value };
    for (const key of Object.keys(map)) {
      if (context.full) break;
      context.enter(key);
      const entry = map[key];
      const converted = one(entry, context);
      // Not `===`, for which -0 and 0 are the same.
      if (!Object.is(converted, entry)) map[key] = converted;
      context.leave();
    }
    return map;
  };
  const copyItem = copyOf(parts);
  return {
    kind: { kind: "map", item: parts.kind },
    rule: () => mapRule(parts.rule()),
    read: (json, context) => convert(json, context, parts.read),
    write: (value, context) => convert(value, context, parts.write),
    text(value, out) {
      out.openObject();
      const map = isPlainObject(value) ? value : {};
      for (const key of Object.keys(map)) {
        out.entry(key);
        entryText(map[key], out);
      }
      out.closeObject();
    },
    wireSchema: (context) => ({
      type: "object",
      propertyNames: maxTextKeywords,
      additionalProperties: parts.wireSchema(context),
    }),
    isDefault: (value) => isPlainObject(value) && !hasEntries(value),
    copy: (value, context) => copyMap(value, copyItem, context),
    ...strictOfItems(parts),
    steps: ([key, ...rest]) => (key === undefined ? [] : [key, ...inner(parts, rest)]),
  };
}

function hasEntries(map: MapOf<unknown>): boolean {
  for (const key in map) {
    if (Object.hasOwn(map, key)) return true;
  }
  // Like Object.keys, the loop skips keys that are not enumerable.
  return false;
}

/** Not z.record, which skips a `__proto__` entry. */
function mapRule(rule: z.ZodMiniType): z.ZodMiniType {
  const compiled = z.compile(rule);
  return z.any().check((context) => {
    const map: unknown = context.value;
    if (!isPlainObject(map)) {
      context.issues.push({ code: "invalid_type", expected: "object", input: map, path: [] });
      return;
    }
    for (const key of Object.keys(map)) {
      if (context.issues.length >= maxIssues) return;
      if (!isWellFormed(key)) {
        const message = "a key without lone surrogates";
        context.issues.push({ code: "custom", message, input: key, path: [key] });
      }
      if (key.length > maxTextLength) {
        const message = `a key of at most ${maxTextLength} characters`;
        context.issues.push({
          code: "too_big",
          origin: "string",
          maximum: maxTextLength,
          message,
          input: key,
          path: [key],
        });
      }
      addIssues(context, compiled, map[key], [key]);
    }
  });
}

/** A message field. */
export function messageParts(definition: () => Definition): FieldRuleParts {
  return {
    kind: {
      kind: "message",
      get message() {
        return definition().schema;
      },
    },
    rule: () => definition().rule(),
    read: (json, context) => definition().read(json, context),
    write: (value, context) => definition().write(value, context),
    text: (value, out) => definition().text(value, out),
    wireSchema: ({ refer }) => refer(definition()),
    isDefault: (value) => value === undefined,
    copy: (value, context) => definition().copy(value, context),
    strict: (value, context) => definition().strict(value, context),
    steps: (steps) => definition().steps(steps),
  };
}

/** A oneof. Its members are read and written by the message that contains it. */
export function oneofParts(members: Readonly<Record<string, FieldRule>>): FieldRuleParts {
  return {
    kind: { kind: "oneof", members },
    rule: () => oneofRule(members),
    read: () => undefined,
    write: () => undefined,
    wireSchema: () => ({}),
    isDefault: () => false,
    strict(oneof, context) {
      const name = isPlainObject(oneof) ? oneof["case"] : undefined;
      const member = typeof name === "string" ? members[name] : undefined;
      if (isPlainObject(oneof)) member?.parts.strict?.(oneof["value"], context);
    },
    steps: ([name, ...rest]) => {
      const member = typeof name === "string" ? members[name] : undefined;
      return member === undefined ? [] : inner(member.parts, rest);
    },
  };
}

/** The issues of a member have its name in their path, from which `steps` finds its key. */
function oneofRule(members: Readonly<Record<string, FieldRule>>): z.ZodMiniType {
  const rules = new Map(
    Object.entries(members).map(([name, member]) => [name, z.compile(member.parts.rule())]),
  );
  return z.any().check((context) => {
    const oneof: unknown = context.value;
    if (!isPlainObject(oneof)) {
      context.issues.push({ code: "invalid_type", expected: "object", input: oneof, path: [] });
      return;
    }
    const name = oneof["case"];
    if (name === undefined) return;
    const rule = typeof name === "string" ? rules.get(name) : undefined;
    if (rule === undefined || typeof name !== "string") {
      const params: NameFault = { known: [...rules.keys()] };
      const message = `one of ${params.known.join(", ")}`;
      context.issues.push({
        code: "custom",
        message,
        input: name,
        path: [],
        params: { ...params },
      });
      return;
    }
    addIssues(context, rule, oneof["value"], [name]);
  });
}

/** The `strict` of a list or map; none where its items have none, so that they need no visit. */
function strictOfItems({ strict }: FieldRuleParts): Pick<FieldRuleParts, "strict"> {
  if (strict === undefined) return {};
  return {
    strict(items, context) {
      const entries = Array.isArray(items) ? items.entries() : Object.entries(Object(items));
      for (const [step, item] of entries) {
        if (context.full) return;
        context.enter(step);
        strict(item, context);
        context.leave();
      }
    },
  };
}

function inner(parts: FieldRuleParts, steps: readonly Step[]): readonly Step[] {
  return parts.steps === undefined ? steps : parts.steps(steps);
}
