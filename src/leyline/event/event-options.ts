import { callOption } from "../../contract/base/call-option.js";
import { Context } from "../../contract/base/context.js";
import { expectedObject, isPlainObject } from "../../contract/base/plain-data.js";
import { guarded, refuse } from "../../contract/base/result.js";
import {
  reportKind,
  reportUnknownKeys,
  reportUnknownOptions,
} from "../../contract/base/settings.js";
import { ContractError, mismatch, type Operation } from "../../wire/error.js";
import { reportInteger } from "../options.js";
import { EventEnvelope } from "./event.js";

const maxUint32 = 0xffff_ffff;

/** Throws ContractError `config` unless options are an object with nothing but a function `now`. */
export function assertTimeOptions(options: unknown): void {
  assertOptions("check", options, ["now"], (context, { now }) =>
    reportKind(context, "now", now, "function"),
  );
}

/** Throws ContractError `config` with every option of `unpackEvent` that is of a wrong type or unknown. */
export function assertUnpackOptions(options: unknown): void {
  assertOptions("convert", options, ["registry", "unknownKeys"], (context, given) => {
    reportRegistry(context, given["registry"]);
    reportUnknownKeys(context, given["unknownKeys"]);
  });
}

/** Throws ContractError `config` with every option of `packEvent` that is of a wrong type or none of `known`. */
export function assertPackOptions(options: unknown, known: readonly string[]): void {
  assertOptions("convert", options ?? {}, known, (context, given) => {
    if (typeof given["eventType"] !== "string") {
      const expected = 'the option eventType, a name such as "training.epoch.completed"';
      context.mismatch("config", expected, given["eventType"], "eventType");
    }
    for (const key of ["sourceSubsystem", "correlationId", "eventId"]) {
      reportKind(context, key, given[key], "string");
    }
    for (const key of ["now", "newId"]) reportKind(context, key, given[key], "function");
    for (const key of ["priority", "deliveryGuarantee", "maxAttempts"]) {
      reportInteger(context, key, given[key], 0, maxUint32);
    }
    const { routingKeys, registry } = given;
    if (routingKeys !== undefined && !Array.isArray(routingKeys)) {
      context.mismatch("config", "an array of strings", routingKeys, "routingKeys");
    }
    reportRegistry(context, registry);
  });
}

/** Calls the option `newId`. Throws ContractError `config` for what it throws, and unless it returns a text. */
export function callNewId(newId: () => unknown): string {
  const id = callOption("convert", EventEnvelope.typeName, "newId", newId);
  if (typeof id === "string") return id;
  const issue = mismatch("newId", "config", "a function that returns a string", id);
  throw new ContractError("convert", EventEnvelope.typeName, issue);
}

function assertOptions(
  operation: Operation,
  options: unknown,
  known: readonly string[],
  check: (context: Context, given: Readonly<Record<string, unknown>>) => void,
): void {
  const context = new Context();
  guarded(operation, EventEnvelope.typeName, () => {
    if (isPlainObject(options)) {
      check(context, options);
      reportUnknownOptions(context, options, known);
    } else context.mismatch("config", `${expectedObject(options)} of options`, options);
  });
  refuse(operation, EventEnvelope.typeName, context.issues);
}

function reportRegistry(context: Context, registry: unknown): void {
  if (registry === undefined) return;
  const isRegistry =
    typeof registry === "object" &&
    registry !== null &&
    Symbol.iterator in registry &&
    "get" in registry &&
    typeof registry.get === "function";
  if (!isRegistry) context.mismatch("config", "a registry of contracts", registry, "registry");
}
