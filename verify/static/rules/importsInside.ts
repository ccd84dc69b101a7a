import { posix } from "node:path";
import { Node, type SourceFile, SyntaxKind } from "ts-morph";
import type { Rule } from "../finding.js";
import { pathOf } from "../nodePlace.js";

export const importsInside: Rule = {
  name: "imports-inside",
  description: "src/ imports nothing outside src/.",
  check({ sources, files }, report) {
    for (const source of sources) {
      for (const literal of specifiersOf(source)) {
        report.look();
        const specifier = Node.isStringLiteral(literal) ? literal.getLiteralText() : "";
        const target = posix.join(posix.dirname(pathOf(source)), specifier);
        const inside = target.startsWith("src/") && files.has(target.replace(/\.js$/, ".ts"));
        if (specifier.startsWith(".") && inside) continue;
        report.find(
          literal,
          `src/ imports ${literal.getText()}, which is not a file of src/`,
          "let src/ be given what it needs, as an option or as an argument",
        );
      }
    }
  },
};

/** The module names of imports, of exports from elsewhere, and of `import(...)`. */
function specifiersOf(source: SourceFile): readonly Node[] {
  const called = source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => call.getExpression().getKind() === SyntaxKind.ImportKeyword)
    .flatMap((call) => call.getArguments().slice(0, 1));
  const declared = [...source.getImportDeclarations(), ...source.getExportDeclarations()].flatMap(
    (declaration) => declaration.getModuleSpecifier() ?? [],
  );
  return [...declared, ...called];
}
