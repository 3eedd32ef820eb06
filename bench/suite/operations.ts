/** What the suite measures of every message, in the order of its tables. */
export const operations = [
  /** Message to bytes, nothing checked. */
  "encode",
  /** Message into bytes that are there already, nothing checked. */
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

/** The words of tables and charts. */
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

/**
 * What bounds each operation from below: the peer that does less than the work, whose time no library
 * can reach.
 */
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
