import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { AnyContract } from "../../src/contract/contract.js";
import { preview } from "../../src/wire/preview.js";
import { maxBroken } from "./broken-json.js";
import type { FieldRules } from "./field-rules.js";
import type { Broken } from "./verdict.js";

/** The position of a nested message: the outer message and the path in it. */
interface Place {
  readonly message: object;
  readonly steps: readonly (string | number)[];
}

/** Copies of messages in which one field violates its rules, for each field that is set in one of them. */
export function brokenMessages(
  contract: AnyContract,
  rules: readonly FieldRules[],
  messages: readonly object[],
): Broken[] {
  const places = firstPlaces(contract.schema, messages);
  const broken = rules.flatMap(({ field, outside }) => {
    const place = places.get(field.parent.typeName);
    if (place === undefined) return [];
    return outside.flatMap((change) => breakField(contract, place, field, change) ?? []);
  });
  return broken.slice(0, maxBroken);
}

/** The first place of each message type. */
function firstPlaces(schema: DescMessage, messages: readonly object[]): Map<string, Place> {
  const places = new Map<string, Place>();
  const visit = (value: unknown, type: DescMessage, { message, steps }: Place): void => {
    if (!places.has(type.typeName)) places.set(type.typeName, { message, steps });
    for (const field of type.fields) {
      if (field.message === undefined) continue;
      const path = pathOf(field);
      const own = isChosen(value, field) ? reach(value, path) : undefined;
      const isMany = field.fieldKind === "list" || field.fieldKind === "map";
      const [key, inner] = isMany ? (Object.entries(Object(own))[0] ?? []) : [undefined, own];
      if (typeof inner !== "object") continue;
      const further = key === undefined ? path : [...path, key];
      visit(inner, field.message, { message, steps: [...steps, ...further] });
    }
  };
  for (const message of messages) visit(message, schema, { message, steps: [] });
  return places;
}

/** A copy of a message with another value in one field; undefined if its oneof has another member. */
function breakField(
  contract: AnyContract,
  { message, steps }: Place,
  field: DescField,
  change: (value: unknown) => unknown,
): Broken | undefined {
  const copy: object = contract.clone(message);
  const [last = field.localName, ...rest] = pathOf(field).toReversed();
  const parent = reach(copy, steps);
  if (!isChosen(parent, field)) return undefined;
  const holder = Object(reach(parent, rest));
  const value = change(Reflect.get(holder, last));
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, value);
  return { words: `${preview(value)} at ${[...steps, field.localName].join(".")}`, message: copy };
}

/** The path from a message to the value of a field. */
function pathOf({ oneof, localName }: DescField): string[] {
  return oneof === undefined ? [localName] : [oneof.localName, "value"];
}

/** Returns false for a member of a oneof if another member is set. */
function isChosen(message: unknown, { oneof, localName }: DescField): boolean {
  return oneof === undefined || reach(message, [oneof.localName, "case"]) === localName;
}

function reach(value: unknown, steps: readonly (string | number)[]): unknown {
  return steps.reduce((inner: unknown, step) => Reflect.get(Object(inner), step), value);
}
