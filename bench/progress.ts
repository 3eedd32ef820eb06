const width = 30;

/** A bar that shows how far something is. */
function progressBar(share: number): string {
  const done = Math.round(share * width);
  return `${"█".repeat(done)}${"░".repeat(width - done)} ${Math.round(share * 100)} %`;
}

/** Shows on the error stream how far the measuring is. */
export function showProgress(share: number): void {
  if (process.stderr.isTTY === true) {
    process.stderr.write(share < 1 ? `\rmeasuring ${progressBar(share)}` : "\r\x1b[K");
  } else if (share === 1) {
    process.stderr.write("measured\n");
  }
}
