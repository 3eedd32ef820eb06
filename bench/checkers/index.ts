import type { Peer } from "../suite/peer.js";
import { ajvChecker } from "./ajv.js";
import { protovalidateChecker } from "./protovalidate.js";

/** The libraries that check rules. */
export function createCheckers(): Peer[] {
  return [ajvChecker, protovalidateChecker];
}
