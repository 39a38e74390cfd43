import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';
import type { CSSProperties, KeyboardEvent } from 'react';
import { type Box, tilesOf } from '../../state/prediction/read-number.ts';
import { texts } from '../../texts/texts.ts';

/** Which digit of a number is selected, and how another one is. */
export interface DigitSelection {
  selected: number;
  onSelect: (index: number) => void;
}

/** Among more digits only the selected one has a tag: tags would hide the picture. */
const TAGS_MAX = 16;

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/**
 * Over a picture, a button around each digit that was read in it, to select it. `boxes` and `size` are in pixels of the picture;
 * a digit without a box has no button.
 */
export function DigitBoxes(props: {
  result: PredictionResult;
  boxes: readonly (Box | null)[];
  size: readonly [width: number, height: number];
  selection: DigitSelection;
}) {
  const { result, boxes, selection } = props;
  const [width, height] = props.size;
  // Of one alone the answer says how sure it is.
  const isAmongOthers = boxes.length > 1;

  function step(event: KeyboardEvent<HTMLFieldSetElement>): void {
    const by = STEPS[event.key];
    const buttons = [...event.currentTarget.children] as HTMLElement[];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (by === undefined || at < 0) return;
    event.preventDefault();
    const next = buttons.at((at + by) % buttons.length)!;
    next.focus();
    next.click();
  }

  return (
    <fieldset
      className="boxes"
      aria-label={texts.digits}
      data-many={boxes.length > TAGS_MAX}
      style={{ '--ratio': width / height } as CSSProperties}
      onKeyDown={step}
    >
      {result.digits.map(({ digit, confidence, uncertain }, index) => {
        const box = boxes[index];
        const isSelected = index === selection.selected;
        return (
          box && (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the digit's place in the number
              key={index}
              type="button"
              className="box"
              aria-pressed={isSelected}
              tabIndex={isSelected ? 0 : -1}
              data-uncertain={uncertain}
              data-right={box.left + box.width / 2 > width / 2}
              style={
                {
                  left: `${(box.left / width) * 100}%`,
                  top: `${(box.top / height) * 100}%`,
                  width: `${(box.width / width) * 100}%`,
                  height: `${(box.height / height) * 100}%`,
                  // The picture's upper edge, as seen from the box: its tag stays below.
                  '--up': `${(-box.top / box.height) * 100}%`,
                } as CSSProperties
              }
              onClick={() => selection.onSelect(index)}
            >
              <span className="box-tag">
                {digit}
                {uncertain && '?'}
                {isAmongOthers && (
                  <>
                    {' '}
                    <span className="box-percent">{texts.wholePercent(confidence)}</span>
                  </>
                )}
              </span>
            </button>
          )
        );
      })}
    </fieldset>
  );
}

/** The same over the network inputs of all digits, where the page does not have the picture. */
export function TileBoxes(props: { result: PredictionResult; selection: DigitSelection }) {
  return <DigitBoxes {...props} {...tilesOf(props.result.digits.length)} />;
}
