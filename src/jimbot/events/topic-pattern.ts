import { ContractError, mismatch } from "../../wire/error.js";

/** Matches a valid topic pattern. */
export const topicPattern: RegExp = /^(?:\*|[^.*]+)(?:\.(?:\*|[^.*]+))*$/;
/** What errors say is expected of a topic pattern. */
export const topicPatternDescription =
  "segments joined by dots, none empty, where * is a whole segment";

/**
 * Whether a pattern matches a topic. `*` stands for exactly one segment, so a pattern and its topics have
 * the same number of segments. That is the bus's only wildcard: `>` and `#`, which other brokers have,
 * are ordinary characters here. Throws ContractError `format` for a pattern with an empty segment, or with
 * `*` as part of a segment. Document: the JimBot specification, "Analytics Interface" (`metrics.*`).
 *
 *     matchTopic("metrics.*", "metrics.error_rate"); // true
 *     matchTopic("game.*", "game.money.changed"); // false: `*` is one segment
 */
export function matchTopic(pattern: string, topic: string): boolean {
  if (typeof pattern !== "string" || !topicPattern.test(pattern)) {
    const issue = mismatch("", "format", topicPatternDescription, pattern);
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
