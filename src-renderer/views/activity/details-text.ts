import { formatName } from '../../../src-preload/contract/formats.ts';
import type { JobDetails } from '../../../src-preload/contract/queue.ts';
import type { JobView } from '../../../src-preload/contract/views.ts';

/**
 * A job's details as text to be pasted into a report. In English whatever language the window speaks, with
 * times in UTC, so that whoever is asked for help can read it.
 */
export function detailsText(job: JobView, name: string, details: JobDetails): string {
  const lines = [
    `${name} – ${job.albumTitle} – ${job.artist}`,
    `album ${job.albumId}${job.trackId === null ? '' : `, track ${job.trackId}`}, ${job.kind}`,
    `state: ${job.state}${job.error === null ? '' : `, ${job.error.code}`}`,
    `file: ${details.path}`,
    `formats: ${details.formatIds.map(formatName).join(', ') || 'none'}`,
    ...details.attempts.map(({ number, atMs, error, status }) => {
      const params = Object.entries(error.params).map(([key, value]) => `${key}=${value}`);
      const http = status === null ? '' : `, HTTP ${status}`;
      const detail = params.length === 0 ? '' : ` (${params.join(', ')})`;
      return `attempt ${number}: ${new Date(atMs).toISOString()}, ${error.code}${http}${detail}`;
    }),
  ];
  return lines.join('\n');
}
