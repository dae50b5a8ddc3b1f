import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../format';
import { comparePixels, type IPixelDifference } from './pixels';

export type ImageLayout = 'side' | 'swipe' | 'difference';

export interface IImage {
  readonly mime: string;
  readonly data: string;
}

export interface IImageCompareProps {
  before: IImage | null;
  after: IImage | null;
  labels: readonly [string, string];
  layout: ImageLayout;
  trans: TranslationBundle;
}

/** In an `<img>` an SVG runs no scripts and loads nothing. */
export function imageUrl({ mime, data }: IImage): string {
  return `data:${mime};base64,${data}`;
}

/** Two pictures: beside each other, one over the other, or what differs. */
export function ImageCompare({ before, after, labels, layout, trans }: IImageCompareProps): JSX.Element {
  if (before !== null && after !== null && layout !== 'side') {
    const both = { before: imageUrl(before), after: imageUrl(after), labels, trans };
    return layout === 'swipe' ? <Swipe {...both} /> : <PixelDifference {...both} />;
  }
  return (
    <div className="jp-Datalad-images">
      <Picture image={before} label={labels[0]} trans={trans} />
      <Picture image={after} label={labels[1]} trans={trans} />
    </div>
  );
}

/** A picture with its name and size. */
export function Picture({ image, label, trans }: { image: IImage | null; label: string; trans: TranslationBundle }): JSX.Element {
  const [size, setSize] = useState('');
  return (
    <figure>
      <figcaption>
        {label}
        {image !== null && size !== '' && <span className="jp-Datalad-dim"> {size}</span>}
      </figcaption>
      {image === null ? (
        <p className="jp-Datalad-dim">{trans.__('There is no such file.')}</p>
      ) : (
        <img
          src={imageUrl(image)}
          alt={label}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setSize(`${naturalWidth} × ${naturalHeight}`)}
        />
      )}
    </figure>
  );
}

interface IBoth {
  before: string;
  after: string;
  labels: readonly [string, string];
  trans: TranslationBundle;
}

function Swipe({ before, after, labels, trans }: IBoth): JSX.Element {
  const [share, setShare] = useState(50);
  return (
    <div className="jp-Datalad-compareScroll jp-Datalad-swipe">
      <label>
        {labels[0]}
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label={trans.__('How much of the earlier picture is shown')}
          aria-valuetext={trans.__('%1 % “%2”', share, labels[0])}
          onChange={event => setShare(Number(event.currentTarget.value))}
        />
        {labels[1]}
      </label>
      <div className="jp-Datalad-swipeStack">
        <img src={after} alt={labels[1]} />
        <img src={before} alt={labels[0]} style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }} />
        <span className="jp-Datalad-swipeLine" style={{ left: `${share}%` }} />
      </div>
    </div>
  );
}

function PixelDifference({ before, after, trans }: IBoth): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [found, setFound] = useState<IPixelDifference | null>(null);
  useEffect(() => {
    let wanted = true;
    const draw = async (): Promise<void> => {
      const pictures = await Promise.all([load(before), load(after)]);
      if (wanted && canvas.current !== null) {
        setFound(drawDifference(canvas.current, pictures));
      }
    };
    // A picture that cannot be drawn shows as nothing, as in the other views.
    draw().catch((reason: unknown) => console.warn('Pictures could not be compared.', reason));
    return () => {
      wanted = false;
    };
  }, [before, after]);
  return (
    <div className="jp-Datalad-compareScroll">
      <p className="jp-Datalad-compareNote" role="status">
        {found !== null && differenceText(found, trans)}
      </p>
      <canvas ref={canvas} role="img" aria-label={trans.__('What differs; what is the same is faint')} />
    </div>
  );
}

function differenceText({ different, all, sameSize }: IPixelDifference, trans: TranslationBundle): string {
  const share = ((100 * different) / Math.max(1, all)).toFixed(different === 0 ? 0 : 1);
  const pixels = trans.__('%1 of %2 pixels differ (%3 %).', formatCount(different), formatCount(all), share);
  return sameSize ? pixels : `${trans.__('The pictures are of different sizes.')} ${pixels}`;
}

async function load(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/** Larger pictures are drawn smaller: their pixels are looked at one by one. */
const MOST_PIXELS = 4_000_000;

function drawDifference(canvas: HTMLCanvasElement, [before, after]: readonly HTMLImageElement[]): IPixelDifference | null {
  if (before === undefined || after === undefined) {
    return null;
  }
  const size = (side: 'naturalWidth' | 'naturalHeight'): number => Math.max(before[side], after[side], 1);
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (size('naturalWidth') * size('naturalHeight'))));
  const [width, height] = [Math.ceil(size('naturalWidth') * scale), Math.ceil(size('naturalHeight') * scale)];
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) {
    return null;
  }
  const [one, other] = [before, after].map(image => {
    context.clearRect(0, 0, width, height);
    context.drawImage(image, 0, 0, image.naturalWidth * scale, image.naturalHeight * scale);
    return context.getImageData(0, 0, width, height);
  });
  if (one === undefined || other === undefined) {
    return null;
  }
  const sameSize = before.naturalWidth === after.naturalWidth && before.naturalHeight === after.naturalHeight;
  const different = comparePixels(one.data, other.data);
  context.putImageData(other, 0, 0);
  return { different, all: width * height, sameSize };
}
