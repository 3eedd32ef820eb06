import {
  MoneyChangedEventSchema,
  ScoringEvent_ChipsUpdateSchema,
  ScoringEvent_HandEvalCompleteSchema,
  ScoringEvent_MultUpdateSchema,
  ScoringEvent_ScoreUpdateSchema,
} from "../../../gen/jimbot/events/v1/balatro_pb.js";
import { setEntry } from "../../wire/map.js";
import {
  type Change,
  type ChangeRange,
  changeOf,
  changeText,
  chipsChange,
  doubleRange,
  handChange,
  int32Range,
  isChange,
  moneyChange,
  multChange,
  scoreChange,
} from "../events/changes.js";
import type { RepairContext } from "./repairs.js";

/** The differences in the mod's messages, by full type name. */
const differences: ReadonlyMap<string, { readonly change: Change; readonly range: ChangeRange }> =
  new Map([
    [MoneyChangedEventSchema.typeName, { change: moneyChange, range: int32Range }],
    [ScoringEvent_ScoreUpdateSchema.typeName, { change: scoreChange, range: doubleRange }],
    [ScoringEvent_MultUpdateSchema.typeName, { change: multChange, range: doubleRange }],
    [ScoringEvent_ChipsUpdateSchema.typeName, { change: chipsChange, range: doubleRange }],
    [ScoringEvent_HandEvalCompleteSchema.typeName, { change: handChange, range: doubleRange }],
  ]);

type Fields = Record<string, unknown>;

/**
 * Calculates a difference again if it or one of its values was repaired: 2.5 to 7 is a change of 4.5, and
 * 2 to 7 one of 5. What was posted must be a difference, unless one of the three is not finite. `value` has
 * the repaired fields, `rest` the original of each that was repaired.
 */
export function repairDifference(
  typeName: string,
  value: Fields,
  rest: Fields,
  context: RepairContext,
): void {
  const known = differences.get(typeName);
  if (known === undefined) return;
  const { change, range } = known;
  const { field, after, before } = change;
  if (![field, after, before].some((key) => Object.hasOwn(rest, key))) return;
  const read = (key: string): unknown => value[key] ?? 0;
  const [is, end, start] = [read(field), read(after), read(before)];
  // The contract reports a value of another type.
  if (typeof is !== "number" || typeof end !== "number" || typeof start !== "number") return;
  const posted = (key: string): unknown => rest[key] ?? read(key);
  if (!isPostedChange(posted(field), posted(before), posted(after))) {
    context.fault("rule", changeText(change), field);
    return;
  }
  const calculated = changeOf(start, end, range);
  if (is === calculated) return;
  if (!Object.hasOwn(rest, field)) setEntry(rest, field, value[field]);
  value[field] = calculated;
  context.enter(field);
  context.repaired("recalculated", `${is} replaced by ${calculated}, ${after} minus ${before}`);
  context.leave();
}

/** Whether the values that were posted fit together. One that is not finite is text here, and fits all. */
function isPostedChange(change: unknown, before: unknown, after: unknown): boolean {
  if (typeof change !== "number" || typeof before !== "number" || typeof after !== "number") {
    return true;
  }
  return isChange(change, before, after);
}
