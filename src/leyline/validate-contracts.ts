import type { DescEnum, DescField } from "@bufbuild/protobuf";
import type { AnyContract } from "../contract/contract.js";
import { attempt, guarded, refuse } from "../contract/doors.js";
import { Walk } from "../contract/walk.js";
import { contracts } from "./contracts.js";
import { type LimitsConfig, type RequiredLimits, requireLimits } from "./start.js";
import { schemaVersion } from "./version.js";

/** What errors carry as their type. */
const name = "leyline contracts";

/** The most bytes that the bus takes; no budget may promise more. */
const busMaxBytes = 262_144;

/**
 * Refuses to start with budgets, limits or contracts that contradict the documents or themselves. Of the
 * limits it refuses and returns what `requireLimits` does: the sum of the memory shares, each value, and
 * the configuration of a guard that follows. Each contract must be of a `v1` package and make messages
 * of version 1; its rules must fit its descriptor, and its codec must give back what it encodes; its
 * budget must be within the 256 KiB of the bus; and its enums must keep 0 for UNKNOWN or UNSPECIFIED and
 * ascend. Builds all rules, which else their first messages would do. Throws one ContractError with every fault, up to 20. Document: the Leyline enums and constants (`validate_contracts()`).
 *
 *     const { guard, breaker } = validateContracts({ limits: { max_message_size_bytes: 512 } });
 */
export function validateContracts(
  config: LimitsConfig = {},
  registry: Iterable<AnyContract> = contracts,
): RequiredLimits {
  const walk = new Walk();
  const limits = attempt(() => requireLimits(config));
  if (!limits.ok) for (const issue of limits.error.issues) walk.add(issue);
  guarded("start", name, () => {
    for (const contract of registry) {
      if (walk.full) break;
      walk.enter(contract.typeName);
      holdContract(contract, walk);
      walk.leave();
    }
  });
  refuse("start", name, walk.issues);
  if (!limits.ok) throw limits.error;
  return limits.value;
}

function holdContract(contract: AnyContract, walk: Walk): void {
  const { typeName, schema, budget, definition } = contract;
  if (!typeName.includes(`.v${schemaVersion}.`)) {
    walk.mismatch("version.mismatch", `a message of a v${schemaVersion} package`, typeName);
  }
  const { version = schemaVersion } = definition.constants;
  if (version !== schemaVersion) {
    walk.mismatch("version.mismatch", `${schemaVersion}`, version, "version");
  }
  const { maxBytes = 0 } = budget;
  if (maxBytes > busMaxBytes) {
    const message = `its budget of ${maxBytes} bytes exceeds the ${busMaxBytes} of the bus`;
    walk.fault("budget.size", message);
  }
  holdCodec(contract, walk);
  const enums = new Set(schema.fields.flatMap((field: DescField) => field.enum ?? []));
  for (const described of enums) holdEnum(described, walk);
}

/** Builds the rules, which holds them against the descriptor, and sends an empty message through the codec. */
function holdCodec(contract: AnyContract, walk: Walk): void {
  const { codec, definition } = contract;
  try {
    definition.rule();
  } catch {
    walk.fault("config", "its rules do not fit its descriptor");
  }
  try {
    const message = contract.create();
    if (contract.equals(codec.decode(codec.encode(message)), message)) return;
  } catch {}
  walk.fault("config", "its codec does not give back what it encodes");
}

function holdEnum({ typeName, value, values }: DescEnum, walk: Walk): void {
  const zero = value[0]?.name ?? "";
  if (!/_(?:UNKNOWN|UNSPECIFIED)$/.test(zero)) {
    walk.mismatch("enum", `0 of ${typeName} to be UNKNOWN or UNSPECIFIED`, zero);
  }
  const numbers = values.map(({ number }) => number);
  if (numbers.some((number, index) => number <= (numbers[index - 1] ?? -1))) {
    walk.fault("enum", `the numbers of ${typeName} do not ascend`);
  }
}
