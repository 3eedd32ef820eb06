import { ContractError, mismatch } from "./error.js";

/** Default maximum size of a message, in bytes: 4 MiB, as in gRPC. */
export const defaultMaxBytes: number = 4 * 1024 * 1024;
/** Default maximum number of elements of a message: sub-messages, texts, byte arrays, map entries and unknown fields. */
export const defaultMaxElements = 1_000_000;

/** The text after "expected" for a value that is not a limit. */
export const expectedLimit = "a whole number of at least 1, or Infinity";

/** Whether a value is a limit: a whole number of at least 1, or Infinity, which is no limit. */
export function isLimit(value: unknown): value is number {
  return typeof value === "number" && value >= 1 && (value === Infinity || Number.isInteger(value));
}

/** A limit of a caller's options, or its default if it is not set. Throws ContractError `config` for any other value. */
export function readLimit(name: string, key: string, value: unknown, standard: number): number {
  if (value === undefined) return standard;
  if (isLimit(value)) return value;
  throw new ContractError("configure", name, mismatch(key, "config", expectedLimit, value));
}

/** A switch of a caller's options; false if it is not set. Throws ContractError `config` for anything but a boolean. */
export function readSwitch(name: string, key: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === "boolean") return value;
  throw new ContractError("configure", name, mismatch(key, "config", "a boolean", value));
}

/** The options of a caller, read by `read`. Throws ContractError `config` for a value that is not an object or cannot be read. */
export function readWireOptions<O extends object, R>(
  name: string,
  options: O,
  read: (options: O) => R,
): R {
  try {
    if (typeof options === "object" && options !== null && !Array.isArray(options)) {
      return read(options);
    }
  } catch (thrown) {
    if (thrown instanceof ContractError) throw thrown;
    const message = "reading the value threw an error";
    throw new ContractError("configure", name, { path: "", rule: "config", message });
  }
  throw new ContractError("configure", name, mismatch("", "config", "an object", options));
}
