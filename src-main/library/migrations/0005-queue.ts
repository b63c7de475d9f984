/**
 * Migration 5: what a job is called, so that the queue can be shown before anything is asked of the service; what a
 * run was to be over, so that one that was killed goes on with that; ways to the jobs and events that are looked up
 * one by one. Frozen: never edit it.
 */
export const SQL = `
ALTER TABLE jobs ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN artist TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN album_title TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN scope TEXT;
CREATE INDEX jobs_cancelled ON jobs (root_id) WHERE state = 'cancelled';
CREATE INDEX events_job ON events (job_id) WHERE job_id IS NOT NULL;
`;
