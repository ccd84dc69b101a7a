import type { ExpressionReader } from "./ExpressionReader.js";
import { inTextOrder } from "./inTextOrder.js";
import { child, numberOf, only, type SanyExport, textOf } from "./SanyExport.js";
import type { Assumption, Declaration, TlaModule } from "./TlaModule.js";
import type { XmlElement } from "./XmlElement.js";

/** What a module may have and the tree has no room for, by SANY's name of the element. */
const unsupportedUnits: ReadonlyMap<string, string> = new Map([
  ["InstanceNode", "an INSTANCE"],
  ["TheoremNode", "a theorem"],
  ["TheoremDefNode", "a theorem"],
  ["UseOrHideNode", "a USE or HIDE"],
]);

/** What SANY tells of a module itself, in elements beside its units. */
const ATTRIBUTES: ReadonlySet<string> = new Set(["location", "level", "uniquename"]);

/**
 * Reads one module of an export: what its own text declares and defines.
 *
 * @throws ToolError TLA_UNSUPPORTED or SANY_UNEXPECTED_OUTPUT.
 */
export function readModule(
  source: SanyExport,
  reader: ExpressionReader,
  name: string,
): Omit<TlaModule, "sha256" | "extends"> {
  const constants: Declaration[] = [];
  const variables: Declaration[] = [];
  const assumptions: Assumption[] = [];
  const definitions = [];
  for (const unit of ownUnits(source, name)) {
    switch (unit.name) {
      case "OpDeclNode":
        (textOf(unit, "kind") === "3" ? variables : constants).push(declaration(source, unit));
        break;
      case "UserDefinedOpKind":
        definitions.push(reader.definition(unit));
        break;
      case "AssumeNode":
        assumptions.push(assumption(source, reader, unit));
        break;
      case "AssumeDef":
        // The name of an assumption, which names it itself.
        break;
      default:
        throw source.unsupported(unsupportedUnits.get(unit.name) ?? unit.name, unit);
    }
  }
  return {
    name,
    constants: inTextOrder(constants),
    variables: inTextOrder(variables),
    assumptions: inTextOrder(assumptions),
    definitions: inTextOrder(definitions),
  };
}

/** The units of a module's own text; SANY lists those of the modules that it extends too. */
function ownUnits(source: SanyExport, name: string): XmlElement[] {
  return source
    .module(name)
    .children.filter((unit) => !ATTRIBUTES.has(unit.name))
    .map((unit) => (unit.name.endsWith("Ref") ? source.symbol(unit) : unit))
    .filter((unit) => source.place(unit).module === name);
}

function declaration(source: SanyExport, unit: XmlElement): Declaration {
  return {
    name: textOf(unit, "uniquename"),
    arity: numberOf(unit, "arity"),
    place: source.place(unit),
  };
}

function assumption(source: SanyExport, reader: ExpressionReader, unit: XmlElement): Assumption {
  const definition = unit.children.find(({ name }) => name === "definition");
  return {
    name: definition && textOf(source.symbol(only(definition)), "uniquename"),
    body: reader.expression(only(child(unit, "body"))),
    place: source.place(unit),
  };
}
