import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { type Bytes, concat, sized, tag, varint } from "../support/binary/bytes.js";
import { countElements } from "../support/binary/count-elements.js";

/** A way to fill a message with as many small things as it can hold. */
export interface Filling {
  readonly name: string;
  /** The encoded message, of at most `maxBytes` bytes and `maxElements` elements. */
  fill(maxBytes: number, maxElements: number): Uint8Array;
}

/** A repeated record: the one of an index, in its outer messages. */
interface Unit {
  readonly name: string;
  readonly one: (index: number) => Uint8Array;
  readonly wrap: (content: Uint8Array) => Uint8Array;
}

/** Every way to fill a message type that its descriptor allows: each repeated field, map, Struct and unknown field. */
export function fillingsOf(schema: DescMessage): Filling[] {
  return unitsOf(schema, new Set()).map(({ name, one, wrap }) => ({
    name,
    fill(maxBytes, maxElements) {
      const sample = wrap(one(1_000_000));
      const outer = wrap(new Uint8Array(0));
      const elements = countElements(schema, sample) - countElements(schema, outer);
      const room = maxBytes - outer.length - 16;
      const count = elements === 0 ? room : Math.floor((maxElements - 8) / elements);
      return wrap(repeat(one, room, count));
    },
  }));
}

function repeat(one: Unit["one"], room: number, count: number): Uint8Array {
  const all = new Uint8Array(room);
  let end = 0;
  for (let index = 0; index < count; index++) {
    const unit = one(index);
    if (end + unit.length > room) break;
    all.set(unit, end);
    end += unit.length;
  }
  return all.subarray(0, end);
}

const unknownNumber = 19_999;

function unitsOf(schema: DescMessage, outer: ReadonlySet<string>): Unit[] {
  if (outer.has(schema.typeName)) return [];
  const within = new Set([...outer, schema.typeName]);
  const same = (content: Uint8Array): Uint8Array => content;
  const number = smallestUnknown(schema);
  const unknown: Unit[] = [
    { name: "unknown numbers", one: () => field(number, 0, [1]), wrap: same },
    { name: "unknown texts", one: () => inField(number, [65, 65, 65, 65]), wrap: same },
  ];
  return [...unknown, ...schema.fields.flatMap((one) => unitsOfField(one, within))];
}

/** The smallest number that is no field of a message, so that the field takes the fewest bytes. */
function smallestUnknown({ fields }: DescMessage): number {
  const numbers = new Set(fields.map(({ number }) => number));
  for (let number = 1; number < unknownNumber; number++) if (!numbers.has(number)) return number;
  return unknownNumber;
}

function unitsOfField(one: DescField, outer: ReadonlySet<string>): Unit[] {
  const { name, number, message } = one;
  const same = (content: Uint8Array): Uint8Array => content;
  const repeated = (what: string, content: Unit["one"]): Unit => ({
    name: `${name}: ${what}`,
    one: (index) => inField(number, content(index)),
    wrap: same,
  });
  if (one.fieldKind === "map") return [repeated("entries", (index) => entry(one, index))];
  if (one.fieldKind === "list" && message !== undefined) {
    const variants = contentsOf(message);
    return [
      ...variants.map(({ name: variant, one: content }) => repeated(variant, content)),
      ...inside(one, message, outer),
    ];
  }
  if (one.fieldKind === "list") return [repeatedScalars(one, repeated)];
  return message === undefined ? [] : inside(one, message, outer);
}

/** The ways to fill a sub-message of which there is one. */
function inside(one: DescField, message: DescMessage, outer: ReadonlySet<string>): Unit[] {
  return unitsOf(message, outer).map(({ name, one: unit, wrap }) => ({
    name: `${one.name}.${name}`,
    one: unit,
    wrap: (content) => inField(one.number, wrap(content)),
  }));
}

function repeatedScalars(
  one: DescField,
  repeated: (what: string, content: Unit["one"]) => Unit,
): Unit {
  if (one.scalar === ScalarType.STRING) return repeated("texts", uniqueText);
  if (one.scalar === ScalarType.BYTES) return repeated("bytes", () => Uint8Array.of(1));
  return {
    name: `${one.name}: numbers`,
    one: () => field(one.number, wireTypeOf(one.scalar), numberOf(one.scalar)),
    wrap: (content) => content,
  };
}

/** What each item of a list of messages may hold. */
function contentsOf(message: DescMessage): Pick<Unit, "name" | "one">[] {
  const { fields } = message;
  const unknown = field(smallestUnknown(message), 0, [1]);
  const of = (kinds: readonly DescField["fieldKind"][], count: number): Unit["one"] => {
    const chosen = fields.filter(({ fieldKind }) => kinds.includes(fieldKind));
    return (index) =>
      concat(
        ...chosen.flatMap((one) =>
          Array.from({ length: one.fieldKind === "message" ? 1 : count }, (_, turn) =>
            small(one, index * count + turn),
          ),
        ),
      );
  };
  return [
    { name: "empty messages", one: () => concat() },
    { name: "messages with an unknown field", one: () => unknown },
    { name: "messages with two unknown fields", one: () => concat(unknown, unknown) },
    { name: "messages with an item in each list", one: of(["list"], 1) },
    { name: "messages with an entry in each map", one: of(["map"], 1) },
    { name: "messages with two entries in each map", one: of(["map"], 2) },
    { name: "messages with each sub-message", one: of(["message"], 1) },
    {
      name: "messages with everything",
      one: (index) => concat(of(["list", "map", "message"], 1)(index), unknown),
    },
  ];
}

/** One small record of a field. */
function small(one: DescField, index: number): Uint8Array {
  if (one.fieldKind === "map") return inField(one.number, entry(one, index));
  if (one.message !== undefined) return inField(one.number, []);
  const wireType = wireTypeOf(one.scalar);
  return wireType === 2
    ? inField(one.number, uniqueText(index))
    : field(one.number, wireType, numberOf(one.scalar));
}

function entry(one: DescField & { readonly fieldKind: "map" }, index: number): Uint8Array {
  const key =
    one.mapKey === ScalarType.STRING ? inField(1, uniqueText(index)) : field(1, 0, varint(index));
  return key;
}

/** A text that no smaller index has, as short as possible. */
function uniqueText(index: number): Uint8Array {
  return Buffer.from(index.toString(36));
}

function wireTypeOf(scalar: ScalarType | undefined): number {
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return 2;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return 1;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return 5;
    default:
      return 0;
  }
}

function numberOf(scalar: ScalarType | undefined): number[] {
  const width = { 0: 1, 1: 8, 5: 4 }[wireTypeOf(scalar)] ?? 1;
  return new Array<number>(width).fill(0x3f);
}

function inField(no: number, content: Bytes): Uint8Array {
  return concat(tag(no, 2), sized(content));
}

function field(no: number, wireType: number, value: Bytes): Uint8Array {
  return concat(tag(no, wireType), value);
}
