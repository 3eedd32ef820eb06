import type { AnyContract } from "./contract.js";

/** An example message of a design document, completed where the document abbreviates it. */
export interface Example {
  /** The name of the example, e.g. `data_exchange`. */
  readonly name: string;
  /** The document and section that it comes from. */
  readonly source: string;
  readonly contract: AnyContract;
  /** The wire JSON, comments removed and placeholders filled. */
  readonly json: unknown;
  /** The exact size of the encoded message, in bytes. */
  readonly bytes: number;
  /** Every difference from the document. */
  readonly changes: readonly string[];
}
