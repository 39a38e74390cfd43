import { useSyncExternalStore } from 'react';
import { Answer } from './answer/answer.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { SheetView } from './draw/sheet-view.tsx';
import { Tools } from './draw/tools.tsx';
import type { PageActions } from './page-actions.ts';
import { DropZone } from './pictures/drop-zone.tsx';
import { Intake } from './pictures/intake.tsx';
import { PictureList } from './pictures/picture-list.tsx';
import { PictureStage } from './pictures/picture-stage.tsx';
import { DRAWING, type PageAction, type PageState, shownPicture, shownReading } from './state/page.ts';
import type { Store } from './state/store.ts';
import { texts } from './texts.ts';

/** The page: a sheet to draw on, the answer beside it, pictures below. */
export function App({ store, actions }: { store: Store<PageState, PageAction>; actions: PageActions }) {
  const state = useSyncExternalStore(store.subscribe, store.state);
  const picture = shownPicture(state);
  return (
    <>
      <header className="masthead">
        <h1 className="masthead-name">
          {texts.name} <span className="masthead-tagline">{texts.tagline}</span>
        </h1>
        <a className="masthead-link" href="/docs">
          {texts.apiDocs}
        </a>
      </header>
      <main className="page">
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
        <Answer reading={shownReading(state)} picture={picture} onRetry={() => actions.retry(state.shown)} />
        <div className="tray">
          <Intake onFiles={actions.addPictures} />
          <PictureList
            pictures={state.pictures}
            shown={state.shown}
            onShow={actions.show}
            onRemove={actions.removePicture}
            onRemoveAll={actions.removeAllPictures}
          />
        </div>
      </main>
      <ConnectionNote state={state} />
      <DropZone onFiles={actions.addPictures} />
    </>
  );
}
