import { existsSync, readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** The targets of a page's links, apart from those to other sites. Code is not searched. */
export function linksOf(page: string): string[] {
  const prose = readFileSync(new URL(page, root), "utf8").replace(/^```.*?^```$|`[^`\n]*`/gms, "");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)];
  return targets.map(([, link, html]) => link ?? html ?? "").filter((to) => !/^\w+:/.test(to));
}

/** Whether a link of a page leads to a file, and to a heading of it if it names one. */
export function isLive(page: string, link: string): boolean {
  const target = new URL(link, new URL(page, root));
  const anchor = target.hash.slice(1);
  target.hash = "";
  if (!existsSync(target)) return false;
  return anchor === "" || anchorsOf(readFileSync(target, "utf8")).includes(anchor);
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  const headings = page.replace(/^```.*?^```$/gms, "").matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}
