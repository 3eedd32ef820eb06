import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generatePeers } from "../../bench/peers/generate/index.mjs";
import { loadPeers } from "../../bench/peers/index.js";
import { createSuiteCases, framesCase, type SuiteCase } from "../../bench/suite/cases.js";

const fixtures = new URL("../../bench/fixtures/", import.meta.url);
const tooLarge = new Set(["state-1000", "state-10000"]);
/** Some of the messages are enough here: the suite itself proves all before it measures them. */
const cases = createSuiteCases(fixtures, ({ id }) => !tooLarge.has(id)).map(
  (suiteCase): SuiteCase => ({
    ...suiteCase,
    // Readers of frames remember packets, and take one again only after more of others.
    encoded: suiteCase.encoded.slice(0, suiteCase.id === framesCase ? 20 : 2),
  }),
);
const peers = await loadPeers(await generatePeers());
const noCompiler = `no protoc with --js_out for ${process.platform} ${process.arch}`;

/** Everything that is not measured, as lines of case, library and reason. */
function findLeftOut(): string[] {
  return cases.flatMap((suiteCase) =>
    peers.flatMap((peer) => {
      const contender = peer.open(suiteCase);
      if (contender === undefined) return [];
      const { id } = suiteCase;
      if (typeof contender === "string") return [`${id}, ${peer.name}: ${contender}`];
      const fault = contender.prove();
      if (fault !== undefined) return [`${id}, ${peer.name}: ${fault}`];
      return Object.entries(contender.leftOut).map(
        ([operation, reason]) => `${id}, ${peer.name}, ${operation}: ${reason}`,
      );
    }),
  );
}

describe("the peers of the suite", () => {
  it("come in this order", () => {
    expect(peers.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      "concord: ours",
      "concord, shared memory: variant",
      "protobuf-es: protobuf",
      "protobufjs: protobuf",
      "ts-proto: protobuf",
      "pbf: protobuf",
      "@protobuf-ts: protobuf",
      "google-protobuf: protobuf",
      "JSON: format",
      "msgpackr: format",
      "msgpackr records: format",
      "cbor-x: format",
      "avsc: format",
      "frames: variant",
      "gzip of protobuf: format",
    ]);
  });

  it("are of packages that are installed", () => {
    const packages = new Set(peers.flatMap((peer) => peer.packages));
    packages.delete("@concord/contracts");
    const missing = [...packages].filter(
      (name) => !existsSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url)),
    );
    expect(missing).toEqual([]);
  });

  it("all mean the same in all cases, but for these", () => {
    const google = cases.map(({ id }) => `${id}, google-protobuf: ${noCompiler}`);
    const leftOut = findLeftOut().filter((line) => !google.includes(line));
    expect(leftOut.join("\n")).toMatchInlineSnapshot(`
      "state-1, pbf: reads timestampNs as a double and loses its last digits
      state-10-plain, pbf: reads timestampNs as a double and loses its last digits
      state-10, pbf: reads timestampNs as a double and loses its last digits
      state-10-varied, pbf: reads timestampNs as a double and loses its last digits
      state-100, pbf: reads timestampNs as a double and loses its last digits
      command, protobufjs, jsonIn: .esper.leyline.v1.AdaptationCommand.issuedAt: object expected
      command, protobufjs, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Timestamp from JSON: object
      envelope, protobufjs, jsonIn: .esper.leyline.v1.EventEnvelope.createdAt: object expected
      envelope, protobufjs, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Timestamp from JSON: object
      envelope, ts-proto, jsonIn: message 0 comes back with other values: processingDeadline.nanos
      envelope, ts-proto, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Duration from JSON: object
      pruning, protobufjs, jsonIn: .esper.leyline.v1.ImportanceStatistics.collectedAt: object expected
      pruning, protobufjs, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Timestamp from JSON: object
      pruning, ts-proto, jsonIn: message 0 comes back with other values: timeout.seconds
      pruning, ts-proto, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Duration from JSON: object
      telemetry, protobufjs, jsonIn: .esper.leyline.v1.TelemetryPacket.timestamp: object expected
      telemetry, protobufjs, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Timestamp from JSON: object
      game-state, protobufjs, jsonIn: .jimbot.events.v1.Event.timestamp: object expected
      game-state, protobufjs, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Timestamp from JSON: object
      game-state, ts-proto, jsonIn: message 0 comes back with other values: payload.typeUrl
      game-state, ts-proto, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Any from JSON: "@type" is empty
      pitboss, protobufjs, jsonIn: message 0 comes back with other values: sessionId
      pitboss, protobufjs, jsonOut: protobuf-es does not take its JSON: cannot decode message pitboss.v1.MessageEnvelope from JSON: key "sessionId" is unknown
      pitboss, pbf: message 0 comes back with other values: messageBody.rule_text
      exchange-10, protobufjs, jsonIn: .sim.v1.Envelope.timestamp: object expected
      exchange-10, protobufjs, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Timestamp from JSON: object
      exchange-10, pbf: writes another member of the oneof payload.value.signals.0.value than it has read
      exchange-1000, protobufjs, jsonIn: .sim.v1.Envelope.timestamp: object expected
      exchange-1000, protobufjs, jsonOut: protobuf-es does not take its JSON: cannot decode message google.protobuf.Timestamp from JSON: object
      exchange-1000, ts-proto, jsonIn: writes another member of the oneof payload.value.signals.14.value than it has read
      exchange-1000, pbf: writes another member of the oneof payload.value.signals.0.value than it has read
      exchange-1000, @protobuf-ts, jsonIn: invalid int 32: undefined
      frames, pbf: reads timestampNs as a double and loses its last digits"
    `);
  });

  it("take part in these operations", () => {
    const found = cases.filter(({ id }) => id === "route-request" || id === framesCase);
    const lines = found.flatMap((suiteCase) =>
      peers.flatMap((peer) => {
        const contender = peer.open(suiteCase);
        if (contender === undefined || contender === noCompiler) return [];
        if (typeof contender === "string") return [`${peer.name}: ${contender}`];
        const tasks = Object.entries(contender.tasks);
        return [`${suiteCase.id}, ${peer.name}: ${tasks.map(([name]) => name).join(", ")}`];
      }),
    );
    expect(
      lines.filter((line) => !line.includes("google-protobuf")).join("\n"),
    ).toMatchInlineSnapshot(`
      "route-request, concord: encode, encodeInto, decode, check, jsonIn, jsonOut, validatedEncode, validatedDecode
      route-request, concord, shared memory: encode, decode
      route-request, protobuf-es: encode, decode, jsonIn, jsonOut
      route-request, protobufjs: encode, decode, jsonIn, jsonOut
      route-request, ts-proto: encode, decode, jsonIn, jsonOut
      route-request, pbf: encode, decode
      route-request, @protobuf-ts: encode, decode, jsonIn, jsonOut
      route-request, JSON: encode, decode, jsonIn, jsonOut
      route-request, msgpackr: encode, encodeInto, decode
      route-request, msgpackr records: encode, encodeInto, decode
      route-request, cbor-x: encode, decode
      route-request, avsc: encode, encodeInto, decode
      frames, concord: encode, encodeInto, decode, check, jsonIn, jsonOut, validatedEncode, validatedDecode
      frames, concord, shared memory: encode
      frames, protobuf-es: encode, decode, jsonIn, jsonOut
      frames, protobufjs: encode, decode, jsonIn, jsonOut
      frames, ts-proto: encode, decode, jsonIn, jsonOut
      frames, pbf: encode, decode
      frames, @protobuf-ts: encode, decode, jsonIn, jsonOut
      frames, JSON: encode, decode, jsonIn, jsonOut
      frames, msgpackr: encode, encodeInto, decode
      frames, msgpackr records: encode, encodeInto, decode
      frames, cbor-x: encode, decode
      frames, avsc: encode, encodeInto, decode
      frames, frames: encode, decode
      frames, gzip of protobuf: encode, decode"
    `);
  });

  it.each(peers.map((peer) => [peer.name, peer] as const))(
    "%s gives something each time",
    (_name, peer) => {
      const suiteCase = cases.find(({ id }) => id === framesCase);
      const contender = suiteCase === undefined ? "no case" : peer.open(suiteCase);
      if (contender === noCompiler) return;
      if (typeof contender !== "object") throw new Error(`${peer.name} is not ready`);
      for (const task of Object.values(contender.tasks)) {
        for (const count of [1, 1, 7, 100]) expect(task.repeat(count)).toBeDefined();
      }
    },
  );
});
