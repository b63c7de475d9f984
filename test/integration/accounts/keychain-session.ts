// Run as a process of its own, with or without a keyring on its bus: opens the credential store with the real
// keytar, does one thing and prints what it saw as one line of JSON.
import { openCredentialStore } from '../../../src-main/accounts/credential-store.ts';
import { systemClock } from '../../../src-main/clock.ts';

const [, , folder = '', action = '', value = ''] = process.argv;
const store = await openCredentialStore({
  service: 'Crateful Test',
  encryption: null,
  folder,
  clock: systemClock,
});
const name = 'token-1001';
if (action === 'set') await store.set(name, value);
if (action === 'delete') await store.delete(name);
process.stdout.write(`${JSON.stringify({ kind: store.kind, value: await store.get(name) })}\n`);
process.exit();
