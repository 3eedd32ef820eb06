import { generate, type Outputs } from "./generate.js";

/** The generated code of a message, reduced to the lines for its fields. */
export interface MessageCode {
  /** The properties of an empty message. */
  readonly create: string;
  /** The cases of the reading switch. */
  readonly read: string;
  /** The lines that write the fields. */
  readonly write: string;
}

/** Generates the codec of a file with these declarations in the package `t`. */
export function codecOf(declarations: string, parameter?: string): string {
  const text = `syntax = "proto3"; package t; ${declarations}`;
  return fileOf(generate({ "t.proto": text }, parameter), "t_codec.ts");
}

/** A generated file. Throws if there is none of this name. */
export function fileOf(outputs: Outputs, name: string): string {
  const text = outputs[name];
  if (text === undefined) throw new Error(`${name} is not among ${Object.keys(outputs)}`);
  return text;
}

/** The code of the message `name`. */
export function messageCode(text: string, name: string): MessageCode {
  const [create, read, write] = ["create", "read", "write"].map((role) =>
    linesOf(text, `${role}_${name}`),
  );
  return {
    create: between(create, /^ {4}\$typeName/, /^ {2}\};/),
    read: between(read, /^ {6}switch /, /^ {8}default:/),
    write: between(write, /^ {2}try /, /^ {4}f = 0;/),
  };
}

/** The code of a message with these fields, one part after the other. */
export function fieldCode(fields: string, around = ""): string {
  const { create, read, write } = messageCode(codecOf(`message M { ${fields} } ${around}`), "M");
  return [create, read, write].filter((part) => part !== "").join("\n---\n");
}

/** The source of one function. */
export function functionCode(text: string, name: string): string {
  return linesOf(text, name).join("\n");
}

/** The lines that match a pattern, without their indentation. */
export function linesWith(code: string, pattern: RegExp): string {
  const lines = code.split("\n").map((line) => line.trim());
  return lines.filter((line) => pattern.test(line)).join("\n");
}

/** All import statements. */
export function importsOf(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.startsWith("import "))
    .join("\n");
}

function linesOf(text: string, name: string): string[] {
  const lines = text.split("\n");
  const from = lines.findIndex(
    (line) => /^(?:export )?function /.test(line) && line.includes(` ${name}(`),
  );
  if (from < 0) throw new Error(`there is no function ${name}`);
  return lines.slice(from, lines.indexOf("}", from) + 1);
}

/** The lines after one and before another, without the indentation that they share. */
function between(lines: readonly string[] = [], first: RegExp, last: RegExp): string {
  const from = lines.findIndex((line) => first.test(line)) + 1;
  const to = lines.findIndex((line, index) => index >= from && last.test(line));
  const found = lines.slice(from, to);
  const shared = Math.min(...found.map((line) => line.search(/\S/)));
  return found.map((line) => line.slice(shared)).join("\n");
}
