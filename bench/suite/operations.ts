/** What the suite measures of every message, in the order of its tables. */
export const operations = [
  /** Message to a new array, nothing checked. */
  "encode",
  /** Message into an existing array, nothing checked. */
  "encodeInto",
  /** Bytes to message, nothing checked but the bytes themselves. */
  "decode",
  /** All rules on a message, or on whatever the library checks. */
  "check",
  /** JSON text to message. */
  "jsonIn",
  /** Message to JSON text. */
  "jsonOut",
  /** Rules, then bytes. */
  "validatedEncode",
  /** Bytes to message, then rules. */
  "validatedDecode",
] as const;

export type Operation = (typeof operations)[number];

/** The names of the operations in tables and pictures. */
export const operationTitles: Readonly<Record<Operation, string>> = {
  encode: "encode",
  encodeInto: "encode into",
  decode: "decode",
  check: "check",
  jsonIn: "JSON in",
  jsonOut: "JSON out",
  validatedEncode: "validated encode",
  validatedDecode: "validated decode",
};

/** The limit of each operation: a peer that does less than the work, so that no library can be faster. */
export const limitNames: Readonly<Record<Operation, string>> = {
  encode: "limit: write",
  encodeInto: "limit: write",
  decode: "limit: objects",
  check: "limit: read",
  jsonIn: "JSON",
  jsonOut: "JSON",
  validatedEncode: "limit: write",
  validatedDecode: "limit: objects",
};
