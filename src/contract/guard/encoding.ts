import { isFieldSet, type Message } from "@bufbuild/protobuf";
import { isContractError } from "../../wire/error.js";
import { guarded } from "../base/result.js";
import { readOptions } from "../base/settings.js";
import type { Contract } from "../contract.js";
import { contractDefaults, type EncodeOptions, readBinaryOptions } from "../options.js";
import { assertSize } from "../parts/budget.js";
import { type PartsOptions, readPartsOptions } from "../parts/parts.js";
import type { BreakerCall } from "./breaker.js";
import type { GuardedType, Monitor } from "./monitor.js";

/** One encoding, as {@link encodeMonitored} runs it. */
interface Encoding<T> {
  /** The limit of the message or of each part, in bytes. */
  readonly maxBytes: number | undefined;
  /** Number of top-level fields that are set; only called if there is a logger or listener. */
  readonly fieldCount: () => number;
  readonly work: () => T;
  /** The size of the result or of each part, in bytes. */
  readonly sizesOf: (result: T) => readonly number[];
}

/** Encodes a message as a whole. */
export function encodeWhole<M extends Message>(
  monitor: Monitor,
  contract: Contract<M>,
  message: M,
  options: EncodeOptions | undefined,
): Uint8Array {
  const type = monitor.typeOf("encode", contract);
  const own = options === undefined ? {} : checkedOptions(type, options);
  const { budget = contractDefaults.budget } = own;
  const maxBytes = budget ? type.maxBytes : undefined;
  const isOwn = maxBytes === contract.budget.maxBytes;
  return encodeMonitored(monitor, type, {
    maxBytes,
    fieldCount: () => countFields(contract, message),
    work() {
      const bytes = contract.encode(message, { ...own, budget: isOwn });
      if (!isOwn && maxBytes !== undefined) {
        const { alternative, definition, schema } = contract;
        const { keys } = definition.dialect;
        assertSize(schema, bytes, maxBytes, { keys, alternative });
      }
      return bytes;
    },
    sizesOf: ({ length }) => [length],
  });
}

/** Encodes a message in parts. */
export function encodeInParts<M extends Message>(
  monitor: Monitor,
  contract: Contract<M>,
  message: M,
  options: PartsOptions = {},
): Uint8Array[] {
  const type = monitor.typeOf("encode", contract);
  const { maxBytes } = type;
  // Before the breaker: wrong options are no failure of the message.
  readPartsOptions(type.typeName, options);
  const limit = maxBytes === undefined ? {} : { maxBytes };
  return encodeMonitored(monitor, type, {
    maxBytes,
    fieldCount: () => countFields(contract, message),
    work: () => contract.encodeParts(message, { ...options, ...limit }),
    sizesOf: (parts) => parts.map(({ length }) => length),
  });
}

/** A copy of the options of one call. Throws ContractError `config` for wrong options, before the breaker counts. */
function checkedOptions({ typeName }: GuardedType, options: EncodeOptions): EncodeOptions {
  const own = readOptions(typeName, options, () => {});
  readBinaryOptions(typeName, own, contractDefaults);
  return own;
}

/** Runs an encoding as one call of the type's breaker, and emits its outcome. */
function encodeMonitored<T>(monitor: Monitor, type: GuardedType, encoding: Encoding<T>): T {
  const { typeName } = type;
  const call = begin(monitor, type);
  if (monitor.hasSubscriber) {
    monitor.emit({ kind: "started", typeName, fieldCount: encoding.fieldCount() }, type);
  }
  const start = monitor.now();
  let result: T;
  try {
    result = guarded("encode", typeName, encoding.work);
  } catch (error) {
    const isOversize = isContractError(error) && error.code === "budget.size";
    try {
      const durationMicros = monitor.microsSince(start);
      const kind = isOversize ? "oversize" : "failed";
      if (isContractError(error)) monitor.emit({ kind, typeName, durationMicros, error }, type);
    } finally {
      // Also if the clock fails: a call without a report would take the place of a trial call.
      if (isOversize) call.succeed();
      else call.fail();
    }
    throw error;
  }
  call.succeed();
  const durationMicros = monitor.microsSince(start);
  const { maxBytes } = encoding;
  const maxMicros = monitor.settings.serialization_timeout_us;
  const event = {
    kind: "encoded",
    typeName,
    durationMicros,
    sizes: encoding.sizesOf(result),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    maxMicros,
    slow: durationMicros > maxMicros,
  } as const;
  monitor.emit(event, type);
  return result;
}

function begin(monitor: Monitor, type: GuardedType): BreakerCall {
  try {
    return type.breaker.begin();
  } catch (error) {
    if (isContractError(error) && error.code === "breaker.open") {
      monitor.emit({ kind: "denied", typeName: type.typeName, error }, type);
    }
    throw error;
  }
}

/** Number of top-level fields that are set; 0 for a message that cannot be read, which encoding refuses. */
function countFields(contract: Contract, message: unknown): number {
  try {
    if (!contract.is(message)) return 0;
    return contract.schema.fields.filter((field) => isFieldSet(message, field)).length;
  } catch {
    return 0;
  }
}
