import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { ErrorCode } from "../../../src/wire/error.js";
import type { UnknownField } from "../../../src/wire/unknown.js";
import { concat, contentOf, sized, tag } from "../binary/bytes.js";

/** How a strict decoder, like the one of C++, differs from protobuf-es. */
export type Difference =
  | "length beyond 32 bits"
  | "value beyond the end of its message"
  | "wire type of another kind"
  | "end of a group at a known field"
  | "unknown varint of more than 10 bytes"
  | "JSON number that is not finite";

/** One record of a message and its position in the bytes. */
export interface RecordPlace {
  readonly at: number;
  readonly no: number;
  readonly wireType: number;
  /** The start of its value, or of the value's length if it has one. */
  readonly value: number;
  readonly end: number;
}

/** The result of a strict decoder. */
export type Judgement =
  | {
      readonly ok: true;
      /** Bytes from which protobuf-es decodes the same message, after {@link restoreNumbers}. */
      readonly bytes: Uint8Array;
      readonly differences: ReadonlySet<Difference>;
    }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      /** The differences up to and including the place where the bytes are rejected. */
      readonly differences: ReadonlySet<Difference>;
    };

/** Added to the number of a known field with another wire type, so that protobuf-es keeps it as an unknown field. */
const renamed = 0x1abc0000;
/** Added to the number of a group, which is converted to a length-delimited field, because its end has the number too. */
const renamedGroup = 0x1abd0000;

const maxDepth = 100;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Checks bytes by the rules of a strict decoder, as simply as possible. It does not create a message:
 * protobuf-es decodes it from the bytes of the result.
 */
export function judge(
  schema: DescMessage,
  bytes: Uint8Array,
  visit: (place: RecordPlace) => void = () => {},
): Judgement {
  const differences = new Set<Difference>();
  try {
    const judgeOf = new Judge(bytes, differences, visit);
    return {
      ok: true,
      bytes: judgeOf.message(schema, false, 0, bytes.length, 1).bytes,
      differences,
    };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    if (thrown.difference !== undefined) differences.add(thrown.difference);
    return { ok: false, code: thrown.code, differences };
  }
}

class Refusal {
  constructor(
    readonly code: ErrorCode,
    readonly difference?: Difference,
  ) {}
}

/** The expected value of a field: its wire type and, for a list, whether it may be packed. */
interface Place {
  readonly wireType: number;
  readonly packable?: boolean;
  readonly string?: boolean;
  /** Reads a length-delimited value with an inner structure. */
  readonly content?: (start: number, end: number) => Part;
  /** Checks a value of fixed size. */
  readonly check?: (at: number) => void;
}

interface Part {
  readonly bytes: Uint8Array;
}

type Lookup = (no: number) => Place | undefined;

class Judge {
  constructor(
    readonly input: Uint8Array,
    readonly differences: Set<Difference>,
    readonly visit: (place: RecordPlace) => void,
  ) {}

  /** `json`: whether protobuf-es represents it as plain JSON. */
  message(desc: DescMessage, json: boolean, start: number, end: number, depth: number): Part {
    if (depth > maxDepth) throw new Refusal("input.depth");
    const fields = fieldsOf(desc);
    const lookup: Lookup = (no) => {
      const field = fields.get(no);
      if (field?.fieldKind === "map") return this.#map(field, json, depth);
      return field && this.#single(field, json, depth, field.fieldKind === "list");
    };
    return this.#records(lookup, start, end, depth);
  }

  #map(field: DescField & { fieldKind: "map" }, json: boolean, depth: number): Place {
    const content = (start: number, end: number): Part => {
      const value = this.#single(field, json, depth, false);
      const entry: Lookup = (no) => {
        if (no === 1) return scalarPlace(field.mapKey);
        return no === 2 ? value : undefined;
      };
      return this.#records(entry, start, end, depth);
    };
    return { wireType: 2, content };
  }

  #single(field: DescField, json: boolean, depth: number, isList: boolean): Place {
    const { message, parent } = field;
    if (message === undefined) {
      const place = scalarPlace(field.scalar ?? ScalarType.INT32, isList);
      return json && place.wireType === 1 ? { ...place, check: (at) => this.#finite(at) } : place;
    }
    const struct = message.typeName === "google.protobuf.Struct";
    const isJson = json || (struct && parent.typeName !== "google.protobuf.Value");
    const content = (start: number, end: number): Part =>
      this.message(message, isJson, start, end, depth + 1);
    return { wireType: 2, content };
  }

  #finite(at: number): void {
    const { buffer, byteOffset } = this.input;
    if (Number.isFinite(new DataView(buffer, byteOffset).getFloat64(at, true))) return;
    throw new Refusal("binary.malformed", "JSON number that is not finite");
  }

  #records(lookup: Lookup, start: number, end: number, depth: number): Part {
    const parts: Uint8Array[] = [];
    let at = start;
    while (at < end) {
      const begin = at;
      const { no, wireType, next } = this.#tag(at, end);
      const place = lookup(no);
      const packed = place?.packable === true && wireType === 2 && place.wireType !== 2;
      if (place !== undefined && (packed || wireType === place.wireType)) {
        const value = this.#value(place, packed, next, end);
        parts.push(this.input.subarray(at, next), value.bytes);
        at = value.end;
      } else {
        if (place !== undefined) this.#foreign(wireType);
        at = this.#skip(no, wireType, next, end, depth);
        const value = this.input.subarray(next, at);
        if (place === undefined) parts.push(this.input.subarray(begin, at));
        else if (wireType === 3) parts.push(concat(tag(no + renamedGroup, 2), sized(value)));
        else parts.push(concat(tag(no + renamed, wireType), value));
      }
      this.visit({ at: begin, no, wireType, value: next, end: at });
    }
    return { bytes: concat(...parts) };
  }

  #foreign(wireType: number): void {
    const end = "end of a group at a known field";
    if (wireType === 4) throw new Refusal("binary.malformed", end);
    this.differences.add("wire type of another kind");
  }

  /** Reads the value of a known field, with its length. */
  #value(
    place: Place,
    packed: boolean,
    at: number,
    end: number,
  ): { readonly bytes: Uint8Array; readonly end: number } {
    if (place.wireType !== 2 && !packed) {
      const next = this.#scalar(place.wireType, at, end);
      place.check?.(at);
      return { bytes: this.input.subarray(at, next), end: next };
    }
    const { start, end: last } = this.#length(at, end);
    if (place.content !== undefined) {
      return { bytes: sized(place.content(start, last).bytes), end: last };
    }
    if (place.string) this.#text(start, last);
    if (packed) {
      for (let next = start; next < last; ) next = this.#scalar(place.wireType, next, last);
    }
    return { bytes: this.input.subarray(at, last), end: last };
  }

  #text(start: number, end: number): void {
    try {
      utf8.decode(this.input.subarray(start, end));
    } catch {
      throw new Refusal("format");
    }
  }

  #scalar(wireType: number, at: number, end: number): number {
    if (wireType === 0) return this.#varint(at, end).next;
    return this.#within(at + (wireType === 1 ? 8 : 4), end);
  }

  #length(at: number, end: number): { readonly start: number; readonly end: number } {
    const { value, next } = this.#varint(at, end);
    if (value >= 2n ** 32n) throw new Refusal("binary.truncated", "length beyond 32 bits");
    return { start: next, end: this.#within(next + Number(value), end) };
  }

  /** Returns `place`. Throws if it is after the end of the message. */
  #within(place: number, end: number): number {
    if (place <= end) return place;
    const inside = place <= this.input.length;
    throw new Refusal(
      "binary.truncated",
      inside ? "value beyond the end of its message" : undefined,
    );
  }

  #varint(at: number, end: number): { readonly value: bigint; readonly next: number } {
    let value = 0n;
    for (let next = at; next < at + 10; next++) {
      this.#within(next + 1, end);
      const byte = this.input[next] ?? 0;
      value |= BigInt(byte & 0x7f) << BigInt(7 * (next - at));
      if (byte < 0x80) return { value: BigInt.asUintN(64, value), next: next + 1 };
    }
    throw new Refusal("binary.malformed");
  }

  #tag(at: number, end: number): { no: number; wireType: number; next: number } {
    const { value, next } = this.#varint(at, end);
    const no = Number(value >> 3n);
    const wireType = Number(value & 7n);
    if (next - at > 5 || value >= 2n ** 32n) throw new Refusal("binary.malformed");
    if (no === 0 || wireType > 5) throw new Refusal("binary.malformed");
    return { no, wireType, next };
  }

  #skip(no: number, wireType: number, at: number, end: number, depth: number): number {
    switch (wireType) {
      case 0:
        try {
          return this.#varint(at, end).next;
        } catch (thrown) {
          if (!(thrown instanceof Refusal) || thrown.code !== "binary.malformed") throw thrown;
          throw new Refusal("binary.malformed", "unknown varint of more than 10 bytes");
        }
      case 2:
        return this.#length(at, end).end;
      case 3:
        return this.#group(no, at, end, depth + 1);
      case 4:
        throw new Refusal("binary.malformed");
      default:
        return this.#within(at + (wireType === 1 ? 8 : 4), end);
    }
  }

  #group(no: number, start: number, end: number, depth: number): number {
    if (depth > maxDepth) throw new Refusal("input.depth");
    let at = start;
    for (;;) {
      const inner = this.#tag(at, end);
      if (inner.wireType === 4) {
        if (inner.no !== no) throw new Refusal("binary.malformed");
        return inner.next;
      }
      at = this.#skip(inner.no, inner.wireType, inner.next, end, depth);
    }
  }
}

/** Restores the original numbers of renumbered fields, in nested messages too. */
export function restoreNumbers(value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  if ("$typeName" in value && "$unknown" in value && Array.isArray(value.$unknown)) {
    value.$unknown = value.$unknown.map(restoreNumber);
  }
  Object.values(value).forEach(restoreNumbers);
}

function restoreNumber(field: UnknownField): UnknownField {
  const { no, wireType, data } = field;
  switch (no & 0xffff0000) {
    case renamed:
      return { no: no - renamed, wireType, data };
    case renamedGroup:
      return { no: no - renamedGroup, wireType: 3, data: contentOf(data) };
    default:
      return field;
  }
}

const knownFields = new WeakMap<DescMessage, ReadonlyMap<number, DescField>>();

function fieldsOf(desc: DescMessage): ReadonlyMap<number, DescField> {
  const fields =
    knownFields.get(desc) ?? new Map(desc.fields.map((field) => [field.number, field]));
  knownFields.set(desc, fields);
  return fields;
}

function scalarPlace(type: ScalarType, packable = false): Place {
  switch (type) {
    case ScalarType.STRING:
      return { wireType: 2, string: true };
    case ScalarType.BYTES:
      return { wireType: 2 };
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return { wireType: 1, packable };
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return { wireType: 5, packable };
    default:
      return { wireType: 0, packable };
  }
}
