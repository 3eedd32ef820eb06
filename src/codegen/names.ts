import { type DescField, type DescFile, type DescMessage, ScalarType } from "@bufbuild/protobuf";

const namesOfFiles = new WeakMap<DescFile, ReadonlyMap<DescMessage, string>>();

/**
 * The name of a message in generated code: the names of its enclosing messages and its own, joined by
 * underscores as in protobuf-es. If two messages of a file would declare the same name (A.B and A_B), the
 * later one gets a dollar sign, which names in .proto files cannot contain.
 */
export function localName(message: DescMessage): string {
  let names = namesOfFiles.get(message.file);
  if (names === undefined) {
    names = nameMessages(message.file);
    namesOfFiles.set(message.file, names);
  }
  return names.get(message) ?? plainName(message);
}

function nameMessages(file: DescFile): ReadonlyMap<DescMessage, string> {
  const names = new Map<DescMessage, string>();
  const taken = new Set<string>();
  for (const message of messagesOf(file)) {
    const plain = plainName(message);
    let name = plain;
    for (let salt = 0; declared(name, message).some((one) => taken.has(one)); salt++) {
      name = salt === 0 ? `${plain}$` : `${plain}$${salt}`;
    }
    for (const one of declared(name, message)) taken.add(one);
    names.set(message, name);
  }
  return names;
}

function plainName(message: DescMessage): string {
  const { parent } = message;
  return parent === undefined ? message.name : `${plainName(parent)}_${message.name}`;
}

/** The names that a generated file declares for a message. */
function declared(name: string, message: DescMessage): string[] {
  const maps = message.fields.filter(({ fieldKind }) => fieldKind === "map");
  const texts = message.fields.filter(isText);
  return [
    `${name}Codec`,
    ...["fields", "create", "step", "read", "write"].map((role) => `${role}_${name}`),
    ...texts.map((field) => `text_${name}_${field.localName}`),
    ...maps.flatMap((field) =>
      ["keys", "put", "readAll", "readEntry"].map((role) => `${role}_${name}_${field.localName}`),
    ),
  ];
}

/** Whether a field is a single string. Such a field has a cache of its last text. */
export function isText(field: DescField): boolean {
  return field.fieldKind === "scalar" && field.scalar === ScalarType.STRING;
}

/** All messages of a file; nested ones come after their enclosing message. */
export function messagesOf({
  messages,
}: {
  readonly messages: readonly DescMessage[];
}): DescMessage[] {
  return messages.flatMap((message) => [
    message,
    ...messagesOf({ messages: message.nestedMessages }),
  ]);
}
