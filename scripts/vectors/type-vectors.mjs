import { atBounds } from "./bounds.mjs";
import { choose } from "./choose.mjs";
import { damagedBytes } from "./damage-binary.mjs";
import { damagedTexts } from "./damage-json.mjs";
import { damagedValues, plain } from "./damage-values.mjs";
import { placesOf } from "./places.mjs";
import { createRandom } from "./random.mjs";

/** Approximate maximum size of each section of vectors, in bytes. */
const budgets = {
  bounds: 14_000,
  json: { least: 16, faults: 3600, others: 500, accepted: 800 },
  binary: { least: 8, faults: 1500, others: 500, accepted: 500 },
  values: { least: 3, faults: 1000, others: 300, accepted: 200 },
};
/** How many random messages are generated to be damaged, and how many of them are vectors themselves. */
const seeded = { made: 24, valid: 3, maxBytes: 400 };
/** Maximum number of messages that are damaged. */
const maxBases = 12;

/** All vectors of one message: valid ones, damaged JSON, damaged bytes, wrong values. */
export function createVectors(context) {
  const random = createRandom(context.subject.typeName);
  const isContract = "schema" in context.subject;
  const vectors = isContract
    ? contractVectors({ ...context, random })
    : jsonOnlyVectors({ ...context, random });
  return Object.fromEntries(
    Object.entries(vectors).map(([section, cases]) => [
      section,
      named(cases).map((one) => ({ ...one, seen: context.observe(context.subject, one) })),
    ]),
  );
}

function contractVectors(context) {
  const { subject, random, examples, own } = context;
  const documented = distinct(
    examples.flatMap(({ name, source, json }) => {
      const result = subject.safeFromJson(json);
      if (!result.ok) return [];
      const bytes = subject.codec.encode(result.value);
      return [{ name, ...(source === undefined ? {} : { source }), bytes }];
    }),
  );
  const seededOnes = seededMessages(context, documented);
  const valid = distinct([...documented, ...pickSeeded(subject, seededOnes)]);
  const bases = distinct([...documented, ...seededOnes])
    .map((base) => ({ ...base, text: textOf(subject, base.bytes) }))
    .sort((one, other) => one.bytes.length - other.bytes.length);
  const some = spread(bases);
  const texts = some.filter(({ text }) => text !== undefined);
  const binary = [...damagedBytes(subject.schema, some.slice(0, 4), random)].map(
    ({ name, kind, bytes }) => {
      const size = Math.ceil(bytes.length / 3) * 4;
      return { name, kind, bytes: base64(bytes), size, result: subject.safeDecode(bytes) };
    },
  );
  return {
    valid: valid.map(({ bytes, ...rest }) => ({ ...rest, bytes: base64(bytes) })),
    json: [...spelled(subject, examples), ...own, ...damagedJson(context, texts)],
    binary: choose(binary, budgets.binary, random),
    values: choose(wrongMessages(context, some.slice(0, 3)), budgets.values, random),
  };
}

/** Damaged texts, and values on both sides of every bound. */
function damagedJson({ subject, random }, bases) {
  const judge = (one) => {
    return { ...one, size: one.text.length, result: subject.safeFromJsonText(one.text) };
  };
  const damaged = [...damagedTexts(bases, random)].map(judge);
  const bounds = within(budgets.bounds, atBounds(damaged, judge));
  const known = new Set(bounds.map(({ text }) => text));
  const others = damaged.filter(({ text }) => !known.has(text));
  return [...bounds, ...choose(others, budgets.json, random)];
}

/** The first cases whose inputs together have at most so many bytes. */
function within(bytes, cases) {
  let left = bytes;
  return cases.filter(({ size }) => {
    left -= size;
    return left >= 0;
  });
}

/** Examples whose JSON differs from what the writer writes, unchanged. */
function spelled(subject, examples) {
  return examples
    .map(({ name, json }) => ({ name, text: JSON.stringify(json) }))
    .filter(({ text }) => {
      const result = subject.safeFromJsonText(text);
      return result.ok && textOf(subject, subject.codec.encode(result.value)) !== text;
    });
}

/** Messages with one value that has no encoding. */
function wrongMessages({ subject, observe }, bases) {
  return bases.flatMap(({ name, bytes }) =>
    [...damagedValues(subject.codec.decode(bytes))].map((damage) => {
      const input = { bytes: base64(bytes), set: damage.set };
      const [{ issues }] = observe(subject, input);
      const result = issues === undefined ? { ok: true } : { ok: false, error: { issues } };
      return {
        ...damage,
        ...input,
        name: `${name}: ${damage.name}`,
        size: input.bytes.length + 60,
        result,
      };
    }),
  );
}

function jsonOnlyVectors({ subject, random, examples, own, observe }) {
  const valid = distinctTexts(
    examples
      .filter(({ json }) => subject.safeCheck(json).ok)
      .map(({ name, json }) => ({ name, text: JSON.stringify(json) })),
  );
  const [whole] = valid;
  const values = [...damagedValues(JSON.parse(whole.text))].map((damage) => {
    const input = { text: whole.text, set: damage.set };
    const [{ issues }] = observe(subject, input);
    const result = issues === undefined ? { ok: true } : { ok: false, error: { issues } };
    return {
      ...damage,
      ...input,
      name: `${whole.name}: ${damage.name}`,
      size: whole.text.length + 60,
      result,
    };
  });
  return {
    valid,
    json: [...own, ...damagedJson({ subject, random }, valid)],
    binary: [],
    values: choose(values, budgets.values, random),
  };
}

function seededMessages({ subject, testing, fc, random }, documented) {
  const examples = documented.map(({ bytes }) => subject.codec.decode(bytes));
  const seed = Math.floor(random() * 2 ** 31);
  const arbitrary = testing.validMessagesOf(subject, { examples });
  return fc.sample(arbitrary, { seed, numRuns: seeded.made }).map((message, index) => {
    return { name: `seeded ${index}`, bytes: subject.codec.encode(message) };
  });
}

/** The most informative of the small messages. */
function pickSeeded(subject, messages) {
  const small = messages.filter(({ bytes }) => bytes.length <= seeded.maxBytes);
  const said = ({ bytes }) => placesOf(plain(subject.codec.decode(bytes))).length;
  return (small.length > 0 ? small : messages.slice(0, 1))
    .map((message) => ({ message, places: said(message) }))
    .sort((one, other) => other.places - one.places)
    .slice(0, seeded.valid)
    .map(({ message }) => message);
}

/** A selection from a list that is sorted by size, from small to large. */
function spread(bases) {
  if (bases.length <= maxBases) return bases;
  return Array.from({ length: maxBases }, (_, index) => {
    return bases[Math.round((index * (bases.length - 1)) / (maxBases - 1))];
  });
}

function textOf(subject, bytes) {
  const result = subject.safeToJsonText(subject.codec.decode(bytes));
  return result.ok ? result.value : undefined;
}

function distinct(cases) {
  const byBytes = new Map();
  for (const one of cases) {
    const key = base64(one.bytes);
    if (!byBytes.has(key)) byBytes.set(key, one);
  }
  return [...byBytes.values()];
}

function distinctTexts(cases) {
  return cases.filter(({ text }, index) => cases.findIndex((one) => one.text === text) === index);
}

/** The cases in their written format, each with a unique name. */
function named(cases) {
  const times = new Map();
  return cases.map(({ name, source, text, bytes, set }) => {
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    return {
      name: count === 1 ? name : `${name} (${count})`,
      ...(source === undefined ? {} : { source }),
      ...(text === undefined ? {} : { text }),
      ...(bytes === undefined ? {} : { bytes }),
      ...(set === undefined ? {} : { set }),
    };
  });
}

function base64(bytes) {
  return Buffer.from(bytes).toString("base64");
}
