import type { FeedbackDesk } from './actions/feedback-actions.ts';
import type { PageActions } from './actions/page-actions.ts';
import { ActivitySection } from './activity/section.tsx';
import { Answer } from './answer/answer.tsx';
import { SheetView } from './draw/sheet-view.tsx';
import { Tools } from './draw/tools.tsx';
import { PictureList } from './images/image-list.tsx';
import { PictureStage } from './images/image-stage.tsx';
import { Intake } from './images/intake.tsx';
import { DRAWING, type PageState, shownPicture, shownReading } from './state/page.ts';

/** A sheet to draw on, the answer beside it, pictures below. */
export function Desk(props: {
  state: PageState;
  actions: PageActions;
  feedback: FeedbackDesk;
  onActivity: (open: boolean) => void;
}) {
  const { state, actions } = props;
  const picture = shownPicture(state);
  return (
    <div className="page">
      <div className="desk">
        {picture ? (
          <PictureStage key={picture.key} picture={picture} onBack={() => actions.show(DRAWING)} />
        ) : (
          <>
            <SheetView
              sheet={state.sheet}
              onInk={actions.penMoved}
              onStroke={(stroke) => actions.changeSheet({ type: 'stroke', stroke })}
            />
            <Tools sheet={state.sheet} onEvent={actions.changeSheet} onSample={actions.drawSample} />
          </>
        )}
      </div>
      <Answer
        reading={shownReading(state)}
        picture={picture}
        feedback={props.feedback}
        onRetry={() => actions.retry(state.shown)}
      />
      <div className="tray">
        <Intake onFiles={actions.addPictures} />
        <PictureList
          pictures={state.pictures}
          uploaded={state.uploaded}
          leftOut={state.leftOut}
          shown={state.shown}
          onShow={actions.show}
          onRemove={actions.removePicture}
          onRemoveAll={actions.removeAllPictures}
        />
      </div>
      <ActivitySection view={state.activity} onOpen={props.onActivity} />
    </div>
  );
}
