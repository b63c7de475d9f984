import { capture } from '../children.mjs';
import { say } from '../say.mjs';

const questions = [
  ['Known faults of what ships', ['audit', '--omit=dev']],
  ['Known faults of everything, tools included', ['audit']],
  ['Signatures of the registry', ['audit', 'signatures']],
];

/** What npm says when nobody answered, as opposed to what it says of the packages. */
const UNANSWERED =
  /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|ENOAUDIT|E40[0-9]|E50[0-9]|not found|no keys|does not (?:provide|support)|endpoint returned an error|found no dependencies to audit|no signing keys/i;

/**
 * `npm run audit`: asks the registry what it knows of the packages, and says of each question what was answered or that
 * nothing was. It needs a network, so it is no part of `npm test`. Gives 1 when an answer names a fault.
 */
export async function audit(env) {
  let faults = 0;
  for (const [title, args] of questions) {
    const { code, output } = await capture('npm', [...args, '--loglevel=error'], { env });
    const text = output.trim();
    say(`\n── ${title}: npm ${args.join(' ')}`);
    if (code !== 0 && UNANSWERED.test(text)) {
      say('Not answered: this registry does not say. Nothing follows from that either way.');
    } else if (code !== 0) faults += 1;
    if (text) say(text);
  }
  return faults === 0 ? 0 : 1;
}
