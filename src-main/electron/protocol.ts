import { type Protocol, protocol } from 'electron';
import { APP_SCHEME } from './addresses.ts';
import { type PageSources, pageAnswer } from './page-answers.ts';

/** Declares the scheme; must run before Electron is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // Without `stream` a media element cannot read parts of a file.
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}

/** Serves what {@link pageAnswer} answers. */
export function serveScheme(target: Protocol, sources: PageSources): void {
  target.handle(APP_SCHEME, (request) => pageAnswer(request, sources));
}
