import { describe, expect, it } from "vitest";
import { createCodecCases, messageCount } from "../../bench/codec-cases.js";
import { prepare, takesPart } from "../../bench/codec-check.js";
import { metricPool } from "../../bench/codec-messages.js";
import { loadPeers } from "../../bench/codec-peers.js";
import { type CaseResult, judge, renderCodecTable, summarize } from "../../bench/codec-report.js";
import { generatePeers } from "../../bench/peers/generate.mjs";

const cases = createCodecCases();
const peers = await loadPeers(await generatePeers());
const pairs = cases.flatMap((codecCase) =>
  peers.map((peer) => {
    const title = `${peer.name}: ${codecCase.name}`;
    return [title, { codecCase, peer, part: takesPart(peer, codecCase) }] as const;
  }),
);

describe("the messages of the codec benchmark", () => {
  it("have these sizes", () => {
    const sizes = cases.map(({ name, encoded }) => {
      const lengths = encoded.map((bytes) => bytes.length);
      return [name, Math.min(...lengths), Math.max(...lengths)];
    });
    expect(sizes).toEqual([
      ["SystemStatePacket, 10 seeds x 5 metrics", 1479, 1482],
      ["SystemStatePacket, varying map keys", 1176, 1583],
      ["SystemStatePacket, 1 seed", 277, 277],
      ["EventEnvelope, 200-byte payload", 437, 438],
      ["RouteRequest", 227, 227],
      ["ExecResult", 150, 150],
      ["Event, GAME_STATE in an Any", 269, 270],
      ["MessageEnvelope, response with a Struct", 289, 289],
      ["Envelope, DataExchange of 100 signals", 3504, 3505],
    ]);
  });

  it.each(cases)("$name: are all different", ({ encoded }) => {
    const texts = new Set(encoded.map((bytes) => Buffer.from(bytes).toString("hex")));
    expect(texts.size).toBe(messageCount);
  });

  it("take their varying keys from 40 names", () => {
    expect(new Set(metricPool).size).toBe(40);
  });
});

describe("the libraries of the codec benchmark", () => {
  it.each(pairs.filter(([, { part }]) => part === true))(
    "%s gives the same bytes again",
    (_title, { codecCase, peer }) => {
      expect(prepare(peer, codecCase).agrees).toBe(true);
    },
  );

  it.each(pairs.filter(([, { part }]) => typeof part === "string"))(
    "%s is left out because its bytes are others",
    (_title, { codecCase, peer }) => {
      expect(prepare(peer, codecCase).agrees).toBe(false);
    },
  );
});

describe("the verdict of the codec benchmark", () => {
  const result: CaseResult = {
    name: "EventEnvelope",
    bytes: [437, 438],
    targets: { encode: { reference: 4, fastest: 2 }, decode: { reference: 3, fastest: 1.25 } },
    codecs: [
      { name: "concord", kind: "ours", times: { encode: 1000, decode: 1000 } },
      { name: "concord, alias", kind: "variant", times: { decode: 800 } },
      { name: "protobuf-es", kind: "reference", times: { encode: 5000, decode: 3000 } },
      { name: "protobufjs", kind: "protobuf", times: { encode: 1900, decode: 900 } },
      { name: "msgpackr", kind: "other", times: { encode: 1000, decode: 1200 } },
    ],
  };

  it("holds ours against protobuf-es, the fastest protobuf library and, with views of the input, msgpackr", () => {
    expect(judge(result)).toEqual([
      { direction: "encode", rival: "reference", ratio: 5, target: 4, ok: true },
      { direction: "encode", rival: "fastest", ratio: 1.9, target: 2, ok: false },
      { direction: "encode", rival: "other", ratio: 1, target: 1, ok: true },
      { direction: "decode", rival: "reference", ratio: 3, target: 3, ok: true },
      { direction: "decode", rival: "fastest", ratio: 0.9, target: 1.25, ok: false },
      { direction: "decode", rival: "other", ratio: 1.5, target: 1, ok: true },
    ]);
  });

  it("prints the targets under our figures", () => {
    expect(renderCodecTable([result], false)).toBe(
      [
        "codec             encode  x es      x best  x msgpackr  decode  x es          x best  x msgpackr",
        "----------------  ------  ----  ----------  ----------  ------  ----  --------------  ----------",
        "EventEnvelope (437-438 bytes)",
        "  concord          1,000  5.00        1.90        1.00   1,000  3.00            0.90        1.20",
        "    target                4 ok  2 short 5%        1 ok          3 ok  1.25 short 28%        1 ok",
        "  concord, alias                                           800  3.75            1.13        1.50",
        "  protobuf-es      5,000  1.00        0.38        0.20   3,000  1.00            0.30        0.40",
        "  protobufjs       1,900  2.63        1.00        0.53     900  3.33            1.00        1.33",
        "  msgpackr         1,000  5.00        1.90        1.00   1,200  2.50            0.75        1.00",
      ].join("\n"),
    );
  });

  it("ends with what is short", () => {
    expect(summarize([result])).toBe(
      [
        "short: EventEnvelope, encode: x best 1.90 of 2",
        "short: EventEnvelope, decode: x best 0.90 of 1.25",
        "4 of 6 targets reached; another library is faster: 1 times.",
      ].join("\n"),
    );
  });
});
