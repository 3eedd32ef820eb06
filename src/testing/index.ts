export { messagesOf } from "./messages-of.js";
export { type ValidOptions, validMessagesOf, wireJsonOf } from "./valid-messages.js";
