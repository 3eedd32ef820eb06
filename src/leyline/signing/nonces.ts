import { type Clock, monotonic, platformClock } from "../../contract/base/clock.js";
import { RecentEntries } from "../../contract/base/recent.js";
import { readOptions, reportKind, reportUnknownOptions } from "../../contract/base/settings.js";
import { maxMillis, reportInteger } from "../options.js";

/** Options of {@link createNonceCache}. */
export interface NonceCacheOptions {
  /** How long a nonce is remembered, in milliseconds. Default 300,000. */
  readonly ttlMillis?: number;
  /** Maximum number of nonces remembered. Default 10,000; each takes its text and about 100 bytes. */
  readonly maxEntries?: number;
  /**
   * A monotonic clock in milliseconds. Default `performance.now`, which is not affected by changes of
   * the system time.
   */
  readonly now?: Clock;
}

/** The documented defaults of {@link NonceCacheOptions}. */
export const nonceCacheDefaults: Readonly<Required<NonceCacheOptions>> = Object.freeze({
  ttlMillis: 300_000,
  maxEntries: 10_000,
  now: platformClock,
});

/**
 * Remembers recently used nonces. Created by {@link createNonceCache}; one of your own must answer at once, and
 * whatever it answers but `false` to `has` and `true` to `use` is a refusal.
 */
export interface NonceCache {
  /** How long a nonce is remembered, in milliseconds. */
  readonly ttlMillis: number;
  /** Number of nonces remembered now. */
  readonly size: number;
  /**
   * Number of nonces forgotten before their time because the cache was full. Each could be used again, so
   * `maxEntries` should be larger if this is not 0.
   */
  readonly evicted: number;
  /** Returns whether a nonce is remembered. */
  has(nonce: string): boolean;
  /** Remembers a nonce. Returns false, and changes nothing, if it is already remembered. */
  use(nonce: string): boolean;
}

const section = "nonces";

/** Below the maximum size of a Set, which is about 16 million in V8. */
const maxNonces = 10_000_000;

/**
 * Creates a cache of nonces with a time to live and a maximum size: when it is full, the nonce that
 * expires first is removed. Every operation takes constant time per nonce. The cache is in memory: a
 * process that restarts has forgotten all nonces. Throws ContractError `config` for wrong options; its
 * methods throw it if the clock fails.
 * Document: the command authenticity of the Leyline schema's authors (300 s, 10,000 entries).
 *
 *     const nonces = createNonceCache();
 *     nonces.use("4915b0fe-849c-4217-a278-7aeb6fd353c9"); // true
 *     nonces.use("4915b0fe-849c-4217-a278-7aeb6fd353c9"); // false
 */
export function createNonceCache(options: NonceCacheOptions = {}): NonceCache {
  const {
    ttlMillis = nonceCacheDefaults.ttlMillis,
    maxEntries = nonceCacheDefaults.maxEntries,
    now = nonceCacheDefaults.now,
  } = readOptions(section, options, (given, context) => {
    reportInteger(context, "ttlMillis", given.ttlMillis, 1, maxMillis);
    reportInteger(context, "maxEntries", given.maxEntries, 1, maxNonces);
    reportKind(context, "now", given.now, "function");
    reportUnknownOptions(context, given, Object.keys(nonceCacheDefaults));
  });
  const clock = monotonic(section, now);
  const known = new RecentEntries<string, true>({ maxEntries, maxAge: ttlMillis });

  return Object.freeze({
    ttlMillis,
    get size() {
      known.removeOld(clock());
      return known.size;
    },
    get evicted() {
      return known.evicted;
    },
    has(nonce: string) {
      known.removeOld(clock());
      return known.has(nonce);
    },
    use(nonce: string) {
      const time = clock();
      known.removeOld(time);
      if (known.has(nonce)) return false;
      known.set(nonce, true, time);
      return true;
    },
  });
}
