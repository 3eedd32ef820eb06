import type { Message } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { contracts } from "../../../src/all.js";
import { attempt } from "../../../src/contract/base/result.js";
import { fieldBytes } from "../../../src/contract/parts/budget.js";
import {
  eachPlace,
  type Measured,
  measure,
  measureBytes,
} from "../../../src/contract/parts/measure.js";

import { AdaptationCommand, PruningMask, SystemStatePacket } from "../../../src/leyline/index.js";
import { MessageEnvelope } from "../../../src/pitboss/index.js";
import { messagesOf } from "../../../src/testing/index.js";
import { messages } from "../../../src/testing/messages.js";
import { type Bytes, concat, sized, tag, varint } from "../../support/binary/bytes.js";
import { mutate, mutations } from "../../support/binary/mutate.js";
import { loadTestAllTypes, type Subject } from "../../support/binary/test-all-types.js";
import { refusalOf } from "../../support/refusal.js";

const runs = { seed: 20_260_103, numRuns: 30 };

/** Checks the sum of every node, and of the parts of every node that has some. */
function expectSums(tree: Measured, size: number): void {
  expect(tree.bytes).toBe(size);
  const wrong = [...eachPlace(tree)].filter(([, node]) => {
    const parts = node.parts.reduce((sum, { bytes }) => sum + bytes, 0);
    const own = node.tagBytes + node.lengthBytes + node.valueBytes;
    return own !== node.bytes || (node.parts.length > 0 && parts !== node.valueBytes);
  });
  expect(wrong.map(([path]) => path)).toEqual([]);
}

/** Every node but the root, one per line: kind, path, and the bytes of tags, lengths and values. */
function lines(tree: Measured): string[] {
  return Array.from(eachPlace(tree), ([path, { kind, tagBytes, lengthBytes, valueBytes }]) =>
    `${kind} ${path} ${tagBytes}+${lengthBytes}+${valueBytes}`.replace("  ", " "),
  );
}

describe("measure", () => {
  it("has every record of a packet, in the order of the bytes", () => {
    const packet = SystemStatePacket.fromJson({
      version: 1,
      hardware_context: { device_type: "cpu", device_id: "0", total_memory_gb: 1 },
      training_metrics: { loss: 0.5, "kasmina.apply_ms": 2 },
      seed_states: [
        { seed_id: "a", metrics: { alpha: 1 } },
        { seed_id: "b", risk_score: 1 },
      ],
      packet_id: "p-1",
      global_step: "300",
    });
    expect(lines(measure(SystemStatePacket, packet))).toEqual([
      "message 0+0+92",
      "value version 1+0+1",
      "message hardware_context 1+1+13",
      "value hardware_context.device_type 1+1+3",
      "value hardware_context.device_id 1+1+1",
      "value hardware_context.total_memory_gb 1+0+4",
      "map training_metrics 0+0+38",
      "entry training_metrics.loss 1+1+11",
      "key training_metrics.loss 1+1+4",
      "value training_metrics.loss 1+0+4",
      'entry training_metrics["kasmina.apply_ms"] 1+1+23',
      'key training_metrics["kasmina.apply_ms"] 1+1+16',
      'value training_metrics["kasmina.apply_ms"] 1+0+4',
      "list seed_states 0+0+29",
      "message seed_states[0] 1+1+17",
      "value seed_states[0].seed_id 1+1+1",
      "map seed_states[0].metrics 0+0+14",
      "entry seed_states[0].metrics.alpha 1+1+12",
      "key seed_states[0].metrics.alpha 1+1+5",
      "value seed_states[0].metrics.alpha 1+0+4",
      "message seed_states[1] 1+1+8",
      "value seed_states[1].seed_id 1+1+1",
      "value seed_states[1].risk_score 1+0+4",
      "value packet_id 1+1+3",
      "value global_step 1+0+2",
    ]);
  });

  it("is plain data", () => {
    const tree = measure(PruningMask, PruningMask.create({ parameterId: "1f", shape: [1, 300] }));
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
    expect(tree).toEqual({
      kind: "message",
      bytes: 9,
      tagBytes: 0,
      lengthBytes: 0,
      valueBytes: 9,
      parts: [
        {
          kind: "value",
          step: "parameter_id",
          bytes: 4,
          tagBytes: 1,
          lengthBytes: 1,
          valueBytes: 2,
          parts: [],
        },
        {
          kind: "packed",
          step: "shape",
          bytes: 5,
          tagBytes: 1,
          lengthBytes: 1,
          valueBytes: 3,
          items: 2,
          parts: [],
        },
      ],
    });
  });

  it("names the member of a oneof where the wire JSON has it, and goes into well-known types", () => {
    const command = AdaptationCommand.create({
      commandId: "c",
      payload: { case: "rollbackPayload", value: { reason: "slow" } },
    });
    expect(lines(measure(AdaptationCommand, command)).slice(3)).toEqual([
      "message rollback_payload 1+1+18",
      "map rollback_payload.fields 0+0+18",
      "entry rollback_payload.fields.reason 1+1+16",
      "key rollback_payload.fields.reason 1+1+6",
      "message rollback_payload.fields.reason 1+1+6",
      "value rollback_payload.fields.reason.string_value 1+1+4",
    ]);
  });

  it("spells names as the wire JSON of the system does", () => {
    const envelope = MessageEnvelope.create({ nextAgent: "a" });
    const steps = (tree: Measured): unknown[] => tree.parts.map(({ step }) => step);
    expect(steps(measure(MessageEnvelope, envelope))).toContain("nextAgent");
    const bytes = MessageEnvelope.codec.encode(envelope);
    expect(steps(measureBytes(MessageEnvelope.schema, bytes))).toContain("next_agent");
  });

  it("refuses what cannot be encoded", () => {
    const broken = { ...SystemStatePacket.create(), version: -1 };
    expect(() => measure(SystemStatePacket, broken)).toThrow(
      "cannot encode esper.leyline.v1.SystemStatePacket: version: expected a uint32, got -1 [range]",
    );
  });

  it.each([...contracts])("sums exactly for every $typeName", (contract) => {
    const property = fc.property(messagesOf(contract), (message: Message) => {
      const bytes = contract.codec.encode(message);
      const tree = measure(contract, message);
      expectSums(tree, bytes.length);
      expect(measureBytes(contract.schema, bytes, contract.definition.dialect.keys)).toEqual(tree);
      const fields = tree.parts.map(({ step: field, bytes: size }) => ({ field, bytes: size }));
      expect(fieldBytes(contract.schema, bytes, contract.definition.dialect.keys)).toEqual(
        fields.sort((one, other) => other.bytes - one.bytes),
      );
    });
    fc.assert(property, runs);
  });
});

describe("measureBytes", () => {
  const { schema, typeName } = SystemStatePacket;
  const of = (...parts: Bytes[]): string[] => lines(measureBytes(schema, concat(...parts)));

  it("measures nothing as nothing", () => {
    expect(of()).toEqual(["message 0+0+0"]);
  });

  it("has one node for all records of a field, wherever they are", () => {
    const version = [...tag(1, 0), 1];
    const device = concat(tag(6, 2), sized(concat(tag(1, 2), sized([99]))));
    const temperature = concat(tag(6, 2, 3), sized(concat(tag(5, 5), [0, 0, 0, 0]), 2));
    expect(of(version, device, version, temperature, device)).toEqual([
      "message 0+0+24",
      "value version 2+0+2",
      "message hardware_context 5+4+11",
      "value hardware_context.device_type 2+2+2",
      "value hardware_context.temperature_celsius 1+0+4",
    ]);
  });

  it("counts unknown fields by number, and known ones with another wire type as unknown", () => {
    const group = concat(tag(99, 3), tag(1, 0), [7], tag(99, 4));
    const other = concat(tag(99, 1), new Uint8Array(8));
    const text = concat(tag(1, 2), sized([65]));
    const entry = concat(tag(7, 2), sized(concat(tag(3, 0), [1])));
    expect(of(group, text, [...tag(1, 0), 1], other, entry)).toEqual([
      "message 0+0+25",
      'unknown ["field 99"] 4+0+12',
      'unknown ["field 1"] 1+1+1',
      "value version 1+0+1",
      "map training_metrics 0+0+4",
      'entry training_metrics[""] 1+1+2',
      'unknown training_metrics[""]["field 3"] 1+0+1',
    ]);
  });

  it("counts unpacked numbers of a packed list", () => {
    const run = concat(tag(4, 2), sized([1, 0x80, 1]));
    const tree = measureBytes(PruningMask.schema, concat(run, tag(4, 0), [5], tag(4, 2), [0]));
    expect(lines(tree)[1]).toBe("packed shape 3+2+4");
    expect(tree.parts[0]?.items).toBe(3);
  });

  it.each([
    [
      "bytes that end in a field",
      [8],
      "the bytes end in the middle of a field (at byte 1) [binary.truncated]",
    ],
    ["a wire type that is none", [15], "wire type 7 (at byte 0) [binary.malformed]"],
    ["a field 0", [0, 1], "a tag with field number 0 (at byte 0) [binary.malformed]"],
    [
      "a fault in a message of a list",
      [66, 0, 66, 2, 10, 9],
      "seed_states[1]: the bytes end in the middle of a field (at byte 5) [binary.truncated]",
    ],
    [
      "a key that is no text",
      [58, 3, 10, 1, 255],
      "training_metrics: a string that is not UTF-8 (at byte 4) [format]",
    ],
  ])("refuses %s with the error of decoding", (_, bytes, text) => {
    expect(refusalOf(() => measureBytes(schema, Uint8Array.from(bytes))).message).toBe(
      `cannot decode ${typeName} from binary: ${text}`,
    );
  });

  it("refuses a packed list that ends in a number", () => {
    const bytes = concat(tag(4, 2), sized([0x80]), [1]);
    expect(refusalOf(() => measureBytes(PruningMask.schema, bytes))).toMatchObject({
      code: "binary.truncated",
      path: "shape",
    });
  });

  it("refuses what is not a byte array", () => {
    const given: Uint8Array = JSON.parse("{}");
    expect(() => measureBytes(schema, given)).toThrow(
      `cannot decode ${typeName} from binary: expected a Uint8Array, got an object [input.type]`,
    );
  });
});

describe("measureBytes of every kind of field", () => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await loadTestAllTypes();
  });
  const measured = (...parts: Bytes[]): Measured => measureBytes(subject.schema, concat(...parts));

  it("sums exactly, and accepts what decoding accepts", () => {
    const broken = fc.array(mutations, { maxLength: 2 });
    let refused = 0;
    const property = fc.property(messages(subject.schema), broken, (message, steps) => {
      const bytes = steps.reduce<Uint8Array>(
        (changed, step) => mutate(changed, step, []),
        subject.codec.encode(message),
      );
      const decoded = attempt(() => subject.codec.decode(bytes));
      const result = attempt(() => measureBytes(subject.schema, bytes));
      if (result.ok) expectSums(result.value, bytes.length);
      else refused++;
      // Strings outside of keys are not read.
      const isText = !decoded.ok && decoded.error.code === "format";
      if (!isText) expect(result.ok).toBe(decoded.ok);
    });
    fc.assert(property, { ...runs, numRuns: 400 });
    expect(refused).toBeGreaterThan(40);
  });

  it.each([
    ["map_string_string", [10, 1, 97], "a"],
    ["map_bool_bool", [8, 1], "true"],
    ["map_int32_int32", concat([8], varint(-5)), "-5"],
    ["map_int64_int64", concat([8], varint(-(2n ** 63n))), "-9223372036854775808"],
    ["map_uint32_uint32", concat([8], varint(4294967295)), "4294967295"],
    ["map_uint64_uint64", concat([8], varint(2n ** 64n - 1n)), "18446744073709551615"],
    ["map_sint32_sint32", concat([8], varint(4294967295)), "-2147483648"],
    ["map_sint64_sint64", concat([8], varint(2n ** 64n - 1n)), "-9223372036854775808"],
    ["map_fixed32_fixed32", [13, 255, 255, 255, 255], "4294967295"],
    ["map_sfixed32_sfixed32", [13, 254, 255, 255, 255], "-2"],
    ["map_fixed64_fixed64", [9, 1, 0, 0, 0, 0, 0, 0, 128], "9223372036854775809"],
    ["map_sfixed64_sfixed64", [9, 255, 255, 255, 255, 255, 255, 255, 255], "-1"],
    ["map_string_nested_enum", [], ""],
    ["map_bool_bool", [], "false"],
    ["map_int64_int64", [], "0"],
  ])("reads a key of %s", (name, entry, key) => {
    const field = subject.schema.fields.find((candidate) => candidate.name === name);
    const tree = measured(tag(field?.number ?? 0, 2), sized(entry));
    expect(tree.parts[0]).toMatchObject({ kind: "map", step: name });
    expect(tree.parts[0]?.parts.map(({ step }) => step)).toEqual([key]);
  });

  it("has the depth limit of decoding", () => {
    const nested = (depth: number): Uint8Array => {
      let bytes = new Uint8Array(0);
      for (let level = 1; level < depth; level++) bytes = concat(tag(27, 2), sized(bytes));
      return bytes;
    };
    expect(lines(measured(nested(100)))).toHaveLength(100);
    expect(refusalOf(() => measured(nested(101)))).toEqual(
      refusalOf(() => subject.codec.decode(nested(101))),
    );
    expect(refusalOf(() => measured(nested(20_000))).code).toBe("input.depth");
  });

  it("takes a time in proportion to the bytes", () => {
    const time = (fields: number): number => {
      const bytes = concat(
        ...Array.from({ length: fields }, (_, index) => [...tag(1000 + index, 0), 1]),
      );
      const begun = performance.now();
      expect(measured(bytes).parts).toHaveLength(fields);
      return performance.now() - begun;
    };
    time(2000);
    const short = Math.min(...[1, 2, 3].map(() => time(2000)));
    expect(time(40_000)).toBeLessThan(short * 20 * 10 + 50);
  });
});
