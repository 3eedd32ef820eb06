/**
 * Generates what is not there yet. Gives the URL of a folder with one module for each library, which
 * exports `codecs`: the functions of each message, by its name. The module `formats.mjs` has the
 * libraries that need no code.
 */
export function generatePeers(): Promise<URL>;
