import {
  create,
  type DescField,
  type DescMessage,
  type DescOneof,
  type Message,
} from "@bufbuild/protobuf";
import fc from "fast-check";
import { enumNumbers, jsonObjects, mapKeys, recordOf, scalars } from "./scalars.js";
import { unknownFields } from "./unknown-fields.js";

type Assignment = readonly [property: string, value: unknown];

/** The wrapper types, which protobuf-es unwraps as the type of a singular field. */
const wrappers = /^google\.protobuf\.(?:Bool|Bytes|Double|Float|U?Int(?:32|64)|String)Value$/;

const known = new WeakMap<DescMessage, fc.Arbitrary<Message>[]>();
const knownValues = new WeakMap<DescField | DescOneof, fc.Arbitrary<unknown>[]>();

/**
 * Messages of a type, nested at most `depth` levels: some with a few fields, some with most of them, some
 * with unknown fields.
 */
export function messages(schema: DescMessage, depth = 3): fc.Arbitrary<Message> {
  const ofType = known.get(schema) ?? [];
  known.set(schema, ofType);
  ofType[depth] ??= buildMessages(schema, depth);
  return ofType[depth];
}

function buildMessages(schema: DescMessage, depth: number): fc.Arbitrary<Message> {
  const numbers = new Set(schema.fields.map(({ number }) => number));
  const unknown = fc.array(unknownFields(numbers), { minLength: 1, maxLength: 3 });
  const members = schema.members.map((member) =>
    memberValues(member, depth).map((value): Assignment => [member.localName, value]),
  );
  const few =
    members.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...members), { maxLength: 8 });
  const most = fc.tuple(...members.map((member) => fc.option(member, { freq: 3 })));
  const assignments = fc.oneof(
    { weight: 3, arbitrary: few },
    // Only at one level: nested messages that each have most of their fields would be far too large.
    { weight: depth > 2 || members.length < 6 ? 1 : 0, arbitrary: most },
  );
  return fc.tuple(assignments, fc.option(unknown, { freq: 4 })).map(([fields, unknownOnes]) => {
    const message = create(schema);
    for (const field of fields) if (field !== null) Reflect.set(message, ...field);
    if (unknownOnes !== null) message.$unknown = [...unknownOnes];
    return message;
  });
}

/** Values of a field or a oneof, nested at most `depth` levels. */
export function memberValues(member: DescField | DescOneof, depth = 2): fc.Arbitrary<unknown> {
  const ofMember = knownValues.get(member) ?? [];
  knownValues.set(member, ofMember);
  ofMember[depth] ??= member.kind === "oneof" ? cases(member, depth) : values(member, depth);
  return ofMember[depth];
}

function cases(oneof: DescOneof, depth: number): fc.Arbitrary<unknown> {
  const members = oneof.fields.map((field) =>
    elements(field, depth).map((value) => ({ case: field.localName, value })),
  );
  return fc.oneof(fc.constant({ case: undefined }), ...members);
}

function values(field: DescField, depth: number): fc.Arbitrary<unknown> {
  const element = elements(field, depth);
  switch (field.fieldKind) {
    case "list": {
      const short = fc.array(element, { maxLength: 4 });
      if (field.listKind === "message") return short;
      // Packed, these need a length of more than one byte.
      const long = fc.array(element, { minLength: 64, maxLength: 140 });
      return fc.oneof({ weight: 12, arbitrary: short }, { weight: 1, arbitrary: long });
    }
    case "map": {
      const entry = fc.tuple(mapKeys(field.mapKey), element);
      const small = fc.array(entry, { maxLength: 4 });
      const large = fc.array(entry, { minLength: 7, maxLength: 12 });
      return fc
        .oneof({ weight: 6, arbitrary: small }, { weight: 1, arbitrary: large })
        .map(recordOf);
    }
    default: {
      const implicit = field.fieldKind !== "message" && field.presence === 2;
      return implicit ? element : fc.option(element, { nil: undefined, freq: 8 });
    }
  }
}

/** Values of a singular field, list item, map value or oneof member. */
function elements(field: DescField, depth: number): fc.Arbitrary<unknown> {
  const { message, scalar } = field;
  if (message === undefined) return scalar === undefined ? enumNumbers : scalars[scalar];
  if (message.typeName === "google.protobuf.Struct" && !isValue(field.parent)) {
    return jsonObjects(Math.min(depth, 2));
  }
  if (
    field.fieldKind === "message" &&
    field.oneof === undefined &&
    wrappers.test(message.typeName)
  ) {
    const [value] = message.fields;
    if (value !== undefined) return elements(value, depth);
  }
  return depth > 0 ? messages(message, depth - 1) : fc.constant(message).map(() => create(message));
}

function isValue({ typeName }: DescMessage): boolean {
  return typeName === "google.protobuf.Value";
}
