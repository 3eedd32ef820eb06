import type { DescEnum, DescField } from "@bufbuild/protobuf";
import { Context } from "../../contract/base/context.js";
import { attempt, guarded, refuse } from "../../contract/base/result.js";
import type { AnyContract } from "../../contract/contract.js";
import { maxBusBytes } from "../bus.js";
import { contracts } from "../contracts.js";
import { type LimitsConfig, type RequiredLimits, requireLimits } from "./require-limits.js";
import { schemaVersion } from "./version.js";

/** The type name in errors. */
const name = "leyline contracts";

/**
 * Checks budgets, limits and contracts at the start of a service. Checks the limits and returns them as
 * `requireLimits` does. Each contract must be of a `v1` package and create messages of version 1; its
 * rules must fit its descriptor; its codec must decode what it encodes; its budget must be within the
 * 256 KiB of the bus; and the numbers of its enums must be ascending, with UNKNOWN or UNSPECIFIED as 0.
 * Builds the rules of all contracts, which otherwise happens with the first message of each. Throws one
 * ContractError with up to 20 issues. Document: the Leyline enums and constants (`validate_contracts()`).
 *
 *     const { guard, breaker } = validateContracts({ limits: { max_message_size_bytes: 512 } });
 */
export function validateContracts(
  config: LimitsConfig = {},
  registry: Iterable<AnyContract> = contracts,
): RequiredLimits {
  const context = new Context();
  const limits = attempt(() => requireLimits(config));
  if (!limits.ok) for (const issue of limits.error.issues) context.add(issue);
  guarded("start", name, () => {
    for (const contract of registry) {
      if (context.full) break;
      context.enter(contract.typeName);
      reportContract(contract, context);
      context.leave();
    }
  });
  refuse("start", name, context.issues);
  if (!limits.ok) throw limits.error;
  return limits.value;
}

function reportContract(contract: AnyContract, context: Context): void {
  const { typeName, schema, budget, definition } = contract;
  if (!typeName.includes(`.v${schemaVersion}.`)) {
    context.mismatch("version.mismatch", `a message of a v${schemaVersion} package`, typeName);
  }
  const { version = schemaVersion } = definition.constants;
  if (version !== schemaVersion) {
    context.mismatch("version.mismatch", `${schemaVersion}`, version, "version");
  }
  const { maxBytes = 0 } = budget;
  if (maxBytes > maxBusBytes) {
    const message = `its budget of ${maxBytes} bytes is more than the bus takes, ${maxBusBytes}`;
    context.fault("budget.size", message);
  }
  reportCodec(contract, context);
  const enums = new Set(schema.fields.flatMap((field: DescField) => field.enum ?? []));
  for (const described of enums) reportEnum(described, context);
}

/** Builds the rules, which checks them against the descriptor, and encodes and decodes an empty message. */
function reportCodec(contract: AnyContract, context: Context): void {
  const { codec, definition } = contract;
  try {
    definition.rule();
  } catch {
    context.fault("config", "its rules do not fit its descriptor");
  }
  try {
    const message = contract.create();
    if (contract.equals(codec.decode(codec.encode(message)), message)) return;
  } catch {}
  context.fault("config", "its codec does not decode what it encodes");
}

function reportEnum({ typeName, value, values }: DescEnum, context: Context): void {
  const zero = value[0]?.name ?? "";
  if (!/_(?:UNKNOWN|UNSPECIFIED)$/.test(zero)) {
    context.mismatch("enum", `0 of ${typeName} to be UNKNOWN or UNSPECIFIED`, zero);
  }
  const numbers = values.map(({ number }) => number);
  if (numbers.some((number, index) => number <= (numbers[index - 1] ?? -1))) {
    context.fault("enum", `the numbers of ${typeName} are not ascending`);
  }
}
