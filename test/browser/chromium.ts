import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const usualPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Timeout, longer than the page needs on a busy machine. */
const patience = 50_000;

/** The path of an installed browser. Throws if there is none. */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const { CHROMIUM: given } = env;
  const paths = given === undefined ? usualPaths : [given];
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `no browser at ${paths.join(" or ")}: run apt-get install chromium, or set CHROMIUM to the path of a Chromium or Chrome`,
  );
}

/**
 * Runs a script in a new browser and returns what it posts to /results. If the script throws while it is
 * loaded, it posts nothing, and an error with the same text is thrown here.
 */
export async function runInBrowser(chromium: string, script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "concord-browser-"));
  const server = createServer();
  let browser: ChildProcess | undefined;
  try {
    const posted = serve(server, script);
    const port = await listen(server);
    browser = start(chromium, folder, `http://127.0.0.1:${port}/`);
    return await Promise.race([posted, failureOf(browser), timeout()]);
  } finally {
    if (browser !== undefined) await end(browser);
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 100 });
  }
}

const html = `<!doctype html>
<meta charset="utf-8">
<script>
  addEventListener("error", ({ message }) => fetch("/error", { method: "POST", body: message }));
</script>
<script src="/page.js"></script>
`;

/** These headers isolate the page from other origins: otherwise browsers do not allow shared memory. */
const isolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** Serves the page and returns what it posts to /results. */
function serve(server: Server, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const answer = (status: number, type: string, body: string): void => {
        response.writeHead(status, { ...isolation, "content-type": `${type}; charset=utf-8` });
        response.end(body);
      };
      switch (`${request.method} ${request.url}`) {
        case "GET /":
          answer(200, "text/html", html);
          break;
        case "GET /page.js":
          answer(200, "text/javascript", script);
          break;
        case "POST /results":
          text(request).then(resolve, reject);
          answer(200, "text/plain", "");
          break;
        case "POST /error":
          text(request).then((message) => reject(new Error(`in the page: ${message}`)), reject);
          answer(200, "text/plain", "");
          break;
        default:
          answer(404, "text/plain", "");
      }
    });
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address.port);
      else reject(new Error("the server has no port"));
    });
  });
}

/** Starts the browser, which writes its files only to the folder. */
function start(chromium: string, folder: string, url: string): ChildProcess {
  const flags = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    `--user-data-dir=${join(folder, "profile")}`,
  ];
  const places = ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"];
  const env = Object.fromEntries(places.map((name) => [name, folder]));
  // A process group of its own, so that all processes of the browser can be ended with it.
  return spawn(chromium, [...flags, url], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Rejects if the browser exits by itself, with its last output. */
function failureOf(browser: ChildProcess): Promise<never> {
  let said = "";
  browser.stderr?.setEncoding("utf8").on("data", (more: string) => {
    said = `${said}${more}`.slice(-2000);
  });
  return new Promise((_, reject) => {
    browser.on("error", reject);
    browser.on("exit", (code, signal) => {
      reject(new Error(`the browser ended by itself with ${code ?? signal}: ${said}`));
    });
  });
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(
      () => reject(new Error(`the page posted nothing in ${patience} ms`)),
      patience,
    ).unref();
  });
}

async function end(browser: ChildProcess): Promise<void> {
  const { pid, exitCode, signalCode } = browser;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  const exited = new Promise((resolve) => browser.once("exit", resolve));
  process.kill(-pid, "SIGKILL");
  await exited;
}
