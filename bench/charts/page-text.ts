import { ours } from "../suite/standing.js";

/** How to read the table "where it stands", with the names of its limits. */
export function standingText(limits: string): string {
  return `A ratio such as 3.4 x is the time of the other library divided by that of ${ours}, for the same message in the same process; below 1 the other library is faster. The distance to the limit is the time of ${ours} divided by that of the limit (${limits}). The limits do less than the work: one writes texts that are UTF-8 already, with all sizes known; the other only makes the objects of the result. Times are medians. Ratios carry over to other machines better than times do.`;
}

/** What the libraries do differently. */
export const differenceText =
  "Not all libraries do the same work. Msgpackr, cbor-x and JSON write whatever they are given. Ajv checks only what a JSON Schema can express, and its JSON in returns a JSON object where ours returns a message. JSON.parse and JSON.stringify check no rule: they are the limit of JSON in and JSON out, and are not in this list. How much longer ours takes than they do is in the tables of each message.";

/** What the columns of the tables of each message mean. */
export const columnText =
  "Median: of the batches, in a process that knows this message only. Spread: the middle half of the batches, as a share of the median. x ours: the time divided by ours. Shared process: it runs all messages and libraries. Bytes: the mean of what is written. Allocated: for one operation, on the heap and in buffers.";

export const fieldText =
  "The bytes of each field in the first message of a case. Together they are all bytes of the message.";

/** How the figures were measured, and which mistakes were avoided. */
export const methodText: readonly string[] = [
  "- **Real messages.** Up to 64 different messages of each kind, made from the documents' own examples or by a seeded generator, so that a cache of one message gains nothing. Map keys repeat in some cases and vary in others, because caches of keys depend on it.",
  "- **Own inputs.** Every library gets objects of its own kind, which it has decoded itself. Converting them is not part of the time.",
  "- **Equal work.** What a library writes is read again and compared with what protobuf-es reads, for every message and operation. A library that loses something is left out for that message, with the reason.",
  "- **Interleaved.** Each round runs one batch of every library, in an order that changes, so that a slow moment of the machine affects all alike. The number of operations in a batch is fixed before the first round.",
  "- **Disturbance.** A fixed piece of work is timed before and after each batch. When it is too slow, or when the process waited for a processor, the batch is repeated. Times are processor time.",
  "- **Nothing optimised away.** Results are stored in a variable that outlives the batch.",
  "- **Garbage.** It is collected between batches, outside the measured time, and the young generation is large enough for one batch. What an operation allocates is a figure of its own: bytes from the growth of heap and buffers over a batch, objects from a profiler that samples every byte.",
  "- **Two kinds of process.** In a process of its own the engine knows one kind of message and specialises for it. The shared process has seen them all, as in a service. Both are given, with the places where they differ.",
  "- **Several processes.** Each figure is the median of several processes, because now and then a compiler leaves a library at half its speed for as long as a process lives.",
  "- **Ways of writing.** Allocating a new array for each message costs more than writing a small message does. Encode gives every library's usual array, encode into writes to an existing array, and our variant with shared memory is a row of its own.",
];

/** How to measure again. */
export const againText: readonly string[] = [
  "```sh\nnpx -y pnpm@10 bench                   # budgets, headline messages and four libraries: under a minute\nnpx -y pnpm@10 bench --full            # everything: under ten minutes\nnpx -y pnpm@10 bench --isolated        # every message and library in a process of its own\nnpx -y pnpm@10 bench --case state-10   # one message; --peer pbf: one library\nnpx -y pnpm@10 bench:report            # this report\n```",
  "The figures are in [figures.json](figures.json). A script writes the pages and pictures from them; nothing is edited by hand.",
];
