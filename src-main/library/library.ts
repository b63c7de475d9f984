import type { Clock } from '../ports.ts';
import { type AccountRepository, createAccountRepository } from './accounts.ts';
import { type AlbumRepository, createAlbumRepository } from './albums.ts';
import { connect } from './database.ts';
import { createDecisionRepository, type DecisionRepository } from './decisions.ts';
import { createEventRepository, type EventRepository } from './events.ts';
import { createFileRepository, type FileRepository } from './files.ts';
import { createJobRepository, type JobRepository } from './jobs.ts';
import { createOverrideRepository, type OverrideRepository } from './overrides.ts';
import { createPartRepository, type PartRepository } from './parts.ts';
import { createPlacementRepository, type PlacementRepository } from './placements.ts';
import { createPurchaseRepository, type PurchaseRepository } from './purchases.ts';
import { createRecordingRepository, type RecordingRepository } from './recordings.ts';
import { createRefusalRepository, type RefusalRepository } from './refusals.ts';
import { createRootRepository, type RootRepository } from './roots.ts';
import { createRunRepository, type RunRepository } from './runs.ts';
import { createSearchRepository, type SearchRepository } from './search.ts';
import { createSettingRepository, type SettingRepository } from './settings.ts';
import { createStepRepository, type StepRepository } from './steps.ts';

/** Everything Crateful remembers, one repository per noun (architecture §8). Never a secret. */
export interface Library {
  readonly accounts: AccountRepository;
  readonly roots: RootRepository;
  readonly purchases: PurchaseRepository;
  readonly albums: AlbumRepository;
  readonly placements: PlacementRepository;
  readonly steps: StepRepository;
  readonly files: FileRepository;
  readonly jobs: JobRepository;
  readonly parts: PartRepository;
  readonly refusals: RefusalRepository;
  readonly overrides: OverrideRepository;
  readonly decisions: DecisionRepository;
  readonly recordings: RecordingRepository;
  readonly search: SearchRepository;
  readonly settings: SettingRepository;
  readonly events: EventRepository;
  readonly runs: RunRepository;
  /** Aborted when a page turns out to be damaged. */
  readonly damaged: AbortSignal;
  close(): void;
}

/**
 * Opens the database at an absolute path, creating it and its folder when absent. Throws
 * `DATABASE_TOO_NEW { found, known }` (the file is left as it was), `DATABASE_DAMAGED`,
 * `DATABASE_BUSY`, `PATH_NOT_WRITABLE`. Every method may reject with `DATABASE_DAMAGED`, `DATABASE_BUSY`, `DISK_FULL`,
 * `DISK_FAILED`.
 */
export function openLibrary(file: string, options: { clock?: Pick<Clock, 'now'> } = {}): Library {
  const connection = connect(file);
  return {
    accounts: createAccountRepository(connection),
    roots: createRootRepository(connection),
    purchases: createPurchaseRepository(connection),
    albums: createAlbumRepository(connection, options.clock ?? Date),
    placements: createPlacementRepository(connection),
    steps: createStepRepository(connection),
    files: createFileRepository(connection),
    jobs: createJobRepository(connection),
    parts: createPartRepository(connection),
    refusals: createRefusalRepository(connection),
    overrides: createOverrideRepository(connection),
    decisions: createDecisionRepository(connection),
    recordings: createRecordingRepository(connection),
    search: createSearchRepository(connection),
    settings: createSettingRepository(connection),
    events: createEventRepository(connection),
    runs: createRunRepository(connection),
    damaged: connection.damaged,
    close: () => connection.close(),
  };
}
