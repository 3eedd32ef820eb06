import { z } from "zod";
import { isPlainObject, ownEntry } from "./bounds.js";
import { issueSettings, nested } from "./issues.js";
import type { Leaf, LeafParts } from "./leaf.js";
import type { Definition } from "./rules.js";
import { isWellFormed, type NumberBounds } from "./scalars.js";
import type { Step, Walk } from "./walk.js";

/** A protobuf map with string keys, as protobuf-es and JSON have it. */
export type MapOf<V> = { [key: string]: V };

/** A repeated field. Bounds are item counts. */
export function listParts(item: Leaf, bounds: NumberBounds): LeafParts {
  const { parts } = item;
  return {
    kind: { kind: "list", item: parts.kind },
    rule: () => {
      const rule = z.array(parts.rule()).min(bounds.min ?? 0);
      return bounds.max === undefined ? rule : rule.max(bounds.max);
    },
    read(json, walk) {
      const list: unknown[] = [];
      if (!Array.isArray(json)) {
        walk.mismatch("type", "an array", json);
        return list;
      }
      for (let index = 0; index < json.length && !walk.full; index++) {
        walk.enter(index);
        list.push(parts.read(json[index], walk));
        walk.leave();
      }
      return list;
    },
    write(value, walk) {
      const list: unknown[] = [];
      if (!Array.isArray(value)) return list;
      for (let index = 0; index < value.length && !walk.full; index++) {
        walk.enter(index);
        list.push(parts.write(value[index], walk));
        walk.leave();
      }
      return list;
    },
    isDefault: (value) => Array.isArray(value) && value.length === 0,
    steps: ([index, ...rest]) => (index === undefined ? [] : [index, ...inner(parts, rest)]),
  };
}

/** A map field with string keys. `__proto__` is an ordinary key. */
export function mapParts(item: Leaf): LeafParts {
  const { parts } = item;
  const convert = (
    value: unknown,
    walk: Walk,
    one: (value: unknown, walk: Walk) => unknown,
  ): MapOf<unknown> => {
    const map: MapOf<unknown> = {};
    if (!isPlainObject(value)) {
      walk.mismatch("type", "an object", value);
      return map;
    }
    for (const key of Object.keys(value)) {
      if (walk.full) break;
      walk.enter(key);
      if (!isWellFormed(key)) walk.mismatch("format", "a key without lone surrogates", key);
      ownEntry(map, key, one(value[key], walk));
      walk.leave();
    }
    return map;
  };
  return {
    kind: { kind: "map", item: parts.kind },
    rule: () => mapRule(parts.rule()),
    read: (json, walk) => convert(json, walk, parts.read),
    write: (value, walk) => convert(value, walk, parts.write),
    isDefault: (value) => isPlainObject(value) && Object.keys(value).length === 0,
    steps: ([key, ...rest]) => (key === undefined ? [] : [key, ...inner(parts, rest)]),
  };
}

/** z.record would pass over a `__proto__` entry unseen, so the entries are walked here. */
function mapRule(rule: z.ZodType): z.ZodType {
  const compiled = z.compile(rule);
  return z.any().check((context) => {
    const map: unknown = context.value;
    if (!isPlainObject(map)) {
      context.issues.push({ code: "invalid_type", expected: "object", input: map, path: [] });
      return;
    }
    for (const key of Object.keys(map)) {
      if (!isWellFormed(key)) {
        const message = "a key without lone surrogates";
        context.issues.push({ code: "custom", message, input: key, path: [key] });
      }
      const result = compiled.safeParse(map[key], issueSettings);
      if (result.success) continue;
      for (const issue of result.error.issues) {
        context.issues.push(nested(issue, key));
      }
    }
  });
}

/** A field that holds another message. */
export function messageParts(definition: () => Definition): LeafParts {
  return {
    kind: {
      kind: "message",
      get message() {
        return definition().schema;
      },
    },
    rule: () => definition().rule(),
    read: (json, walk) => definition().read(json, walk),
    write: (value, walk) => definition().write(value, walk),
    isDefault: (value) => value === undefined,
    steps: (steps) => definition().steps(steps),
  };
}

/** A oneof; its members are read and written by the message that has it. */
export function oneofParts(members: Readonly<Record<string, Leaf>>): LeafParts {
  return {
    kind: { kind: "oneof", members },
    rule: () => oneofRule(members),
    read: () => undefined,
    write: () => undefined,
    isDefault: () => false,
    steps: ([name, ...rest]) => {
      const member = typeof name === "string" ? members[name] : undefined;
      return member === undefined ? [] : inner(member.parts, rest);
    },
  };
}

/** The issues of a member stand under the member's name, so that their place can be told. */
function oneofRule(members: Readonly<Record<string, Leaf>>): z.ZodType {
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
      const names = [...rules.keys()].join(", ");
      context.issues.push({ code: "custom", message: `one of ${names}`, input: name, path: [] });
      return;
    }
    const result = rule.safeParse(oneof["value"], issueSettings);
    if (result.success) return;
    for (const issue of result.error.issues) {
      context.issues.push(nested(issue, name));
    }
  });
}

function inner(parts: LeafParts, steps: readonly Step[]): readonly Step[] {
  return parts.steps === undefined ? steps : parts.steps(steps);
}
