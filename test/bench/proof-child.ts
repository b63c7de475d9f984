import { prove, tag } from '../../src-main/audio/worker.ts';
import type { ProofCost, ProofTask } from './proof.ts';

/*
 * Everything that is done to a fetched file before it gets its name: full proof, tags, second file read back.
 */

process.once('message', async ({ path, to }: ProofTask) => {
  const from = process.cpuUsage();
  const request = { path, extension: 'flac', expectedDurationSeconds: null };
  const walked = await prove({ ...request, depth: 'walk' });
  const afterWalk = process.cpuUsage(from);
  const proven = await prove(request);
  if (!walked.ok || !proven.ok) throw new Error('The file is damaged.');
  const tagged = await tag({
    from: path,
    to,
    extension: 'flac',
    tags: { TITLE: ['Bench'], ARTIST: ['One', 'Two'] },
    coverFile: null,
    proof: proven.value,
  });
  if (!tagged.ok) throw new Error('The file could not be tagged.');
  const all = process.cpuUsage(from);
  const walkSeconds = (afterWalk.user + afterWalk.system) / 1e6;
  const cost: ProofCost = {
    walkSeconds,
    proofSeconds: (all.user + all.system) / 1e6 - walkSeconds,
  };
  process.send?.(cost);
  process.disconnect();
});
