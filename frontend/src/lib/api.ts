// The one place that names schemas of the server's OpenAPI document (schema.d.ts is generated).
import type { components } from './schema';

type Schemas = components['schemas'];

export type AxisValue = Schemas['AxisValue'];
/** One value per axis: workload, its parameters, tasks, parallelism, model, interpreter, profile. */
export type Axes = Schemas['Axes'];
export type RunSpec = Schemas['RunRequest'];
/** What a run would become, and how long it would take. */
export type RunPreview = Schemas['Preview'];
/** A run in a list: without what it was submitted as, and without its jobs. */
export type RunSummary = Omit<Schemas['Run'], 'spec' | 'jobs'>;
export type Run = Required<Schemas['Run']>;
export type RunProgress = Schemas['RunProgress'];
export type Cell = Schemas['CellResult'];
export type Outcome = Schemas['Outcome'];
export type Evidence = Schemas['Evidence'];
/** How far a cell's figures can be trusted. */
export type Quality = NonNullable<Cell['quality']>;
/** Median with its interval; the interval is absent when there are too few rounds for one. */
export type Estimate = Schemas['CellStandingSummary'];
export type Sample = Schemas['Sample'];
export type Measure = Schemas['Measure'];
export type Comparison = Schemas['Comparison'];
export type ComparisonGroup = Schemas['ComparisonGroup'];
export type ComparisonEntry = Schemas['ComparisonEntry'];
/** A placebo or an anchor beside the entries of its group. */
export type Control = NonNullable<ComparisonGroup['placebo']>;
/** Latency and bandwidth of one mechanism with one payload. */
export type Transfer = Schemas['Transfer'];
export type TransferList = Schemas['TransferList'];
/** How one model with one interpreter scales with its workers. */
export type Scaling = Schemas['Scaling'];
export type ScalingList = Schemas['ScalingList'];
export type ScalingEstimate = Schemas['ScalingEstimate'];
/** The size from which one is better than another, for one work. */
export type Crossing = Schemas['Crossing'];
export type CrossingList = Schemas['CrossingList'];
/** A file of another program. */
export type Import = Schemas['Import'];
export type ImportBenchmark = NonNullable<Import['items']>[number];
export type ImportComparison = Schemas['ImportComparison'];
/** An address that is told of what happens. */
export type Webhook = Schemas['Webhook'];
export type WebhookRequest = Schemas['WebhookRequest'];
/** What became of one event for one webhook. */
export type Delivery = Schemas['Delivery'];
export type Verdict = Schemas['Verdict'];
/** What the attempt that counts for a job recorded of its host. */
export type JobEvidence = Schemas['EvidenceList']['items'][number];
export type GroupEvidence = JobEvidence['groups'][number];
export type RoundEvidence = GroupEvidence['rounds'][number];
export type Instrument = Schemas['Instrument'];
/** How often equal arms were told to differ. */
export type EqualArms = Omit<Instrument['placebo'], 'hosts' | 'rounds_per_pair'>;
export type SelfTest = Instrument['self_tests'][number];
export type Workload = Schemas['Workload'];
export type Parameter = Schemas['Parameter'];
export type Model = Schemas['ExecutionModel'];
export type Interpreter = Schemas['Interpreter'];
/** A named run: one that Lanes brings, or one that somebody has saved. */
export type Suite = Schemas['Suite'];
/** A published statement with its verdicts. */
export type Claim = Schemas['Claim'];
export type ClaimVerdict = Schemas['ClaimVerdict'];
/** The verdict of a claim on one host and interpreter. */
export type Judgement = Claim['verdicts'][number];
/** What a run says of one condition of a claim. */
export type Finding = NonNullable<Judgement['findings']>[number];
/** A suite that is repeated. */
export type Schedule = Schemas['Schedule'];
export type ScheduleRequest = Schemas['ScheduleRequest'];
/** What cron means in a zone. */
export type SchedulePreview = Schemas['SchedulePreview'];
export type DueTime = Schedule['next_firings'][number];
/** What became of one time at which a schedule was due. */
export type Firing = Schemas['Firing'];
/** Whether an interpreter of a host runs an execution model. */
export type Support = Schemas['Support'];
export type Host = Schemas['Host'];
/** A host with its environment, its interpreters and what happened to it. */
export type HostDetail = Schemas['HostDetail'];
export type HostEvent = HostDetail['events'][number];
/** A named requirement that hosts fulfil. */
export type Profile = Schemas['Profile'];
/** A job that waits for a host. */
export type WaitingJob = Schemas['WaitingJob'];
/** A host and what it measures at the moment. */
export type Live = Schemas['Live'];
export type Session = Schemas['Session'];
/** A refusal of the server, or one that this page makes up where no answer came. */
export type Problem = Partial<Schemas['Problem']> & Pick<Schemas['Problem'], 'title' | 'status'>;
