import { isMessage, type Message } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import * as z from "zod/mini";
import { type ContractIssue, mismatch, type Operation } from "../wire/error.js";
import { Context, maxIssues } from "./base/context.js";
import type { UnknownKeys } from "./base/dialect.js";
import { guardedRead, type ReadValue, refuse } from "./base/result.js";
import { unsafeCast } from "./base/unsafe-cast.js";
import type { Definition } from "./model/definition.js";
import { issueSettings, isTolerated, toContractIssues } from "./rules/issues.js";

/**
 * Throws the error of the rules that a value breaks; returns what was checked otherwise (of a doubtful value, a
 * copy), with what only methods that read take.
 */
export type Enforce<M> = (
  operation: Operation,
  value: unknown,
  strict?: boolean,
  unknownKeys?: UnknownKeys,
) => ReadValue<M>;

/** What a value breaks: what every method refuses, and what methods that read take. */
interface Found {
  readonly refused: readonly ContractIssue[];
  readonly tolerated: readonly ContractIssue[];
}

const nothing: Found = Object.freeze({ refused: [], tolerated: [] });

/** Makes the check that all methods of a contract share. */
export function createEnforcer<M extends Message>(
  schema: GenMessage<M>,
  definition: Definition<M>,
): Enforce<M> {
  const { typeName } = schema;
  let compiled: z.ZodMiniType<M> | undefined;
  const find = (value: unknown, isReading: boolean): Found => {
    if (!isMessage(value, schema)) return { ...nothing, refused: [notMessage(typeName, value)] };
    compiled ??= z.compile(definition.rule());
    if (z.validate(compiled, value)) return nothing;
    const result = compiled.safeParse(value, issueSettings);
    if (result.success) return nothing;
    const { issues } = result.error;
    const some = (tolerated: boolean): ContractIssue[] =>
      issues
        .filter((issue) => (isReading && isTolerated(issue)) === tolerated)
        .flatMap((issue) => toContractIssues(issue, definition.steps))
        .slice(0, maxIssues);
    return { refused: some(false), tolerated: some(true) };
  };
  const lookOver = (operation: Operation, value: unknown): unknown => {
    const context = new Context();
    const plain = guardedRead(operation, typeName, () => {
      if (!isMessage(value, schema)) return value;
      definition.copy(value, context);
      context.copies = context.isDoubtful && !context.full;
      return context.copies ? definition.copy(value, context) : value;
    });
    refuse(operation, typeName, context.issues);
    return plain;
  };
  return (operation, given, strict = false, unknownKeys = undefined) => {
    const isRead = operation === "decode" || operation === "decode from JSON";
    const value = isRead ? given : lookOver(operation, given);
    const isReading = isRead && !strict;
    const { refused, tolerated } = guardedRead(operation, typeName, () => find(value, isReading));
    refuse(operation, typeName, refused);
    if (strict) {
      const context = new Context(false, unknownKeys);
      guardedRead(operation, typeName, () => definition.strict(value, context));
      refuse(operation, typeName, context.issues);
    }
    const checked = unsafeCast<M>(value);
    return tolerated.length > 0 ? { value: checked, tolerated } : { value: checked };
  };
}

/** The issue of a value that is not a message of the type. */
export function notMessage(typeName: string, value: unknown): ContractIssue {
  return mismatch("", "type", `a ${typeName} message`, value);
}
