/**
 * The demo store's albums, written by hand; `make.ts` turns them into audio and `catalogue.json`. All names
 * are invented. `formats` are the formats there is audio in; `bought` is what the account may download.
 */
export interface TrackPlan {
  readonly title: string;
  /** Length of the audio. */
  readonly seconds: number;
  readonly version?: string;
  readonly work?: string;
  /** Null for a track that names no artist. */
  readonly performer?: string | null;
  readonly composer?: string;
  readonly disc?: number;
  /** Instead of the album's. */
  readonly formats?: readonly number[];
  readonly explicit?: boolean;
  readonly withheldBy?: string;
  /** Unix seconds and formats of a single-track purchase. */
  readonly boughtSingly?: Bought;
}

/** One purchase. */
export interface Bought {
  readonly at: string;
  readonly formats: readonly number[];
}

/** How an album sounds: tonic (MIDI note), scale steps, notes a second, and how soft it is. */
export interface Mood {
  readonly tonic: number;
  readonly scale: readonly number[];
  readonly notesPerSecond: number;
  /** Amplitudes of the first harmonics. */
  readonly timbre: readonly number[];
  /** Seconds until a note has faded to a third. */
  readonly decay: number;
}

/** One album. */
export interface AlbumPlan {
  readonly id: string;
  readonly stem: string;
  readonly title: string;
  readonly version?: string;
  readonly artist: string;
  readonly artists?: readonly string[];
  readonly label: string;
  readonly genre: string;
  readonly genresList: readonly string[];
  readonly releaseDate: string;
  readonly explicit?: boolean;
  readonly shape?: 'v2';
  readonly booklets?: readonly string[];
  readonly formats: readonly number[];
  readonly bought: Bought | null;
  readonly mood: Mood;
  readonly tracks: readonly TrackPlan[];
}

const MAJOR = [0, 4, 7, 12, 16, 19, 24];
const MINOR = [0, 3, 7, 12, 15, 19, 24];
const PENTATONIC = [0, 2, 4, 7, 9, 12, 14, 16];
const DORIAN = [0, 3, 5, 7, 10, 12, 15];
const LYDIAN = [0, 4, 6, 7, 11, 12, 16];

/** All albums of the demo store. */
export const ALBUMS: readonly AlbumPlan[] = [
  {
    id: 'hq7v2mslwxk4a',
    stem: 'slow-weather',
    title: 'Slow Weather',
    artist: 'Mirela Quint',
    label: 'Tidewrack',
    genre: 'Folk',
    genresList: ['Folk', 'Folk→Contemporary Folk'],
    releaseDate: '2021-03-19',
    formats: [6, 5],
    bought: { at: '2024-02-11', formats: [6, 5] },
    mood: { tonic: 57, scale: PENTATONIC, notesPerSecond: 3, timbre: [1, 0.3, 0.1], decay: 0.7 },
    tracks: [
      { title: 'Harbour Lights at Four', seconds: 3 },
      { title: 'Slow Weather', seconds: 3 },
      {
        title: 'A Map of the Kitchen',
        seconds: 2.5,
        boughtSingly: { at: '2023-11-02', formats: [6, 5] },
      },
      { title: 'Ferryman’s Daughter', seconds: 3 },
      { title: 'Salt on the Sill', seconds: 2.5, performer: null },
      { title: 'Harbour Lights at Four', version: 'Piano Demo', seconds: 2 },
    ],
  },
  {
    id: '3700604712558',
    stem: 'the-long-table',
    title: 'The Long Table',
    artist: 'Orchard & Rye',
    label: 'Common Bread Recordings',
    genre: 'Country',
    genresList: ['Pop/Rock', 'Pop/Rock→Americana'],
    releaseDate: '2019-09-06',
    formats: [6, 5],
    bought: { at: '2022-06-30', formats: [6, 5] },
    booklets: ['Digital booklet'],
    mood: { tonic: 55, scale: MAJOR, notesPerSecond: 4, timbre: [1, 0.5, 0.2], decay: 0.4 },
    tracks: [
      { title: 'Set for Twelve', seconds: 2.5, disc: 1 },
      { title: 'Grace Notes', seconds: 2, disc: 1 },
      { title: 'Uncle Amos Brings the Cider', seconds: 3, disc: 1 },
      { title: 'The Good Plates', seconds: 2, disc: 1 },
      { title: 'Second Helpings', seconds: 2.5, disc: 1 },
      { title: 'After the Guests', seconds: 3, disc: 2 },
      { title: 'Candle Ends', seconds: 2, disc: 2 },
      { title: 'Crumbs', seconds: 2, disc: 2 },
      { title: 'The Long Table', version: 'Reprise', seconds: 2.5, disc: 2 },
    ],
  },
  {
    id: '5060901384722',
    stem: 'night-bus',
    title: 'Night Bus: Songs for the Last Ride Home',
    artist: 'Various Artists',
    label: 'Terminus',
    genre: 'Electronic',
    genresList: ['Electronic', 'Electronic→Downtempo'],
    releaseDate: '2023-11-24',
    formats: [6, 5],
    bought: { at: '2024-12-20', formats: [6, 5] },
    mood: { tonic: 52, scale: DORIAN, notesPerSecond: 4, timbre: [1, 0, 0.25], decay: 0.5 },
    tracks: [
      { title: 'Upper Deck', performer: 'Lumen Park', seconds: 2.5 },
      { title: 'Request Stop', performer: 'Nadia Ferrous', seconds: 2 },
      { title: 'Wet Neon', performer: 'Halcyon Motel', seconds: 3 },
      { title: 'N29', performer: 'Kofi Brandt', seconds: 2 },
      {
        title: 'Someone Else’s Umbrella',
        performer: 'The Soft Parade of Ants',
        seconds: 2,
        withheldBy: 'SampleRestrictedByRightHolders',
      },
      { title: 'Depot Lullaby', performer: 'Yuki Almqvist', seconds: 2.5 },
      { title: 'First Light, Zone 4', performer: 'Lumen Park feat. Nadia Ferrous', seconds: 2 },
    ],
  },
  {
    id: '0794881920457',
    stem: 'venn-serenade',
    title: 'Venn: String Serenade & Three Nocturnes',
    artist: 'Kestrel Quartet',
    artists: ['Kestrel Quartet', 'Elif Marchetti'],
    label: 'Chiaroscuro Classics',
    genre: 'Classical',
    genresList: ['Classical', 'Classical→Chamber Music'],
    releaseDate: '2022-05-13',
    formats: [7, 6, 5],
    bought: { at: '2023-04-08', formats: [7, 6, 5] },
    booklets: ['Digital booklet', 'Digital booklet'],
    mood: { tonic: 50, scale: MINOR, notesPerSecond: 2, timbre: [1, 0.4, 0.2, 0.1], decay: 1.2 },
    tracks: [
      {
        title: 'I. Allegro amabile',
        work: 'String Serenade in D minor, Op. 11',
        composer: 'Aldous Venn',
        seconds: 3,
      },
      {
        title: 'II. Romanza: Andante con moto',
        work: 'String Serenade in D minor, Op. 11',
        composer: 'Aldous Venn',
        seconds: 2.5,
      },
      {
        title: 'III. Scherzo',
        work: 'String Serenade in D minor, Op. 11',
        composer: 'Aldous Venn',
        seconds: 2,
      },
      {
        title: 'IV. Finale: Presto',
        work: 'String Serenade in D minor, Op. 11',
        composer: 'Aldous Venn',
        seconds: 2.5,
      },
      {
        title: 'Three Nocturnes: No. 1 in E-flat major',
        work: 'Three Nocturnes',
        composer: 'Clémence Hautbois',
        performer: 'Elif Marchetti',
        seconds: 3,
      },
      {
        title: 'No. 2 in G minor',
        work: 'Three Nocturnes',
        composer: 'Clémence Hautbois',
        performer: 'Elif Marchetti',
        seconds: 2.5,
      },
      {
        title: 'No. 3 in B major',
        work: 'Three Nocturnes',
        composer: 'Clémence Hautbois',
        performer: 'Elif Marchetti',
        seconds: 2,
      },
    ],
  },
  {
    id: 'xk29bqf0tzr8c',
    stem: 'copper-and-glass',
    title: 'Copper & Glass',
    artist: 'Tessellate',
    label: 'Oblique Works',
    genre: 'Jazz',
    genresList: ['Jazz', 'Jazz→Contemporary Jazz'],
    releaseDate: '2020-10-30',
    formats: [7, 6, 5],
    bought: { at: '2021-01-15', formats: [7, 6, 5] },
    mood: { tonic: 53, scale: LYDIAN, notesPerSecond: 5, timbre: [1, 0.2, 0.4], decay: 0.35 },
    tracks: [
      { title: 'Patina', seconds: 2.5 },
      { title: 'Kiln', seconds: 2 },
      { title: 'Archive Reel, 1974', seconds: 2.5, formats: [6, 5] },
      { title: 'Verdigris', seconds: 3 },
      { title: 'Archive Reel, 1976', seconds: 2, formats: [6, 5] },
    ],
  },
  {
    id: '0602455830919',
    stem: 'paper-lanterns',
    title: 'Paper Lanterns',
    artist: 'Ines Okoro',
    label: 'Goldfinch',
    genre: 'Soul',
    genresList: ['Soul/Funk/R&B', 'Soul/Funk/R&B→Soul'],
    releaseDate: '2016-04-22',
    formats: [6, 5],
    bought: { at: '2018-08-03', formats: [6, 5] },
    mood: { tonic: 58, scale: MAJOR, notesPerSecond: 3, timbre: [1, 0.6, 0.1], decay: 0.6 },
    tracks: [
      { title: 'Paper Lanterns', seconds: 2.5 },
      { title: 'Sunday Clothes', seconds: 2 },
      { title: 'Telephone Wire', seconds: 2.5 },
      { title: 'Low Tide Blessing', seconds: 2 },
    ],
  },
  {
    id: 'w5nd81ycgp3ja',
    stem: 'paper-lanterns-anniversary',
    title: 'Paper Lanterns',
    artist: 'Ines Okoro',
    label: 'Goldfinch / Second Printing',
    genre: 'Soul',
    genresList: ['Soul/Funk/R&B', 'Soul/Funk/R&B→Soul'],
    releaseDate: '2016-04-22',
    formats: [7, 6, 5],
    bought: { at: '2026-04-22', formats: [7, 6, 5] },
    mood: { tonic: 58, scale: MAJOR, notesPerSecond: 3, timbre: [1, 0.5, 0.2], decay: 0.7 },
    tracks: [
      { title: 'Paper Lanterns', seconds: 2.5 },
      { title: 'Sunday Clothes', seconds: 2 },
      { title: 'Telephone Wire', seconds: 2.5 },
      { title: 'Low Tide Blessing', seconds: 2 },
      { title: 'Porch Song', version: 'Previously Unreleased', seconds: 3 },
    ],
  },
  {
    id: 'c40zjv7mhe2qd',
    stem: 'cathedral-of-small-things',
    title: 'Cathedral of Small Things',
    artist: 'Ondine Vasari',
    label: 'Nave',
    genre: 'Ambient',
    genresList: ['Electronic', 'Electronic→Ambient'],
    releaseDate: '2025-02-07',
    formats: [27, 7, 6, 5],
    bought: { at: '2025-02-07', formats: [27, 7, 6, 5] },
    mood: { tonic: 48, scale: LYDIAN, notesPerSecond: 2, timbre: [1, 0.15], decay: 1.6 },
    tracks: [
      { title: 'Buttons in a Jar', seconds: 2.5 },
      { title: 'Thimble', seconds: 2 },
      { title: 'The Weight of Dust in Sunlight', seconds: 2 },
      { title: 'Cathedral of Small Things', seconds: 2.5 },
    ],
  },
  {
    id: '8719262011403',
    stem: 'tape-hiss-summer',
    title: 'Tape Hiss Summer',
    artist: 'The Velvet Umbrellas',
    label: 'Garage Door',
    genre: 'Rock',
    genresList: ['Pop/Rock', 'Pop/Rock→Rock', 'Pop/Rock→Rock→Alternative & Indie'],
    releaseDate: '2011-07-01',
    formats: [5],
    bought: { at: '2012-01-27', formats: [5] },
    mood: {
      tonic: 52,
      scale: PENTATONIC,
      notesPerSecond: 6,
      timbre: [1, 0.5, 0.4, 0.2],
      decay: 0.25,
    },
    tracks: [
      { title: 'Ice Cream Van Chase', seconds: 2.5 },
      { title: 'Flat Battery', seconds: 2 },
      { title: 'Tape Hiss Summer', seconds: 3 },
      { title: 'Curfew', seconds: 2 },
    ],
  },
  {
    id: 't9pfa62wnk1yb',
    stem: 'one-take',
    title: 'One Take',
    artist: 'Takumi Arden Trio',
    label: 'Direct Line',
    genre: 'Jazz',
    genresList: ['Jazz', 'Jazz→Bebop'],
    releaseDate: '2024-06-14',
    formats: [55],
    bought: { at: '2024-07-01', formats: [55] },
    mood: { tonic: 55, scale: DORIAN, notesPerSecond: 3, timbre: [1, 0.3], decay: 0.6 },
    tracks: [{ title: 'One Take', seconds: 1.5, composer: 'Takumi Arden' }],
  },
  {
    id: '4050538912760',
    stem: 'half-of-forever',
    title: 'What Is 1/2 of Forever?: Live...',
    version: 'Deluxe <Remix> Edition',
    artist: 'AM/FM',
    label: 'Static | Bloom',
    genre: 'Alternative',
    genresList: ['Pop/Rock', 'Pop/Rock→Rock→Alternative & Indie'],
    releaseDate: '2018-02-02',
    formats: [6, 5],
    bought: { at: '2020-05-17', formats: [6, 5] },
    booklets: ['.Liner notes: "AM/FM"?'],
    mood: { tonic: 54, scale: MINOR, notesPerSecond: 4, timbre: [1, 0.3, 0.3], decay: 0.4 },
    tracks: [
      { title: 'Stop: Go', seconds: 2 },
      { title: 'Why?', seconds: 2 },
      { title: 'To Be Continued...', seconds: 2.5 },
      { title: '🌙 Moonphase', seconds: 2 },
      { title: '夜の図書館', seconds: 2.5, performer: 'AM/FM & 深夜放送' },
      { title: 'לילה טוב', seconds: 2 },
    ],
  },
  {
    id: 'e0s6rxu48vmtz',
    stem: 'loud-neighbours',
    title: 'Loud Neighbours',
    artist: 'DJ Ferrotype',
    label: 'Party Wall',
    genre: 'Hip-Hop',
    genresList: ['Hip-Hop/Rap'],
    releaseDate: '2023-08-18',
    explicit: true,
    shape: 'v2',
    formats: [6, 5],
    bought: { at: '2023-09-09', formats: [6, 5] },
    mood: { tonic: 45, scale: MINOR, notesPerSecond: 5, timbre: [1, 0.7, 0.3], decay: 0.3 },
    tracks: [
      { title: 'Doorbell', version: 'Intro', seconds: 2 },
      { title: 'Turn It Up', seconds: 2.5, explicit: true },
      { title: 'Noise Complaint', seconds: 2.5, explicit: true, composer: 'Ferro Typaldos' },
      { title: 'Borrowed Sugar', seconds: 2 },
    ],
  },
  {
    id: 'p1o7lkd53hzwe',
    stem: 'tomorrows-almanac',
    title: 'Tomorrow’s Almanac',
    artist: 'Mirela Quint',
    label: 'Tidewrack',
    genre: 'Folk',
    genresList: ['Folk'],
    releaseDate: '2027-03-05',
    formats: [],
    bought: { at: '2026-10-30', formats: [] },
    mood: { tonic: 57, scale: PENTATONIC, notesPerSecond: 3, timbre: [1], decay: 0.7 },
    tracks: [
      { title: 'Frost Date', seconds: 3 },
      { title: 'Perigee', seconds: 3 },
      { title: 'When to Plant', seconds: 3 },
      { title: 'Tomorrow’s Almanac', seconds: 3 },
    ],
  },
  {
    id: '3616842097531',
    stem: 'field-notes',
    title: 'Field Notes',
    artist: 'Juniper Hale',
    label: 'Hedgerow',
    genre: 'Folk',
    genresList: ['Folk', 'Folk→Singer/Songwriter'],
    releaseDate: '2024-04-12',
    formats: [6, 5],
    bought: null,
    mood: { tonic: 60, scale: PENTATONIC, notesPerSecond: 3, timbre: [1, 0.2], decay: 0.6 },
    tracks: [
      { title: 'Lapwing', seconds: 2, formats: [] },
      {
        title: 'Bramble',
        seconds: 3,
        boughtSingly: { at: '2025-10-18', formats: [6, 5] },
      },
      { title: 'Owl Pellet Waltz', seconds: 2, formats: [] },
    ],
  },
];
