import { create, type Message } from "@bufbuild/protobuf";
import { type Any, AnySchema } from "@bufbuild/protobuf/wkt";
import * as z from "zod/mini";
import type { Context, Step } from "../../contract/base/context.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { keyRequired } from "../../contract/base/texts.js";
import type { AnyContract, Contract } from "../../contract/contract.js";
import type { FieldKind } from "../../contract/model/field-rule.js";
import {
  type JsonSchema,
  type SchemaContext,
  tagged,
} from "../../contract/model/json-schema-keywords.js";
import type { Registry } from "../../contract/registry.js";
import type { FieldConverter } from "../../contract/rules/field-rules.js";
import { issueSettings, nested, type RefinementFault } from "../../contract/rules/issues.js";
import { reportUnknownFields } from "../../contract/rules/unknown-fields.js";
import { type ContractIssue, isContractError } from "../../wire/error.js";
import { preview } from "../../wire/preview.js";

/** Precedes the type name in a type URL. Other prefixes are refused, because JSON would lose them. */
const urlPrefix = "type.googleapis.com/";

/** The JSON of an Any that names its own type: the type URL beside the keys of the message. */
export type AnyJson = { "@type": string; [key: string]: unknown };

/** The kind of every Any field. */
export const anyKind: FieldKind = { kind: "message", message: AnySchema };

/** The contract of a type URL; undefined if it is not one of these. */
export function contractOf(typeUrl: string, contracts: Registry): AnyContract | undefined {
  return typeUrl.startsWith(urlPrefix) ? contracts.get(typeUrl.slice(urlPrefix.length)) : undefined;
}

/** Packs a valid message. */
export function pack<M extends Message>(contract: Contract<M>, message: M): Any {
  const { typeName } = contract;
  return create(AnySchema, {
    typeUrl: `${urlPrefix}${typeName}`,
    value: contract.codec.encode(message),
  });
}

/** The packed message. Throws what the codec throws. */
export function unpack<M extends Message>(contract: Contract<M>, any: Any): M {
  return contract.codec.decode(any.value);
}

/**
 * Reads a message and packs it, wrapped if the payload is another message. Its rules are enforced
 * afterwards, by {@link anyRule}.
 */
export function readPacked<M extends Message, P extends Message>(
  json: unknown,
  contract: Contract<M>,
  packed: Contract<P>,
  wrap: (message: M) => P,
  context: Context,
): Any | undefined {
  const before = context.issues.length;
  const message = contract.definition.read(json, context);
  if (message === undefined || context.full || context.issues.length > before) return undefined;
  try {
    return pack(packed, wrap(message));
  } catch (error) {
    if (!isContractError(error)) throw error;
    // A value out of range cannot be encoded, so its rules cannot be enforced afterwards.
    const result = contract.safeCheck(message);
    for (const issue of (result.ok ? error : result.error).issues) {
      context.add({ ...issue, path: joinPaths(context.path(), issue.path) });
    }
    return undefined;
  }
}

/** The path of a value whose path within another value is `inner`. */
export function joinPaths(outer: string, inner: string): string {
  if (outer === "" || inner === "" || inner.startsWith("[")) return `${outer}${inner}`;
  return `${outer}.${inner}`;
}

/**
 * The rule of an Any that holds one of these messages: its bytes decode to the type that it names, and
 * that message is valid. Issues inside the message have a path that begins with its type name, from
 * which {@link anySteps} makes the path in JSON.
 */
export function anyRule(contracts: Registry): z.ZodMiniType<Any> {
  const compiled = new Map<AnyContract, z.ZodMiniType>();
  const ruleOf = (contract: AnyContract): z.ZodMiniType => {
    const rule = compiled.get(contract) ?? z.compile(contract.definition.rule());
    compiled.set(contract, rule);
    return rule;
  };
  return z
    .strictObject({
      $typeName: z.literal("google.protobuf.Any"),
      $unknown: z.optional(z.any()),
      typeUrl: z.string(),
      value: z.instanceof(Uint8Array),
    })
    .check((context) => {
      const { typeUrl } = context.value;
      const fault = ({ rule, message }: Pick<ContractIssue, "rule" | "message">): void => {
        const params: RefinementFault = { at: [], rule, isTolerated: false };
        context.issues.push({
          code: "custom",
          input: undefined,
          path: [],
          message,
          params: { ...params },
        });
      };
      const contract = contractOf(typeUrl, contracts);
      if (contract === undefined) {
        fault({ rule: "payload.type", message: refusal(typeUrl) });
        return;
      }
      const message = tryUnpack(contract, context.value, fault);
      if (message === undefined) return;
      const rule = ruleOf(contract);
      if (z.validate(rule, message)) return;
      const result = rule.safeParse(message, issueSettings);
      if (result.success) return;
      for (const issue of result.error.issues) {
        context.issues.push(nested(issue, [contract.typeName]));
      }
    });
}

function refusal(typeUrl: string): string {
  return `expected the type URL of a message that is allowed here, got ${preview(typeUrl)}`;
}

function tryUnpack(
  contract: AnyContract,
  any: Any,
  fault: (issue: ContractIssue) => void,
): Message | undefined {
  try {
    return unpack(contract, any);
  } catch (error) {
    if (!isContractError(error)) throw error;
    error.issues.forEach(fault);
    return undefined;
  }
}

/** Converts path steps of {@link anyRule} to steps in the message's own wire JSON. */
export function anySteps(steps: readonly Step[], contracts: Registry): readonly Step[] {
  const [typeName, ...rest] = steps;
  const contract = contractOf(`${urlPrefix}${typeName}`, contracts);
  return contract === undefined ? [] : contract.definition.steps(rest);
}

/** An Any field whose JSON names its type under the key `@type`. */
export function anyParts(contracts: Registry): FieldConverter<Any, AnyJson> {
  return {
    kind: anyKind,
    rule: () => anyRule(contracts),
    read(json, context) {
      if (!isPlainObject(json)) {
        context.mismatch("type", "an object", json);
        return undefined;
      }
      const { "@type": typeUrl, ...fields } = json;
      if (typeof typeUrl !== "string") {
        if (typeUrl === undefined) context.fault("required", keyRequired, "@type");
        else context.fault("type", `expected a type URL, got ${preview(typeUrl)}`, "@type");
        return undefined;
      }
      const contract = contractOf(typeUrl, contracts);
      if (contract === undefined) {
        context.fault("payload.type", refusal(typeUrl), "@type");
        return undefined;
      }
      return readPacked(fields, contract, contract, (message) => message, context);
    },
    write(any, context) {
      reportUnknownFields(any, context);
      const contract = contractOf(any.typeUrl, contracts);
      const fields = contract?.definition.write(unpack(contract, any), context);
      return { "@type": any.typeUrl, ...(isPlainObject(fields) ? fields : {}) };
    },
    wireSchema: ({ refer }) => anySchema(contracts, refer),
    steps: (steps) => anySteps(steps, contracts),
  };
}

function anySchema(contracts: Registry, refer: SchemaContext["refer"]): JsonSchema {
  const cases = Array.from(
    contracts,
    ({ typeName, definition }) => [`${urlPrefix}${typeName}`, refer(definition)] as const,
  );
  const typeUrl = { enum: cases.map(([url]) => url) };
  const object = { type: "object", properties: { "@type": typeUrl }, required: ["@type"] };
  return tagged(object, "@type", cases);
}
