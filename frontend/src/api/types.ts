/**
 * The shapes the server answers with: schema.d.ts is generated from the API's description (`npm run types`), and this
 * file gives its shapes the product's names. Ids are branded here, where they enter the program.
 */
import type { AdjudicationCode, CaseCode, ExportCode, ItemCode, ProblemCode, QueryCode, ReadingCode, ReopeningCode, UnlockingCode, StudyCode, UploadCode } from "@/lib/brand";
import type { components } from "./schema";

type Schema = components["schemas"];

/** An answer holds every field: the schema calls those with a default optional, for a request may leave them out. */
type Answer<Shape> = Shape extends (infer One)[]
  ? Answer<One>[]
  : Shape extends object
    ? { -readonly [Field in keyof Shape]-?: Answer<Shape[Field]> }
    : Shape;

/** The shape, with some of its fields known more narrowly than the schema can say. */
type Narrow<Shape, Fields> = Omit<Shape, keyof Fields> & Fields;

export type Person = Answer<Schema["UserOutput"]>;
export type Session = Answer<Schema["SessionOutput"]>;
/** Administrators are staff: nobody can be given the role in a study. */
export type GivenRole = Schema["Role"];
export type Role = GivenRole | "administrator";
export type StudyName = Narrow<Answer<Schema["StudyName"]>, { code: StudyCode }>;
export type StudyLine = Narrow<Answer<Schema["StudyRow"]>, { code: StudyCode; role: Role }>;
export type StudyDetail = Narrow<Answer<Schema["StudyOutput"]>, { code: StudyCode; role: Role }>;
export type InstrumentLine = Answer<Schema["InstrumentOutput"]>;
export type Member = Answer<Schema["MemberOutput"]>;
export type MemberInput = Schema["MemberInputRequest"];
export type ReaderSettings = Schema["ReaderSettingsRequest"];
export type NewMember = Answer<Schema["AddedOutput"]>;
export type Machine = Answer<Schema["MachineOutput"]>;
export type MachineRights = Schema["MachineInputRequest"];
export type NewMachine = Answer<Schema["MadeOutput"]>;

// --- import -------------------------------------------------------------------------------------

export type Verdict = Schema["VerdictEnum"];
export type UploadState = Schema["UploadState"];
export type VerdictTotals = Answer<Schema["TotalsOutput"]>;
export type FileVerdict = Narrow<Answer<Schema["UploadedFileOutput"]>, { case: CaseCode | null }>;
/** What the server has of a file of an unfinished upload. */
export type HeldFile = Answer<Schema["HeldFileOutput"]>;
export type Centre = Answer<Schema["CentreOutput"]>;
export type UploadLine = Narrow<Answer<Schema["UploadRow"]>, { code: UploadCode }>;
export type Upload = Narrow<Answer<Schema["UploadOutput"]>, { code: UploadCode; files: FileVerdict[] }>;

// --- cases --------------------------------------------------------------------------------------

export type SeriesRole = Schema["SeriesRole"];
export type Plane = Schema["PlaneEnum"];
export type CaseState = Schema["CaseState"];
/** What the scanner wrote down, and only that: a field that is not there was not written. */
export type Parameters = Schema["ParametersOutput"];
export type CaseSeries = Narrow<Answer<Schema["SeriesOutput"]>, { parameters: Parameters }>;
export type Case = Narrow<Answer<Schema["CaseOutput"]>, { code: CaseCode; series: CaseSeries[] }>;
/** The clinical covariates of a study's participants: the newest table, version 0 while there is none. */
export type Covariates = Answer<Schema["CovariatesOutput"]>;
export type Covariate = Covariates["covariates"][number];
export type CaseFacts = Narrow<Answer<Schema["CaseFactsOutput"]>, { case: CaseCode }>;

// --- check --------------------------------------------------------------------------------------

/** What the machine says of one thing: fulfilled, for a person to answer, or not there. `series` null: of the whole case. */
export type Finding = Answer<Schema["FindingOutput"]>;
export type Question = Answer<Schema["QuestionOutput"]>;
export type QualityCheck = Answer<Schema["CheckOutput"]>;
export type CentreQuery = Narrow<Answer<Schema["QueryOutput"]>, { code: QueryCode }>;
/** `images_number` is the series' number among the images of the case. */
type CheckSeries = Narrow<Answer<Schema["CheckSeriesOutput"]>, { parameters: Parameters }>;
export type CaseCheck = Narrow<Answer<Schema["SheetOutput"]>, { code: CaseCode; queries: CentreQuery[]; series: CheckSeries[] }>;

// --- assign and watch ---------------------------------------------------------------------------

export type AllocationRun = Answer<Schema["AllocationRun"]>;
export type Charter = Answer<Schema["CharterOutput"]>;
export type CharterVersion = Answer<Schema["CharterVersion"]>;
export type Rules = Answer<Schema["RulesField"]>;
export type PracticeSet = Answer<Schema["PracticeSet"]>;
export type References = Answer<Schema["ReferencesOutput"]>;
export type PracticeStanding = Narrow<Answer<Schema["PracticeStanding"]>, { study: StudyCode }>;
export type Feedback = Narrow<Answer<Schema["FeedbackOutput"]>, { item: ItemCode }>;
export type Unblinding = Answer<Schema["UnblindingOutput"]>;
export type Unlocking = Narrow<Answer<Schema["UnlockingOutput"]>, { code: UnlockingCode }>;
export type UnblindingInput = Schema["UnblindingInputRequest"];
export type ReaderLoad = Answer<Schema["ReaderLoad"]>;
export type Allocation = Answer<Schema["AllocationOutput"]>;
export type ReadingState = Schema["ReadingState"];
export type AdjudicationState = Schema["AdjudicationState"];
export type ProgressCards = Answer<Schema["CardsOutput"]>;
export type CaseProgress = Narrow<Answer<Schema["CaseSteps"]>, { code: CaseCode }>;
export type Slip = Narrow<Answer<Schema["SlipOutput"]>, { case: CaseCode }>;
export type Progress = Narrow<Answer<Schema["ProgressOutput"]>, { cases: CaseProgress[] }>;

// --- reading ------------------------------------------------------------------------------------

type WorklistRow = Narrow<Answer<Schema["ReadingRow"]>, { code: ReadingCode }>;
export type WorklistStudy = Narrow<Answer<Schema["WorklistOutput"]>, { study: StudyName; readings: WorklistRow[]; practice: PracticeStanding | null }>;
export type Choice = Answer<Schema["CodedReason"]>;
export type InstrumentItem = Narrow<Answer<Schema["ItemOutput"]>, { code: ItemCode }>;
export type InstrumentRegion = Narrow<Answer<Schema["RegionOutput"]>, { items: InstrumentItem[] }>;
export type InstrumentSum = Answer<Schema["SumOutput"]>;
export type Instrument = Narrow<Answer<Schema["FormOutput"]>, { regions: InstrumentRegion[] }>;
/** A grade, a reason why there is none, or (both empty) blank: three different things. */
export type ScoreValue = Answer<Schema["AnswerValue"]>;
export type Score = Narrow<Answer<Schema["ScoreOutput"]>, { item: ItemCode }>;
/** What the server answers once it has a score, and only then. */
export type SavedScore = Score;
/** A pin as the server has it; `operation` is the change the next one of this pin comes after. */
export type SavedPin = Narrow<
  Answer<Schema["PinOutput"]>,
  { item: ItemCode; point: Vector; view: Narrow<Answer<Schema["PinView"]>, { centre: Vector }> }
>;
/** One change as it is sent, and what became of it. */
export type OperationInput = Schema["OperationInputRequest"];
export type OperationOutcome = Answer<Schema["OutcomeOutput"]>;
export type OperationsAnswer = Narrow<Answer<Schema["OperationsOutput"]>, { feedback: Feedback[] | null }>;
export type Signature = Answer<Schema["SignatureOutput"]>;
export type Reading = Narrow<
  Answer<Schema["ReadingOutput"]>,
  { code: ReadingCode; next: ReadingCode | null; instrument: Instrument; scores: Score[]; pins: SavedPin[]; feedback: Feedback[] | null }
>;

/** What the signature would stand under now, and what is missing or was never looked at. */
export type Review = Answer<Schema["ReviewOutput"]>;

// --- what readers report and ask for ------------------------------------------------------------

export type ProblemKind = Schema["ProblemKind"];
/** A report as its reader sees it: never what became of it. `slice` counts from 0. */
export type OwnProblem = Answer<Schema["OwnProblem"]>;
export type ProblemReport = Answer<Schema["ProblemInputRequest"]>;
/** Everything a desk has counted so far. */
export type SittingCount = Schema["SittingInputRequest"];
/** As the coordinator sees it. */
export type ReportedProblem = Narrow<Answer<Schema["ProblemOutput"]>, { code: ProblemCode; case: CaseCode }>;
export type ReopeningRequest = Narrow<Answer<Schema["ReopeningOutput"]>, { code: ReopeningCode; case: CaseCode }>;
export type Requests = Narrow<Answer<Schema["RequestsOutput"]>, { problems: ReportedProblem[]; reopenings: ReopeningRequest[] }>;

// --- images -------------------------------------------------------------------------------------

/** Patient LPS, millimetres or a direction of length 1. */
export type Vector = [number, number, number];
/** `position` is the centre of the first pixel. */
export type ImageSlice = Narrow<
  Answer<Schema["SliceOutput"]>,
  { position: Vector; row_direction: Vector; column_direction: Vector }
>;
/** Directions: `row` of increasing column index, `column` of increasing row index. Slices in order along the normal. */
export type ImageSeries = Narrow<
  Answer<Schema["SeriesImagesOutput"]>,
  { row_direction: Vector; column_direction: Vector; slice_normal: Vector; slices: ImageSlice[] }
>;
export type ImageManifest = Narrow<Answer<Schema["ImagesOutput"]>, { series: ImageSeries[] }>;

// --- adjudication -------------------------------------------------------------------------------

type AdjudicationLine = Narrow<Answer<Schema["AdjudicationRow"]>, { code: AdjudicationCode }>;
export type AdjudicationList = Narrow<
  Answer<Schema["AdjudicationQueue"]>,
  { study: StudyName; adjudications: AdjudicationLine[] }
>;
export type DecisionChoice = Schema["DecisionChoice"];
export type DecisionReason = Schema["ReasonEnum"];
export type Decision = Answer<Schema["DecisionOutput"]>;
export type DecisionInput = Answer<Schema["DecisionInputRequest"]>;
export type PickInput = Answer<Schema["PickInputRequest"]>;
export type OwnAnswerInput = Answer<Schema["OwnAnswerInputRequest"]>;
export type SignAdjudicationInput = Schema["SignAdjudicationInputRequest"];
export type Mode = Adjudication["mode"];
export type Dispute = Narrow<Answer<Schema["DisputeOutput"]>, { item: ItemCode }>;
export type Adjudication = Narrow<
  Answer<Schema["AdjudicationOutput"]>,
  { code: AdjudicationCode; next: AdjudicationCode | null; instrument: Instrument; disputes: Dispute[] }
>;

// --- agreement ----------------------------------------------------------------------------------

/** A statistic never is a bare number: why it could not be estimated is part of it (status "ok", or a sentence). */
export type Statistic = Answer<Schema["StatisticOutput"]>;
/** A test of a hypothesis; the same holds for its p. */
export type Test = Answer<Schema["TestOutput"]>;
/** What two readers' grades say: of an item, a region, or something present. Which statistics, the design decides. */
export type TableAgreement = Answer<Schema["TableAgreement"]>;
export type ItemAgreement = Answer<Schema["ItemAgreement"]>;
export type RegionAgreement = Answer<Schema["RegionAgreement"]>;
export type SumAgreement = Answer<Schema["SumAgreement"]>;
/** Differences between two readers have a sign only where the same two read every case. */
export type BlandAltman = Answer<Schema["BlandAltmanOutput"]>;
export type Point = Answer<Schema["PointOutput"]>;
export type PairAgreement = Answer<Schema["PairAgreement"]>;
export type ReaderAgreement = Answer<Schema["ReaderAgreement"]>;
export type Drift = Answer<Schema["DriftOutput"]>;
export type Preference = Answer<Schema["PreferenceOutput"]>;
export type Partiality = Answer<Schema["PartialityOutput"]>;
export type Comparison = Answer<Schema["ComparisonOutput"]>;
export type Share = Answer<Schema["ShareOutput"]>;
export type Group = Answer<Schema["GroupOutput"]>;
export type Fourfold = Answer<Schema["FourfoldOutput"]>;
export type Clinical = Answer<Schema["ClinicalOutput"]>;
export type AgreementReport = Answer<Schema["AgreementOutput"]>;
export type Behind = Answer<Schema["BehindOutput"]>;
export type BehindRow = Answer<Schema["BehindRow"]>;

/** One consensus that a case has, or had. */
export type ConsensusVersion = Answer<Schema["ConsensusVersion"]>;

// --- export -------------------------------------------------------------------------------------

export type ConsensusExport = Narrow<Answer<Schema["ExportOutput"]>, { code: ExportCode }>;

// --- explain ------------------------------------------------------------------------------------

export type ExplainableCase = Narrow<Answer<Schema["ExplainableCase"]>, { code: CaseCode }>;
/** The cases that fit a search, and the value and reading that it names; or why nothing is explained yet. */
export type ExplainableCases = Narrow<Answer<Schema["ExplainableCases"]>, { cases: ExplainableCase[] }>;
/** All values of a case: `values` of each look in their order, then what counts. */
export type CaseTable = Narrow<Answer<Schema["CaseTableOutput"]>, { code: CaseCode }>;
export type CaseLine = CaseTable["sums"][number];
export type CaseLook = CaseTable["looks"][number];
/** Where one value comes from. */
export type History = Answer<Schema["HistoryOutput"]>;
export type ReadingHistory = History["readings"][number];
export type DecisionHistory = History["decisions"][number];
export type HistoryStep = History["steps"][number];
export type GivenSignature = ReadingHistory["signatures"][number];
export type Views = NonNullable<ReadingHistory["views"]>;

// --- audit trail --------------------------------------------------------------------------------

export type Trail = Answer<Schema["TrailOutput"]>;
export type TrailEvent = Trail["events"][number];
export type TrailChoices = Trail["choices"];
export type Standing = Schema["Standing"];
