import { type Measured, measureBytes } from "../../src/contract/parts/measure.js";
import type { SuiteCase } from "../suite/cases.js";
import type { ReportData } from "./data.js";

/** Where the bytes of the first message of a case go. */
export interface CaseFields {
  readonly case: string;
  readonly title: string;
  readonly bytes: number;
  /** Its fields, also those of the messages in it, largest first. Their bytes are all of the message's. */
  readonly fields: readonly FieldShare[];
}

/** The bytes of one field, in all places where it stands. */
export interface FieldShare {
  /** Names with dots between them, without list indices and map keys. */
  readonly path: string;
  readonly values: number;
  /** Bytes of map keys. */
  readonly keys: number;
  /** Bytes of tags and lengths. */
  readonly framing: number;
}

/** The cases whose bytes are shown by field. */
const shown: readonly string[] = ["state-10", "pruning"];

/** What the report has to know of the cases beside their figures. */
export function describeCases(
  cases: readonly SuiteCase[],
): Pick<ReportData, "headline" | "fields"> {
  return {
    headline: cases.filter(({ headline }) => headline).map(({ id }) => id),
    fields: cases.filter(({ id }) => shown.includes(id)).map(fieldsOf),
  };
}

type Growing = { -readonly [K in keyof FieldShare]: FieldShare[K] };

function fieldsOf({ id, title, contract, encoded }: SuiteCase): CaseFields {
  const [first] = encoded;
  if (first === undefined) throw new Error(`cannot measure the fields of ${id}: it has no message`);
  const shares = new Map<string, Growing>();
  add(shares, measureBytes(contract.schema, first, contract.definition.dialect.keys), "");
  const fields = [...shares.values()]
    .filter((share) => totalOf(share) > 0)
    .sort((one, other) => totalOf(other) - totalOf(one));
  return { case: id, title, bytes: first.length, fields };
}

/** All bytes of a field. */
export function totalOf({ values, keys, framing }: FieldShare): number {
  return values + keys + framing;
}

function add(shares: Map<string, Growing>, node: Measured, path: string): void {
  let share = shares.get(path);
  if (share === undefined) {
    share = { path, values: 0, keys: 0, framing: 0 };
    shares.set(path, share);
  }
  share.framing += node.tagBytes + node.lengthBytes;
  if (node.parts.length === 0) share[node.kind === "key" ? "keys" : "values"] += node.valueBytes;
  for (const part of node.parts) {
    // Lists and maps number and name their parts; the fields of messages have names of their own.
    const named = node.kind === "message" && part.step !== undefined;
    add(shares, part, named ? joined(path, String(part.step)) : path);
  }
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
