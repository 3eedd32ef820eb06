import { type Clock, monotonic, platformClock } from "../../contract/base/clock.js";
import { readOptions, reportKind } from "../../contract/base/settings.js";
import { maxMillis, reportInteger } from "../options.js";

/** What {@link createNonceCache} takes. */
export interface NonceCacheOptions {
  /** How long a nonce is remembered, in milliseconds. Default 300,000. */
  readonly ttlMillis?: number;
  /** How many nonces are remembered at most. Default 10,000; each costs its text and some 100 bytes. */
  readonly maxEntries?: number;
  /** A monotonic clock in milliseconds. Default `performance.now`, which no change of the date moves. */
  readonly now?: Clock;
}

/** The documented defaults of {@link NonceCacheOptions}. */
export const nonceCacheDefaults: Readonly<Required<NonceCacheOptions>> = Object.freeze({
  ttlMillis: 300_000,
  maxEntries: 10_000,
  now: platformClock,
});

/** The nonces that were used of late. Made by {@link createNonceCache}. */
export interface NonceCache {
  /** How long a nonce is remembered, in milliseconds. */
  readonly ttlMillis: number;
  /** How many are remembered now. */
  readonly size: number;
  /**
   * How many were forgotten before their time because the cache was full. Each of them could be used
   * again, so anything but 0 asks for a larger `maxEntries`.
   */
  readonly evicted: number;
  /** Whether a nonce is remembered. */
  has(nonce: string): boolean;
  /** Remembers a nonce. False, and nothing changes, when it is remembered already. */
  use(nonce: string): boolean;
}

interface Entry {
  readonly nonce: string;
  readonly expiry: number;
}

const section = "nonces";

/** A Set holds some 16 million texts. */
const maxNonces = 10_000_000;

/**
 * Makes a cache of nonces with a time to live and a bound: when it is full, the one with the oldest
 * expiry goes. All work is constant for each nonce. It lives in one process; a process that starts anew
 * has forgotten all. Throws ContractError `config` for wrong options, and whenever its clock fails.
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
  });
  const clock = monotonic(section, now);
  const known = new Set<string>();
  // A ring: with one time to live and a clock that never goes back, the oldest entry expires first.
  const ring: Entry[] = [];
  let first = 0;
  let evicted = 0;

  const forgetFirst = (): void => {
    const entry = ring[first];
    if (entry !== undefined) known.delete(entry.nonce);
    first = (first + 1) % maxEntries;
  };
  const forgetExpired = (time: number): void => {
    while (known.size > 0 && (ring[first]?.expiry ?? time) < time) forgetFirst();
  };

  return Object.freeze({
    ttlMillis,
    get size() {
      forgetExpired(clock());
      return known.size;
    },
    get evicted() {
      return evicted;
    },
    has(nonce: string) {
      forgetExpired(clock());
      return known.has(nonce);
    },
    use(nonce: string) {
      const time = clock();
      forgetExpired(time);
      if (known.has(nonce)) return false;
      if (known.size === maxEntries) {
        forgetFirst();
        evicted++;
      }
      ring[(first + known.size) % maxEntries] = { nonce, expiry: time + ttlMillis };
      known.add(nonce);
      return true;
    },
  });
}
