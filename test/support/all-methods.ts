import { fromJson, type JsonValue, toBinary } from "@bufbuild/protobuf";
import { Context } from "../../src/contract/base/context.js";
import type { AnyContract } from "../../src/contract/contract.js";

/** JSON converted to a message, to bytes, and back. */
export function through(contract: AnyContract, json: unknown): unknown {
  return contract.toJson(contract.decode(contract.encode(contract.fromJson(json))));
}

/** The error of every method for the same fault: one text if reading JSON, checking, encoding and decoding agree. */
export function refused(contract: AnyContract, json: unknown): string {
  const message = contract.definition.read(json, new Context());
  const results = [
    contract.safeFromJson(json),
    contract.safeCheck(message),
    contract.safeEncode(message),
    contract.safeDecode(contract.codec.encode(message)),
  ];
  const texts = results.map((result) => (result.ok ? "nothing was refused" : result.error.message));
  return [...new Set(texts.map((text) => text.replace(/^cannot .*?: /, "")))].join(" | ");
}

/** The error of `fromJson`, for a fault that only JSON can have. */
export function refusedAsJson(contract: AnyContract, json: unknown): string {
  const result = contract.safeFromJson(json);
  return result.ok ? "nothing was refused" : result.error.message;
}

/** The error of every method for the same fields: one text if all agree. */
export function refusal(contract: AnyContract, json: JsonValue): string {
  const { schema, typeName } = contract;
  const message = fromJson(schema, json);
  const methods = [
    [`cannot decode ${typeName} from JSON: `, contract.safeFromJson(json)],
    [`cannot accept ${typeName}: `, contract.safeCheck(message)],
    [`cannot encode ${typeName}: `, contract.safeEncode(message)],
    [`cannot encode ${typeName} to JSON: `, contract.safeToJson(message)],
    [`cannot decode ${typeName} from binary: `, contract.safeDecode(toBinary(schema, message))],
  ] as const;
  const texts = methods.map(([start, result]) =>
    result.ok ? `${start}nothing was refused` : result.error.message.replace(start, ""),
  );
  return [...new Set(texts)].join("\n");
}

/** The error of `fromJson`, without its beginning that names the message. */
export function misread(contract: AnyContract, json: unknown): string {
  return refusedAsJson(contract, json).replace(
    `cannot decode ${contract.typeName} from JSON: `,
    "",
  );
}

/** The text of an error without the names that it suggests. */
export function withoutHint(text: string): string {
  return text.replace(/(; did you mean [^?]+\?)?( \(one of [^)]+\))?(?= \[)/, "");
}
