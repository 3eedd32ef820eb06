import { toBinary } from "@bufbuild/protobuf";
import * as wellKnownSchemas from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import * as wellKnownCodecs from "../../../gen/google/wkt.js";
import { contracts } from "../../../src/all.js";
import type { Example } from "../../../src/contract/example.js";
import { messages } from "../../../src/testing/messages.js";
import { type Difference, judge, type RecordPlace } from "../json/judge.js";
import { createRandom } from "../random.js";
import { checkAliasing, checkDecode, checkEncode } from "./differential.js";
import { mutate, mutations } from "./mutate.js";
import { reshape } from "./reshape.js";
import type { Subject } from "./test-all-types.js";

const seed = 20_260_101;
const mutants = 3;
/** Encoding, decoding, decoding of another encoder's bytes, and decoding of broken bytes. */
const casesOfMessage = 3 + mutants;

/** Every message type with a generated codec in this project: those of the contracts and the well-known types. */
export const subjects: readonly Subject[] = [...contracts, ...wellKnown()];

function wellKnown(): Subject[] {
  const schemas: Record<string, unknown> = { ...wellKnownSchemas };
  return Object.entries(wellKnownCodecs)
    .filter(([name]) => name.endsWith("Codec"))
    .map(
      ([name, codec]) => ({ schema: schemas[name.replace(/Codec$/, "Schema")], codec }) as Subject,
    );
}

/** One comparison with a message and its bytes. */
const deeds = fc.record({
  /** Free bytes after the message, if it is encoded into a larger buffer. */
  room: fc.constantFrom(0, 1, 29, 200),
  shape: fc.integer(),
  aliasing: fc.constantFrom({}, { own: true }, { alias: true }),
  broken: fc.array(fc.array(mutations, { minLength: 1, maxLength: 2 }), {
    minLength: mutants,
    maxLength: mutants,
  }),
});

/** Compares codecs with protobuf-es and counts the cases. */
export class Comparison {
  /** The number of cases. */
  cases = 0;
  /** How often each difference between protobuf-es and a strict decoder occurred. */
  readonly seen = new Map<Difference, number>();
  readonly #share: number;

  /** Runs `total` cases: one in five with the message that has fields of every kind, the others with all subjects. */
  constructor(readonly total: number) {
    this.#share = Math.ceil(total / casesOfMessage / (subjects.length * 1.25));
  }

  /** Compares encoding, decoding and errors with random messages. */
  ofSubject(subject: Subject): void {
    this.#many(subject, this.#share);
  }

  /** Does the same with the message that has fields of every kind. */
  ofEveryKind(subject: Subject): void {
    this.#many(subject, Math.ceil(this.#share * subjects.length * 0.25));
  }

  /** Compares decoding of an example, whole and truncated at every byte. */
  ofExample({ contract, json }: Example): void {
    const bytes = toBinary(contract.schema, contract.fromJson(json));
    for (let end = 0; end <= bytes.length; end++) this.#decode(contract, bytes.subarray(0, end));
  }

  #many(subject: Subject, numRuns: number): void {
    const { schema } = subject;
    const property = fc.property(
      messages(schema),
      deeds,
      (message, { room, shape, aliasing, broken }) => {
        const bytes = checkEncode(subject, message, room);
        this.cases++;
        const places: RecordPlace[] = [];
        judge(schema, bytes, (place) => places.push(place));
        const reshaped = reshape(schema, bytes, createRandom(shape));
        checkAliasing(subject, reshaped, aliasing);
        const mutated = broken.map((steps) =>
          steps.reduce<Uint8Array>((at, step) => mutate(at, step, places), bytes),
        );
        for (const input of [bytes, reshaped, ...mutated]) this.#decode(subject, input);
      },
    );
    fc.assert(property, { seed, numRuns });
  }

  #decode(subject: Subject, bytes: Uint8Array): void {
    this.cases++;
    for (const found of checkDecode(subject, bytes)) {
      this.seen.set(found, (this.seen.get(found) ?? 0) + 1);
    }
  }
}
