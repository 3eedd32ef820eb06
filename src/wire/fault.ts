import type { ErrorCode } from "./error.js";
import type { Step } from "./path.js";
import { previewReceived } from "./preview.js";

/**
 * What a codec throws internally. It is not an Error, because creating a stack trace is slow. The methods
 * of the codec convert it to a ContractError.
 */
export class Fault {
  /** The path of the fault from the outermost message. Each enclosing message adds its step at the front. */
  readonly steps: Step[] = [];

  constructor(
    readonly rule: ErrorCode,
    readonly message: string,
    /** The byte of the input at which a decoder stopped. */
    readonly offset?: number,
    readonly expected?: string,
    readonly received?: string,
  ) {}
}

/** Thrown if the buffer is too small. The codec then starts again with a larger one. */
export const full: unique symbol = Symbol("the buffer is full");

/** Throws for a value that its field does not accept. */
export function wrong(expected: string, value: unknown, rule: ErrorCode = "type"): never {
  const received = previewReceived(value, rule);
  throw new Fault(rule, `expected ${expected}, got ${received}`, undefined, expected, received);
}

/** Throws for bytes that end in the middle of a field. */
export function truncated(offset: number): never {
  throw new Fault("binary.truncated", "the bytes end in the middle of a field", offset);
}

/** Throws for bytes that are not valid protobuf. */
export function malformed(message: string, offset: number): never {
  throw new Fault("binary.malformed", message, offset);
}

/** Throws for a message that is nested too deeply, or contains itself. */
export function tooDeep(offset?: number): never {
  throw new Fault("input.depth", "nested more deeply than 100 messages", offset);
}

/** Throws for a value that is not a message of this type. */
export function wrongMessage(typeName: string, value: unknown): never {
  return wrong(`a ${typeName} message`, value);
}

/** Throws for a case that is not a member of the oneof. */
export function wrongCase(oneof: string, value: unknown): never {
  return wrong(`a member of the oneof ${oneof}`, value);
}

/** Returns a oneof. Throws if there is none. */
export function checkOneof<T>(value: T, oneof: string): T {
  if (value === undefined || value === null) wrongCase(oneof, undefined);
  return value;
}

/** The length of a list. Throws for what is no array, and for the length of a Proxy that is no length. */
export function listLength(list: readonly unknown[]): number {
  const length: unknown = Array.isArray(list) ? list.length : undefined;
  if (typeof length !== "number" || length !== length >>> 0) wrong("an array", list);
  return length;
}

/**
 * Adds the field that was being processed, and an index or key in it, to the front of a thrown
 * {@link Fault}'s path. Returns `thrown`, to be thrown again. An empty name means no field.
 */
export function within(thrown: unknown, field: string | undefined, step?: Step): unknown {
  if (thrown instanceof Fault && field !== undefined && field !== "") {
    if (step === undefined) thrown.steps.unshift(field);
    else thrown.steps.unshift(field, step);
  }
  return thrown;
}
