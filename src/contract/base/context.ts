import { type ContractIssue, type ErrorCode, mismatch } from "../../wire/error.js";
import { formatPath, type Step } from "../../wire/path.js";
import type { Dialect, UnknownKeys } from "./dialect.js";
import { didYouMean, type Names, orOneOf } from "./nearest.js";

/** Maximum number of issues of one error. */
export const maxIssues = 20;

/**
 * The state of one pass over a value: the current path and the issues found. Readers and writers report
 * an issue here and continue, so that one pass finds all issues, up to {@link maxIssues}.
 */
export class Context {
  readonly issues: ContractIssue[] = [];
  /** Paths of the keys that were ignored because the message has none of that name. */
  readonly unknownKeys: string[] = [];
  /** The steps of the current path; those beyond the depth are stale. */
  readonly #steps: Step[] = [];
  #depth = 0;

  /** How many messages the current value is in, as the binary form counts them. */
  messages = 0;
  /** Whether a value that is looked over is copied. */
  copies = false;
  /** Whether a value that was looked over may read differently the next time. */
  isDoubtful = false;

  /**
   * `dropUnknown`: writers omit unknown binary fields instead of reporting them. `keyMode`: what readers
   * do with unknown keys; by default what the dialect says.
   */
  constructor(
    readonly dropUnknown: boolean = false,
    readonly keyMode?: UnknownKeys,
  ) {}

  /** Whether further issues would be dropped; long loops stop then. */
  get full(): boolean {
    return this.issues.length >= maxIssues;
  }

  enter(step: Step): void {
    this.#steps[this.#depth++] = step;
  }

  leave(): void {
    this.#depth--;
  }

  /** The current path, in the names of the wire JSON; with `key`, one step further. */
  path(key?: Step): string {
    const steps = this.#steps.slice(0, this.#depth);
    return formatPath(key === undefined ? steps : [...steps, key]);
  }

  /** Number of steps in the current path. */
  get depth(): number {
    return this.#depth;
  }

  /** Reports an issue "expected X, got Y" at the current path, or one key further. */
  mismatch(rule: ErrorCode, expected: string, received: unknown, key?: Step): void {
    if (!this.full) this.add(mismatch(this.path(key), rule, expected, received));
  }

  /** Like {@link mismatch}, for a name that is none of `known`: the text has the nearest, and all if they are few. */
  unknownName(rule: ErrorCode, expected: string, name: unknown, known: Names, key?: Step): void {
    if (this.full) return;
    const hint = `${didYouMean(name, known)}${orOneOf(known)}`;
    this.add(mismatch(this.path(key), rule, expected, name, hint));
  }

  /** Reports an issue with its own message at the current path, or one key further. */
  fault(rule: ErrorCode, message: string, key?: Step): void {
    if (!this.full) this.add({ path: this.path(key), rule, message });
  }

  /** Like {@link fault}, for a key that is none of `known`: the text has the nearest. */
  unknownKey(rule: ErrorCode, message: string, key: string, known: Names): void {
    if (!this.full) this.fault(rule, `${message}${didYouMean(key, known)}`, key);
  }

  /** Whether keys that the message does not have are refused; otherwise they belong in `unknownKeys`. */
  refusesUnknownKeys(dialect: Pick<Dialect, "unknownKeys">): boolean {
    return (this.keyMode ?? dialect.unknownKeys) === "refuse";
  }

  add(issue: ContractIssue): void {
    if (!this.full) this.issues.push(issue);
  }
}

export { formatPath, type Step };
