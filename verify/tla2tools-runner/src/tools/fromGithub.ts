import { GITHUB_JAR } from "./knownJars.js";

/** How long the download may take, in milliseconds. */
const DOWNLOAD_TIMEOUT = 120_000;

/** The part of `fetch` that the download needs; tests give their own. */
export type Fetch = (url: string, init: { signal: AbortSignal }) => Promise<Response>;

/**
 * Downloads the jar of the TLA+ project's release.
 *
 * @returns The jar's bytes, unchecked, or the reason why there are none.
 */
export async function fromGithub(
  fetchUrl: Fetch,
  signal: AbortSignal | undefined,
): Promise<Buffer | { readonly reason: string }> {
  const timeout = AbortSignal.timeout(DOWNLOAD_TIMEOUT);
  try {
    const response = await fetchUrl(GITHUB_JAR.url, {
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!response.ok) return { reason: `the download failed: HTTP status ${response.status}` };
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    return { reason: `the download failed: ${innermostMessage(error)}` };
  }
}

/** `fetch` says only "fetch failed"; its cause says why. */
function innermostMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return innermostMessage(error.cause);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return error.message.includes(code) ? error.message : `${code} ${error.message}`;
}
