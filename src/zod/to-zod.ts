import type { Message } from "@bufbuild/protobuf";
import * as z from "zod";
import type { JsonResult, Result } from "../contract/base/result.js";
import type { Contract } from "../contract/contract.js";
import type { JsonContract } from "../contract/json-contract.js";
import type { SchemaSource } from "../contract/model/json-schema-keywords.js";
import { toJsonSchema } from "../contract/schema/json-schema.js";
import { parsePath } from "../wire/path.js";

/** A zod codec: wire JSON of type `J` in, a message of type `M` out, and back with `z.encode`. */
export type ZodContract<M, J> = z.ZodCodec<z.ZodCustom<J, J>, z.ZodCustom<M, M>>;

/** What `toZod` needs of a contract or of a message that exists in JSON only. */
interface Converter<M, J> {
  readonly typeName: string;
  readonly definition: SchemaSource;
  safeFromJson(json: unknown): JsonResult<M>;
  safeToJson(message: M): Result<J>;
}

/** One codec for each contract, because zod's registry takes an id once. */
const codecs = new WeakMap<object, unknown>();

/**
 * The zod codec of a contract, for `z.object`, unions, arrays, `.optional()` and whatever else takes a zod
 * schema: `z.decode(toZod(RouteRequest), json)` gives a message, `z.encode` its wire JSON. Its issues carry
 * the contract's paths and texts; `params.rule` is the contract's own code. `z.toJSONSchema(…, { io:
 * "input" })` puts the contract's JSON Schema under `$defs`, once; a message itself is no JSON, so that
 * zod refuses `io: "output"`. Calls for the same contract return the same codec.
 */
export function toZod<M extends Message, J>(contract: Contract<M, J>): ZodContract<M, J>;
/** The zod codec of a message that exists in JSON only; both of its sides are wire JSON. */
export function toZod<T>(contract: JsonContract<T>): ZodContract<T, T>;
export function toZod<M, J>(contract: Converter<M, J>): ZodContract<M, J> {
  const known = codecs.get(contract);
  // biome-ignore lint/suspicious/noExplicitAny: the codec of a contract has the contract's types.
  if (known !== undefined) return known as any;
  const codec = createCodec(contract);
  codecs.set(contract, codec);
  return codec;
}

function createCodec<M, J>(contract: Converter<M, J>): ZodContract<M, J> {
  const { typeName } = contract;
  const wire = z.custom<J>();
  const message = z.custom<M>();
  const codec = z.codec(wire, message, {
    decode: (json, payload) => valueIn(contract.safeFromJson(json), payload),
    encode: (value, payload) => valueIn(contract.safeToJson(value), payload),
  });
  // On both sides and not on the codec, whose `check` makes a copy without it.
  wire._zod.processJSONSchema = ({ target }, schema) => {
    if (target !== "draft-2020-12") {
      throw new Error(`the JSON Schema of ${typeName} is draft 2020-12, not ${target}`);
    }
    Object.assign(schema, toJsonSchema(contract));
  };
  message._zod.processJSONSchema = ({ unrepresentable }, _schema, { path }) => {
    if (unrepresentable === "any") return;
    const place = path.length === 0 ? "" : ` at ${path.join(".")}`;
    throw new Error(`a ${typeName} message${place} is not JSON; use { io: "input" }`);
  };
  // With an id, zod puts the schema under $defs. Inlined twice, its $id would be there twice.
  z.globalRegistry.add(wire, { id: typeName });
  return codec;
}

/** The value of a result. Adds the issues of an error to those that zod collects. */
function valueIn<T>(result: Result<T>, payload: z.core.ParsePayload): T {
  if (result.ok) return result.value;
  for (const { path, message, ...params } of result.error.issues) {
    const input = payload.value;
    payload.issues.push({ code: "custom", path: parsePath(path), message, input, params });
  }
  return z.NEVER;
}
