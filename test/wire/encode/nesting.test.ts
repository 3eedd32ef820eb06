import { create, type JsonObject, toBinary } from "@bufbuild/protobuf";
import { type ListValue, type Value, ValueSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../../gen/beamline/worker/v1/assignment_codec.js";
import { ExecAssignmentSchema } from "../../../gen/beamline/worker/v1/assignment_pb.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import type { SystemStatePacket } from "../../../gen/esper/leyline/v1/state_pb.js";
import { EmptyCodec, ValueCodec } from "../../../gen/google/wkt.js";
import { concat, sized, tag } from "../../support/binary/bytes.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

const nothing = new Uint8Array(0);
const assignment = ExecAssignmentCodec.decode(nothing);

/** `levels` nested messages: a Value, in it a ListValue, in that a Value, and so on. */
function nestedValue(levels: number): Value {
  const kind =
    levels > 1
      ? ({ case: "listValue", value: nestedList(levels - 1) } as const)
      : ({ case: undefined } as const);
  return { $typeName: "google.protobuf.Value", kind };
}

function nestedList(levels: number): ListValue {
  const values = levels > 1 ? [nestedValue(levels - 1)] : [];
  return { $typeName: "google.protobuf.ListValue", values };
}

function nestedJson(levels: number, innermost: JsonObject): JsonObject {
  let json = innermost;
  for (let level = 1; level < levels; level++) json = level % 3 === 0 ? { a: [json] } : { a: json };
  return json;
}

describe("the depth of a message", () => {
  it("has the same maximum as in a decoder", () => {
    for (let levels = 95; levels < 106; levels++) {
      const message = nestedValue(levels);
      const bytes = toBinary(ValueSchema, message);
      if (levels > 100) {
        expect(codeOf(() => ValueCodec.encode(message))).toBe("input.depth");
        expect(codeOf(() => ValueCodec.decode(bytes))).toBe("input.depth");
      } else {
        expect(ValueCodec.encode(message)).toEqual(bytes);
        expect(ValueCodec.decode(bytes)).toEqual(message);
      }
    }
  });

  it("has the same maximum as in a decoder, in JSON too", () => {
    const outcomes = new Set<string>();
    for (let levels = 20; levels < 80; levels++) {
      for (const innermost of [{}, { b: 1 }, { b: [] }, { b: [null] }]) {
        const metadata = nestedJson(levels, innermost);
        const message = create(ExecAssignmentSchema, { metadata });
        const bytes = toBinary(ExecAssignmentSchema, message);
        const [written, read] = [
          () => ExecAssignmentCodec.encode({ ...assignment, metadata }),
          () => ExecAssignmentCodec.decode(bytes),
        ].map((work) => {
          try {
            work();
            return "accepted";
          } catch {
            return codeOf(work);
          }
        });
        expect(written).toBe(read);
        outcomes.add(written ?? "");
      }
    }
    expect(outcomes).toEqual(new Set(["accepted", "input.depth"]));
  });

  it("counts the groups among the unknown fields", () => {
    for (let count = 95; count < 105; count++) {
      const starts = Array.from({ length: count - 1 }, () => tag(9, 3));
      const ends = Array.from({ length: count }, () => tag(9, 4));
      const $unknown = [{ no: 9, wireType: 3, data: concat(...starts, ...ends) }];
      const top = concat(tag(9, 3), ...starts, ...ends);
      const inner = concat(tag(6, 2), sized(top));
      const hardwareContext = { ...SystemStatePacketCodec.decode(concat([50, 0])).hardwareContext };
      const message = {
        ...SystemStatePacketCodec.decode(nothing),
        hardwareContext: { ...hardwareContext, $unknown },
      } as SystemStatePacket;
      const works = [
        [99, () => EmptyCodec.encode({ $typeName: "google.protobuf.Empty", $unknown })],
        [99, () => EmptyCodec.decode(top)],
        [98, () => SystemStatePacketCodec.encode(message)],
        [98, () => SystemStatePacketCodec.decode(inner)],
      ] as const;
      for (const [most, work] of works) {
        if (count > most) expect(codeOf(work)).toBe("input.depth");
        else expect(work()).toBeTypeOf("object");
      }
    }
  });

  it("is exceeded by a message that contains itself", () => {
    const json: JsonObject = {};
    json["a"] = [json];
    expect(refusalOf(() => ExecAssignmentCodec.encode({ ...assignment, metadata: json }))).toEqual({
      code: "input.depth",
      path: "metadata",
      offset: undefined,
      message:
        "cannot encode beamline.worker.v1.ExecAssignment: metadata: nested more deeply than 100 messages [input.depth]",
    });
    const list = nestedList(1);
    const value: Value = {
      $typeName: "google.protobuf.Value",
      kind: { case: "listValue", value: list },
    };
    list.values.push(value);
    expect(codeOf(() => ValueCodec.encode(value))).toBe("input.depth");
    expect(codeOf(() => ValueCodec.size(nestedValue(5000)))).toBe("input.depth");
  });
});
