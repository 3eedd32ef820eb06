import { isMessage, type Message } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import type fc from "fast-check";
import { messages } from "./messages.js";

/**
 * A fast-check arbitrary of messages in the shapes of protobuf-es, whatever the rules say: any field
 * may hold any value that its type has on the wire, some messages carry unknown fields, and most
 * break a rule. For comparing codecs, and for code that must take whatever a peer sends.
 *
 * Takes a contract or anything else that has a `schema`. A message costs 10 to 100 µs; the first call
 * for a type costs some milliseconds. Everything follows from fast-check's seed. Never throws.
 */
export function messagesOf<M extends Message>(contract: {
  readonly schema: GenMessage<M>;
}): fc.Arbitrary<M> {
  return messages(contract.schema).filter((message) => isMessage(message, contract.schema));
}
