/** A message in which one value violates its rule. */
export interface Broken {
  /** Which value, and what it is. */
  readonly words: string;
  readonly message: unknown;
}

/** The comparison of a checker with our contract. */
export interface Verdicts {
  accepts(message: unknown): boolean;
  weAccept(message: unknown): boolean;
  readonly good: readonly unknown[];
  readonly broken: readonly Broken[];
}

/** The first message for which a checker or our contract has the wrong result. */
export function verdictFault({ accepts, weAccept, good, broken }: Verdicts): string | undefined {
  const refused = good.findIndex((message) => !accepts(message));
  if (refused >= 0) return `refuses message ${refused}`;
  if (broken.length === 0) return "there is no broken message to refuse";
  for (const { words, message } of broken) {
    if (accepts(message)) return `accepts ${words}`;
    if (weAccept(message)) return `refuses ${words}, which our contract accepts`;
  }
  return undefined;
}

/** Why a checker is not run for a case whose messages are not checked. */
export const rulesBroken = "the messages break the rules that it would check";
