import { ContractError, mismatch } from "../../wire/error.js";

/** The form of a topic pattern. */
export const topicPattern: RegExp = /^(?:\*|[^.*]+)(?:\.(?:\*|[^.*]+))*$/;
/** The form in words, as errors say it. */
export const topicPatternWords = "segments joined by dots, none empty, where * is a whole segment";

/**
 * Whether a topic is one of those that a pattern means. `*` is exactly one segment, any one; a pattern
 * and its topics have equally many segments. That is the bus's only wildcard: `>` and `#`, which other
 * brokers have, are ordinary characters here and mean themselves. Throws ContractError `format` for a
 * pattern with an empty segment, or with `*` as a part of one. Document: the JimBot specification,
 * "Analytics Interface" (`metrics.*`).
 *
 *     matchTopic("metrics.*", "metrics.error_rate"); // true
 *     matchTopic("game.*", "game.money.changed"); // false: `*` is one segment
 */
export function matchTopic(pattern: string, topic: string): boolean {
  if (typeof pattern !== "string" || !topicPattern.test(pattern)) {
    const issue = mismatch("", "format", topicPatternWords, pattern);
    throw new ContractError("match", "jimbot.TopicPattern", issue);
  }
  const given = typeof topic === "string" ? topic.split(".") : [];
  const segments = pattern.split(".");
  return (
    segments.length === given.length &&
    segments.every((segment, index) =>
      segment === "*" ? given[index] !== "" : segment === given[index],
    )
  );
}
