import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { attempt } from "../../contract/base/result.js";
import { AdaptationCommand } from "../command.js";

/** A signature that stood in its own command, and the bytes that it signs. */
export interface LegacySignature {
  readonly signature: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The signature in `annotations` of a command's bytes, undefined where there is none, with what it was
 * made over: the command without it, encoded with the entries of maps in the order of their keys. Keys
 * that are whole numbers stand before others whatever their order, so such a command keeps no signature.
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
