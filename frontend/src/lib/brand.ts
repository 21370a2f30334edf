/** A string that the compiler keeps apart from other strings: a study's code is no case's code. */
export type Brand<Name extends string> = string & { readonly __brand: Name };

export type StudyCode = Brand<"StudyCode">;
export type UploadCode = Brand<"UploadCode">;
export type CaseCode = Brand<"CaseCode">;
export type QueryCode = Brand<"QueryCode">;
export type ReadingCode = Brand<"ReadingCode">;
export type AdjudicationCode = Brand<"AdjudicationCode">;
export type ProblemCode = Brand<"ProblemCode">;
export type ReopeningCode = Brand<"ReopeningCode">;
export type UnlockingCode = Brand<"UnlockingCode">;
export type ExportCode = Brand<"ExportCode">;
export type ItemCode = Brand<"ItemCode">;
