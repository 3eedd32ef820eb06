import { describe, expect, it } from "vitest";
import { contracts } from "../../src/all.js";
import { DecideRequest } from "../../src/beamline/index.js";
import { type AnyContract, isContractError } from "../../src/index.js";
import { SystemStatePacket } from "../../src/leyline/index.js";
import { ControlCommand } from "../../src/sim/index.js";
import { textOf } from "../support/refusal.js";

function fails(): never {
  throw new TypeError("foreign");
}

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const traps = { get: fails, has: fails, ownKeys: fails, getPrototypeOf: fails };

/** Values that no method expects. The first are those whose every use throws. */
const hostile: readonly (readonly [string, unknown])[] = [
  ["a revoked Proxy", revoked()],
  ["a Proxy that throws", new Proxy({}, { ...traps, getOwnPropertyDescriptor: fails })],
  ["a symbol", Symbol("s")],
  ["null", null],
  ["undefined", undefined],
  ["a number", 5],
  ["a bigint", 5n],
  ["a text", "x"],
  ["a function", fails],
  ["a Date", new Date(0)],
  ["a Map", new Map()],
  ["a list", [1]],
  ["bytes", Uint8Array.of(255)],
  ["detached bytes", detached()],
  ["no prototype", Object.create(null)],
  ["a getter that throws", Object.defineProperty({}, "strict", { get: fails, enumerable: true })],
];

function detached(): Uint8Array {
  const bytes = Uint8Array.of(1, 2);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

type Call = (...values: readonly unknown[]) => unknown;

/** All methods of a contract, by name. */
function methodsOf(contract: object): [string, Call][] {
  const entries: readonly [string, unknown][] = Object.entries(contract);
  return entries.flatMap(([name, method]): [string, Call][] =>
    typeof method === "function"
      ? [[name, (...values) => Reflect.apply(method, undefined, values)]]
      : [],
  );
}

/** What a call does wrong; undefined if it returns or throws a ContractError where it may. */
function fault(name: string, call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (thrown) {
    if (!isContractError(thrown)) return `${name} throws ${String(thrown)}`;
    return /^safe|^is$/.test(name) ? `${name} throws ${thrown.message}` : undefined;
  }
}

const all = [...contracts, DecideRequest];

describe("every method of every contract", () => {
  it.each(hostile)(
    "takes %s as each of its arguments and throws nothing but ContractErrors",
    (_, value) => {
      const faults = all.flatMap((contract) =>
        methodsOf(contract).flatMap(([name, call]) => [
          fault(name, () => call(value)),
          fault(name, () => call(value, value)),
          fault(name, () => call({}, value)),
          fault(name, () => call({ $typeName: contract.typeName }, value)),
          fault(name, () => call({ $typeName: contract.typeName, a: value }, { a: value })),
        ]),
      );
      expect(faults.filter((one) => one !== undefined)).toEqual([]);
    },
  );

  const withOptions = [
    "check",
    "encode",
    "encodeParts",
    "decode",
    "toJson",
    "toJsonText",
    "fromJson",
    "fromJsonText",
  ] as const;

  it.each([
    [null, "expected an object, got null"],
    [[], "expected an object, got an array of 0"],
    ["strict", 'expected an object, got "strict"'],
    [{ strict: "yes" }, 'strict: expected a boolean, got "yes"'],
    [{ strict: 1 }, "strict: expected a boolean, got 1"],
  ])("refuses the options %j", (options, text) => {
    for (const contract of contracts) {
      const methods: readonly [string, Call][] = methodsOf(contract);
      for (const [name, call] of methods) {
        if (!withOptions.some((one) => one === name)) continue;
        expect(
          textOf(() => call(contract.create(), options)),
          name,
        ).toBe(`cannot configure ${contract.typeName}: ${text} [config]`);
      }
    }
  });

  it.each([Number.NaN, -1, 0, 1.5, "5", null])("refuses the limit %j", (limit) => {
    for (const contract of contracts) {
      const bytes = new Uint8Array(0);
      for (const result of [
        contract.safeDecode(bytes, unsafe({ maxBytes: limit })),
        contract.safeFromJsonText("{}", unsafe({ maxLength: limit })),
        contract.safeEncodeParts(contract.create(), unsafe({ maxBytes: limit })),
      ]) {
        expect(result).toMatchObject({ ok: false, error: { code: "config" } });
      }
    }
  });

  it("takes undefined options, undefined values in them, and Infinity", () => {
    const packet = SystemStatePacket.create({ packetId: "p" });
    const bytes = SystemStatePacket.encode(
      packet,
      unsafe({ strict: undefined, budget: undefined }),
    );
    expect(SystemStatePacket.decode(bytes, { maxBytes: Number.POSITIVE_INFINITY })).toEqual(packet);
    expect(SystemStatePacket.decode(bytes, undefined)).toEqual(packet);
  });

  it("does not say that another value is its message", () => {
    for (const contract of contracts) {
      for (const [name, value] of hostile) expect(contract.is(value), name).toBe(false);
    }
  });
});

function unsafe<T>(value: unknown): T;
function unsafe(value: unknown): unknown {
  return value;
}

describe("create", () => {
  const create = (contract: AnyContract, init: unknown): string =>
    textOf(() => contract.create(unsafe(init)));
  const start = "cannot create esper.leyline.v1.SystemStatePacket: ";

  it.each([
    [
      { packetID: "p" },
      "packetID: the message has no such property; did you mean packetId? [unknown_key]",
    ],
    [
      { packet_id: "p" },
      "packet_id: the message has no such property; did you mean packetId? [unknown_key]",
    ],
    [
      { seedStates: [{}, { stag: 1 }] },
      "seedStates[1].stag: the message has no such property; did you mean stage? [unknown_key]",
    ],
    [
      { hardwareContext: { zzz: 1 } },
      "hardwareContext.zzz: the message has no such property [unknown_key]",
    ],
    [
      { seedStates: [5] },
      "seedStates[0]: expected an object with properties of esper.leyline.v1.SeedState, got 5 [type]",
    ],
    [{ seedStates: {} }, "seedStates: expected an array, got an object [type]"],
    [{ trainingMetrics: [] }, "trainingMetrics: expected an object, got an array of 0 [type]"],
    [
      { hardwareContext: new Date(0) },
      "hardwareContext: expected a plain object with properties of esper.leyline.v1.HardwareContext, got an object [type]",
    ],
    [
      null,
      "expected an object with properties of esper.leyline.v1.SystemStatePacket, got null [type]",
    ],
    [
      "x",
      'expected an object with properties of esper.leyline.v1.SystemStatePacket, got "x" [type]',
    ],
    [{ $typeName: "a.B" }, 'expected esper.leyline.v1.SystemStatePacket, got "a.B" [type]'],
    [{ a: 1, b: 2 }, "a: the message has no such property [unknown_key] (and 1 more issue)"],
  ])("refuses %j", (init, text) => {
    expect(create(SystemStatePacket, init)).toBe(`${start}${text}`);
  });

  it("refuses a Date where a Timestamp belongs", () => {
    expect(create(ControlCommand, { parameters: new Date(0) })).toContain(
      "parameters: expected a plain object",
    );
  });

  it("refuses a property that does not exist, in every message of every contract", () => {
    for (const contract of contracts) {
      expect(create(contract, { nothingLikeIt: 1 })).toBe(
        `cannot create ${contract.typeName}: nothingLikeIt: the message has no such property [unknown_key]`,
      );
      for (const field of contract.schema.fields) {
        const { message, fieldKind, localName, oneof } = field;
        if (message === undefined || message.typeName === "google.protobuf.Struct") continue;
        const value = { nothingLikeIt: 1 };
        const whole = fieldKind === "list" ? [value] : fieldKind === "map" ? { k: value } : value;
        const init =
          oneof === undefined
            ? { [localName]: whole }
            : { [oneof.localName]: { case: localName, value } };
        expect(create(contract, init), field.toString()).toContain(
          "nothingLikeIt: the message has no such property [unknown_key]",
        );
        expect(
          create(
            contract,
            unsafe(field.oneof ? { [field.oneof.localName]: 5 } : { [localName]: new Date(0) }),
          ),
        ).toMatch(/\[type\]$/);
      }
      for (const oneof of contract.schema.oneofs) {
        const init = { [oneof.localName]: { case: "nothingLikeIt", value: 1 } };
        expect(create(contract, init)).toMatch(/expected a member of the oneof .*\[type\]$/);
      }
    }
  });

  it("refuses a value that contains itself", () => {
    const loop: Record<string, unknown> = {};
    loop["hardwareContext"] = loop;
    expect(create(SystemStatePacket, loop)).toContain(
      "hardwareContext.hardwareContext: the message has no such property",
    );
  });

  it("takes messages, $typeName, $unknown and undefined", () => {
    const packet = SystemStatePacket.create({ packetId: "p", seedStates: [{ seedId: "s" }] });
    expect(SystemStatePacket.create({ ...packet })).toEqual(packet);
    expect(SystemStatePacket.create(packet)).toBe(packet);
    const unknown = [{ no: 99, wireType: 0, data: Uint8Array.of(1) }];
    expect(() => SystemStatePacket.create(unsafe({ $unknown: unknown }))).not.toThrow();
    expect(SystemStatePacket.create(unsafe({ packetId: undefined }))).toEqual(
      SystemStatePacket.create(),
    );
    for (const contract of contracts) {
      const empty = contract.create();
      expect(contract.create({ ...empty })).toEqual(empty);
      expect(contract.clone(empty)).toEqual(empty);
    }
  });
});

describe("equals and clone", () => {
  it("refuse what is no message", () => {
    expect(textOf(() => SystemStatePacket.clone(unsafe(5)))).toBe(
      "cannot copy esper.leyline.v1.SystemStatePacket: expected a esper.leyline.v1.SystemStatePacket message, got 5 [type]",
    );
    expect(SystemStatePacket.equals(unsafe(5), unsafe(5))).toBe(false);
    expect(SystemStatePacket.equals(SystemStatePacket.create(), unsafe(null))).toBe(false);
  });
});
