import { type Measured, measureBytes } from "../../src/contract/parts/measure.js";
import type { SuiteCase } from "../suite/cases.js";
import { type CaseFields, type FieldShare, type ReportData, totalOf } from "./data.js";

/** The cases whose bytes are shown by field. */
const shown: readonly string[] = ["state-10", "pruning"];

/** What the report needs of the cases beside their figures. */
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

function add(shares: Map<string, Growing>, node: Measured, path: string): void {
  let share = shares.get(path);
  if (share === undefined) {
    share = { path, values: 0, keys: 0, framing: 0 };
    shares.set(path, share);
  }
  share.framing += node.tagBytes + node.lengthBytes;
  if (node.parts.length === 0) share[node.kind === "key" ? "keys" : "values"] += node.valueBytes;
  for (const part of node.parts) {
    // The parts of a list or map belong to the same field; only those of a message have names of their own.
    const named = node.kind === "message" && part.step !== undefined;
    add(shares, part, named ? joined(path, String(part.step)) : path);
  }
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
