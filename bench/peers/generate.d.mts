/**
 * Generates what is not there yet. Gives the URL of a folder with one module for each peer, which exports
 * `codecs`: functions to encode and decode each message, by its name.
 */
export function generatePeers(): Promise<URL>;
