import { ContractError } from "../wire/error.js";
import type { AnyContract } from "./contract.js";

type TypeName<C> = C extends { readonly typeName: infer N extends string } ? N : never;
type Named<C, N extends string> = C extends { readonly typeName: N } ? C : never;

/** Contracts by the full names of their message types; iterating gives them in the order of the list. */
export interface Registry<C extends AnyContract = AnyContract> extends Iterable<AnyContract> {
  /** How many contracts there are. */
  readonly size: number;
  /** The contract of a message type, or undefined. */
  get<N extends TypeName<C>>(typeName: N): string extends N ? C | undefined : Named<C, N>;
  get(typeName: string): AnyContract | undefined;
  has(typeName: string): boolean;
}

/**
 * Makes a registry of contracts. It is a value like any other: nothing registers itself. Throws
 * ContractError `registry.duplicate` when two contracts have the same type name.
 */
export function createRegistry<const C extends AnyContract>(contracts: Iterable<C>): Registry<C> {
  return createLookup(collect(contracts));
}

function collect(contracts: Iterable<AnyContract>): Map<string, AnyContract> {
  const byName = new Map<string, AnyContract>();
  for (const contract of contracts) {
    if (byName.has(contract.typeName)) {
      const message = "another contract has this type name";
      const issue = { path: "", rule: "registry.duplicate", message } as const;
      throw new ContractError("register", contract.typeName, issue);
    }
    byName.set(contract.typeName, contract);
  }
  return byName;
}

type ContractOf<R> = R extends Registry<infer C> ? C : never;

/** One registry of all contracts of several. Throws ContractError `registry.duplicate` as {@link createRegistry} does. */
export function joinRegistries<const R extends readonly Registry[]>(
  ...registries: R
): Registry<ContractOf<R[number]>> {
  return createLookup(collect(registries.flatMap((registry) => [...registry])));
}

function createLookup<C extends AnyContract>(
  byName: ReadonlyMap<string, AnyContract>,
): Registry<C> {
  function get<N extends TypeName<C>>(typeName: N): Named<C, N>;
  function get(typeName: string): AnyContract | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: the name of a contract decides its type, which only the overloads can say.
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
