import { connect } from '../../src-main/library/database.ts';
import { MIGRATIONS } from '../../src-main/library/migrations/migrations.ts';

/*
 * A process of its own that brings a database to the newest version and is killed meanwhile by migration-kills.ts. The
 * last step takes long enough to be hit in its middle.
 */

const LONG = `
CREATE TABLE half AS
WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 20000000)
SELECT n, hex(randomblob(16)) AS filler FROM count;
`;

process.once('message', (file: string) => {
  process.send?.('begun');
  connect(file, [...MIGRATIONS, LONG]).close();
  process.exit(0);
});
