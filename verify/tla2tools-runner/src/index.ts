export { type Cfg, readCfg } from "./cfg/readCfg.js";
export { openCfg } from "./embedded/openCfg.js";
export { runEmbedded } from "./embedded/runEmbedded.js";
export type {
  EmbeddedResult,
  EmbeddedVerdict,
  GraphVisitor,
  RunEmbeddedOptions,
} from "./embedded/types.js";
export type { BehaviorNames } from "./evaluate/action/readSpecification.js";
export type { Refusal } from "./evaluate/action/refusalOf.js";
export {
  type Condition,
  compileCondition,
  compileExpression,
  evaluate,
  type State,
  type Surroundings,
  specialise,
} from "./evaluate/evaluate.js";
export { explainRefusal } from "./evaluate/explainRefusal.js";
export {
  type ModelAction,
  type OpenModel,
  type OpenModelOptions,
  openModel,
} from "./evaluate/openModel.js";
export { readsOf } from "./evaluate/readsOf.js";
export { constantOf } from "./evaluate/specialise/constantOf.js";
export {
  childrenOf,
  freeNames,
  mapChildren,
  sameExpression,
} from "./evaluate/specialise/traverse.js";
export {
  EvaluationError,
  type Replacement,
  Theory,
  type TheoryOptions,
} from "./evaluate/Theory.js";
export { fromTlaValue, toTlaValue } from "./evaluate/values/tlaValues.js";
export {
  type Compound,
  FiniteSet,
  Mapping,
  ModelConstant,
  Tuple,
  type Value,
} from "./evaluate/values/Value.js";
export { ValueTable } from "./evaluate/values/ValueTable.js";
export { formatItf } from "./itf/formatItf.js";
export { createItf, type ItfMeta, type ItfState, type ItfTrace, loopOf } from "./itf/ItfTrace.js";
export { parseItf } from "./itf/parseItf.js";
export { compileModule } from "./module/compileModule.js";
export {
  type AtExpression,
  type Bound,
  type Builtin,
  type BuiltinExpression,
  builtins,
  type CaseExpression,
  type Definition,
  type ExceptExpression,
  type Expression,
  type LetExpression,
  type Level,
  type NumberExpression,
  type OperatorExpression,
  type Parameter,
  type Place,
  type QuantifiedExpression,
  type ReferenceExpression,
  type StringExpression,
  type ValueExpression,
} from "./module/Expression.js";
export { formatExpression } from "./module/formatExpression.js";
export { actionOf, conjunctsOf } from "./module/formulaParts.js";
export { findModuleTexts, type ModuleText } from "./module/moduleTexts.js";
export { type ParsedSpec, type ParseModuleOptions, parseModule } from "./module/parseModule.js";
export { readCompiled } from "./module/readCompiled.js";
export {
  type Assumption,
  type Declaration,
  standardModules,
  type TlaModule,
} from "./module/TlaModule.js";
export { type ErrorCode, errorCodes } from "./support/errorCodes.js";
export { ToolError, type ToolErrorFields } from "./support/ToolError.js";
export { withTemporaryDirectory } from "./support/temporaryDirectory.js";
export { messageCodes } from "./tlc/messageCodes.js";
export type { Checkpoint, RunTlcOptions, Simulation } from "./tlc/RunTlcOptions.js";
export { type ReadTlcLogOptions, readTlcLog } from "./tlc/readTlcLog.js";
export { runTlc } from "./tlc/runTlc.js";
export { formatLocation, type SourceLocation } from "./tlc/SourceLocation.js";
export type { TlcMessage, TlcMessageClass } from "./tlc/TlcMessage.js";
export type { TlcProgress } from "./tlc/TlcProgress.js";
export type {
  ActionCoverage,
  Lasso,
  TlcOutcome,
  TlcResult,
  TlcVerdict,
  TraceStep,
  VerdictKind,
  Violation,
} from "./tlc/TlcResult.js";
export { cacheDirectory } from "./tools/cacheDirectory.js";
export {
  describeTools,
  locateTools,
  type TlcTools,
  type ToolsDescription,
} from "./tools/describeTools.js";
export { GITHUB_JAR, KNOWN_JARS, type KnownJar, MAVEN_JAR } from "./tools/knownJars.js";
export {
  type JarSource,
  type JarTool,
  type LocateJarOptions,
  locateJar,
} from "./tools/locateJar.js";
export { type JavaTool, locateJava, OLDEST_JAVA } from "./tools/locateJava.js";
export type { Environment, PassedOver } from "./tools/toolTypes.js";
export { canonicalValue } from "./value/canonicalValue.js";
export { formatState, formatValue } from "./value/formatValue.js";
export { parseState } from "./value/parseState.js";
export { parseValue } from "./value/parseValue.js";
export type {
  BooleanValue,
  FunctionValue,
  IntervalValue,
  IntValue,
  ModelValue,
  RecordValue,
  SetValue,
  StringValue,
  TextValue,
  TlaState,
  TlaValue,
  TupleValue,
} from "./value/TlaValue.js";
export { statesEqual, valueKey, valuesEqual } from "./value/valuesEqual.js";
