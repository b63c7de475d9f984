import { join } from 'node:path';
import { writeNotices } from './notices.ts';

await writeNotices(join(import.meta.dirname, '..', '..'));
