import { isPlainObject } from "../../contract/base/plain-data.js";
import { guarded, type JsonResult } from "../../contract/base/result.js";
import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  type JsonFields,
  type JsonGroup,
} from "../../contract/json-contract.js";
import type { Report } from "../../contract/model/definition.js";
import type { FieldRule } from "../../contract/model/field-rule.js";

/**
 * Creates the contract of a reply that exists in JSON only. It differs from `createJsonContract` in one
 * point: where a key may be absent, null is read as an absent key, because the Router and the gateway write
 * it so. It is neither checked nor written.
 */
export function createReplyContract<F extends JsonFields>(
  typeName: string,
  fields: F,
  refine?: (value: JsonContractValue<F>, report: Report) => void,
): JsonContract<JsonContractValue<F>> {
  type T = JsonContractValue<F>;
  const contract: JsonContract<T> = createJsonContract(typeName, fields, refine);
  const again = (
    result: JsonResult<T>,
    parse: () => unknown,
    read: (json: unknown) => JsonResult<T>,
  ): JsonResult<T> => {
    // A refused null is a wrong type. Other faults, such as one of the text, are the same without it.
    if (result.ok || !result.error.issues.some(({ rule }) => rule === "type")) return result;
    const json = parse();
    const cleaned = guarded("decode from JSON", typeName, () => withoutNulls(json, fields));
    return cleaned === json ? result : read(cleaned);
  };
  const reply: JsonContract<T> = {
    ...contract,
    fromJson: (...given) => unwrap(reply.safeFromJson(...given)),
    safeFromJson: (json, ...more) =>
      again(
        contract.safeFromJson(json, ...more),
        () => json,
        (cleaned) => contract.safeFromJson(cleaned, ...more),
      ),
    fromJsonText: (...given) => unwrap(reply.safeFromJsonText(...given)),
    safeFromJsonText: (text, ...more) =>
      again(
        contract.safeFromJsonText(text, ...more),
        () => JSON.parse(text),
        (cleaned) => contract.safeFromJson(cleaned, ...more),
      ),
  };
  return reply;
}

/** The same object if it has no null where a key may be absent; otherwise a copy without those keys. */
function withoutNulls(json: unknown, fields: JsonFields): unknown {
  if (!isPlainObject(json)) return json;
  let isChanged = false;
  const kept = Object.entries(json).flatMap(([key, value]): [string, unknown][] => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field === undefined) return [[key, value]];
    if (value === null && !field.presence.required && !takesNull(field)) {
      isChanged = true;
      return [];
    }
    const inner = "fields" in field ? withoutNulls(value, field.fields) : value;
    if (inner !== value) isChanged = true;
    return [[key, inner]];
  });
  return isChanged ? Object.fromEntries(kept) : json;
}

/** Whether null is a value of the field: only where any JSON is. */
function takesNull(field: FieldRule | JsonGroup): boolean {
  if ("fields" in field) return false;
  const { kind } = field.parts;
  return kind.kind === "message" && kind.message.typeName === "google.protobuf.Value";
}

function unwrap<T>(result: JsonResult<T>): T {
  if (result.ok) return result.value;
  throw result.error;
}
