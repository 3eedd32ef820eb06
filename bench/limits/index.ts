import type { Peer } from "../suite/peer.js";
import { createObjectsLimit } from "./objects.js";
import { createReadLimit } from "./read.js";
import { createWriteLimit } from "./write.js";

/**
 * The least work that any library must do. Each limit runs code that is generated for the message type when a
 * case is opened, and is written into the folder.
 */
export async function createLimits(folder: URL): Promise<Peer[]> {
  return [createWriteLimit(folder), createObjectsLimit(folder), createReadLimit(folder)];
}
