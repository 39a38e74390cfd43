import type { PageActions } from './actions/page-actions.ts';
import type { WhyActions } from './actions/why-actions.ts';
import { AnswerView, type FeedbackProps } from './answer/answer-view.tsx';
import { ProgramSection } from './program/program-section.tsx';
import { OwnCopyView } from './result/own-copy-view.tsx';
import { ResultView } from './result/result-view.tsx';
import { LINKED, ownCopy, type PageState, selectedDigit } from './state/page.ts';
import { texts } from './texts/texts.ts';
import { whyProps } from './why-props.ts';

/** The place of one result: that of the link, or what this browser kept of it. */
export function ResultPlace(props: {
  state: PageState;
  feedback: FeedbackProps;
  why: WhyActions;
  actions: PageActions;
}) {
  const { state, actions } = props;
  const { linked } = state;
  const selected = selectedDigit(state, LINKED, linked);
  const onRetry = () => actions.retry(LINKED);
  const copy = ownCopy(state);
  if (copy) return <OwnCopyView entry={copy} />;
  const at = linked.prediction?.created_at;
  return (
    <ResultView
      tracked={linked}
      selection={{ selected, onSelect: (index) => actions.selectDigit(LINKED, index) }}
      onRetry={onRetry}
      answer={
        <AnswerView
          tracked={linked}
          image={
            at === undefined
              ? null
              : { name: texts.result.title(new Date(at)), origin: 'file', thumbnail: null }
          }
          feedback={props.feedback}
          selected={selected}
          why={whyProps(props.why, state, LINKED, linked)}
          networkInputApart
          onRetry={onRetry}
        >
          <ProgramSection tracked={linked} name={texts.program.someName} drawing={null} />
        </AnswerView>
      }
    />
  );
}
