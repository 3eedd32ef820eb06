import { contracts } from "../../src/all.js";
import * as beamline from "../../src/beamline/index.js";
import * as jimbot from "../../src/jimbot/index.js";
import * as leyline from "../../src/leyline/index.js";
import * as pitboss from "../../src/pitboss/index.js";
import * as sim from "../../src/sim/index.js";
import type { JsonSubject, Subject } from "./observe.js";

const exported: readonly unknown[] = [sim, jimbot, pitboss, beamline, leyline].flatMap((system) =>
  Object.values<unknown>(system),
);

/** Everything with vectors, by type name: every contract and every message that exists only in JSON. */
export const subjects: ReadonlyMap<string, Subject> = new Map<string, Subject>(
  [...contracts, ...exported.filter(isJsonOnly)].map((subject) => [subject.typeName, subject]),
);

function isJsonOnly(value: unknown): value is JsonSubject {
  if (typeof value !== "object" || value === null) return false;
  return "typeName" in value && "safeFromJson" in value && !("schema" in value);
}
