import { type CallExpression, Node, SyntaxKind } from "ts-morph";
import type { Report, Rule } from "../finding.js";
import { type ProtocolCode, targetsOf } from "../protocolCode.js";

/** Statements that the walk along the paths does not understand. */
const NOT_WALKED = [SyntaxKind.TryStatement, SyntaxKind.LabeledStatement];

export const stepsAreYielded: Rule = {
  name: "steps-are-yielded",
  description:
    "Protocol code yields only by `yield*` of a primitive or of protocol code that can be named.",
  check({ protocol }, report) {
    for (const code of protocol.functions) {
      for (const node of code.getDescendants()) {
        if (Node.isYieldExpression(node)) checkYield(protocol, node, report);
        if (Node.isCallExpression(node)) checkCall(protocol, node, report);
        if (NOT_WALKED.includes(node.getKind())) {
          report.find(
            node,
            "the rules cannot follow the paths through this statement",
            "use if, switch, a loop and return only",
          );
        }
      }
    }
    for (const { call, label, labelNode, location, primitive } of protocol.steps) {
      if (label === undefined) {
        report.find(
          labelNode,
          `the label of ${primitive.name} is no string literal`,
          "write the name of the action there",
        );
      }
      if (location === undefined) {
        report.find(
          call.getArguments()[primitive.locationArgument] ?? call,
          `the location of ${primitive.name} cannot be traced to a declared field`,
          "name it as a field of its context, such as ctx.guestVers",
        );
      }
    }
  },
};

function checkYield(protocol: ProtocolCode, node: Node, report: Report): void {
  report.look();
  if (!Node.isYieldExpression(node)) return;
  if (node.compilerNode.asteriskToken === undefined) {
    const remedy = "use yield* with a primitive of src/sync";
    report.find(node, "an operation is yielded by hand", remedy);
    return;
  }
  const callee = node.getExpression();
  if (Node.isCallExpression(callee) && isProtocolCall(protocol, callee)) return;
  report.find(
    node,
    "what is yielded is neither a primitive of src/sync nor a protocol function",
    "call one of them by its name, or by a constant that chooses between some",
  );
}

/** Calling a generator does nothing until it is yielded. */
function checkCall(protocol: ProtocolCode, call: CallExpression, report: Report): void {
  if (!isProtocolCall(protocol, call)) return;
  if (Node.isYieldExpression(call.getParent())) return;
  report.find(
    call,
    `${call.getExpression().getText()} is called, but its steps are not yielded`,
    "write yield* in front of it",
  );
}

function isProtocolCall(protocol: ProtocolCode, call: CallExpression): boolean {
  const targets = targetsOf(call.getExpression());
  return (
    targets.length > 0 &&
    targets.every(
      (target) =>
        protocol.primitives.has(target) || protocol.functions.some((code) => code === target),
    )
  );
}
