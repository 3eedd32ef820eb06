import type { AnyContract } from "./contract.js";

/** One example of a design document, made complete. */
export interface Example {
  /** What the example shows, e.g. `data_exchange`. */
  readonly name: string;
  /** Where it stands in its document. */
  readonly source: string;
  readonly contract: AnyContract;
  /** The wire JSON, comments removed and placeholders filled. */
  readonly json: unknown;
  /** The exact size of the encoded message. */
  readonly bytes: number;
  /** Everything that is not as the document has it. */
  readonly changes: readonly string[];
}
