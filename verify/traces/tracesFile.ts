/**
 * A model's traces as a file: a line of JSON that says what is in it and what it was made from, and
 * behind it the content, compressed with brotli. The hash in the head is that of everything, but of
 * the content as it is before it is compressed, which no version of the compressor changes.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { z } from "zod";
import { VerifyError } from "../support/verifyError.js";
import { amountsOf, type Corpus, decodeContent, encodeContent } from "./content.js";

export const FORMAT = "ffa-verify traces" as const;
export const FORMAT_VERSION = 1 as const;

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal expected");

const headForm = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  model: z.string(),
  /** By file name: the modules and the cfg. */
  sources: z.record(z.string(), sha256),
  tlc: sha256,
  states: count,
  edges: count,
  behaviors: count,
  steps: count,
  /** Fewer steps do not cover all edges. */
  fewestSteps: count,
  /** Of the content. */
  bytes: count,
  sha256,
});

export type TracesHead = z.infer<typeof headForm>;

/** What a graph was made from: the hashes of the modules and the cfg, and of TLC's jar. */
export type Origin = Pick<TracesHead, "model" | "sources" | "tlc">;

export interface TracesFile {
  readonly head: TracesHead;
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly content: Buffer;
}

/** A head fits in here. */
const MOST_HEAD_BYTES = 1 << 16;

export function tracesBytes(corpus: Corpus, fewestSteps: number, origin: Origin): Buffer {
  const content = encodeContent(corpus);
  const { model, sources, tlc } = origin;
  const unsigned = {
    ...{ format: FORMAT, version: FORMAT_VERSION, model, sources, tlc },
    ...{ ...amountsOf(corpus), fewestSteps, bytes: content.length },
  };
  const head = { ...unsigned, sha256: hashOf(unsigned, content) };
  const packed = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), packed]);
}

/** @throws VerifyError FILE_UNWRITABLE */
export function writeTraces(path: string, bytes: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  } catch (cause) {
    throw new VerifyError({
      code: "FILE_UNWRITABLE",
      what: `the traces cannot be written: ${(cause as Error).message}`,
      where: path,
      hint: "name a directory that you can write to",
    });
  }
}

/**
 * Reads a file and sees that it is whole.
 *
 * @throws VerifyError TRACES_UNREADABLE, TRACES_DAMAGED, TRACES_OTHER_FORM
 */
export function readTracesFile(path: string): TracesFile {
  const bytes = readBytes(path);
  const end = bytes.subarray(0, MOST_HEAD_BYTES).indexOf("\n");
  if (end < 0) throw damaged(path, "it has no line that says what is in it");
  const head = headIn(bytes.subarray(0, end).toString("utf8"), path);
  const content = contentIn(bytes.subarray(end + 1), head.bytes, path);
  const { sha256: expected, ...unsigned } = head;
  const found = hashOf(unsigned, content);
  if (content.length !== head.bytes || found !== expected) {
    throw damaged(path, "its bytes are not those that were written", expected, found);
  }
  return { head, path, size: bytes.length, content };
}

/** @throws VerifyError TRACES_DAMAGED where the parts of a file do not make one graph */
export function corpusIn({ head, path, content }: TracesFile): Corpus {
  try {
    return decodeContent(content, head);
  } catch (cause) {
    throw damaged(path, (cause as Error).message);
  }
}

function hashOf(unsigned: Omit<TracesHead, "sha256">, content: Buffer): string {
  return createHash("sha256")
    .update(`${JSON.stringify(unsigned)}\n`)
    .update(content)
    .digest("hex");
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new VerifyError({
      code: "TRACES_UNREADABLE",
      what: `the traces cannot be read: ${(cause as Error).message}`,
      where: path,
      hint: "write them with: npx ffa-verify traces export MODEL",
    });
  }
}

function headIn(text: string, path: string): TracesHead {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(path, "its first line is no JSON");
  }
  const { format, version } = Object(json) as Partial<TracesHead>;
  if (format !== FORMAT || version !== FORMAT_VERSION) {
    throw new VerifyError({
      code: "TRACES_OTHER_FORM",
      what: "the traces are in a form that this version of ffa-verify does not read",
      where: `${path}:1:1`,
      expected: `${FORMAT}, version ${FORMAT_VERSION}`,
      found: `${String(format).slice(0, 40)}, version ${String(version).slice(0, 40)}`,
      hint: "write them anew with: npx ffa-verify traces export MODEL",
    });
  }
  const parsed = headForm.safeParse(json);
  if (parsed.success) return parsed.data;
  const [{ path: at, message }] = parsed.error.issues;
  throw damaged(path, `its first line is wrong at ${at.join(".") || "the top"}: ${message}`);
}

function contentIn(packed: Buffer, bytes: number, path: string): Buffer {
  try {
    // More than is announced is not unpacked.
    return brotliDecompressSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch (cause) {
    throw damaged(path, `its content cannot be unpacked: ${(cause as Error).message}`);
  }
}

function damaged(path: string, what: string, expected?: string, found?: string): VerifyError {
  return new VerifyError({
    code: "TRACES_DAMAGED",
    what: `the file of traces is damaged: ${what}`,
    where: path,
    expected,
    found,
    hint: "take it from the repository again, or npx ffa-verify traces export MODEL",
  });
}
