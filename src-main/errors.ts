import {
  ERRORS,
  type ErrorCode,
  type ErrorParams,
  type ErrorView,
} from '../src-preload/contract/error-codes.ts';

/** A fault with a name: its code decides sentence, remedy, scope and retry (architecture §6). */
export class CratefulError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'CratefulError';
    this.code = code;
    this.params = params;
  }

  get scope() {
    return ERRORS[this.code].scope;
  }

  get retry() {
    return ERRORS[this.code].retry;
  }

  /** What may cross a boundary: no stack, no cause. */
  toView(): ErrorView {
    return { code: this.code, params: this.params };
  }
}

/** The value itself when it is a {@link CratefulError}, else one with code `UNEXPECTED` around it. */
export function asCratefulError(value: unknown): CratefulError {
  if (value instanceof CratefulError) return value;
  return new CratefulError('UNEXPECTED', { reason: reasonOf(value) }, value);
}

/** Whether a value is a fault with this code. */
export const hasCode = (value: unknown, ...codes: readonly ErrorCode[]): boolean =>
  value instanceof CratefulError && codes.includes(value.code);

/** A system's code where there is one; else the message, without the folders a path in it leads through. */
function reasonOf(value: unknown): string {
  if (!(value instanceof Error)) return typeof value;
  if ('code' in value && typeof value.code === 'string') return value.code;
  return value.message.replace(/(?:[A-Za-z]:)?[\\/](?:[^\\/\s'"]+[\\/])+/g, '…/');
}
