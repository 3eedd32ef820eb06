import { spawn } from "node:child_process";

/** The first argument of a process that works for this one; the second is its order, as JSON. */
export const workerFlag = "--worker";

/** Runs this program again in a new process, with an order. Returns what it wrote to the standard output. */
export function runApart(order: object, flags: readonly string[] = []): Promise<string> {
  const [, script = ""] = process.argv;
  const text = JSON.stringify(order);
  const args = [...process.execArgv, ...flags, script, workerFlag, text];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const texts = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (part) => {
    texts.out += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part) => {
    texts.err += part;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(texts.out);
      else reject(new Error(`measuring ${text} failed: ${texts.err}`));
    });
  });
}
