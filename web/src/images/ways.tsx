import { type ChangeEvent, type ReactNode, useId } from 'react';
import type { ImageOrigin } from '../state/page.ts';
import { texts } from '../texts/texts.ts';

export type OnFiles = (files: readonly File[], origin: ImageOrigin) => void;

/** Outlines on a ground of 24 × 24. */
const ICONS = {
  draw: 'M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19zM14.5 6.5l3 3',
  photo:
    'M3 8.5A1.5 1.5 0 0 1 4.5 7H8l1.5-2.5h5L16 7h3.5A1.5 1.5 0 0 1 21 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7',
  files:
    'M7 8.5A1.5 1.5 0 0 1 8.5 7h11A1.5 1.5 0 0 1 21 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 7 17.5zM4 15.5a1.5 1.5 0 0 1-1-1.4V5.5A1.5 1.5 0 0 1 4.5 4H15M7.5 16l3.5-4 3 3 2-2 4.5 4',
} as const;

/** The three ways to show a digit: draw it, photograph it, or choose files. They are in view with the sheet. */
export function Ways(props: {
  /** Whether the sheet is shown. */
  drawing: boolean;
  onDraw: () => void;
  onFiles: OnFiles;
}) {
  return (
    <fieldset className="ways">
      <legend className="visually-hidden">{texts.ways.label}</legend>
      <button type="button" className="way" aria-pressed={props.drawing} onClick={props.onDraw}>
        <Icon name="draw" />
        {texts.ways.draw}
      </button>
      <FileWay title={texts.ways.photoHint} origin="camera" onFiles={props.onFiles}>
        <Icon name="photo" />
        {texts.ways.photo}
      </FileWay>
      <FileWay title={texts.ways.filesHint} origin="file" onFiles={props.onFiles}>
        <Icon name="files" />
        {texts.ways.files}
      </FileWay>
    </fieldset>
  );
}

/** Opens the camera, or on a computer the dialog for one picture; with the origin `file` the dialog for many files. */
export function FileWay(props: {
  title?: string;
  origin: 'camera' | 'file';
  className?: string;
  onFiles: OnFiles;
  children: ReactNode;
}) {
  const id = useId();
  const { origin } = props;
  function chosen(event: ChangeEvent<HTMLInputElement>) {
    props.onFiles([...(event.target.files ?? [])], origin);
    // So that choosing the same file again fires another change event.
    event.target.value = '';
  }
  return (
    <span className="file-way">
      <input
        id={id}
        type="file"
        className="visually-hidden"
        accept="image/*"
        multiple={origin === 'file'}
        // Browsers on a computer ignore it.
        capture={origin === 'camera' ? 'environment' : undefined}
        onChange={chosen}
      />
      <label htmlFor={id} className={props.className ?? 'way'} title={props.title}>
        {props.children}
      </label>
    </span>
  );
}

function Icon({ name }: { name: keyof typeof ICONS }) {
  return (
    <svg className="way-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}
