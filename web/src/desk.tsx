import type { PageActions } from './actions/page-actions.ts';
import type { WhyActions } from './actions/why-actions.ts';
import { ActivitySection } from './activity/section.tsx';
import { AnswerView, type FeedbackProps } from './answer/answer-view.tsx';
import { SheetView } from './draw/sheet-view.tsx';
import { SHEET_UNITS } from './draw/stroke.ts';
import { Tools } from './draw/tools.tsx';
import { Examples } from './images/examples.tsx';
import { ImageList } from './images/image-list.tsx';
import { ImageStage } from './images/image-stage.tsx';
import { Ways } from './images/ways.tsx';
import { ProgramSection } from './program/program-section.tsx';
import { DRAWING, type PageState, selectedDigit, shownImage, shownPrediction } from './state/page.ts';
import { standingNumber } from './state/prediction/read-number.ts';
import { texts } from './texts/texts.ts';
import { whyProps } from './why-props.ts';
import { DigitBoxes } from './widgets/digits/digit-boxes.tsx';

/** The ways to show a digit, the sheet to draw on, the answer beside it, images below. */
export function Desk(props: {
  state: PageState;
  actions: PageActions;
  feedback: FeedbackProps;
  why: WhyActions;
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
    <div className="page page-with-ways">
      <div className="desk desk-with-ways">
        <Ways drawing={image === null} onDraw={() => actions.show(DRAWING)} onFiles={actions.addImages} />
        {image ? (
          <ImageStage
            key={image.key}
            image={image}
            selection={selection}
            onBack={() => actions.show(DRAWING)}
            onFiles={actions.addImages}
          />
        ) : (
          <>
            <SheetView
              sheet={state.sheet}
              plays={!state.acted}
              onInk={actions.penMoved}
              onStroke={(stroke) => actions.changeSheet({ type: 'stroke', stroke })}
              onErased={(strokes) => actions.changeSheet({ type: 'erased', strokes })}
              onEraser={(on) => actions.changeSheet({ type: 'eraser', on })}
              onSample={actions.drawSample}
            />
            {number && (
              <DigitBoxes
                result={number.result}
                boxes={number.result.digits.map(({ box }) => box)}
                size={[SHEET_UNITS, SHEET_UNITS]}
                selection={selection}
              />
            )}
            <Tools sheet={state.sheet} onEvent={actions.changeSheet} />
          </>
        )}
      </div>
      <AnswerView
        tracked={tracked}
        image={image}
        feedback={props.feedback}
        selected={selected}
        before={image ? undefined : <Examples onFiles={actions.addImages} />}
        why={whyProps(props.why, state, key, tracked)}
        onRetry={() => actions.retry(state.shown)}
      >
        <ProgramSection
          tracked={tracked}
          name={image?.name ?? texts.program.drawingName}
          drawing={image ? null : actions.imageOf(DRAWING)}
        />
      </AnswerView>
      <div className="tray">
        <ImageList
          images={state.images}
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
