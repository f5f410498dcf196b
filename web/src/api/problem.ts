export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

export interface ProblemBody {
  title: string;
  status: number;
  code: string;
  detail: string;
  request_id?: string;
  facts?: Record<string, unknown>;
  errors?: FieldProblem[];
}

/** A refusal or a failure of the API. Its message is the server's sentence, in the reader's language. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly facts: Record<string, unknown>;
  readonly errors: FieldProblem[];
  /** What to quote to support. */
  readonly reference: string | undefined;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = "ApiError";
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.facts = body.facts ?? {};
    this.errors = body.errors ?? [];
    this.reference = body.request_id;
  }
}

/** The request never reached the server, or no answer came back. Status 0; its words are the shell's. */
export class NoAnswer extends ApiError {
  constructor() {
    super({ title: "", status: 0, code: "no_answer", detail: "" });
    this.name = "NoAnswer";
  }
}

/** Whatever a failed answer carries, as an ApiError: a proxy's HTML page must not break the screen. */
export function problemOf(status: number, body: unknown, reference?: string | null): ApiError {
  const problem = (body ?? {}) as Partial<ProblemBody>;
  return new ApiError({
    ...problem,
    title: typeof problem.title === "string" ? problem.title : "",
    status,
    code: typeof problem.code === "string" ? problem.code : `http_${status}`,
    detail: typeof problem.detail === "string" ? problem.detail : "",
    request_id: problem.request_id ?? reference ?? undefined,
  });
}

/** Messages by field, as forms take them; the first message of a field wins. */
export function fieldErrors(error: unknown): Record<string, string> {
  const byField: Record<string, string> = {};
  if (error instanceof ApiError) {
    for (const { field, message } of error.errors) byField[field] ??= message;
  }
  return byField;
}
