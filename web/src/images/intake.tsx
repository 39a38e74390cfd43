import { type ChangeEvent, useId } from 'react';
import { texts } from '../texts/texts.ts';
import { Samples } from './samples.tsx';

/** The ways to choose an image: the file dialog, on a phone the camera, and samples for a first try. */
export function Intake({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  return (
    <div className="intake">
      <h2 className="intake-heading">{texts.imagesHeading}</h2>
      <div className="intake-ways">
        <FileButton label={texts.choose} multiple onFiles={onFiles} />
        <FileButton label={texts.camera} camera onFiles={onFiles} />
        <span className="intake-hint">{texts.dropOrPaste}</span>
      </div>
      <Samples onFiles={onFiles} />
    </div>
  );
}

function FileButton(props: {
  label: string;
  multiple?: boolean;
  camera?: boolean;
  onFiles: (files: readonly File[]) => void;
}) {
  const id = useId();
  function chosen(event: ChangeEvent<HTMLInputElement>) {
    props.onFiles([...(event.target.files ?? [])]);
    // So that choosing the same file again fires another change event.
    event.target.value = '';
  }
  return (
    <span className="file-button" data-camera={props.camera === true}>
      <input
        id={id}
        type="file"
        className="visually-hidden"
        accept="image/*"
        multiple={props.multiple === true}
        capture={props.camera ? 'environment' : undefined}
        onChange={chosen}
      />
      <label htmlFor={id} className="button">
        {props.label}
      </label>
    </span>
  );
}
