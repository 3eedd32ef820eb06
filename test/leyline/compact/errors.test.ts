import { describe, expect, it } from "vitest";
import {
  createFrameReader,
  StateDictionary,
  StateFrame,
  StateUpdate,
} from "../../../src/leyline/compact/index.js";
import { SystemStatePacket } from "../../../src/leyline/index.js";
import { errorOf, fixture } from "./packets.js";
import { entries, type Frame, frame, id, ready, unknown, uuid } from "./updates.js";

const start = "cannot read esper.leyline.v1.SystemStatePacket from frames: ";
const broken = "cannot decode esper.leyline.compact.v1.StateUpdate from binary: ";
/** The number of a stage without a name. */
const later: number = 200;

describe("a frame", () => {
  it("of two seeds is read", () => {
    const packet = ready().read(frame({ stages: [3, later], seedMetricValues: [Number.NaN, -0] }));
    expect(packet).toEqual(
      SystemStatePacket.create({
        packetId: "00000000-0000-0000-0000-000000000000",
        sourceSubsystem: "cuda",
        seedStates: [
          { seedId: "a", stage: 3 },
          { seedId: "b", stage: later, metrics: { a: Number.NaN, b: -0 } },
        ],
      }),
    );
  });

  it.each<[Frame, string]>([
    [{ entries: 0 }, `${broken}frame.entries: expected a number of at least 1, got 0 [range]`],
    [
      { packetUuid: new Uint8Array(15) },
      `${broken}frame.packet_uuid: must have 16 bytes, not 15 [frame.malformed]`,
    ],
    [
      { packetText: "p" },
      `${broken}frame.packet_uuid: must have 0 bytes because packet_text is set, not 16 [frame.malformed]`,
    ],
    [
      { progress: [1] },
      `${broken}frame.progress: must have 3 items or none, not 1 [frame.malformed]`,
    ],
    [
      { deviceReadings: [1, 2, 3, 4] },
      `${broken}frame.device_readings: must have 3 items or none, not 4 [frame.malformed]`,
    ],
    [
      { gradientNorms: [1] },
      `${broken}frame.gradient_norms: must have 0 items or none, not 1 [frame.malformed]`,
    ],
    [
      { stages: [1, 1], learningRates: [1] },
      `${broken}frame.learning_rates: must have 2 items or none, not 1 [frame.malformed]`,
    ],
    [
      { stages: [1, 1], agesEpochs: [1, 2, 3] },
      `${broken}frame.ages_epochs: must have 2 items or none, not 3 [frame.malformed]`,
    ],
    [
      { stages: [1, 1], riskScores: [1] },
      `${broken}frame.risk_scores: must have 2 items or none, not 1 [frame.malformed]`,
    ],
    [
      { stages: [1, 1], seeds: [1] },
      `${broken}frame.seeds: must have 2 items or none, not 1 [frame.malformed]`,
    ],
    [
      { stages: [1], seeds: [1], firstSeed: 1 },
      `${broken}frame.first_seed: must be 0 when seeds is set [frame.malformed]`,
    ],
    [{ part: 1 }, `${broken}frame.part: must be less than parts, which is 0 [frame.malformed]`],
    [
      { part: 2, parts: 2 },
      `${broken}frame.part: must be less than parts, which is 2 [frame.malformed]`,
    ],
    [{ parts: 4097 }, `${broken}frame.parts: expected a number of at most 4096, got 4097 [range]`],
    [
      { run: 1 },
      `${start}frame: names run 1 of dictionary 00000abc, which has only 1 [frame.malformed]`,
    ],
    [
      { device: 7, deviceReadings: [0, 0, 0] },
      `${start}frame: names device 7 of dictionary 00000abc, which has only 1 [frame.malformed]`,
    ],
    [
      { stages: [1, 1], seeds: [0, 4_000_000_000] },
      `${start}frame: names seed 4000000000 of dictionary 00000abc, which has only 2 [frame.malformed]`,
    ],
    [
      { stages: [1, 1, 1] },
      `${start}frame: names seed 2 of dictionary 00000abc, which has only 2 [frame.malformed]`,
    ],
    [
      { firstSeed: 4_294_967_295, stages: [1] },
      `${start}frame: names seed 4294967295 of dictionary 00000abc, which has only 2 [frame.malformed]`,
    ],
    [
      { trainingMetricValues: [1] },
      `${start}frame.training_metric_values: must have 0 items, not 1 [frame.malformed]`,
    ],
    [
      { firstSeed: 1, stages: [1] },
      `${start}frame.seed_metric_values: must have 2 items, not 0 [frame.malformed]`,
    ],
    [
      { entries: 10 },
      `${start}frame.entries: needs 10 entries of dictionary 00000abc, of which 9 were received [frame.dictionary_missing]`,
    ],
    [
      { progress: [2, 0, 0] },
      `${start}validation_accuracy: expected a number of at most 1, got 2 [range]`,
    ],
    [
      { stages: [1, 1], seeds: [0, 0] },
      `${start}seed_states[1].seed_id: repeats an earlier item [rule]`,
    ],
  ])("is refused with %o", (fields, text) => {
    const reader = ready();
    expect(errorOf(reader.safeRead(frame(fields)))).toBe(text);
    expect(reader.read(frame({}))?.seedStates).toEqual([]);
  });

  it("is refused without its dictionary", () => {
    expect(errorOf(ready().safeRead(frame({}, 1)))).toBe(
      `${start}frame.entries: needs 9 entries of dictionary 00000001, of which 0 were received [frame.dictionary_missing]`,
    );
  });

  it.each<[string, Frame, Frame, string]>([
    [
      "other counts",
      { parts: 2 },
      { part: 1, parts: 3 },
      `${start}frame.parts: contradicts another frame of packet 0 of dictionary 00000abc [frame.malformed]`,
    ],
    [
      "other content",
      { parts: 2 },
      { parts: 2, currentEpoch: 1 },
      `${start}frame: contradicts another frame of packet 0 of dictionary 00000abc [frame.malformed]`,
    ],
    [
      "columns that differ",
      { parts: 2, stages: [1, 2] },
      { part: 1, parts: 2, riskScores: [1], agesEpochs: [1] },
      `${start}frame.ages_epochs: must have 2 items or none, not 1 [frame.malformed] (and 1 more issue)`,
    ],
    [
      "no id",
      { parts: 2, packetUuid: new Uint8Array(0) },
      { part: 1, parts: 2, packetUuid: new Uint8Array(0) },
      `${start}frame.packet_uuid: must have 16 bytes, not 0 [frame.malformed]`,
    ],
  ])("that is one of two is refused with %s", (_, one, two, text) => {
    const reader = ready();
    expect(reader.read(frame(one))).toBeUndefined();
    expect(errorOf(reader.safeRead(frame(two)))).toBe(text);
    expect(reader.read(frame({ number: 1 }))?.version).toBe(1);
  });

  it("of a packet with very many frames is kept only up to a maximum size", () => {
    const reader = ready();
    const readings = Array.from({ length: 30_000 }, () => 1);
    const results = [0, 1, 2].map((part) =>
      reader.safeRead(frame({ part, parts: 4096, deviceReadings: readings })),
    );
    expect(results.map(errorOf)).toEqual([
      "nothing was refused",
      "nothing was refused",
      `${start}frame: packet 0 of dictionary 00000abc is larger than the maximum of 262144 bytes [frame.malformed]`,
    ]);
    expect(reader.abandoned).toEqual([{ dictionaryId: id, number: 0, received: 3, parts: 4096 }]);
  });
});

describe("an array that is not of the compact form", () => {
  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), `${broken}a dictionary or a frame is required [required]`],
    [
      "a canonical packet",
      SystemStatePacket.codec.encode(fixture("state-1-seed")),
      `${broken}a dictionary or a frame is required [required]`,
    ],
    [
      "half a frame",
      frame({}).subarray(0, 20),
      `${broken}frame: the bytes end in the middle of a field (at byte 1) [binary.truncated]`,
    ],
    [
      "262,145 bytes",
      new Uint8Array(262_145),
      `${broken}262145 bytes are more than the 262144 that are accepted [input.bytes]`,
    ],
  ])("is refused: %s", (_, bytes, text) => {
    expect(errorOf(createFrameReader().safeRead(bytes))).toBe(text);
  });

  it("is refused if it has unknown fields, which a later version may have added", () => {
    const text = "1 unknown field of a later version, which may be part of the packet";
    const update = StateUpdate.create();
    update.update = { case: "frame", value: StateFrame.create({ entries: 1, packetUuid: uuid }) };
    update.$unknown = unknown;
    const bytes = [StateUpdate.codec.encode(update)];
    delete update.$unknown;
    update.update.value.$unknown = unknown;
    bytes.push(StateUpdate.codec.encode(update));
    const value = StateDictionary.create({ entries: entries.map((entry) => ({ entry })) });
    update.update = { case: "dictionary", value };
    value.$unknown = unknown;
    bytes.push(StateUpdate.codec.encode(update));
    delete value.$unknown;
    const [first, run] = [value.entries[0], value.entries[5]?.entry];
    if (first !== undefined) first.$unknown = unknown;
    bytes.push(StateUpdate.codec.encode(update));
    delete first?.$unknown;
    if (run?.case === "run") run.value.$unknown = unknown;
    bytes.push(StateUpdate.codec.encode(update));
    expect(bytes.map((each) => errorOf(createFrameReader().safeRead(each)))).toEqual(
      ["", "frame: ", "dictionary: ", "dictionary.entries[0]: ", "dictionary.entries[5]: "].map(
        (path) => `${start}${path}${text} [frame.unknown_fields]`,
      ),
    );
  });

  it.each([undefined, null, "", {}, [1]])("is refused: %j", (value) => {
    const read: (bytes: never) => unknown = createFrameReader().safeRead;
    const result: unknown = Reflect.apply(read, undefined, [value]);
    expect(result).toMatchObject({ ok: false, error: { code: "input.type" } });
  });
});
