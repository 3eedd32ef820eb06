import { ours } from "../suite/standing.js";

/** How to read the table "where it stands". `limits` says which limits there are. */
export function ratioWords(limits: string): string {
  return `A ratio such as 3.4 x says how many times as long as ${ours} the other library takes for the same message in the same process; below 1 it is faster. The distance to the limit says how many times as long as the limit ${ours} takes (${limits}): writing texts that are UTF-8 already with all sizes known, and making the objects of the result with all texts there already. Times are medians; ratios carry over to other machines better than times do.`;
}

/** What the libraries do differently, to be known by who reads where they are faster. */
export const otherWork =
  "Not all do the same work. Msgpackr, cbor-x and JSON write whatever they are given. Ajv checks what a JSON Schema can say, and its JSON in leaves a JSON object where ours makes a message. JSON.parse and JSON.stringify, which check no rule, are the floor of JSON in and JSON out and so no rows of this list; how far ours is above them stands in the section on JSON and in the figures of each message.";

/** How the figures came about, and what would have made them wrong. */
export const methodWords: readonly string[] = [
  "- **Real messages.** Up to 64 distinct messages of each kind, made from the documents' own examples or by a seeded generator: caches that only know one message gain nothing. Map keys recur in some cases and vary in others, because caches of keys live on recurring ones.",
  "- **Own inputs.** Every library gets objects of its own kind, which it has read itself; converting them is never on the clock.",
  "- **Equal work.** What a library writes is read again and compared with what protobuf-es reads, for every message and operation; a library that loses something is left out of that message, with its reason.",
  "- **Interleaved.** Each round runs one batch of every library, in an order that changes, so that a slow moment of the machine falls on all alike. The number of operations of a batch is fixed before the first round.",
  "- **Disturbance.** A fixed kernel of integer arithmetic is timed before and after each batch; when it is too slow, or when the process waited for a processor, the batch is repeated. Times are those of the processor, not of the wall.",
  "- **Nothing optimised away.** Results escape to a variable that outlives the batch.",
  "- **Garbage.** It is collected between batches, off the clock, and the young generation is large enough for one batch. What an operation allocates is a figure of its own: bytes as the growth of heap and buffers over a batch, objects by a profiler that samples every byte.",
  "- **Both kinds of process.** In a process of its own the engine knows one kind of message and specialises for it; in the shared one it has seen them all, as in a service. Both are given, with the places where they differ.",
  "- **Ways of writing.** A fresh array for each message costs more than writing a small message does. Encode gives every library's usual array, encode into writes to an array that is there already, and the variant with shared memory stands apart from ours.",
];

/** How to get these figures again. */
export const againWords: readonly string[] = [
  "```sh\nnpx -y pnpm@10 bench                   # the headline messages and four libraries, under a minute\nnpx -y pnpm@10 bench --full            # everything, under ten minutes\nnpx -y pnpm@10 bench --isolated        # every message and library in a process of its own\nnpx -y pnpm@10 bench --case state-10   # one message; --peer pbf: one library\nnpx -y pnpm@10 bench:report            # this page, its pictures and its figures\n```",
  "The figures of this page are in [figures.json](figures.json); page and pictures are drawn from them by a script, never by hand.",
];
