import { type ContractIssue, type ErrorCode, mismatch } from "../../wire/error.js";
import { formatPath, type Step } from "../../wire/path.js";

/** The most issues that one call tells. */
export const maxIssues = 20;

/**
 * The state of one pass over a value: where it is and what it found wrong. Readers and writers report
 * here and go on, so that one pass tells everything, up to 20 issues.
 */
export class Context {
  readonly issues: ContractIssue[] = [];
  /** Paths of keys that were read over because the dialect says so. */
  readonly unknownKeys: string[] = [];
  /** Steps to where the walk is; those beyond the depth are left over. */
  readonly #steps: Step[] = [];
  #depth = 0;

  /** `dropUnknown`: a writer passes over binary fields that JSON cannot carry instead of refusing them. */
  constructor(readonly dropUnknown: boolean = false) {}

  /** True once more issues would not be kept; long loops stop then. */
  get full(): boolean {
    return this.issues.length >= maxIssues;
  }

  enter(step: Step): void {
    this.#steps[this.#depth++] = step;
  }

  leave(): void {
    this.#depth--;
  }

  /** Where the walk is, in the words of the wire JSON; with `key`, one step further. */
  path(key?: Step): string {
    const steps = this.#steps.slice(0, this.#depth);
    return formatPath(key === undefined ? steps : [...steps, key]);
  }

  /** How many steps deep the walk is. */
  get depth(): number {
    return this.#depth;
  }

  /** Reports a mismatch at the current place, or one key further. */
  mismatch(rule: ErrorCode, expected: string, received: unknown, key?: Step): void {
    this.add(mismatch(this.path(key), rule, expected, received));
  }

  /** Reports a fault at the current place, or one key further. */
  fault(rule: ErrorCode, message: string, key?: Step): void {
    this.add({ path: this.path(key), rule, message });
  }

  add(issue: ContractIssue): void {
    if (!this.full) this.issues.push(issue);
  }
}

export { formatPath, type Step };
