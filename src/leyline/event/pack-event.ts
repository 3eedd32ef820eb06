import { create, isMessage, type Message } from "@bufbuild/protobuf";
import {
  type Duration,
  DurationSchema,
  type Timestamp,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";
import { DeliveryGuarantee, MessagePriority } from "../../../gen/esper/leyline/v1/event_pb.js";
import { readClock } from "../../contract/base/clock.js";
import { attempt, guarded, type Result } from "../../contract/base/result.js";
import type { AnyContract, Contract } from "../../contract/contract.js";
import type { Registry } from "../../contract/registry.js";
import { fromEpochMillis } from "../../contract/rules/time.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import { joinPaths } from "../../wire/path.js";
import { contracts } from "../contracts.js";
import { maxMillis } from "../options.js";
import { EventEnvelope } from "./event.js";
import { encodings, isEncoding, type PayloadEncoding } from "./payload-encodings.js";

/** Where `packEvent` and `unpackEvent` look a payload's contract up. */
export interface UnpackEventOptions<C extends AnyContract = AnyContract> {
  /** The contracts that may be wrapped. Default: all of Leyline. */
  readonly registry?: Registry<C>;
}

/** What {@link packEvent} takes besides the message. */
export interface PackEventOptions extends UnpackEventOptions {
  /** What happened, as a dotted or snake_case name: `training.epoch.completed`. */
  readonly eventType: string;
  /** How the payload is written. Default `protobuf`; `json` is the system's wire JSON in UTF-8. */
  readonly encoding?: PayloadEncoding;
  /** The publishing subsystem. Default empty: not stated. */
  readonly sourceSubsystem?: string;
  /** Default NORMAL. */
  readonly priority?: MessagePriority;
  /** Topics or queues that the event goes to. Default none: the bus decides. */
  readonly routingKeys?: readonly string[];
  /** What joins a request with its answers. Default empty. */
  readonly correlationId?: string;
  /** Milliseconds after which the event should be processed; an integer. Default none. */
  readonly processingDeadlineMillis?: number;
  /** Milliseconds after which the event is worth nothing; an integer. Default none: it never expires. */
  readonly ttlMillis?: number;
  /** Default AT_LEAST_ONCE. */
  readonly deliveryGuarantee?: DeliveryGuarantee;
  /** The most deliveries, from 1 to 3. Default 3. */
  readonly maxAttempts?: number;
  /** Identity of the event. Default what `newId` gives. */
  readonly eventId?: string;
  /** Makes the id of an event. Default a random UUID version 4. */
  readonly newId?: () => string;
  /** The time in milliseconds since 1970; a fraction is cut off. Default `Date.now`. */
  readonly now?: () => number;
}

/** The defaults of {@link PackEventOptions}, where a value is one. */
export const packEventDefaults = Object.freeze({
  encoding: "protobuf",
  sourceSubsystem: "",
  priority: MessagePriority.NORMAL,
  routingKeys: Object.freeze([]),
  correlationId: "",
  deliveryGuarantee: DeliveryGuarantee.AT_LEAST_ONCE,
  maxAttempts: 3,
  newId: () => globalThis.crypto.randomUUID(),
  now: () => Date.now(),
}) satisfies Partial<PackEventOptions>;

/**
 * The first delivery of a message as an event: `payload_type` is its full name, `content_encoding` the
 * way the payload is written, `current_attempt` 1. The message must keep its rules; its own size budget
 * does not matter here, because the envelope travels, and `EventEnvelope.encode` holds that against its
 * 1,024 bytes. Throws ContractError `payload.type` for a message that the registry does not have,
 * `payload.encoding` for an encoding of another name, and what the rules of both messages throw.
 * Document: the Leyline document, "EventEnvelope".
 *
 *     const event = packEvent(command, { eventType: "adaptation.command.issued", sourceSubsystem: "tamiyo" });
 *     const bytes = EventEnvelope.encode(event);
 */
export function packEvent(message: Message, options: PackEventOptions): EventEnvelope {
  return guarded("convert", EventEnvelope.typeName, () => {
    const settings = { ...packEventDefaults, registry: contracts, ...options };
    const { encoding, newId, now, ttlMillis, processingDeadlineMillis } = settings;
    const contract = contractOf(message, settings.registry);
    if (!isEncoding(encoding)) return refuse(wrongEncoding("encoding", encoding));
    const { eventId = newId() } = settings;
    const time = readClock("convert", EventEnvelope.typeName, now);
    const event = EventEnvelope.create({
      eventId,
      eventType: settings.eventType,
      sourceSubsystem: settings.sourceSubsystem,
      payload: encodings[encoding].write(contract, message),
      payloadType: contract.typeName,
      createdAt: timestampOf(time),
      contentEncoding: encoding,
      priority: settings.priority,
      routingKeys: [...settings.routingKeys],
      correlationId: settings.correlationId,
      deliveryGuarantee: settings.deliveryGuarantee,
      maxAttempts: settings.maxAttempts,
      currentAttempt: 1,
    });
    if (ttlMillis !== undefined) event.ttl = durationOf("ttlMillis", ttlMillis);
    if (processingDeadlineMillis !== undefined) {
      event.processingDeadline = durationOf("processingDeadlineMillis", processingDeadlineMillis);
    }
    return EventEnvelope.check(event);
  });
}

/** What {@link packEvent} gives or throws, as a value. */
export function safePackEvent(message: Message, options: PackEventOptions): Result<EventEnvelope> {
  return attempt(() => packEvent(message, options));
}

type MessageIn<C> = C extends Contract<infer M, unknown> ? M : never;

/** The messages of a registry, told apart by `$typeName`. */
export type EventPayload<R> = R extends Registry<infer C> ? MessageIn<C> : never;

/**
 * The message of an event; it keeps all rules. `payload_type` is the full name of a type of the
 * registry, its last word alone (`AdaptationCommand`), or the full name without its version
 * (`esper.leyline.AdaptationCommand`); `content_encoding` is `protobuf`, `json`, or empty, which means
 * `protobuf`. Throws ContractError `payload.type` when the name is that of none or of several types,
 * `payload.encoding` for any other encoding, and what the payload's own reader throws, with paths that
 * begin with `payload`. The event stays as it is, so what cannot be unwrapped can go to the dead
 * letters. Document: the Leyline document, "EventEnvelope".
 *
 *     const message = unpackEvent(EventEnvelope.decode(bytes));
 *     if (message.$typeName === "esper.leyline.v1.AdaptationCommand") message.commandId;
 */
export function unpackEvent(event: EventEnvelope): EventPayload<typeof contracts>;
export function unpackEvent<C extends AnyContract>(
  event: EventEnvelope,
  options: UnpackEventOptions<C>,
): MessageIn<C>;
export function unpackEvent(event: EventEnvelope, options: UnpackEventOptions = {}): unknown {
  return guarded("convert", EventEnvelope.typeName, () => {
    const { payload, payloadType, contentEncoding } = EventEnvelope.check(event);
    const { registry = contracts } = options;
    const contract = contractNamed(payloadType, registry);
    const encoding = contentEncoding === "" ? packEventDefaults.encoding : contentEncoding;
    if (!isEncoding(encoding)) return refuse(wrongEncoding("content_encoding", encoding));
    const result = attempt(() => encodings[encoding].read(contract, payload));
    if (result.ok) return result.value;
    const [first, ...others] = result.error.issues.map(within);
    throw first === undefined
      ? result.error
      : new ContractError("convert", EventEnvelope.typeName, first, others);
  });
}

/** What {@link unpackEvent} gives or throws, as a value. */
export function safeUnpackEvent(event: EventEnvelope): Result<EventPayload<typeof contracts>>;
export function safeUnpackEvent<C extends AnyContract>(
  event: EventEnvelope,
  options: UnpackEventOptions<C>,
): Result<MessageIn<C>>;
export function safeUnpackEvent(
  event: EventEnvelope,
  options: UnpackEventOptions = {},
): Result<unknown> {
  return attempt(() => unpackEvent(event, options));
}

function refuse(issue: ContractIssue): never {
  throw new ContractError("convert", EventEnvelope.typeName, issue);
}

function wrongEncoding(key: string, encoding: unknown): ContractIssue {
  return mismatch(key, "payload.encoding", "protobuf or json", encoding);
}

function contractOf(message: unknown, registry: Registry): AnyContract {
  const typeName = isMessage(message) ? message.$typeName : undefined;
  const contract = typeName === undefined ? undefined : registry.get(typeName);
  if (contract !== undefined) return contract;
  const expected = "a message of a type that the registry has";
  return refuse(mismatch("", "payload.type", expected, typeName ?? message));
}

/** The contract that a `payload_type` names. */
function contractNamed(name: string, registry: Registry): AnyContract {
  const exact = registry.get(name);
  if (exact !== undefined) return exact;
  const named = [...registry].filter(({ typeName }) => shortNames(typeName).includes(name));
  const [contract] = named;
  if (contract !== undefined && named.length === 1) return contract;
  const count = named.length === 0 ? "a type" : `one type, not ${named.length},`;
  return refuse(
    mismatch("payload_type", "payload.type", `the name of ${count} that the registry has`, name),
  );
}

/** Its last word, and the name without its version. */
function shortNames(typeName: string): readonly string[] {
  const words = typeName.split(".");
  const last = words.pop() ?? "";
  return [last, [...words.slice(0, -1), last].join(".")];
}

/** An issue of the payload, told of the event. */
function within(issue: ContractIssue): ContractIssue {
  return { ...issue, path: joinPaths("payload", issue.path) };
}

function timestampOf(millis: number): Timestamp {
  const instant = fromEpochMillis(Math.floor(millis));
  if (instant !== undefined) return create(TimestampSchema, instant);
  return refuse(mismatch("now", "config", "a time of the years 1 to 9999", millis));
}

function durationOf(key: string, millis: number): Duration {
  if (Number.isInteger(millis) && millis > 0 && millis <= maxMillis) {
    const seconds = Math.floor(millis / 1000);
    const nanos = (millis - seconds * 1000) * 1_000_000;
    return create(DurationSchema, { seconds: BigInt(seconds), nanos });
  }
  return refuse(mismatch(key, "config", `an integer from 1 to ${maxMillis}`, millis));
}
