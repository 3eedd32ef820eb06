import type { Meter } from "@opentelemetry/api";
import { type ErrorCode, isContractError } from "../wire/error.js";

/** Buckets in microseconds. 20, 40, 80 and 120 are the documents' targets, 1000 is their maximum timeout. */
const durationBoundaries = [1, 2, 5, 10, 20, 40, 80, 120, 250, 500, 1000, 10_000];

/** Buckets in bytes. 280, 1024 and 262144 are the budgets of Leyline's messages. */
const sizeBoundaries = [32, 64, 128, 200, 280, 512, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

const enumCodes: ReadonlySet<ErrorCode> = new Set(["enum", "enum.unknown"]);
const limitCodes: ReadonlySet<ErrorCode> = new Set(["input.bytes", "input.depth"]);

/** The documents' metrics for one message type. */
export interface LeylineMetrics {
  /** Records a successful serialization. */
  serialized(micros: number, bytes: number): void;
  /** Counts a failed serialization. */
  failed(error: unknown): void;
  /** Counts a message that any method rejected. */
  refused(error: unknown): void;
}

/** A message type whose methods are measured. */
export interface MessageType {
  readonly typeName: string;
  /** Maximum duration of a serialization, in microseconds. */
  readonly encodeMicros: number | undefined;
  /** Whether its `version` is a constant, so that any other value is a version mismatch. */
  readonly hasVersion: boolean;
}

/**
 * Creates the metrics. Returns a function from a message type to its metrics. Documents: the Leyline
 * document, "Metrics"; the Leyline enums and constants.
 */
export function createLeylineMetrics(meter: Meter): (type: MessageType) => LeylineMetrics {
  const duration = meter.createHistogram("leyline.serialization.duration_us", {
    description: "Time to serialize a message, its rules included",
    unit: "us",
    advice: { explicitBucketBoundaries: [...durationBoundaries] },
  });
  const size = meter.createHistogram("leyline.message.size_bytes", {
    description: "Size of a serialized message",
    unit: "By",
    advice: { explicitBucketBoundaries: [...sizeBoundaries] },
  });
  const failures = meter.createCounter("leyline.serialization.failures", {
    description: "Messages that were not serialized",
    unit: "{failure}",
  });
  const violations = meter.createCounter("leyline.budget.violations", {
    description: "Messages larger, or slower to serialize, than their budget",
    unit: "{violation}",
  });
  const mismatches = meter.createCounter("leyline.version.mismatches", {
    description: "Messages refused because of their version",
    unit: "{message}",
  });
  const enums = meter.createCounter("leyline.enum.invalid", {
    description: "Messages refused because of an enum value",
    unit: "{message}",
  });
  const limits = meter.createCounter("leyline.limit.exceeded", {
    description: "Messages refused because of their length or depth",
    unit: "{message}",
  });
  return ({ typeName: message_type, encodeMicros = Number.POSITIVE_INFINITY, hasVersion }) => {
    const attributes = Object.freeze({ message_type });
    return {
      serialized(micros, bytes) {
        duration.record(micros, attributes);
        size.record(bytes, attributes);
        if (micros > encodeMicros) violations.add(1, { message_type, budget: "encode_us" });
      },
      failed(error) {
        const code = codeOf(error);
        failures.add(1, { message_type, code });
        if (code === "budget.size") violations.add(1, { message_type, budget: "max_bytes" });
      },
      refused(error) {
        if (!isContractError(error)) return;
        const { issues } = error;
        const version = hasVersion && issues.find(({ path }) => path === "version");
        const invalid = issues.find(({ rule }) => enumCodes.has(rule));
        const beyond = issues.find(({ rule }) => limitCodes.has(rule));
        if (version) mismatches.add(1, { message_type, code: version.rule });
        if (invalid) enums.add(1, { message_type, code: invalid.rule });
        if (beyond) limits.add(1, { message_type, code: beyond.rule });
      },
    };
  };
}

/** The code of a ContractError; `_OTHER`, OpenTelemetry's name for everything else, for other errors. */
export function codeOf(error: unknown): string {
  return isContractError(error) ? error.code : "_OTHER";
}
