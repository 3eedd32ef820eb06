import { describe, expect, it } from "vitest";
import { EventType } from "../../gen/jimbot/events/v1/event_pb.js";
import {
  actionsOfPhase,
  BalatroPost,
  Event,
  expandCommand,
  formatCommands,
  formatTopicAddress,
  isAnswer,
  LearningDecisionResponse,
  makeFollowUp,
  matchSubscription,
  parseCommands,
  SubscribeRequest,
  toCommand,
  topicOf,
  unpackEvent,
} from "../../src/jimbot/index.js";
import { hex } from "../support/binary/bytes.js";

/** What the mod posts when it asks for a decision: Lua's JSON, with `{}` for empty lists. */
const posted = JSON.stringify({
  type: "LEARNING_DECISION",
  subtype: "REQUEST",
  priority: "high",
  source: "BalatroMCP",
  event_id: "3c59dc04-8e88-4024-9be8-079a5b6c7d8e",
  timestamp: 1234567890000,
  version: 1,
  payload: {
    request_id: "REQ-1234567890-0042",
    game_state: {
      game_id: "seed_12345",
      ante: 3,
      round: 2,
      hand_number: 1,
      jokers: {},
      hand: [
        { suit: "Spades", rank: "Ace", enhancement: "none", seal: "none", edition: "none" },
        { suit: "Spades", rank: "King", enhancement: "none", seal: "none", edition: "none" },
      ],
      chips: 300,
      mult: 4,
      money: 15,
      hands_remaining: 3,
      discards_remaining: 2,
    },
    available_actions: [...actionsOfPhase("PLAYING")],
    time_limit_ms: 1000,
  },
});

/** An event on the bus as JSON: what the next one reads of it. */
function throughJson(event: Event, lines: string[]): Event {
  const text = Event.toJsonText(event);
  lines.push(`${formatTopicAddress(topicOf(event))}`, JSON.stringify(JSON.parse(text), null, 2));
  return Event.fromJsonText(text);
}

/** The same in binary. */
function throughBytes(event: Event, lines: string[]): Event {
  const bytes = Event.encode(event);
  lines.push(`${formatTopicAddress(topicOf(event))}: ${bytes.length} bytes`);
  lines.push(...(hex(bytes).match(/.{1,96}/g) ?? []));
  return Event.decode(bytes);
}

/** The learning component: one decision, and the metric that tells how long it took. */
function decide(asked: Event): Event {
  const told = unpackEvent(asked);
  if (told.type !== "LEARNING_DECISION" || told.subtype !== "REQUEST") {
    throw new Error("the event asks for no decision");
  }
  const decision = LearningDecisionResponse.create({
    requestId: told.payload.requestId,
    selectedAction: "play_hand:1,2",
    confidence: 0.85,
    actionValues: { play_hand: 12.5, discard: 3.25 },
    strategyName: "high_card",
  });
  return makeFollowUp(asked, "LEARNING_DECISION", decision, {
    source: "ray_rllib",
    newId: () => "b6d767d2-f8ed-4d21-a44b-0e5886680cb9",
    now: () => 1234567890042,
  });
}

/** The whole way from what the mod posts to the text that it polls. */
function play(through: (event: Event, lines: string[]) => Event): string {
  const lines = ["# BalatroMCP -> event bus, POST /api/v1/events", posted, ""];
  const { events, repairs } = BalatroPost.fromJsonText(posted);
  const [event] = events;
  if (event === undefined) throw new Error("the mod posted nothing");
  lines.push("# Read otherwise than written");
  lines.push(...repairs.map(({ path, repair }) => `${path}: ${repair}`), "");

  lines.push("# Event bus -> ray_rllib");
  const asked = through(event, lines);
  const wish = SubscribeRequest.create({
    topicPattern: "learning.*",
    subscriberId: "ray_rllib",
    types: [EventType.LEARNING_DECISION],
  });
  expect(matchSubscription(wish, asked)).toBe(true);

  lines.push("", "# ray_rllib -> event bus");
  const answer = through(decide(asked), lines);
  expect(isAnswer(asked, answer)).toBe(true);

  const question = unpackEvent(asked);
  const decision = unpackEvent(answer);
  if (question.type !== "LEARNING_DECISION" || question.subtype !== "REQUEST") {
    throw new Error("the question was changed");
  }
  if (decision.type !== "LEARNING_DECISION" || decision.subtype !== "RESPONSE") {
    throw new Error("the decision was changed");
  }
  const command = toCommand(decision.payload, question.payload);
  lines.push("", "# The command", JSON.stringify(command), formatCommands([command]));
  const polled = formatCommands(expandCommand(command));
  lines.push("# Event bus -> BalatroMCP, GET /api/v1/commands/poll, as the mod of today does it");
  lines.push(polled);
  expect(parseCommands(polled)).toEqual(expandCommand(command));
  return lines.join("\n");
}

describe("a decision, from the mod's event to the mod's command", () => {
  it("in JSON", async () => {
    await expect(play(throughJson)).toMatchFileSnapshot("transcripts/decision-json.txt");
  });

  it("in binary", async () => {
    await expect(play(throughBytes)).toMatchFileSnapshot("transcripts/decision-binary.txt");
  });
});
