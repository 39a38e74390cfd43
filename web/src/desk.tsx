import type { PageActions } from './actions/page-actions.ts';
import { ActivitySection } from './activity/section.tsx';
import { AnswerView, type FeedbackProps } from './answer/answer-view.tsx';
import { SheetView } from './draw/sheet-view.tsx';
import { SHEET_UNITS } from './draw/stroke.ts';
import { Tools } from './draw/tools.tsx';
import { ImageList } from './images/image-list.tsx';
import { ImageStage } from './images/image-stage.tsx';
import { Intake } from './images/intake.tsx';
import { DRAWING, type PageState, selectedDigit, shownImage, shownPrediction } from './state/page.ts';
import { standingNumber } from './state/read-number.ts';
import { DigitBoxes } from './widgets/digit-boxes.tsx';

/** A sheet to draw on, the answer beside it, images below. */
export function Desk(props: {
  state: PageState;
  actions: PageActions;
  feedback: FeedbackProps;
  onActivity: (open: boolean) => void;
}) {
  const { state, actions } = props;
  const image = shownImage(state);
  const tracked = shownPrediction(state);
  const number = standingNumber(tracked);
  const key = image ? image.key : DRAWING;
  const selected = selectedDigit(state, key, tracked);
  const selection = { selected, onSelect: (index: number) => actions.selectDigit(key, index) };
  return (
    <div className="page">
      <div className="desk">
        {image ? (
          <ImageStage
            key={image.key}
            image={image}
            selection={selection}
            onBack={() => actions.show(DRAWING)}
          />
        ) : (
          <>
            <SheetView
              sheet={state.sheet}
              onInk={actions.penMoved}
              onStroke={(stroke) => actions.changeSheet({ type: 'stroke', stroke })}
            />
            {number && (
              <DigitBoxes
                result={number.result}
                boxes={number.result.digits.map(({ box }) => box)}
                size={[SHEET_UNITS, SHEET_UNITS]}
                selection={selection}
              />
            )}
            <Tools sheet={state.sheet} onEvent={actions.changeSheet} onSample={actions.drawSample} />
          </>
        )}
      </div>
      <AnswerView
        tracked={tracked}
        image={image}
        feedback={props.feedback}
        selected={selected}
        onRetry={() => actions.retry(state.shown)}
      />
      <div className="tray">
        <Intake onFiles={actions.addImages} />
        <ImageList
          images={state.images}
          uploaded={state.uploaded}
          leftOut={state.leftOut}
          shown={state.shown}
          onShow={actions.show}
          onRemove={actions.removeImage}
          onRemoveAll={actions.removeAllImages}
        />
      </div>
      <ActivitySection state={state.activity} onOpen={props.onActivity} />
    </div>
  );
}
