import { create, isMessage, type Message } from "@bufbuild/protobuf";
import {
  type Duration,
  DurationSchema,
  type Timestamp,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";
import { DeliveryGuarantee, MessagePriority } from "../../../gen/esper/leyline/v1/event_pb.js";
import { readClock } from "../../contract/base/clock.js";
import type { UnknownKeys } from "../../contract/base/dialect.js";
import { didYouMean } from "../../contract/base/nearest.js";
import {
  type AnyReadResult,
  attempt,
  attemptRead,
  guarded,
  type Result,
} from "../../contract/base/result.js";
import type { AnyContract, Contract } from "../../contract/contract.js";
import type { Registry } from "../../contract/registry.js";
import { fromEpochMillis } from "../../contract/rules/time.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import { joinPaths } from "../../wire/path.js";
import { contracts } from "../contracts.js";
import { maxMillis } from "../options.js";
import { EventEnvelope } from "./event.js";
import { assertPackOptions, assertUnpackOptions, callNewId } from "./event-options.js";
import {
  encodings,
  isEncoding,
  type PayloadEncoding,
  type ReadPayload,
} from "./payload-encodings.js";

/** Options of {@link unpackEvent}. */
export interface UnpackEventOptions<C extends AnyContract = AnyContract> {
  /** The contracts of possible payloads. Default: all of Leyline. */
  readonly registry?: Registry<C>;
  /** What to do with unknown keys of a payload in JSON. Default `refuse`; `report` leaves them out. */
  readonly unknownKeys?: UnknownKeys;
}

/** Options of {@link packEvent}. */
export interface PackEventOptions extends Pick<UnpackEventOptions, "registry"> {
  /** What happened, as a dotted or snake_case name such as `training.epoch.completed`. */
  readonly eventType: string;
  /** Encoding of the payload. Default `protobuf`; `json` is the wire JSON in UTF-8. */
  readonly encoding?: PayloadEncoding;
  /** The publishing subsystem. Default empty: not set. */
  readonly sourceSubsystem?: string;
  /** Default NORMAL. */
  readonly priority?: MessagePriority;
  /** Topics or queues for the event. Default none: the bus decides. */
  readonly routingKeys?: readonly string[];
  /** Id that a request and its answers share. Default empty. */
  readonly correlationId?: string;
  /** Processing deadline in milliseconds from now, an integer. Default none. */
  readonly processingDeadlineMillis?: number;
  /** Time to live in milliseconds, an integer. Default none: the event never expires. */
  readonly ttlMillis?: number;
  /** Default AT_LEAST_ONCE. */
  readonly deliveryGuarantee?: DeliveryGuarantee;
  /** Maximum number of deliveries, 1 to 3. Default 3. */
  readonly maxAttempts?: number;
  /** Id of the event. Default: the result of `newId`. */
  readonly eventId?: string;
  /** Returns a new id. Default: a random UUID version 4. */
  readonly newId?: () => string;
  /** The current time in milliseconds since 1970; fractions are cut off. Default `Date.now`. */
  readonly now?: () => number;
}

/** The defaults of {@link PackEventOptions}, for options that have a constant default. */
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

const packOptionNames: readonly string[] = Object.keys({
  registry: true,
  eventType: true,
  encoding: true,
  sourceSubsystem: true,
  priority: true,
  routingKeys: true,
  correlationId: true,
  processingDeadlineMillis: true,
  ttlMillis: true,
  deliveryGuarantee: true,
  maxAttempts: true,
  eventId: true,
  newId: true,
  now: true,
} satisfies Record<keyof PackEventOptions, true>);

/**
 * Packs a message into an event for its first delivery: `payload_type` is the full name of its type,
 * `content_encoding` the encoding of the payload, `current_attempt` 1. The size budget of the message
 * itself is not checked, because the envelope is what travels: `EventEnvelope.encode` checks that against
 * its 1,024 bytes. Throws ContractError `payload.type` if the registry does not have the message's type,
 * `payload.encoding` for an unknown encoding, `config` for no event type, an unknown option or one of a wrong type, or a wrong time or duration, and the
 * code of the first rule that the message or the envelope breaks.
 * Document: the Leyline document, "EventEnvelope".
 *
 *     const event = packEvent(command, { eventType: "adaptation.command.issued", sourceSubsystem: "tamiyo" });
 *     const bytes = EventEnvelope.encode(event);
 */
export function packEvent(message: Message, options: PackEventOptions): EventEnvelope {
  return guarded("convert", EventEnvelope.typeName, () => {
    assertPackOptions(options, packOptionNames);
    const settings = { ...packEventDefaults, registry: contracts, ...options };
    const { encoding, newId, now, ttlMillis, processingDeadlineMillis } = settings;
    const contract = contractOf(message, settings.registry);
    if (!isEncoding(encoding)) return refuse(wrongEncoding("encoding", encoding));
    const { eventId = callNewId(newId) } = settings;
    const time = readClock("convert", EventEnvelope.typeName, now);
    const event = EventEnvelope.create({
      eventId,
      eventType: settings.eventType,
      sourceSubsystem: settings.sourceSubsystem,
      payload: encodings[encoding].write(contract, message),
      payloadType: contract.typeName,
      createdAt: toTimestamp(time),
      contentEncoding: encoding,
      priority: settings.priority,
      routingKeys: [...settings.routingKeys],
      correlationId: settings.correlationId,
      deliveryGuarantee: settings.deliveryGuarantee,
      maxAttempts: settings.maxAttempts,
      currentAttempt: 1,
    });
    if (ttlMillis !== undefined) event.ttl = toDuration("ttlMillis", ttlMillis);
    if (processingDeadlineMillis !== undefined) {
      event.processingDeadline = toDuration("processingDeadlineMillis", processingDeadlineMillis);
    }
    return EventEnvelope.check(event);
  });
}

/** Like {@link packEvent}, but returns the error instead of throwing it. */
export function safePackEvent(message: Message, options: PackEventOptions): Result<EventEnvelope> {
  return attempt(() => packEvent(message, options));
}

type MessageIn<C> = C extends Contract<infer M, unknown> ? M : never;

/** The message types of a registry, as a union discriminated by `$typeName`. */
export type EventPayload<R> = R extends Registry<infer C> ? MessageIn<C> : never;

/**
 * Unpacks the message of an event and checks its rules. `payload_type` may be the full name of a type in
 * the registry, its last part alone (`AdaptationCommand`), or the full name without the version
 * (`esper.leyline.AdaptationCommand`); `content_encoding` is `protobuf`, `json`, or empty, which means
 * `protobuf`. Throws ContractError `payload.type` if no type or several types have the name,
 * `payload.encoding` for another encoding, `config` for wrong or unknown options, and the errors of decoding the payload, with paths that begin
 * with `payload`. The event is not changed, so it can still go to the dead letters. Document: the Leyline document, "EventEnvelope".
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
  return readPayload(event, options).value;
}

function readPayload(event: EventEnvelope, options: UnpackEventOptions): ReadPayload {
  return guarded("convert", EventEnvelope.typeName, () => {
    const { payload, payloadType, contentEncoding } = EventEnvelope.check(event);
    assertUnpackOptions(options);
    const { registry = contracts, unknownKeys } = options;
    const contract = contractNamed(payloadType, registry);
    const encoding = contentEncoding === "" ? packEventDefaults.encoding : contentEncoding;
    if (!isEncoding(encoding)) return refuse(wrongEncoding("content_encoding", encoding));
    const result = attempt(() => encodings[encoding].read(contract, payload, unknownKeys));
    if (result.ok) return placedInPayload(result.value);
    const [first, ...others] = result.error.issues.map(inPayload);
    throw first === undefined
      ? result.error
      : new ContractError("convert", EventEnvelope.typeName, first, others);
  });
}

/**
 * Like {@link unpackEvent}, but returns the error instead of throwing it. A success lists in `tolerated` what
 * the sender must not do, and in `unknownKeys` the keys that were left out; their paths begin with `payload` too.
 */
export function safeUnpackEvent(
  event: EventEnvelope,
): AnyReadResult<EventPayload<typeof contracts>>;
export function safeUnpackEvent<C extends AnyContract>(
  event: EventEnvelope,
  options: UnpackEventOptions<C>,
): AnyReadResult<MessageIn<C>>;
export function safeUnpackEvent(
  event: EventEnvelope,
  options: UnpackEventOptions = {},
): AnyReadResult<unknown> {
  return attemptRead(() => readPayload(event, options));
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
  const hint = didYouMean(typeName, typeNamesOf(registry));
  return refuse(mismatch("", "payload.type", expected, typeName ?? message, hint));
}

function typeNamesOf(registry: Registry): string[] {
  return [...registry].map(({ typeName }) => typeName);
}

/** The contract for a `payload_type`. */
function contractNamed(name: string, registry: Registry): AnyContract {
  const exact = registry.get(name);
  if (exact !== undefined) return exact;
  const named = [...registry].filter(({ typeName }) => shortNames(typeName).includes(name));
  const [contract] = named;
  if (contract !== undefined && named.length === 1) return contract;
  const count = named.length === 0 ? "a type" : `one type, not ${named.length},`;
  const expected = `the name of ${count} that the registry has`;
  const known = typeNamesOf(registry).flatMap((typeName) => [typeName, ...shortNames(typeName)]);
  const hint = named.length === 0 ? didYouMean(name, known) : "";
  return refuse(mismatch("payload_type", "payload.type", expected, name, hint));
}

/** The last part of a full name, and the full name without the version. */
function shortNames(typeName: string): readonly string[] {
  const parts = typeName.split(".");
  const last = parts.pop() ?? "";
  return [last, [...parts.slice(0, -1), last].join(".")];
}

/** What was read of a payload, with paths in the event. */
function placedInPayload({ value, tolerated, unknownKeys }: ReadPayload): ReadPayload {
  return {
    value,
    ...(tolerated === undefined ? {} : { tolerated: tolerated.map(inPayload) }),
    ...(unknownKeys === undefined
      ? {}
      : { unknownKeys: unknownKeys.map((path) => joinPaths("payload", path)) }),
  };
}

/** An issue of the payload with its path in the event. */
function inPayload(issue: ContractIssue): ContractIssue {
  return { ...issue, path: joinPaths("payload", issue.path) };
}

function toTimestamp(millis: number): Timestamp {
  const instant = fromEpochMillis(Math.floor(millis));
  if (instant !== undefined) return create(TimestampSchema, instant);
  return refuse(mismatch("now", "config", "a time of the years 1 to 9999", millis));
}

function toDuration(key: string, millis: number): Duration {
  if (Number.isInteger(millis) && millis > 0 && millis <= maxMillis) {
    const seconds = Math.floor(millis / 1000);
    const nanos = (millis - seconds * 1000) * 1_000_000;
    return create(DurationSchema, { seconds: BigInt(seconds), nanos });
  }
  return refuse(mismatch(key, "config", `an integer from 1 to ${maxMillis}`, millis));
}
