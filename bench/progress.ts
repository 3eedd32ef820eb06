/** Shows on the error stream how far the measuring is. */
export function showProgress(share: number): void {
  if (process.stderr.isTTY === true) {
    process.stderr.write(share < 1 ? `\rmeasuring ${Math.round(share * 100)} %` : "\r\x1b[K");
  } else if (share === 1) {
    process.stderr.write("measured\n");
  }
}
