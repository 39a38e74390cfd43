import type { NoticeCode } from '../state/page.ts';
import { texts } from '../texts/texts.ts';

/** Why something that was dropped or pasted could not be taken, and what to do instead. */
export function Notice({ code, onClose }: { code: NoticeCode | null; onClose: () => void }) {
  return (
    code && (
      <div role="alert" className="intake-note">
        <p>{texts.notices[code]}</p>
        <button type="button" className="intake-note-close" aria-label={texts.closeNotice} onClick={onClose}>
          ×
        </button>
      </div>
    )
  );
}
