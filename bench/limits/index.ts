import type { Peer } from "../suite/peer.js";
import { createObjectsLimit } from "./objects.js";
import { createReadLimit } from "./read.js";
import { createWriteLimit } from "./write.js";

/**
 * The least that any library must do. Each runs code that is generated for the message type when a
 * case is opened; the folder is where it is written, and may be there already.
 */
export async function createLimits(folder: URL): Promise<Peer[]> {
  return [createWriteLimit(folder), createObjectsLimit(folder), createReadLimit(folder)];
}
