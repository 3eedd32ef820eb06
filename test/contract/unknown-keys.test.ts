import { beforeAll, describe, expect, it } from "vitest";
import { DecideRequest } from "../../src/beamline/index.js";
import { isPlainObject } from "../../src/contract/base/plain-data.js";
import { unsafeCast } from "../../src/contract/base/unsafe-cast.js";
import { Event, KnowledgeUpdate, LearningDecisionRequest } from "../../src/jimbot/index.js";
import {
  AdaptationCommand,
  EventEnvelope,
  safeValidateSchema,
  unpackEvent,
  validateSchema,
} from "../../src/leyline/index.js";
import { MessageEnvelope } from "../../src/pitboss/index.js";
import { Envelope } from "../../src/sim/index.js";
import { allExamples } from "../support/examples.js";
import { refusalOf, textOf } from "../support/refusal.js";

const added = "added_later";
const report = { unknownKeys: "report" } as const;
const refuse = { unknownKeys: "refuse" } as const;

/** Copies of a JSON value, each with one more key in one of its objects. */
function* withAddedKey(json: unknown): Generator<unknown> {
  if (Array.isArray(json)) {
    for (const [index, item] of json.entries()) {
      for (const changed of withAddedKey(item)) yield json.with(index, changed);
    }
  }
  if (!isPlainObject(json)) return;
  yield { ...json, [added]: { any: 1 } };
  for (const [key, item] of Object.entries(json)) {
    for (const changed of withAddedKey(item)) yield { ...json, [key]: changed };
  }
}

function exampleOf(typeName: string): Record<string, unknown> {
  const found = allExamples.find(({ contract }) => contract.typeName === typeName);
  return unsafeCast<Record<string, unknown>>(found?.json);
}

type Reading = { ok: true } | { ok: false; error: { issues: readonly { rule: string }[] } };

function rulesOf(result: Reading): string[] {
  return result.ok ? [] : result.error.issues.map(({ rule }) => rule);
}

describe("a key that was added at any depth of an example", () => {
  const counts: Record<string, Record<"reported" | "kept" | "no map entry", number>> = {};

  beforeAll(() => {
    for (const { contract, json } of allExamples) {
      const system = contract.typeName.split(".")[0] ?? "";
      const count = counts[system] ?? { reported: 0, kept: 0, "no map entry": 0 };
      counts[system] = count;
      for (const changed of withAddedKey(json)) {
        const read = contract.safeFromJson(changed, report);
        count[!read.ok ? "no map entry" : read.unknownKeys.length > 0 ? "reported" : "kept"]++;
      }
    }
  });

  it("is reported, is an entry of a map or of a free object, or is no such entry", () => {
    expect(counts).toMatchInlineSnapshot(`
      {
        "beamline": {
          "kept": 1,
          "no map entry": 3,
          "reported": 12,
        },
        "esper": {
          "kept": 0,
          "no map entry": 6,
          "reported": 23,
        },
        "jimbot": {
          "kept": 8,
          "no map entry": 4,
          "reported": 5,
        },
        "pitboss": {
          "kept": 5,
          "no map entry": 0,
          "reported": 5,
        },
        "sim": {
          "kept": 1,
          "no map entry": 0,
          "reported": 10,
        },
      }
    `);
  });

  it("is not refused with `report`, and is with `refuse` and under `strict` if it is reported", () => {
    for (const { name, contract, json } of allExamples) {
      for (const changed of withAddedKey(json)) {
        const read = contract.safeFromJson(changed, report);
        expect(rulesOf(read), name).not.toContain("unknown_key");
        expect(contract.safeFromJsonText(JSON.stringify(changed), report).ok).toBe(read.ok);
        const both = contract.safeFromJson(changed, { strict: true, ...report });
        expect(rulesOf(both), name).not.toContain("unknown_key");
        if (!read.ok || read.unknownKeys.length === 0) continue;
        for (const options of [refuse, { strict: true }, { strict: true, ...refuse }]) {
          expect(rulesOf(contract.safeFromJson(changed, options)), name).toContain("unknown_key");
          const text = JSON.stringify(changed);
          expect(rulesOf(contract.safeFromJsonText(text, options)), name).toContain("unknown_key");
        }
      }
    }
  });
});

describe("unknownKeys", () => {
  const command = exampleOf(AdaptationCommand.typeName);

  it("`report` makes a strict dialect list the paths and read the rest", () => {
    const json = { ...command, [added]: 1 };
    expect(refusalOf(() => AdaptationCommand.fromJson(json))).toMatchObject({
      code: "unknown_key",
      path: added,
    });
    const value = AdaptationCommand.fromJson(command);
    expect(AdaptationCommand.fromJson(json, report)).toEqual(value);
    expect(AdaptationCommand.fromJsonText(JSON.stringify(json), report)).toEqual(value);
    const result = { ok: true, value, unknownKeys: [added] };
    expect(AdaptationCommand.safeFromJson(json, report)).toEqual(result);
    expect(AdaptationCommand.safeFromJsonText(JSON.stringify(json), report)).toEqual(result);
    expect(safeValidateSchema(AdaptationCommand, json, report)).toMatchObject({ ok: true, value });
    expect(validateSchema(AdaptationCommand, json, report)).toEqual(value);
  });

  it("`report` reads the envelope of a newer Pitboss", () => {
    const json = { ...exampleOf(MessageEnvelope.typeName), [added]: [] };
    expect(refusalOf(() => MessageEnvelope.fromJson(json)).code).toBe("unknown_key");
    const result = MessageEnvelope.safeFromJson(json, report);
    expect(result.ok && result.unknownKeys).toEqual([added]);
  });

  it("`refuse` refuses what a lenient dialect reports, in a wire form too", () => {
    const envelope = exampleOf(Envelope.typeName);
    const json = { ...envelope, payload: { ...Object(envelope["payload"]), [added]: 1 } };
    const result = Envelope.safeFromJson(json);
    expect(result.ok && result.unknownKeys).toEqual([`payload.${added}`]);
    expect(refusalOf(() => Envelope.fromJson(json, refuse))).toMatchObject({
      code: "unknown_key",
      path: `payload.${added}`,
    });
  });

  it("`refuse` refuses the keys of an action and of a packed update", () => {
    const request = {
      request_id: "r1",
      game_state: exampleOf("jimbot.events.v1.GameStateEvent"),
      available_actions: [{ action_type: "play_hand", [added]: 1 }],
    };
    expect(textOf(() => LearningDecisionRequest.fromJson(request, refuse))).toContain(
      `available_actions[0].${added}: the message has no such key [unknown_key]`,
    );
    const custom = {
      "@type": "type.googleapis.com/jimbot.events.v1.HandValueUpdate",
      hand_type: "Pair",
      [added]: 1,
    };
    const update = { update_id: "u1", knowledge_type: "own", custom_update: custom };
    const result = KnowledgeUpdate.safeFromJson(update);
    expect(result.ok && result.unknownKeys).toEqual([`custom_update.${added}`]);
    expect(refusalOf(() => KnowledgeUpdate.fromJson(update, refuse)).path).toBe(
      `custom_update.${added}`,
    );
  });

  it("is an option of messages that exist in JSON only", () => {
    const json = {
      version: "1",
      request_id: "r1",
      tenant_id: "t1",
      task: { type: "chat", payload: {}, [added]: 1 },
    };
    const path = `task.${added}`;
    const result = DecideRequest.safeFromJson(json);
    expect(result.ok && result.unknownKeys).toEqual([path]);
    expect(DecideRequest.safeFromJson(json, { strict: true, ...report }).ok).toBe(true);
    for (const options of [refuse, { strict: true }]) {
      const refusal = { code: "unknown_key", path };
      expect(refusalOf(() => DecideRequest.fromJson(json, options))).toMatchObject(refusal);
      const text = JSON.stringify(json);
      expect(refusalOf(() => DecideRequest.fromJsonText(text, options))).toMatchObject(refusal);
    }
    expect(DecideRequest["~standard"].validate(json)).toEqual({
      value: { ...json, task: { type: "chat", payload: {} } },
    });
    expect(
      refusalOf(() => DecideRequest.fromJsonText('{"a":1,"a":2}', { strict: true })),
    ).toMatchObject({
      code: "duplicate_key",
      path: "a",
    });
    expect(refusalOf(() => DecideRequest.fromJsonText("{}", { maxLength: 1 })).code).toBe(
      "input.bytes",
    );
  });

  it("reads the JSON payload of an event from a newer peer", () => {
    const payload = new TextEncoder().encode(JSON.stringify({ ...command, [added]: 1 }));
    const event = EventEnvelope.create({
      ...EventEnvelope.fromJson(exampleOf(EventEnvelope.typeName)),
      payload,
      payloadType: AdaptationCommand.typeName,
      contentEncoding: "json",
    });
    expect(refusalOf(() => unpackEvent(event))).toMatchObject({
      code: "unknown_key",
      path: `payload.${added}`,
    });
    expect(unpackEvent(event, report)).toEqual(AdaptationCommand.fromJson(command));
  });
});

describe("the keys that an Event keeps", () => {
  const event = {
    type: "HEARTBEAT",
    event_id: "3f2c9a64-7b1e-4d58-9c06-5e8d2a7f41b3",
    source: "mod",
    timestamp: 1,
    version: 1,
    payload: { version: "1", [added]: 1 },
    own: [2],
  };
  const paths = ["own", `payload.${added}`];

  it("are kept with `report`, and refused with `refuse` and under `strict`", () => {
    const result = Event.safeFromJson(event, report);
    expect(result.ok && [result.value.metadata, result.unknownKeys]).toEqual([
      { json_own: "[2]", [`json_payload.${added}`]: "1" },
      [],
    ]);
    expect(Event.safeFromJson(event, { strict: true, ...report })).toEqual(result);
    for (const options of [refuse, { strict: true }]) {
      const refused = Event.safeFromJson(event, options);
      expect(refused.ok || refused.error.issues.map(({ rule, path }) => [rule, path])).toEqual(
        paths.map((path) => ["unknown_key", path]),
      );
    }
  });

  it("are refused under `strict` by every method, so that what is written can be read", () => {
    const message = Event.fromJson(event);
    const results = [
      Event.safeCheck(message, { strict: true }),
      Event.safeEncode(message, { strict: true }),
      Event.safeDecode(Event.encode(message), { strict: true }),
      Event.safeToJson(message, { strict: true }),
    ];
    for (const result of results) {
      expect(result.ok || result.error.issues.map(({ path }) => path)).toEqual(paths);
    }
  });
});

describe("wrong options of the methods that read JSON", () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [null, "expected an object, got null [config]"],
    [5, "expected an object, got 5 [config]"],
    [{ unknownKeys: "ignore" }, 'unknownKeys: expected refuse or report, got "ignore" [config]'],
    [{ unknownKeys: null }, "unknownKeys: expected refuse or report, got null [config]"],
    [{ strict: "yes" }, 'strict: expected a boolean, got "yes" [config]'],
    [
      { maxLength: Number.NaN },
      "maxLength: expected a whole number of at least 1, or Infinity, got NaN [config]",
    ],
    [
      { maxLength: -1 },
      "maxLength: expected a whole number of at least 1, or Infinity, got -1 [config]",
    ],
    [
      { maxLength: 1.5 },
      "maxLength: expected a whole number of at least 1, or Infinity, got 1.5 [config]",
    ],
  ];

  it.each(wrong)("%j is `config`", (options, text) => {
    for (const contract of [AdaptationCommand, DecideRequest]) {
      const given = unsafeCast<typeof report>(options);
      const message = `cannot configure ${contract.typeName}: ${text}`;
      expect(textOf(() => contract.fromJson({}, given))).toBe(message);
      expect(textOf(() => contract.fromJsonText("{}", given))).toBe(message);
      for (const result of [
        contract.safeFromJson({}, given),
        contract.safeFromJsonText("{}", given),
      ]) {
        expect(result.ok || result.error.message).toBe(message);
      }
    }
  });
});
