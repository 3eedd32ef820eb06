import { ContractError } from "../wire/error.js";
import { Context } from "./base/context.js";
import { isObject } from "./base/plain-data.js";
import { refuse } from "./base/result.js";
import { unlessUnreadable } from "./base/settings.js";
import type { AnyContract } from "./contract.js";

type TypeName<C> = C extends { readonly typeName: infer N extends string } ? N : never;
type Named<C, N extends string> = C extends { readonly typeName: N } ? C : never;

/** Contracts by the full name of their message type. Iterating returns them in the order of the list. */
export interface Registry<C extends AnyContract = AnyContract> extends Iterable<AnyContract> {
  /** Number of contracts. */
  readonly size: number;
  /** The contract of a message type, or undefined if there is none. */
  get<N extends TypeName<C>>(typeName: N): string extends N ? C | undefined : Named<C, N>;
  get(typeName: string): AnyContract | undefined;
  /** Whether there is a contract of a message type. */
  has(typeName: string): boolean;
}

/**
 * Creates a registry of contracts; nothing registers itself. Throws ContractError `registry.duplicate` if
 * two contracts have the same type name, and `config` for anything but an iterable of contracts.
 */
export function createRegistry<const C extends AnyContract>(contracts: Iterable<C>): Registry<C> {
  return createLookup(collect([contracts]));
}

function collect(lists: readonly Iterable<AnyContract>[]): Map<string, AnyContract> {
  const byName = new Map<string, AnyContract>();
  for (const [typeName, contract] of lists.flatMap(readContracts)) {
    if (byName.has(typeName)) {
      const message = "another contract has this type name";
      const issue = { path: "", rule: "registry.duplicate", message } as const;
      throw new ContractError("register", typeName, issue);
    }
    byName.set(typeName, contract);
  }
  return byName;
}

/** The contracts of a list with their names. Throws ContractError `config` for anything else. */
function readContracts(list: Iterable<AnyContract>): [typeName: string, contract: AnyContract][] {
  const name = "a registry";
  const context = new Context();
  const contracts: [string, AnyContract][] = [];
  unlessUnreadable(name, () => {
    if (typeof list !== "object" || list === null || !(Symbol.iterator in list)) {
      context.mismatch("config", "an iterable of contracts", list);
      return;
    }
    for (const contract of list) {
      const typeName: unknown = isObject(contract) ? contract.typeName : undefined;
      if (typeof typeName !== "string") {
        context.mismatch("config", "a contract", contract, contracts.length);
        return;
      }
      contracts.push([typeName, contract]);
    }
  });
  refuse("configure", name, context.issues);
  return contracts;
}

type ContractOf<R> = R extends Registry<infer C> ? C : never;

/**
 * Joins the contracts of several registries into one. Throws ContractError `registry.duplicate` if two
 * contracts have the same type name, and `config` for what is no registry.
 */
export function joinRegistries<const R extends readonly Registry[]>(
  ...registries: R
): Registry<ContractOf<R[number]>> {
  return createLookup(collect(registries));
}

function createLookup<C extends AnyContract>(
  byName: ReadonlyMap<string, AnyContract>,
): Registry<C> {
  function get<N extends TypeName<C>>(typeName: N): Named<C, N>;
  function get(typeName: string): AnyContract | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: the name of a contract decides its type, which only the overloads can express.
  function get(typeName: string): any {
    return byName.get(typeName);
  }
  return {
    size: byName.size,
    get,
    has: (typeName) => byName.has(typeName),
    [Symbol.iterator]: () => byName.values(),
  };
}
