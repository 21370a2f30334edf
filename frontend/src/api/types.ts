/** The shapes the server answers with. Ids are branded where they enter the program: here. */
import type { AdjudicationCode, CaseCode, ExportCode, ItemCode, ReadingCode, StudyCode, UploadCode } from "@/lib/brand";

export interface Person {
  username: string;
  full_name: string;
  is_administrator: boolean;
  can_open_studies: boolean;
  must_change_password: boolean;
}

export interface Session {
  user: Person | null;
  version: string;
}

export type Role = "coordinator" | "reader" | "adjudicator" | "statistician" | "monitor" | "administrator";

export interface StudyLine {
  code: StudyCode;
  title: string;
  role: Role;
  is_synthetic: boolean;
}

export type StudyName = Pick<StudyLine, "code" | "title" | "is_synthetic">;

export interface InstrumentLine {
  reference: string;
  key: string;
  version: string;
  title: string;
  status: string;
  n_sites: number;
  max_total: number;
}

export interface StudyDetail extends StudyLine {
  instrument: Pick<InstrumentLine, "reference" | "title" | "version" | "status">;
  charter_version: number;
}

export interface Member {
  username: string;
  full_name: string;
  role: Role;
}

export interface NewMember extends Member {
  temporary_password: string | null;
}

// --- import -------------------------------------------------------------------------------------

export type Verdict = "pending" | "imported" | "duplicate" | "refused";
export type UploadState = "receiving" | "received" | "importing" | "imported" | "partly" | "rejected";
export type VerdictTotals = Record<Verdict, number>;

export interface UploadLine {
  code: UploadCode;
  state: UploadState;
  received_at: string | null;
  totals: VerdictTotals;
}

export interface FileVerdict {
  number: number;
  /** The n-th file inside a zip; null for a file that came by itself. */
  entry: number | null;
  verdict: Verdict;
  reason: string;
  message: string;
  case: CaseCode | null;
}

export interface Upload extends UploadLine {
  files: FileVerdict[];
}

// --- cases --------------------------------------------------------------------------------------

export type SeriesRole = "STIR" | "T1" | "T2" | "OTHER";
export type Plane = "sagittal" | "axial" | "coronal" | "oblique";
export type CaseState = "incomplete" | "ready" | "allotted";

export interface CaseSeries {
  number: number;
  role: SeriesRole;
  role_source: "physics" | "coordinator";
  plane: Plane;
  n_slices: number;
  rows: number;
  columns: number;
  parameters: Record<string, number | string | null>;
}

export interface Case {
  code: CaseCode;
  subject: string;
  state: CaseState;
  missing: string[];
  series: CaseSeries[];
}

// --- assign and watch ---------------------------------------------------------------------------

export interface AllocationRun {
  made_at: string;
  made_by: string;
  seed: string | number;
  n_cases: number;
  n_readings: number;
  plan_sha256: string;
}

export interface Allocation {
  ready_cases: number;
  readers: { username: string; full_name: string; held: number }[];
  runs: AllocationRun[];
  problem: string | null;
}

export type ReadingState = "assigned" | "started" | "signed";
export type AdjudicationState = "waiting" | "started" | "signed";

export interface ProgressCards {
  cases_ready: number;
  readings_required: number;
  readings_signed: number;
  adjudications_open: number;
  cases_settled: number;
}

export interface CaseProgress {
  code: CaseCode;
  subject: string;
  images: CaseState;
  readings: { reader: string; state: ReadingState }[];
  adjudication: "none" | AdjudicationState;
  consensus: "none" | "open" | "settled";
}

export interface Progress {
  cards: ProgressCards;
  cases: CaseProgress[];
}

// --- reading ------------------------------------------------------------------------------------

export interface WorklistStudy {
  study: StudyName;
  readings: { code: ReadingCode; position: number; state: ReadingState }[];
}

export interface Choice {
  code: string;
  label: string;
}

export interface InstrumentItem {
  code: ItemCode;
  site: string;
  label: string;
  kind: "grade" | "flag";
}

export interface InstrumentRegion {
  code: string;
  label: string;
  scored: boolean;
  guidance: string;
  max: number;
  items: InstrumentItem[];
}

export interface Instrument {
  reference: string;
  key: string;
  version: string;
  title: string;
  status: string;
  citations: string[];
  grades: { value: number; label: string }[];
  not_assessable_reasons: Choice[];
  reference_marrow: string;
  regions: InstrumentRegion[];
  max_total: number;
}

/** A grade, a reason why there is none, or (both empty) blank: three different things. */
export interface ScoreValue {
  grade: number | null;
  not_assessable: string;
}

export interface Score extends ScoreValue {
  item: ItemCode;
}

export interface SavedScore extends Score {
  saved_at: string;
  state: ReadingState;
}

export interface Signature {
  printed_name: string;
  meaning: string;
  signed_at: string;
  content_sha256: string;
}

export interface Reading {
  code: ReadingCode;
  position: number;
  n_readings: number;
  state: ReadingState;
  is_synthetic: boolean;
  next: ReadingCode | null;
  instrument: Instrument;
  scores: Score[];
  signature: Signature | null;
  meaning: string;
}

// --- images -------------------------------------------------------------------------------------

export type Vector = [number, number, number];

export interface ImageSeries {
  number: number;
  label: string;
  role: SeriesRole;
  plane: Plane;
  rows: number;
  columns: number;
  row_spacing_mm: number;
  column_spacing_mm: number;
  /** Direction of increasing column index, patient LPS. */
  row_direction: Vector;
  /** Direction of increasing row index, patient LPS. */
  column_direction: Vector;
  slice_normal: Vector;
  /** Series with the same number share a frame of reference. */
  frame: number;
  is_signed: boolean;
  window: { low: number; high: number };
  /** In spatial order along +slice_normal; position is the centre of the first pixel, mm, LPS. */
  slices: { position: Vector; bytes: number }[];
  transfer_order: number[];
  pixels: string;
}

export interface ImageManifest {
  series: ImageSeries[];
}

// --- adjudication -------------------------------------------------------------------------------

export interface AdjudicationList {
  study: StudyName;
  adjudications: { code: AdjudicationCode; position: number; state: AdjudicationState; n_disputes: number; n_decided: number }[];
}

export type DecisionChoice = "left" | "right" | "other";

export interface Decision extends ScoreValue {
  choice: DecisionChoice;
  reason: string;
}

export interface Dispute {
  item: ItemCode;
  label: string;
  left: ScoreValue;
  right: ScoreValue;
  decision: Decision | null;
}

export interface DecisionInput extends Decision {
  comment: string;
}

export interface Adjudication {
  code: AdjudicationCode;
  state: AdjudicationState;
  is_synthetic: boolean;
  next: AdjudicationCode | null;
  instrument: Instrument;
  disputes: Dispute[];
  signature: Signature | null;
  meaning: string;
}

// --- agreement ----------------------------------------------------------------------------------

export type StatisticStatus = "ok" | "no_variation" | "one_reader_constant" | "too_few" | "not_estimable";

/** A statistic never is a bare number: why it could not be estimated is part of it. */
export interface Statistic {
  name: string;
  estimate: number | null;
  low: number | null;
  high: number | null;
  method: string;
  n: number;
  n_excluded: number;
  status: StatisticStatus;
  sentence: string;
}

export interface ItemAgreement {
  item: ItemCode;
  label: string;
  region: string;
  n_pairs: number;
  n_excluded: number;
  table: number[][];
  percent: Statistic;
  kappa: Statistic;
}

export interface AgreementReport {
  state: "none" | "ready";
  computed_at: string | null;
  n_cases: number;
  items: ItemAgreement[];
  total: { n_pairs: number; n_excluded: number; icc: Statistic } | null;
}

// --- export -------------------------------------------------------------------------------------

export interface ConsensusExport {
  code: ExportCode;
  state: "queued" | "building" | "ready" | "failed";
  requested_at: string;
  ready_at: string | null;
  sha256: string;
  bytes: number | null;
  message: string;
}
