import { ContractError, mismatch } from "../../wire/error.js";
import { hasMoreContainers } from "./containers.js";

/** What the parser accepts next. */
type Expected = "value" | "value or ]" | "key" | "key or }" | "colon" | "comma or end" | "nothing";

/** Describes what is accepted next. */
const descriptions: Readonly<Record<Expected, string>> = {
  value: "a value",
  "value or ]": "a value or ]",
  key: "a key in double quotes",
  "key or }": "a key in double quotes or }",
  colon: "a colon",
  "comma or end": "a comma or a closing bracket",
  nothing: "nothing more",
};

const blank = /[ \t\n\r]*/y;
/** The characters of numbers, literals and unquoted names. */
const tokenPattern = /[\w$+.-]+/y;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const numberLike = /^[+-]?\.?\d/;
const literals: ReadonlySet<string> = new Set(["true", "false", "null"]);
const escapes: ReadonlySet<string | undefined> = new Set('"\\/bfnrt');
const hexadecimal = /^[0-9A-Fa-f]{4}$/;
const maxShown = 32;

/** Where and why a text is not JSON. */
export interface SyntaxFault {
  /** With the position: `NaN at character 41 is not a JSON value`. Characters are UTF-16 code units, counted from 1. */
  readonly message: string;
  /** The same position, counted from 0; the length of a text that ends too early. */
  readonly offset: number;
}

/** Finds why a text is not JSON; undefined for one that `JSON.parse` accepts. Makes one pass without recursion. */
export function findSyntaxFault(text: string): SyntaxFault | undefined {
  const closers: string[] = [];
  let expected: Expected = "value";
  let comma = 0;
  let at = 0;
  const afterValue = (): Expected => (closers.length === 0 ? "nothing" : "comma or end");
  for (;;) {
    at = matchEnd(blank, text, at);
    const found = text[at];
    if (found === undefined) {
      if (expected === "nothing") return undefined;
      return { message: endsEarly(text, expected, closers.at(-1)), offset: text.length };
    }
    const isValue: boolean = expected === "value" || expected === "value or ]";
    const isKey: boolean = expected === "key" || expected === "key or }";
    if (isValue && (found === "{" || found === "[")) {
      closers.push(found === "{" ? "}" : "]");
      expected = found === "{" ? "key or }" : "value or ]";
      at++;
    } else if ((isValue || isKey) && found === '"') {
      const end = readString(text, at);
      if (typeof end === "object") return end;
      expected = isKey ? "colon" : afterValue();
      at = end;
    } else if (closers.at(-1) === found && mayClose(expected)) {
      closers.pop();
      expected = afterValue();
      at++;
    } else if (expected === "colon" && found === ":") {
      expected = "value";
      at++;
    } else if (expected === "comma or end" && found === ",") {
      expected = closers.at(-1) === "}" ? "key" : "value";
      comma = ++at;
    } else {
      const end = matchEnd(tokenPattern, text, at);
      const token = text.slice(at, end);
      if (!isValue || !(literals.has(token) || number.test(token))) {
        return describe(text, at, token, expected, comma);
      }
      expected = afterValue();
      at = end;
    }
  }
}

/** The limits of {@link parseJsonText}. */
export interface ParseLimits {
  readonly maxLength: number;
  readonly maxElements: number;
}

/**
 * Parses a received JSON text. Throws ContractError for the type: `input.type` if it is not a string,
 * `input.bytes` if it has more than `maxLength` UTF-16 code units, `input.elements` if it has more than
 * `maxElements` objects and arrays, `json.syntax` with the description of {@link findSyntaxFault}.
 */
export function parseJsonText(
  typeName: string,
  text: unknown,
  { maxLength, maxElements }: ParseLimits,
): unknown {
  const operation = "decode from JSON";
  if (typeof text !== "string") {
    throw new ContractError(operation, typeName, mismatch("", "input.type", "a string", text));
  }
  if (text.length > maxLength) {
    const message = `${text.length} characters are more than the ${maxLength} that are accepted`;
    throw new ContractError(operation, typeName, { path: "", rule: "input.bytes", message });
  }
  if (hasMoreContainers(text, maxElements)) {
    const message = `more than the ${maxElements} objects and arrays that are accepted`;
    throw new ContractError(operation, typeName, { path: "", rule: "input.elements", message });
  }
  try {
    return JSON.parse(text);
  } catch {
    const fault = findSyntaxFault(text) ?? { message: "the text is not JSON" };
    throw new ContractError(operation, typeName, { path: "", rule: "json.syntax", ...fault });
  }
}

function mayClose(expected: Expected): boolean {
  return expected === "value or ]" || expected === "key or }" || expected === "comma or end";
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The offset after the string that begins at `start`, or its error. */
function readString(text: string, start: number): number | SyntaxFault {
  let at = start + 1;
  while (at < text.length) {
    const found = text[at];
    if (found === '"') return at + 1;
    if (text.charCodeAt(at) < 0x20) {
      const message = `${show(text, at)} at character ${at + 1} is in a string without an escape`;
      return { message, offset: at };
    }
    if (found !== "\\") {
      at++;
      continue;
    }
    const letter = text[at + 1];
    if (letter === undefined) break;
    const isUnicode = letter === "u" && hexadecimal.test(text.slice(at + 2, at + 6));
    if (!isUnicode && !escapes.has(letter)) {
      const what = letter === "u" ? "\\u without 4 hexadecimal digits" : `\\${show(text, at + 1)}`;
      return { message: `${what} at character ${at + 1} is not a JSON escape`, offset: at };
    }
    at += isUnicode ? 6 : 2;
  }
  const message = `the text ends in the string that begins at character ${start + 1}`;
  return { message, offset: text.length };
}

function endsEarly(text: string, expected: Expected, closer: string | undefined): string {
  if (text.trim() === "") return "the text is empty";
  const container = closer === "}" ? "an object" : "an array";
  return `the text ends in ${container}, where ${descriptions[expected]} should follow`;
}

function describe(
  text: string,
  at: number,
  token: string,
  expected: Expected,
  comma: number,
): SyntaxFault {
  const found = text[at];
  const isClosing = found === "}" || found === "]";
  const isAfterComma = comma > 0 && matchEnd(blank, text, comma) === at;
  if (isClosing && isAfterComma) {
    return { message: `the comma at character ${comma} has nothing after it`, offset: comma - 1 };
  }
  return { message: describeFound(text, at, token, expected), offset: at };
}

function describeFound(text: string, at: number, token: string, expected: Expected): string {
  const found = text[at];
  const place = `at character ${at + 1}`;
  if (found === "\ufeff") return `a byte order mark ${place} is not JSON`;
  if (found === "'") return `a single quote ${place}, where JSON has double quotes`;
  if (found === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) {
    return `a comment ${place}, which JSON does not have`;
  }
  const shown = token === "" ? show(text, at) : shorten(token);
  if (token !== "" && (expected === "key" || expected === "key or }")) {
    return `the key ${shown} ${place} has no double quotes`;
  }
  if (token !== "" && (expected === "value" || expected === "value or ]")) {
    return `${shown} ${place} is not a JSON ${numberLike.test(token) ? "number" : "value"}`;
  }
  return `${shown} ${place}, where ${descriptions[expected]} should follow`;
}

/** A character for an error text: itself if it is visible ASCII. */
function show(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  if (code === 0x0a || code === 0x0d) return "a line break";
  if (code === 0x09) return "a tab";
  if (code > 0x20 && code < 0x7f) return String.fromCodePoint(code);
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function shorten(token: string): string {
  return token.length <= maxShown ? token : `${token.slice(0, maxShown)}...`;
}
