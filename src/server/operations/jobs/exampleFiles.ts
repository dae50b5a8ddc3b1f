import { crc32, deflateSync } from 'node:zlib';

type Files = Readonly<Record<string, string | Buffer>>;

const README = `# A small example dataset

It is yours: change it, drop from it, delete it. Its content was copied from a dataset on this machine, so that everything works
without a network.

| what | where it is kept |
|---|---|
| \`README.md\`, \`stations.tsv\`, \`code/\` | in Git: always here |
| \`data/*.csv\` | annexed: the first table is here, the others can be got |
| \`pictures/map.png\` | annexed, not here yet |
| \`recordings/\` | a subdataset that is not installed yet |

Try this:

1. Double-click \`data/station-2.csv\`: JupyterLab offers to get it.
2. Right-click \`pictures\`, then DataLad, Get.
3. Change \`stations.tsv\` and save the change in the DataLad panel.
4. Drop \`data/station-1.csv\`: the file stays in the list, its content is gone from here and can be got again.
5. Get \`recordings\`: it installs the subdataset.
`;

const ATTRIBUTES = ['*.md', '*.py', '*.tsv', '.gitattributes'].map(name => `${name} annex.largefiles=nothing\n`).join('');

const CODE = `"""Mean of each table that is here."""

import csv
from pathlib import Path

for table in sorted(Path(__file__).parent.parent.joinpath("data").glob("*.csv")):
    if table.exists():
        with table.open() as lines:
            values = [float(row["temperature"]) for row in csv.DictReader(lines)]
        print(f"{table.name}: {sum(values) / len(values):.2f}")
    else:
        print(f"{table.name}: not here")
`;

const STATIONS = ['station\tname\theight', '1\tHarbour\t4', '2\tMill\t112', '3\tRidge\t640', ''].join('\n');

/** Files of the example dataset by name; the same bytes every time. */
export function exampleFiles(): Files {
  return {
    '.gitattributes': ATTRIBUTES,
    'README.md': README,
    'stations.tsv': STATIONS,
    'code/means.py': CODE,
    'data/station-1.csv': table(1, 14),
    'data/station-2.csv': table(2, 11),
    'data/station-3.csv': table(3, 6),
    'pictures/map.png': picture(320, 240)
  };
}

/** Files of its subdataset. */
export function recordingFiles(): Files {
  return { 'low.wav': tone(220, 6), 'high.wav': tone(660, 6) };
}

/** Hourly temperatures of a year. */
function table(seed: number, mean: number): string {
  const random = noise(seed);
  const rows = ['hour,temperature,humidity'];
  for (let hour = 0; hour < 8_760; hour++) {
    const season = -8 * Math.cos((2 * Math.PI * hour) / 8_760);
    const day = -4 * Math.cos((2 * Math.PI * hour) / 24);
    const temperature = mean + season + day + 3 * (random() - 0.5);
    rows.push(`${hour},${temperature.toFixed(2)},${(75 - 1.2 * (temperature - mean) + 10 * (random() - 0.5)).toFixed(1)}`);
  }
  return `${rows.join('\n')}\n`;
}

/** A linear congruential generator: numbers from 0 to 1. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A sine tone as 16 bit mono WAV. */
function tone(frequency: number, seconds: number): Buffer {
  const rate = 44_100;
  const samples = Buffer.alloc(2 * rate * seconds);
  for (let at = 0; at < rate * seconds; at++) {
    const fade = Math.min(1, at / 2_000, (rate * seconds - at) / 2_000);
    samples.writeInt16LE(Math.round(12_000 * fade * Math.sin((2 * Math.PI * frequency * at) / rate)), 2 * at);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(2 * rate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** A map of hills and a lake as RGB PNG. */
function picture(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const hill = Math.sin(x / 37) * Math.cos(y / 29) + 0.5 * Math.sin((x + 2 * y) / 53);
      const step = Math.floor(hill * 6) / 6;
      const colour = step < -0.5 ? [96, 150, 200] : [130 + 70 * step, 165 + 40 * step, 110 + 60 * step];
      colour.forEach((value, channel) => rows.writeUInt8(Math.round(value), y * (1 + 3 * width) + 1 + 3 * x + channel));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
