/** What the server says when it says no: always the same shape, always a sentence to show. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string[]>;
  /** What else came with the error, e.g. the missing sites of an incomplete reading. */
  readonly extras: Record<string, unknown>;

  constructor(status: number, code: string, message: string, fields = {}, extras = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.extras = extras;
  }

  /** The network or the server failed, not the request: the same request may work in a moment. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

const SENTENCES: Record<number, string> = {
  0: "The server cannot be reached. Check the connection; nothing you see here is lost.",
  403: "You are not allowed to do this.",
  404: "There is nothing here, or it is not open to you.",
  413: "This is too large for the server.",
  429: "Too many attempts. Wait a minute, then try again.",
  502: "The server is starting or unavailable. Try again in a moment.",
  503: "The server is starting or unavailable. Try again in a moment.",
  504: "The server took too long to answer. Try again in a moment.",
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The error behind a refused response; anything unexpected still becomes a sentence. */
export function errorFrom(status: number, text: string): ApiError {
  const body = parseJson(text);
  const error = isRecord(body) ? body.error : null;
  if (!isRecord(error) || typeof error.message !== "string") {
    return new ApiError(status, "unexpected", SENTENCES[status] ?? `The server could not do this (error ${status}).`);
  }
  const { code, message, fields, ...extras } = error;
  return new ApiError(status, typeof code === "string" ? code : "unknown", message as string, isRecord(fields) ? fields : {}, extras);
}

export function unreachable(): ApiError {
  return new ApiError(0, "unreachable", SENTENCES[0] as string);
}

/** The first sentence the server wrote about one field of a form, if any. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof ApiError ? error.fields[field]?.[0] : undefined;
}
