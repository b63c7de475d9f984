import type { AlbumOffer, TrackOfferView } from '../../src-preload/contract/editions.ts';
import { qualityName } from '../../src-preload/contract/quality.ts';
import { jsonLine, type Over, say } from './over-engine.ts';
import type { Sentences } from './sentences.ts';

/** Says what is offered, album by album, and what of it is not accepted yet: how many tracks, and bytes to fetch. */
export function sayOffers(
  offers: readonly AlbumOffer[],
  open: { readonly tracks: number; readonly bytes: number },
  { json, sentences }: Over,
): void {
  const { t, formats } = sentences;
  if (json) {
    for (const { albumId, albumTitle: album, artist, tracks } of offers) {
      for (const { trackId, title, from, to, bytes, accepted } of tracks) {
        const track = { albumId, trackId, album, artist, title, from, to, bytes, accepted };
        jsonLine({ type: 'offer', ...track });
      }
    }
    jsonLine({ type: 'summary', albums: offers.length, ...open });
    return;
  }
  if (offers.length === 0) {
    say(t('cli.upgrades.nothing'));
    return;
  }
  for (const offer of offers) say(`${albumLines(offer, sentences).join('\n')}\n`);
  const { tracks, bytes } = open;
  const amount = formats.count(tracks);
  const size = formats.size(bytes, true);
  if (tracks > 0) say(t('care.editions.sum', { count: tracks, amount, size }));
  say(t('cli.upgrades.howTo'));
}

/** Says what is offered no more. */
export function sayDismissed(offers: readonly AlbumOffer[], { json, sentences }: Over): void {
  const { t, formats } = sentences;
  const count = offers.reduce((sum, { tracks }) => sum + tracks.length, 0);
  if (json) jsonLine({ type: 'summary', dismissed: count });
  else say(t('cli.upgrades.dismissed', { count, amount: formats.count(count) }));
}

const change = ({ from, to }: TrackOfferView): string =>
  `${qualityName(from) ?? '?'} → ${qualityName(to) ?? '?'}`;

/** The album, with what is alike of its tracks, and each of them with what is not. */
function albumLines(
  { albumId, albumTitle, artist, tracks }: AlbumOffer,
  { t, formats }: Sentences,
): readonly string[] {
  const changes = new Set(tracks.map(change));
  const bytes = tracks.reduce((sum, track) => sum + track.bytes, 0);
  const counted = { count: tracks.length, amount: formats.count(tracks.length) };
  const facts = [t('care.tracks', counted), ...changes, formats.size(bytes, true)];
  const width = Math.max(...tracks.map(({ trackId }) => String(trackId).length));
  return [
    `${artist} – ${albumTitle}  (${albumId})`,
    facts.join(' · '),
    ...tracks.map((track) => {
      const own = [
        ...(changes.size > 1 ? [change(track)] : []),
        formats.size(track.bytes, true),
        ...(track.accepted ? [t('care.editions.accepted')] : []),
      ];
      return `  ${String(track.trackId).padEnd(width)}  ${track.title}  ${own.join(' · ')}`;
    }),
  ];
}
