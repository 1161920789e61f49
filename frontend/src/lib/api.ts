// The one place that names schemas of the server's OpenAPI document (schema.d.ts is generated).
import type { components } from './schema';

type Schemas = components['schemas'];

export type AxisValue = Schemas['AxisValue'];
/** One value per axis: workload, its parameters, tasks, parallelism, model, interpreter, profile. */
export type Axes = Schemas['Axes'];
export type RunSpec = Schemas['RunSpec'];
export type RunSummary = Schemas['RunSummary'];
export type Run = Schemas['Run'];
export type RunProgress = Schemas['Progress'];
export type Cell = Schemas['Cell'];
export type Outcome = Schemas['Outcome'];
export type Evidence = Schemas['Evidence'];
/** Median with its interval; the interval is absent when there are too few rounds for one. */
export type Estimate = Schemas['Estimate'];
export type Sample = Schemas['Sample'];
export type Measure = Schemas['Measure'];
export type Comparison = Schemas['Comparison'];
export type ComparisonGroup = Schemas['ComparisonGroup'];
export type ComparisonEntry = Schemas['ComparisonEntry'];
export type Verdict = ComparisonEntry['verdict'];
export type Workload = Schemas['Workload'];
export type Parameter = Schemas['Parameter'];
export type Model = Schemas['Model'];
export type Interpreter = Schemas['Interpreter'];
export type Host = Schemas['Host'];
export type Session = Schemas['Session'];
export type Problem = Schemas['Problem'];
