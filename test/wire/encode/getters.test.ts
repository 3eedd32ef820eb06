import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import { SystemStatePacketSchema } from "../../../gen/esper/leyline/v1/state_pb.js";
import { SubscribeRequestCodec } from "../../../gen/jimbot/events/v1/bus_codec.js";
import { NumberListCodec, SignalCodec } from "../../../gen/sim/v1/data_codec.js";
import { isContractError } from "../../../src/wire/error.js";
import { concat, sized, tag } from "../../support/binary/bytes.js";
import { createRandom, pick, type Random } from "../../support/random.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

const nothing = new Uint8Array(0);
const envelope = EventEnvelopeCodec.decode(nothing);
const request = SubscribeRequestCodec.decode(nothing);

const packet = {
  version: 1,
  validationAccuracy: 0.5,
  timestampNs: 2n ** 60n,
  hardwareContext: { deviceType: "cuda", totalMemoryGb: 80, computeCapability: 300 },
  trainingMetrics: { loss: 0.25, accuracy: 0.5, throughput: 3000 },
  seedStates: [
    { seedId: "seed-1", stage: 3, metrics: { loss: 1, gradient_norm: 2 } },
    { seedId: "seed-2".repeat(30), ageEpochs: 200, metrics: {} },
  ],
  packetId: "packet",
};

const unreadable = {
  code: "input.unreadable",
  path: "",
  offset: undefined,
  message:
    "cannot encode esper.leyline.v1.EventEnvelope: reading the value threw an error [input.unreadable]",
};

describe("a getter", () => {
  it("that throws causes a ContractError", () => {
    const thrower = {
      get(): never {
        throw new TypeError("mine");
      },
      enumerable: true,
    };
    for (const property of ["$typeName", "eventId", "payload", "routingKeys", "ttl", "$unknown"]) {
      const message = Object.defineProperty({ ...envelope }, property, thrower);
      expect(
        refusalOf(() => EventEnvelopeCodec.encode(message)),
        property,
      ).toEqual(unreadable);
    }
    const routingKeys = Object.defineProperty(["a", "b"], 1, thrower);
    expect(refusalOf(() => EventEnvelopeCodec.encode({ ...envelope, routingKeys }))).toEqual(
      unreadable,
    );
    const { proxy, revoke } = Proxy.revocable({ ...envelope }, {});
    revoke();
    expect(refusalOf(() => EventEnvelopeCodec.encode(proxy))).toEqual(unreadable);
  });

  it("that makes its list longer is handled, and so is a list with a growing length", () => {
    const expected = concat(tag(3, 2), [3, 1, 1, 1]);
    for (let size = 0; size < 100; size++) {
      const types = Object.defineProperty([1, 1, 1], 0, {
        get() {
          for (let more = 0; more < 60; more++) types.push(2);
          return 1;
        },
      });
      const message = { ...request, types };
      const target = new Uint8Array(size);
      if (size < expected.length) {
        expect(codeOf(() => SubscribeRequestCodec.encodeInto(message, target, 0))).toBe("length");
      } else {
        const end = SubscribeRequestCodec.encodeInto(message, target, 0);
        expect(target.subarray(0, end)).toEqual(expected);
      }
    }
    let calls = 0;
    const lying = new Proxy([1, 2, 3], {
      get: (target, key, receiver) =>
        key === "length" ? ++calls * 2 : Reflect.get(target, key, receiver),
    });
    expect(NumberListCodec.encode({ $typeName: "sim.v1.NumberList", values: lying })).toEqual(
      concat(tag(1, 2), sized(new Uint8Array(Float64Array.of(1, 2).buffer))),
    );
  });

  it("that makes its list shorter is refused", () => {
    const values = Object.defineProperty([1, 2, 3], 0, {
      get() {
        values.length = 2;
        return 1;
      },
    });
    const message = { $typeName: "sim.v1.NumberList", values } as const;
    expect(codeOf(() => NumberListCodec.encode(message))).toBe("type");
  });

  it("that returns another value each time never causes invalid bytes", () => {
    const random = createRandom(27);
    const message = create(SystemStatePacketSchema, packet);
    let written = 0;
    for (let turn = 0; turn < 3000; turn++) {
      const fickle = unreliable(message, random) as typeof message;
      let bytes: Uint8Array;
      try {
        bytes = SystemStatePacketCodec.encode(fickle);
      } catch (thrown) {
        const code = isContractError(thrown) ? thrown.code : thrown;
        expect(["type", "range", "format", "input.unreadable"]).toContain(code);
        continue;
      }
      expect(SystemStatePacketCodec.decode(bytes).$unknown).toBeUndefined();
      written++;
    }
    expect(written).toBeGreaterThan(100);
    expect(written).toBeLessThan(2900);
  });

  it("that changes a oneof's member results in valid bytes or an error", () => {
    const random = createRandom(28);
    const members = [
      { case: "numberValue", value: 1 },
      { case: "boolValue", value: true },
      { case: "stringValue", value: "a".repeat(50) },
      { case: "nullValue", value: 0 },
      { case: "nope", value: 1 },
    ] as const;
    type Member = (typeof members)[number];
    const outcomes = new Set<string>();
    for (let turn = 0; turn < 2000; turn++) {
      const value = {
        get case() {
          return pick<Member>(random, members).case;
        },
        get value() {
          return pick<Member>(random, members).value;
        },
      };
      const message = { ...SignalCodec.decode(nothing), value };
      let bytes: Uint8Array;
      try {
        bytes = SignalCodec.encode(message as never);
      } catch (thrown) {
        expect(isContractError(thrown) ? thrown.code : thrown).toBe("type");
        outcomes.add("refused");
        continue;
      }
      expect(SignalCodec.decode(bytes).$unknown).toBeUndefined();
      outcomes.add("written");
    }
    expect(outcomes).toEqual(new Set(["written", "refused"]));
  });
});

/** A copy of a value whose properties randomly return something else on each read. */
function unreliable(value: object, random: Random): object {
  const others = [
    undefined,
    null,
    1,
    -1,
    1.5,
    300,
    "x".repeat(200),
    "\ud800",
    true,
    5n,
    [],
    {},
  ] as const;
  const target: object = Array.isArray(value) ? [...value] : { ...value };
  return new Proxy(target, {
    get(from, key, receiver) {
      if (random() < 0.004) return pick(random, [...others]);
      const found: unknown = Reflect.get(from, key, receiver);
      return typeof found === "object" && found !== null && !(found instanceof Uint8Array)
        ? unreliable(found, random)
        : found;
    },
  });
}
