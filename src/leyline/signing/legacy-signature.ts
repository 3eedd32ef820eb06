import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { attempt } from "../../contract/base/result.js";
import { AdaptationCommand } from "../command.js";

/** A signature that was inside the command itself, and the bytes that it signs. */
export interface LegacySignature {
  readonly signature: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads the signature in `annotations` of an encoded command; undefined if there is none. The signed bytes
 * are the command without the signature, encoded with map entries sorted by key. JavaScript moves keys
 * that are whole numbers to the front, so the signature of a command with such keys may not be valid.
 */
export function readLegacySignature(bytes: Uint8Array): LegacySignature | undefined {
  const decoded = attempt(() => AdaptationCommand.codec.decode(bytes));
  if (!decoded.ok) return undefined;
  const command = decoded.value;
  const { signature, ...annotations } = command.annotations;
  if (signature === undefined) return undefined;
  command.annotations = sorted(annotations);
  const { payload } = command;
  switch (payload.case) {
    case "seedOperation":
      payload.value.parameters = sorted(payload.value.parameters);
      break;
    case "optimizerAdjustment":
      payload.value.hyperparameters = sorted(payload.value.hyperparameters);
      break;
    case "rollbackPayload":
      payload.value = sortedStruct(payload.value);
      break;
  }
  return { signature, bytes: new Uint8Array(AdaptationCommand.codec.encode(command)) };
}

function sorted<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sortedStruct(struct: JsonObject): JsonObject {
  const entries = Object.entries(sorted(struct));
  return Object.fromEntries(entries.map(([key, value]) => [key, sortedValue(value)]));
}

function sortedValue(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortedValue);
  return typeof value === "object" && value !== null ? sortedStruct(value) : value;
}
