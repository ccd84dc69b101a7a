import { Node } from "ts-morph";
import type { Report, Rule } from "../finding.js";
import { declarationOf } from "../names.js";

const TOP_DOWN = "src/ runs straight through: hand the value in, or keep it in verify/";

/** Names of the standard library, by what they bring in. */
const IMPURE: Readonly<Record<string, readonly string[]>> = {
  "a promise": ["Promise", "queueMicrotask"],
  "a clock": [
    ...["Date", "performance", "setTimeout", "setInterval", "setImmediate", "clearTimeout"],
    ...["clearInterval", "clearImmediate", "Temporal"],
  ],
  randomness: ["crypto"],
  "input or output": ["console", "process", "fetch", "require"],
  "what is shared by everybody": ["globalThis", "global", "Atomics", "SharedArrayBuffer"],
};

const whatIs = new Map(
  Object.entries(IMPURE).flatMap(([what, names]) => names.map((name) => [name, what] as const)),
);

export const pureCore: Rule = {
  name: "pure-core",
  description: "src/ has no promise, no clock, no randomness, no input and no output.",
  check({ sources }, report) {
    for (const source of sources) {
      report.look();
      source.forEachDescendant((node) => checkNode(node, report));
    }
  },
};

function checkNode(node: Node, report: Report): void {
  if (Node.isAwaitExpression(node)) report.find(node, "src/ waits for a promise", TOP_DOWN);
  if (Node.isForOfStatement(node) && node.isAwaited()) {
    report.find(node, "src/ waits for a promise", TOP_DOWN);
  }
  if (Node.isAsyncable(node) && node.isAsync()) {
    report.find(node, "a function of src/ is async", TOP_DOWN);
  }
  if (Node.isPropertyAccessExpression(node) && node.getText() === "Math.random") {
    report.find(node, "src/ uses randomness: Math.random", TOP_DOWN);
  }
  if (!Node.isIdentifier(node) || isMember(node)) return;
  const what = whatIs.get(node.getText());
  if (what !== undefined && declarationOf(node) === undefined) {
    report.find(node, `src/ uses ${what}: ${node.getText()}`, TOP_DOWN);
  }
}

/** The `b` of `a.b`, and a key of an object or a type. */
function isMember(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() === node;
  return Node.isPropertyAssignment(parent) || Node.isPropertySignature(parent);
}
