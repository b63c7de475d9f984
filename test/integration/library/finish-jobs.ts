// Run as a process of its own: finishes 500 jobs one after the other and prints each one's number.
import { writeSync } from 'node:fs';
import { jobId, trackId } from '../../../src-preload/contract/ids.ts';
import * as rows from './rows.ts';

const library = await rows.libraryWithRoot(process.argv[2] ?? '');
const numbers = Array.from({ length: 500 }, (_, index) => index + 1);
await library.jobs.add(numbers.map((each) => rows.job(`j${each}`, { trackId: trackId(each) })));
for (const each of numbers) await library.parts.put(rows.part(`j${each}`));
for (const each of numbers) {
  const file = rows.file({ trackId: trackId(each), path: `${each}.flac` });
  await library.jobs.finish(jobId(`j${each}`), file, rows.keyOf(file));
  writeSync(1, `${each}\n`);
}
