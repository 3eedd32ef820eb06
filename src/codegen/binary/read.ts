import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { fieldNameOf, isText, key, literal, nameOf, property } from "../safe-name.js";
import { type Context, printFunction } from "./context.js";
import { type Element, elementOf, tagOf, wireTypeOf } from "./fields.js";
import { readSize, type ScalarCode, scalarCode } from "./scalars.js";

/** Prints the function that creates an empty message, with the properties of protobuf-es in the same order. */
export function printCreate(context: Context, message: DescMessage): void {
  const { print } = context;
  print(`/** @internal An empty message. */`);
  const head = context.exported("function", nameOf("create", message));
  print(`${head}()${context.typed ? `: ${context.typeOf(message)}` : ""} {`);
  print(`  return {`);
  print(`    $typeName: ${literal(message.typeName)},`);
  for (const member of message.members) {
    const zero = member.kind === "oneof" ? "{ case: undefined }" : zeroOf(member);
    if (zero !== undefined) print(`    ${key(member.localName)}: ${zero},`);
  }
  print(`  };`);
  print(`}`);
  print(``);
}

function zeroOf(field: DescField): string | undefined {
  if (field.fieldKind === "list") return "[]";
  if (field.fieldKind === "map") return "{}";
  const element = elementOf(field);
  if (element.kind !== "scalar" || field.presence === 1) return undefined;
  const isFraction =
    element.code === scalarCode[ScalarType.FLOAT] || element.code === scalarCode[ScalarType.DOUBLE];
  return isFraction ? "%zero" : element.code.zero;
}

/** Prints the function that reads fields into a message, and the functions for the entries of its maps. */
export function printRead(context: Context, message: DescMessage): void {
  const { print } = context;
  for (const field of message.fields) {
    if (field.fieldKind === "map") {
      printReadEntry(context, field);
      printReadAll(context, field);
    }
  }
  for (const field of message.fields) {
    if (!isText(field)) continue;
    print(`const ${context.own(fieldNameOf("text", field))} = /*@__PURE__*/ %createTextCache();`);
  }
  printStep(context, message);
  print(`/** @internal Reads the fields from \`p\` to \`e\` into a message. */`);
  const parameters = [["m", context.typeOf(message)], ...place] as const;
  const locals = [
    ["t", "let t = 0"],
    ["n", "let n = 0"],
  ] as const;
  printFunction(
    context,
    context.exported("function", nameOf("read", message)),
    parameters,
    "void",
    locals,
    () => {
      print(`  if (d > 100) %enterMessage(d, p);`);
      print(`  try {`);
      print(`    while (p < e) {`);
      print(`      t = b[p++];`);
      // While a tag is read, `t` is 0, so that an error has no field name.
      print(`      if (t > 127) { t = 0; t = %readTag(b, p - 1, e); p = %after(); }`);
      print(`      switch (t) {`);
      for (const field of message.fields) printCase(context, field);
      print(`        default:`);
      print(`          p = %readUnknown(m, t, b, p, e, d);`);
      print(`      }`);
      print(`    }`);
      print(`    if (p !== e) %truncated(e);`);
      print(`  } catch (thrown) {`);
      const hasList = message.fields.some(({ fieldKind }) => fieldKind === "list");
      print(
        `    throw %within(thrown, ${nameOf("fields", message)}[t >>> 3]${hasList ? `, ${nameOf("step", message)}(m, t)` : ""});`,
      );
      print(`  }`);
    },
  );
}

/** The parameters of all read functions: bytes, a view of them, start, end and nesting depth. */
const place = [
  ["b", "Uint8Array"],
  ["v", "%DataView"],
  ["p", "number"],
  ["e", "number"],
  ["d", "number"],
] as const;

/**
 * Prints the function that returns the index of the list item that was being read, for error paths. It is
 * a separate function: inline, TypeScript would analyse every control flow path to it, for each field.
 */
function printStep(context: Context, message: DescMessage): void {
  const lists = message.fields.filter(({ fieldKind }) => fieldKind === "list");
  if (lists.length === 0) return;
  const parameters = [
    ["m", context.typeOf(message)],
    ["t", "number"],
  ] as const;
  const head = `function ${context.own(nameOf("step", message))}`;
  printFunction(context, head, parameters, "number | undefined", [], () => {
    context.print(`  switch (t >>> 3) {`);
    for (const list of lists) {
      context.print(`    case ${list.number}: return ${property(list.localName)}.length;`);
    }
    context.print(`    default: return undefined;`);
    context.print(`  }`);
  });
}

function printCase(context: Context, field: DescField): void {
  const { print } = context;
  const element = elementOf(field);
  const target = property(field.localName);
  print(
    `        case ${tagOf(field.number, field.fieldKind === "map" ? 2 : wireTypeOf(element))}:`,
  );
  if (field.fieldKind === "map") {
    if (pendingOf(field) !== undefined) {
      print(`          p = ${fieldNameOf("readAll", field)}(${target}, b, v, p, e, d + 1);`);
    } else {
      print(`          ${readSize}`);
      print(`          if (d > 100) %countElement(d, p);`);
      print(`          ${fieldNameOf("readEntry", field)}(${target}, b, v, p, p + n, d + 1);`);
      print(`          p += n;`);
    }
    print(`          break;`);
    return;
  }
  if (field.fieldKind === "list") {
    if (element.kind !== "scalar" || element.code.wireType === 2) {
      printElement(context, element, (value) => `${target}.push(${value});`, undefined);
      print(`          break;`);
    } else {
      print(`          ${element.code.read(appendTo(target))}`);
      print(`          break;`);
      printPacked(context, field, element.code, target);
    }
    return;
  }
  const once = isText(field) ? cached(element, fieldNameOf("text", field)) : element;
  if (field.oneof !== undefined) {
    const oneof = property(field.oneof.localName);
    const name = literal(field.localName);
    printElement(
      context,
      once,
      (value) => `${oneof} = { case: ${name}, value: ${value} };`,
      `${oneof}.case === ${name} ? ${oneof}.value : undefined`,
    );
  } else {
    printElement(context, once, (value) => `${target} = ${value};`, target);
  }
  print(`          break;`);
}

function cached(element: Element, cache: string): Element {
  if (element.kind !== "scalar") return element;
  const read = `%readText(${cache}, b, v, p, n, d)`;
  const code: ScalarCode = {
    ...element.code,
    read: (target) => `${readSize} ${target(read)} p += n;`,
  };
  return { kind: "scalar", code };
}

/** Prints code that reads one value. `present` is an expression for a value that the field may already have, to be merged into. */
function printElement(
  context: Context,
  element: Element,
  assign: (value: string) => string,
  present: string | undefined,
): void {
  const { print } = context;
  if (element.kind === "scalar") {
    print(`          ${element.code.read(assign)}`);
    return;
  }
  print(`          ${readSize}`);
  const { message } = element;
  const create = `${context.functionOf("create", message)}()`;
  const read = context.functionOf("read", message);
  print(`          {`);
  if (element.kind === "json") {
    const known = present === undefined ? "undefined" : present;
    print(`            const x = %readJsonObject(${known}, b, v, p, p + n, d + 1);`);
    print(`            ${assign("x")}`);
  } else if (element.kind === "wrapper") {
    print(`            const x = ${create};`);
    if (present !== undefined)
      print(`            if (${present} !== undefined) x.value = ${present};`);
    print(`            ${read}(x, b, v, p, p + n, d + 1);`);
    print(`            ${assign("x.value")}`);
  } else if (present === undefined) {
    print(`            const x = ${create};`);
    print(`            ${read}(x, b, v, p, p + n, d + 1);`);
    print(`            ${assign("x")}`);
  } else {
    print(`            let x = ${present};`);
    print(`            if (x === undefined) ${assign(`x = ${create}`)}`);
    print(`            ${read}(x, b, v, p, p + n, d + 1);`);
  }
  print(`          }`);
  print(`          p += n;`);
}

/** Adds a number to a list. Numbers are no elements, so that an attacker could afford many lists of one; those must not take the room of many. */
function appendTo(target: string): (value: string) => string {
  return (value) => `${target} = %append(${target}, ${value});`;
}

function printPacked({ print }: Context, field: DescField, code: ScalarCode, target: string): void {
  print(`        case ${tagOf(field.number, 2)}:`);
  print(`          ${readSize}`);
  print(`          n += p;`);
  print(`          if (p < n) { ${code.read(appendTo(target))} }`);
  print(`          while (p < n) {`);
  print(`            ${code.read((value) => `${target}.push(${value});`)}`);
  print(`          }`);
  print(`          if (p !== n) %truncated(n);`);
  print(`          break;`);
}

function printReadEntry(context: Context, field: DescField & { fieldKind: "map" }): void {
  const { print } = context;
  const element = elementOf(field);
  const key = scalarCode[field.mapKey];
  const keyTag = tagOf(1, key.wireType);
  const valueTag = tagOf(2, wireTypeOf(element));
  const isString = field.mapKey === ScalarType.STRING;
  const name = context.own(fieldNameOf("readEntry", field));
  const any = context.typed ? ": any" : "";
  const start = element.kind === "scalar" ? element.code.zero : "undefined";
  const locals = [
    ["k", `let k${any} = ${key.zero}`],
    ["x", `let x${any} = ${start}`],
    ["t", "let t = 0"],
    ["n", "let n = 0"],
  ] as const;
  printFunction(context, `function ${name}`, [["o", "any"], ...place], "void", locals, () => {
    print(`  while (p < e) {`);
    print(`    t = b[p++];`);
    print(`    if (t > 127) { t = %readTag(b, p - 1, e); p = %after(); }`);
    print(`    switch (t) {`);
    print(`      case ${keyTag}:`);
    if (isString) print(`        ${readSize} k = %readKey(b, v, p, n); p += n;`);
    else print(`        ${key.read((value) => `k = ${value};`)}`);
    print(`        break;`);
    print(`      case ${valueTag}:`);
    printEntryValue(context, element);
    print(`        break;`);
    print(`      default:`);
    print(`        p = %skip(t, b, p, e, d);`);
    print(`    }`);
    print(`  }`);
    print(`  if (p !== e) %truncated(e);`);
    if (element.kind !== "scalar") {
      const empty =
        element.kind === "json" ? "{}" : `${context.functionOf("create", element.message)}()`;
      print(`  if (x === undefined) x = ${empty};`);
    }
    print(`  %setEntry(o, ${isString ? "k" : "%String(k)"}, x);`);
  });
}

function printEntryValue(context: Context, element: Element): void {
  const { print } = context;
  if (element.kind === "scalar") {
    print(`        ${element.code.read((value) => `x = ${value};`)}`);
    return;
  }
  print(`        ${readSize}`);
  if (element.kind === "json") {
    print(`        x = %readJsonObject(x, b, v, p, p + n, d);`);
  } else {
    print(`        if (x === undefined) x = ${context.functionOf("create", element.message)}();`);
    print(`        ${context.functionOf("read", element.message)}(x, b, v, p, p + n, d);`);
  }
  print(`        p += n;`);
}

/** The array of the runtime that collects the values of short entries; undefined for maps whose entries are read one by one. */
function pendingOf(field: DescField & { fieldKind: "map" }): string | undefined {
  const element = elementOf(field);
  if (field.mapKey !== ScalarType.STRING || element.kind !== "scalar") return undefined;
  if (element.code.fixed !== undefined && element.code.type === "number") return "%mapNumbers";
  return element.code === scalarCode[ScalarType.STRING] ? "%mapStrings" : undefined;
}

/**
 * Prints the function that reads all consecutive entries of a map. Short ones are first collected and then
 * put into the map by the function of {@link printPut}, with one assignment per position, so that the
 * engine's inline caches learn the keys of this field.
 */
function printReadAll(context: Context, field: DescField & { fieldKind: "map" }): void {
  const element = elementOf(field);
  const values = pendingOf(field);
  if (values === undefined || element.kind !== "scalar") return;
  const { print } = context;
  const put = fieldNameOf("put", field);
  const tag = tagOf(field.number, 2);
  printPut(context, put, values);
  const locals = [["c", "let c = 0"]] as const;
  printFunction(
    context,
    `function ${context.own(fieldNameOf("readAll", field))}`,
    [["o", "any"], ...place],
    "number",
    locals,
    () => {
      print(`  for (;;) {`);
      print(`    let n = b[p++];`);
      print(
        `    if (n > 127) { n = %readLength(b, p - 1, e); p = %after(); } else if (n > e - p) %truncated(p - 1);`,
      );
      print(`    if (d > 100) %countElement(d, p);`);
      print(`    const end = p + n;`);
      print(`    const q = p + 2 + b[p + 1];`);
      const { condition, value } = shortEntry(element.code);
      print(`    if (b[p] === 10 && b[p + 1] < 128 && ${condition}) {`);
      print(`      const k = %readKey(b, v, p + 2, q - p - 2);`);
      print(`      if (c === %maxPendingEntries || k === "__proto__") c = ${put}(o, c);`);
      print(`      p = q + ${element.code.fixed === undefined ? 2 : 1};`);
      print(`      if (k === "__proto__") %setEntry(o, k, ${value});`);
      print(`      else { %mapKeys[c] = k; ${values}[c++] = ${value}; }`);
      print(`    } else {`);
      print(`      c = ${put}(o, c);`);
      print(`      ${fieldNameOf("readEntry", field)}(o, b, v, p, end, d);`);
      print(`    }`);
      print(`    p = end;`);
      if (tag < 0x80) {
        print(`    if (p >= e || b[p] !== ${tag}) break;`);
        print(`    p++;`);
      } else {
        print(`    break;`);
      }
      print(`  }`);
      print(`  ${put}(o, c);`);
      print(`  return p;`);
    },
  );
}

function shortEntry(code: ScalarCode): { condition: string; value: string } {
  const tag = 16 | code.wireType;
  if (code.fixed !== undefined) {
    const width = code.wireType === 5 ? 4 : 8;
    return { condition: `b[q] === ${tag} && q + ${1 + width} === end`, value: code.fixed };
  }
  return {
    condition: `b[q] === ${tag} && b[q + 1] < 128 && q + 2 + b[q + 1] === end`,
    value: "%readString(b, v, p, end - p, d)",
  };
}

/** Prints the function that puts the collected entries into a map, with a separate assignment for each. */
function printPut(context: Context, name: string, values: string): void {
  const { print } = context;
  const typed = context.typed;
  print(
    `function ${context.own(name)}(o${typed ? ": any" : ""}, c${typed ? ": number" : ""})${typed ? ": number" : ""} {`,
  );
  for (let index = 0; index < 8; index++) {
    print(`  if (c === ${index}) return 0;`);
    print(`  o[%mapKeys[${index}]${typed ? "!" : ""}] = ${values}[${index}]${typed ? "!" : ""};`);
  }
  print(`  return 0;`);
  print(`}`);
  print(``);
}
