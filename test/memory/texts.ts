import { contracts } from "../../src/all.js";
import { attempt } from "../../src/contract/base/result.js";

/** Texts of default size that need most memory, for a contract with the default limits and one with larger ones. */
function* texts(length: number): Generator<string> {
  const fill = (part: (index: number) => string): string => {
    const parts: string[] = [];
    for (let index = 0, size = 0; size < length - 100; index++) {
      const next = part(index);
      parts.push(next);
      size += next.length;
    }
    return parts.join("");
  };
  const key = (index: number): string => index.toString(36);
  yield `[${"{},".repeat(999_998)}{}]`;
  yield `[${"[0],".repeat(999_998)}[]]`;
  yield `[${"0.5,".repeat(length / 4 - 2)}0]`;
  yield `[${fill((index) => `"${key(index)}",`)}0]`;
  yield `{"metadata":{${fill((index) => `"${key(index)}":"",`)}"":""}}`;
  yield `{"metadata":{${fill((index) => `"${key(index)}":0,`)}"":0}}`;
  yield `{${fill((index) => `"${key(index)}":0,`)}"":0}`;
  yield `{"events":[${"{},".repeat(999_997)}{}]}`;
  yield `{"seed_states":[${"{},".repeat(999_997)}{}]}`;
  yield `"${"é".repeat(length - 2)}"`;
}

const names = process.argv.slice(2);
for (const contract of contracts) {
  if (!names.includes(contract.typeName)) continue;
  const maxLength = Math.max(4 * 1024 * 1024 * 4, contract.maxBytes * 2.5);
  for (const text of texts(maxLength)) {
    const result = attempt(() => contract.fromJsonText(text));
    console.log(JSON.stringify([contract.typeName, result.ok || result.error.code]));
  }
}
