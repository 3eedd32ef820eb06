import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { type Context, localName, printFunction } from "./context.js";
import {
  type Element,
  elementOf,
  property,
  tagOf,
  tagSize,
  wireTypeOf,
  writeTag,
} from "./fields.js";
import { scalarCode } from "./scalars.js";

/** Room for what every value of any length writes beside its own bytes: its tag and its length. */
const head = 10;

/** Prints the function that writes a message's fields, in the order of their numbers. */
export function printWrite(context: Context, message: DescMessage): void {
  const { print } = context;
  const name = localName(message);
  const typeName = JSON.stringify(message.typeName);
  for (const field of message.fields) {
    if (field.fieldKind !== "map" || field.mapKey !== ScalarType.STRING) continue;
    print(`const keys_${name}_${field.localName} = /*@__PURE__*/ %createKeyCache();`);
    print(``);
  }
  print(`/** @internal Writes the fields of a message from \`p\` on and returns the end. */`);
  const parameters = [
    ["m", context.typeOf(message)],
    ["b", "Uint8Array"],
    ["v", "DataView"],
    ["p", "number"],
    ["d", "number"],
  ] as const;
  const step = context.typed ? "let i: number | string | undefined" : "let i";
  const locals = [
    ["f", "let f = 0"],
    ["i", step],
  ] as const;
  printFunction(context, `export function write_${name}`, parameters, "number", locals, () => {
    print(`  if (m?.$typeName !== ${typeName}) %wrongMessage(${typeName}, m);`);
    print(`  if (d > 100) %tooDeep();`);
    print(`  try {`);
    const fields = [...message.fields].sort((one, other) => one.number - other.number);
    printFields(context, message, fields);
    print(`    f = 0;`);
    print(`    if (m.$unknown !== undefined) p = %writeUnknown(m.$unknown, b, p);`);
    print(`    return p;`);
    print(`  } catch (thrown) {`);
    print(`    throw %within(thrown, fields_${name}[f], i);`);
    print(`  }`);
  });
}

function printFields(context: Context, message: DescMessage, fields: readonly DescField[]): void {
  for (const oneof of message.oneofs) printCaseCheck(context, oneof);
  let room = 0;
  for (const [index, field] of fields.entries()) {
    if (room === 0) {
      room = runFrom(fields, index);
      context.print(`    if (p + ${room} > b.length) throw %full;`);
    }
    printField(context, field);
    if (!isFixed(field)) room = 0;
  }
}

/** Room for the fields from one on to the next whose size is not known, its tag and length included. */
function runFrom(fields: readonly DescField[], from: number): number {
  let room = 0;
  for (const field of fields.slice(from)) {
    const element = elementOf(field);
    if (!isFixed(field)) return room + head;
    if (element.kind === "scalar")
      room += tagSize(tagOf(field.number, 0)) + (element.code.room ?? 0);
  }
  return room;
}

function isFixed(field: DescField): boolean {
  const element = elementOf(field);
  const single = field.fieldKind === "scalar" || field.fieldKind === "enum";
  return single && element.kind === "scalar" && element.code.room !== undefined;
}

function printCaseCheck({ print }: Context, oneof: DescOneof): void {
  const names = oneof.fields.map((field) => JSON.stringify(field.localName));
  const known = names.map((name) => `o.case !== ${name}`).join(" && ");
  print(`    {`);
  print(`      const o = ${property(oneof.localName)};`);
  print(
    `      if (o?.case !== undefined && ${known} || o === undefined || o === null) %wrongCase(${JSON.stringify(oneof.name)}, o);`,
  );
  print(`    }`);
}

function printField(context: Context, field: DescField): void {
  const { print } = context;
  const value = property(field.localName);
  switch (field.fieldKind) {
    case "list":
      printList(context, field);
      break;
    case "map":
      printMap(context, field);
      break;
    default: {
      const element = elementOf(field);
      if (field.oneof !== undefined) {
        const oneof = property(field.oneof.localName);
        print(`    if (${oneof}.case === ${JSON.stringify(field.localName)}) {`);
        print(`      const x = ${oneof}.value;`);
        printTagged(context, field, element, "      ");
        print(`    }`);
        break;
      }
      print(`    {`);
      print(`      const x = ${value};`);
      const explicit = field.message !== undefined || field.presence === 1;
      const isSet =
        explicit || element.kind !== "scalar" ? "x !== undefined" : element.code.isSet("x");
      print(`      if (${isSet}) {`);
      printTagged(context, field, element, "        ");
      print(`      }`);
      print(`    }`);
    }
  }
}

/** Prints the tag and the value `x` of a single field. */
function printTagged(context: Context, field: DescField, element: Element, indent: string): void {
  const tag = tagOf(field.number, wireTypeOf(element));
  context.print(`${indent}f = ${field.number};`);
  context.print(`${indent}${writeTag(tag)}`);
  printValue(context, element, indent);
}

/** Prints statements that write the value `x`; a message's with its length. */
function printValue(context: Context, element: Element, indent: string): void {
  const { print } = context;
  if (element.kind === "scalar") {
    print(`${indent}${element.code.write("x")}`);
    return;
  }
  const write =
    element.kind === "json"
      ? `%writeJsonObject(x, b, v, p + 1, d + 1)`
      : element.kind === "wrapper"
        ? `${context.functionOf("write", element.message)}({ $typeName: ${JSON.stringify(element.message.typeName)}, value: x }, b, v, p + 1, d + 1)`
        : `${context.functionOf("write", element.message)}(x, b, v, p + 1, d + 1)`;
  print(`${indent}p = %closeLength(b, p + 1, ${write});`);
}

function printList(context: Context, field: DescField & { fieldKind: "list" }): void {
  const { print } = context;
  const element = elementOf(field);
  print(`    {`);
  print(`      const l = ${property(field.localName)};`);
  print(`      f = ${field.number};`);
  print(`      if (!Array.isArray(l)) %wrong("an array", l);`);
  const packed = field.packed && element.kind === "scalar";
  if (packed && element.kind === "scalar") {
    const { room } = element.code;
    print(`      if (l.length > 0) {`);
    print(`        if (p + ${head} + l.length * ${room} > b.length) throw %full;`);
    print(`        ${writeTag(tagOf(field.number, 2))}`);
    print(`        const s = ++p;`);
    print(`        for (i = 0; i < l.length; i++) {`);
    print(`          const x = l[i];`);
    print(`          ${element.code.write("x")}`);
    print(`        }`);
    print(`        i = undefined;`);
    print(`        p = %closeLength(b, s, p);`);
    print(`      }`);
  } else {
    print(`      for (i = 0; i < l.length; i++) {`);
    print(`        const x = l[i];`);
    const room = element.kind === "scalar" ? (element.code.room ?? 0) : 0;
    print(`        if (p + ${head + room} > b.length) throw %full;`);
    print(`        ${writeTag(tagOf(field.number, wireTypeOf(element)))}`);
    printValue(context, element, "        ");
    print(`      }`);
    print(`      i = undefined;`);
  }
  print(`    }`);
}

function printMap(context: Context, field: DescField & { fieldKind: "map" }): void {
  const { print } = context;
  const element = elementOf(field);
  const keyTag = tagOf(1, scalarCode[field.mapKey].wireType);
  const cached = field.mapKey === ScalarType.STRING;
  print(`    {`);
  print(`      const o = ${property(field.localName)};`);
  print(`      f = ${field.number};`);
  print(`      const inherits = %checkMap(o);`);
  if (cached) print(`      let c = 0;`);
  print(`      for (const k in o) {`);
  print(`        if (inherits && !%isOwn.call(o, k)) continue;`);
  print(`        i = k;`);
  print(`        if (p + ${head * 3} > b.length) throw %full;`);
  print(`        ${writeTag(tagOf(field.number, 2))}`);
  print(`        const s = ++p;`);
  if (cached) {
    print(
      `        p = %writeKey(keys_${localName(field.parent)}_${field.localName}, c++, k, b, v, p);`,
    );
  } else {
    print(`        b[p++] = ${keyTag};`);
    print(`        {`);
    print(`          const x = ${mapKey(field.mapKey)};`);
    print(`          ${scalarCode[field.mapKey].write("x")}`);
    print(`        }`);
  }
  print(`        if (p + ${head * 2} > b.length) throw %full;`);
  print(`        b[p++] = ${tagOf(2, wireTypeOf(element))};`);
  print(`        const x = o[k];`);
  printValue(context, element, "        ");
  print(`        p = %closeLength(b, s, p);`);
  print(`      }`);
  print(`      i = undefined;`);
  print(`    }`);
}

function mapKey(key: ScalarType): string {
  const { type } = scalarCode[key];
  if (type === "bigint") return "%bigintKey(k)";
  return type === "boolean" ? "%boolKey(k)" : "%numberKey(k)";
}
