import { isMessage, type Message } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import type fc from "fast-check";
import { messages } from "./messages.js";

/**
 * A fast-check arbitrary of messages without regard to rules: any field may have any value that its type
 * has in binary, some messages have unknown fields, and most break a rule. For comparing codecs, and for
 * testing code that must handle whatever a peer sends.
 *
 * Accepts a contract or any other object with a `schema`. Each message takes 10 to 100 µs, the first call
 * for a type a few milliseconds. The same seed of fast-check gives the same messages. Never throws.
 */
export function messagesOf<M extends Message>(contract: {
  readonly schema: GenMessage<M>;
}): fc.Arbitrary<M> {
  return messages(contract.schema).filter((message) => isMessage(message, contract.schema));
}
