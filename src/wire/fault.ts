import type { ErrorCode } from "./error.js";
import type { Step } from "./path.js";
import { preview } from "./preview.js";

/**
 * What goes wrong inside a codec. It is no Error, so that throwing it takes no stack trace; the door
 * of the codec makes a ContractError of it.
 */
export class Fault {
  /** Where the fault is, seen from the outermost message; each message on the way out adds its part. */
  readonly steps: Step[] = [];

  constructor(
    readonly rule: ErrorCode,
    readonly message: string,
    /** The byte of the input at which a decoder gave up. */
    readonly offset?: number,
    readonly expected?: string,
    readonly received?: string,
  ) {}
}

/** Thrown when the buffer is too small; the door takes a larger one and begins again. */
export const full: unique symbol = Symbol("the buffer is full");

/** Throws the fault of a value that is not what its field takes. */
export function wrong(expected: string, value: unknown, rule: ErrorCode = "type"): never {
  const received = preview(value);
  throw new Fault(rule, `expected ${expected}, got ${received}`, undefined, expected, received);
}

/** Throws the fault of bytes that end in the middle of something. */
export function truncated(offset: number): never {
  throw new Fault("binary.truncated", "the bytes end in the middle of a field", offset);
}

/** Throws the fault of bytes that are no protobuf. */
export function malformed(message: string, offset: number): never {
  throw new Fault("binary.malformed", message, offset);
}

/** Throws the fault of a message that is nested too deeply, or in itself. */
export function tooDeep(offset?: number): never {
  throw new Fault("input.depth", "nested more deeply than 100 messages", offset);
}

/** Throws the fault of something that is no message of this type. */
export function wrongMessage(typeName: string, value: unknown): never {
  return wrong(`a ${typeName} message`, value);
}

/** Throws the fault of a oneof that has no such member, or none of its shape. */
export function wrongCase(
  oneof: string,
  value: { readonly case?: unknown } | null | undefined,
): never {
  return wrong(`a member of the oneof ${oneof}`, value?.case);
}

/**
 * Adds the field at which a message was to the place of what was thrown in it, and gives it back. An
 * empty name is that of no field.
 */
export function within(thrown: unknown, field: string | undefined, step?: Step): unknown {
  if (thrown instanceof Fault && field !== undefined && field !== "") {
    if (step === undefined) thrown.steps.unshift(field);
    else thrown.steps.unshift(field, step);
  }
  return thrown;
}
