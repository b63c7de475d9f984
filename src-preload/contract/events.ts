import { z } from 'zod';

/** What can be recorded; kept 30 days or 50,000 rows (architecture §2). */
export const EVENT_CODES = [
  'RUN_STARTED',
  'RUN_FINISHED',
  'RUN_STOPPED',
  'LISTING_FINISHED',
  'LISTING_ODD_ROW',
  'LISTING_SHRANK',
  'ALBUM_FROM_PURCHASE',
  'ALBUM_LIST_INCOMPLETE',
  'PLAN_CHANGED',
  'FORMAT_SUBSTITUTED',
  'FORMAT_REFUSED',
  'ATTEMPT_FAILED',
  'JOB_DONE',
  'JOB_FAILED',
  'JOB_UNAVAILABLE',
  'FILE_ADOPTED',
  'FILE_REPLACED',
  'FILES_MOVED',
  'TAGS_KEPT',
  'APP_CREDENTIALS_DISCOVERED',
  'APP_CREDENTIALS_REFRESHED',
  'APP_CREDENTIALS_CHECK_FAILED',
  'SESSION_ENDED',
  'COOL_DOWN',
  'SIGNED_IN',
  'SIGNED_OUT',
  'SETTING_RESET',
] as const;
/** One of {@link EVENT_CODES}. */
export type EventCode = (typeof EVENT_CODES)[number];

/** One recorded event. `context` never holds a token, a signed address or an e-mail. */
export const eventSchema = z.object({
  v: z.literal(1),
  seq: z.number().int().nonnegative(),
  /** Unix milliseconds. */
  at: z.number().int(),
  severity: z.enum(['debug', 'info', 'warning', 'error']),
  runId: z.string().nullable(),
  jobId: z.string().nullable(),
  attempt: z.number().int().nullable(),
  accountId: z.string().nullable(),
  code: z.enum(EVENT_CODES),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
/** See {@link eventSchema}. */
export type CratefulEvent = z.infer<typeof eventSchema>;
