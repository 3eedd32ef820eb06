import { createCheckers } from "../checkers/index.js";
import { createLimits } from "../limits/index.js";
import { loadPeers } from "../peers/index.js";
import type { Peer } from "./peer.js";

/** The other libraries of the quick mode: the reference, the best known, the fastest, and what all have. */
export const quickPeers: readonly string[] = [
  "protobuf-es",
  "protobufjs",
  "msgpackr records",
  "JSON",
];

/**
 * Everybody that takes part: ours, the other libraries, the checkers and the limits. `generated` is the
 * folder of the other libraries' code.
 */
export async function loadLineUp(generated: URL): Promise<Peer[]> {
  return [
    ...(await loadPeers(generated)),
    ...createCheckers(),
    ...(await createLimits(new URL("limits/", generated))),
  ];
}

/**
 * Those of the line-up that are wanted: whose names have one of the texts in them, or who are on the
 * list. What others are measured by, ours and the limits, always stays.
 */
export function select(
  lineUp: readonly Peer[],
  texts: readonly string[],
  list: readonly string[] | undefined,
): Peer[] {
  return lineUp.filter(({ name, kind }) => {
    if (kind === "ours" || kind === "variant" || kind === "limit") return true;
    if (texts.length > 0) return texts.some((text) => name.toLowerCase().includes(text));
    return list === undefined || list.includes(name);
  });
}
