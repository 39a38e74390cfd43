import { useState } from 'react';
import type { AskedWhy } from '../state/prediction/explanation.ts';
import type { DigitInView } from '../state/prediction/read-number.ts';
import { strongest, whyMapOf } from '../state/prediction/why-map.ts';
import { failureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';
import { Bars } from './bars.tsx';
import { NetworkInputView } from './network-input-view.tsx';
import { WhyOverlay } from './why-overlay.tsx';

/** The question why, as far as it was asked of the prediction in view, and the ways to ask it. */
export interface WhyProps {
  asked: AskedWhy | null;
  /** Null where the page does not have the image to ask about. */
  onAsk: (() => void) | null;
  onClose: () => void;
}

/** What the network saw and how probable each digit is; once somebody asks, also why. */
export function Evidence(props: {
  shown: DigitInView | null;
  /** Index of the digit in the text. */
  index: number;
  caption: string;
  /** Whether the network input already stands elsewhere on the page. */
  networkInputApart: boolean;
  why: WhyProps;
}) {
  const { shown, index, why } = props;
  const explanation = why.asked?.explanation ?? null;
  const about = explanation ? `${why.asked?.predictionId} ${index}` : '';
  const [chosen, choose] = useState({ about: 'nothing', digit: 0 });
  const [pointedAt, pointAt] = useState<number | null>(null);
  // The digit whose map is shown: the one pointed at, else the one chosen, else the one that was read.
  const digit = pointedAt ?? (chosen.about === about ? chosen.digit : (shown?.digit ?? 0));
  const map = shown && explanation && whyMapOf(explanation, index, digit);
  const words = map && texts.why.words(digit, strongest(map));
  return (
    <div className="evidence" data-explained={map !== null}>
      {(map || !props.networkInputApart) && (
        <NetworkInputView shown={shown} caption={props.caption}>
          {map && words && <WhyOverlay map={map} label={words} />}
        </NetworkInputView>
      )}
      <Bars
        shown={shown}
        picked={map ? digit : null}
        onPick={(picked) => choose({ about, digit: picked })}
        onPoint={pointAt}
      />
      <Why why={why} words={words} isExplainable={shown !== null && (!explanation || map !== null)} />
    </div>
  );
}

function Why(props: { why: WhyProps; words: string | null; isExplainable: boolean }) {
  const { asked, onAsk, onClose } = props.why;
  if (!props.isExplainable) {
    return <div className="why">{asked?.explanation && <p className="why-words">{texts.why.beyond}</p>}</div>;
  }
  return (
    <div className="why" aria-busy={asked?.phase === 'asking'}>
      {asked?.phase !== 'known' && onAsk && (
        <button type="button" className="text-button" disabled={asked?.phase === 'asking'} onClick={onAsk}>
          {asked?.phase === 'asking' ? texts.why.asking : texts.why.ask}
        </button>
      )}
      {asked?.phase === 'failed' && asked.failure && (
        <p className="why-words" role="alert">
          {texts.why.failed(failureText(asked.failure).what)}
        </p>
      )}
      {props.words && (
        <>
          <p className="why-words" role="status">
            {props.words}
          </p>
          <p className="why-legend">{texts.why.legend}</p>
          {onAsk && (
            <button type="button" className="text-button" onClick={onClose}>
              {texts.close}
            </button>
          )}
        </>
      )}
    </div>
  );
}
