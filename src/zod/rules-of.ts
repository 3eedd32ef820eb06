import type { Message } from "@bufbuild/protobuf";
import type * as z from "zod/mini";
import type { Contract } from "../contract/contract.js";

/**
 * The zod schema of a message itself, as its rules are written: what `contract.check` enforces, without
 * `strict`. A schema of zod/mini, which `z.object` of either zod takes. Its issues have zod's texts and the
 * message's property names; those of `contract.check` have the wire JSON's. Built at the first call.
 */
export function rulesOf<M extends Message>(contract: Contract<M>): z.ZodMiniType<M> {
  return contract.definition.rule();
}
