import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { fieldNameOf, literal, nameOf, partNameOf, property } from "../safe-name.js";
import { type Context, printFunction } from "./context.js";
import {
  type Element,
  elementOf,
  partsOf,
  tagOf,
  tagSize,
  wireTypeOf,
  writeTag,
} from "./fields.js";
import { scalarCode } from "./scalars.js";

/** For so many packed numbers there is room before they are read: a sparse list may be longer than all memory. */
const block = 4096;
/** Maximum bytes of the tag and length of a value. */
const head = 10;
/** Bytes reserved for the key of a map entry, tag included. The string writer itself checks for room for a longer key. */
const keyRoom = 28;

/** Prints the function that writes a message's fields, in the order of their numbers. */
export function printWrite(context: Context, message: DescMessage): void {
  const { print } = context;
  const typeName = literal(message.typeName);
  for (const field of message.fields) {
    if (field.fieldKind !== "map" || field.mapKey !== ScalarType.STRING) continue;
    const keys = context.own(fieldNameOf("keys", field));
    print(`const ${keys} = /*@__PURE__*/ %createKeyCache();`);
    print(``);
  }
  const parts = partsOf(message);
  if (parts.length > 1) {
    for (const [index, part] of parts.entries()) {
      const head = `function ${context.own(partNameOf(index, message))}`;
      printWriter(context, message, head, () => {
        print(`  try {`);
        const inPart = message.oneofs.filter(({ fields: members }) =>
          members.some((member) => part.includes(member)),
        );
        for (const oneof of inPart) printOneof(context, oneof);
        printFields(context, part);
      });
    }
  }
  print(`/** @internal Writes the fields of a message from \`p\` on and returns the end. */`);
  printWriter(context, message, context.exported("function", nameOf("write", message)), () => {
    print(`  if (m?.$typeName !== ${typeName}) %wrongMessage(${typeName}, m);`);
    print(`  if (d > 100) %tooDeep();`);
    print(`  try {`);
    for (const oneof of message.oneofs) printCaseCheck(context, oneof, parts.length === 1);
    for (const [index, part] of parts.entries()) {
      if (parts.length === 1) printFields(context, part);
      else print(`    p = ${partNameOf(index, message)}(m, b, v, p, d);`);
    }
    print(`    f = 0;`);
    print(`    const u = m.$unknown;`);
    print(`    if (u !== undefined) p = %writeUnknown(u, b, p, d);`);
  });
}

/** Prints a function that writes fields. `work` prints its body, which ends inside a try block. */
function printWriter(context: Context, message: DescMessage, head: string, work: () => void): void {
  const { print } = context;
  const parameters = [
    ["m", context.typeOf(message)],
    ["b", "Uint8Array"],
    ["v", "%DataView"],
    ["p", "number"],
    ["d", "number"],
  ] as const;
  const locals = [
    ["f", "let f = 0"],
    ["i", context.typed ? "let i: number | string | undefined" : "let i"],
  ] as const;
  printFunction(context, head, parameters, "number", locals, () => {
    work();
    print(`    return p;`);
    print(`  } catch (thrown) {`);
    print(`    throw %within(thrown, ${nameOf("fields", message)}[f], i);`);
    print(`  }`);
  });
}

function printFields(context: Context, fields: readonly DescField[]): void {
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

/** Bytes needed for the fields from `from` up to the next field of variable size, its tag and length included. */
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

/** The names of the local variables that hold the case and the value of a oneof. */
function localsOf(oneof: DescOneof): { readonly chosen: string; readonly value: string } {
  const index = oneof.parent.oneofs.indexOf(oneof);
  return { chosen: `c${index}`, value: `x${index}` };
}

/** Reads a oneof, once: a getter may return something else the next time. */
function printOneof({ print }: Context, oneof: DescOneof): void {
  const { chosen, value } = localsOf(oneof);
  print(`    const { case: ${chosen}, value: ${value} } = ${property(oneof.localName)};`);
}

/** Reads and checks a oneof. If other functions write its members, it is only checked. */
function printCaseCheck({ print }: Context, oneof: DescOneof, isWhole: boolean): void {
  const names = oneof.fields.map((field) => literal(field.localName));
  const { chosen, value } = localsOf(oneof);
  const name = literal(oneof.name);
  const read = `%checkOneof(${property(oneof.localName)}, ${name})`;
  if (isWhole) print(`    const { case: ${chosen}, value: ${value} } = ${read};`);
  else print(`    const ${chosen} = ${read}.case;`);
  // A switch, because compilers cannot handle one long condition with a term for each member.
  print(`    switch (${chosen}) {`);
  print(`      case undefined: ${names.map((one) => `case ${one}: `).join("")}break;`);
  print(`      default: %wrongCase(${name}, ${chosen});`);
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
        const { chosen, value: member } = localsOf(field.oneof);
        print(`    if (${chosen} === ${literal(field.localName)}) {`);
        print(`      const x = ${member};`);
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

/** Prints code that writes the tag and the value `x` of a single field. */
function printTagged(context: Context, field: DescField, element: Element, indent: string): void {
  const tag = tagOf(field.number, wireTypeOf(element));
  context.print(`${indent}f = ${field.number};`);
  context.print(`${indent}${writeTag(tag)}`);
  printValue(context, element, indent);
}

/** Prints code that writes the value `x`, for a message with its length. */
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
        ? `${context.functionOf("write", element.message)}({ $typeName: ${literal(element.message.typeName)}, value: x }, b, v, p + 1, d + 1)`
        : `${context.functionOf("write", element.message)}(x, b, v, p + 1, d + 1)`;
  print(`${indent}p = %closeLength(b, p + 1, ${write});`);
}

function printList(context: Context, field: DescField & { fieldKind: "list" }): void {
  const { print } = context;
  const element = elementOf(field);
  print(`    {`);
  print(`      const l = ${property(field.localName)};`);
  print(`      f = ${field.number};`);
  // The length is read once: a getter of an item may make the list longer than the reserved room.
  print(`      const c = %listLength(l);`);
  const packed = field.packed && element.kind === "scalar";
  if (packed && element.kind === "scalar") {
    const { room } = element.code;
    print(`      if (c > 0) {`);
    print(`        if (p + ${head} > b.length) throw %full;`);
    print(`        ${writeTag(tagOf(field.number, 2))}`);
    print(`        const s = ++p;`);
    print(`        for (i = 0; i < c; i++) {`);
    print(
      `          if ((i & ${block - 1}) === 0 && p + (c - i < ${block} ? c - i : ${block}) * ${room} > b.length) throw %full;`,
    );
    print(`          const x = l[i];`);
    print(`          ${element.code.write("x")}`);
    print(`        }`);
    print(`        i = undefined;`);
    print(`        p = %closeLength(b, s, p);`);
    print(`      }`);
  } else {
    print(`      for (i = 0; i < c; i++) {`);
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
  const tag = tagOf(field.number, 2);
  print(`        if (p + ${tagSize(tag) + 1 + keyRoom} > b.length) throw %full;`);
  print(`        ${writeTag(tag)}`);
  print(`        const s = ++p;`);
  if (cached) {
    print(`        p = %writeKey(${fieldNameOf("keys", field)}, c++, k, b, v, p);`);
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
