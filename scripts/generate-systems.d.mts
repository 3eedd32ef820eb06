/** One system of `systems.json`. */
export interface System {
  readonly name: string;
  /** The folders of its proto files, below `proto/`. */
  readonly protos: readonly string[];
  /** What has an entry of its own, by the entry's name. */
  readonly entries?: Readonly<Record<string, { readonly protos: readonly string[] }>>;
}

export function readSystems(root: string): readonly System[];
