const encoder = new TextEncoder();

/**
 * Texts one after another, in the order in which they were added: each its length in four bytes, four
 * empty bytes, and its UTF-8, filled up with zeros to a multiple of eight bytes. The empty text is at place 0.
 */
export class TextPool {
  readonly #blocks: Uint8Array[] = [new Uint8Array(8)];
  #places = 1;

  /** Adds a text. Gives its place, counted in steps of eight bytes. */
  add(text: string): number {
    if (text === "") return 0;
    const encoded = encoder.encode(text);
    const block = new Uint8Array(8 + Math.ceil(encoded.length / 8) * 8);
    new DataView(block.buffer).setInt32(0, encoded.length, true);
    block.set(encoded, 8);
    const place = this.#places;
    this.#blocks.push(block);
    this.#places += block.length / 8;
    return place;
  }

  /** All texts, as numbers of eight bytes. No UTF-8 is a NaN, whose bytes an engine may change. */
  finish(): Float64Array {
    const bytes = new Uint8Array(this.#places * 8);
    let end = 0;
    for (const block of this.#blocks) {
      bytes.set(block, end);
      end += block.length;
    }
    return new Float64Array(bytes.buffer);
  }
}
