import { type ReactNode, useEffect, useState } from 'react';
import { texts } from '../texts/texts.ts';

/** Code that the page fetches once something that needs it is shown. */
export function lateCode<Code>(fetchCode: () => Promise<Code>) {
  let fetched: Code | null = null;
  return {
    /** Null before it has come. */
    fetched: () => fetched,
    async fetch(): Promise<Code> {
      fetched = await fetchCode();
      return fetched;
    },
  };
}
type LateCode<Code> = ReturnType<typeof lateCode<Code>>;

/** How far that code has come: `code` is null before it is there; `missing` says what helps where it could not be fetched. */
export function useLate<Code>(late: LateCode<Code>) {
  const [code, setCode] = useState(late.fetched);
  const [tries, setTries] = useState(1);
  const [missing, setMissing] = useState<'retry' | 'reload' | null>(null);
  useEffect(() => {
    if (late.fetched() !== null) return;
    late.fetch().then(
      (came) => setCode(() => came),
      (error: unknown) => {
        // A dynamic import that fails throws a TypeError, whatever the reason. A browser may remember that failure, a deploy may
        // have replaced the file, and Vite fetches a part's styles only once: then only a new load of the page helps.
        const isImport = error instanceof TypeError;
        setMissing(isImport && tries === 1 ? 'retry' : 'reload');
        if (!isImport) throw error;
      },
    );
  }, [late, tries]);
  function onRetry(): void {
    setMissing(null);
    setTries(tries + 1);
  }
  return { code, missing, onRetry };
}

/** A part of the page that comes late. Where its code could not be fetched it says so, and the rest of the page stays. */
export function LatePart<Code>(props: {
  of: LateCode<Code>;
  children: (code: Code) => ReactNode;
  /** What stands in its place meanwhile. */
  waiting?: ReactNode;
}) {
  const { code, missing, onRetry } = useLate(props.of);
  if (code !== null) return props.children(code);
  if (missing === null) return props.waiting;
  return (
    <div className="late-missing" role="alert">
      <p>{texts.partMissing}</p>
      {missing === 'retry' ? (
        <button type="button" className="button" onClick={onRetry}>
          {texts.retryNow}
        </button>
      ) : (
        <button type="button" className="button" onClick={() => location.reload()}>
          {texts.reloadPage}
        </button>
      )}
    </div>
  );
}
