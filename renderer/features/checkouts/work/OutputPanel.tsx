import { useEffect, useRef } from 'react';
import { workStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { type Output, outputText } from './output.ts';
import classes from './work.module.css';

/** So close to the end, in pixels, one follows what comes. */
const nearEnd = 24;

/** What a command says, while it says it. It follows the end until somebody scrolls away from it. */
export function OutputPanel({ output }: { output: Output }) {
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new output is scrolled to
  useEffect(() => {
    if (follows.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [output]);
  return (
    <div className={classes.output}>
      <div className={classes.outputHead}>
        <span>{output.dropped === 0 ? strings.output : `${strings.output} · ${strings.dropped(output.dropped)}`}</span>
        <CopyButton text={outputText(output)} label={strings.copyOutput} />
      </div>
      <pre
        ref={box}
        className={classes.lines}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to
        tabIndex={0}
        role="log"
        aria-label={strings.output}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          follows.current = scrollTop + clientHeight >= scrollHeight - nearEnd;
        }}
      >
        {output.lines.length === 0
          ? strings.noOutput
          : output.lines.map(({ from, text }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else that it is known by
              <span key={output.dropped + index} className={from === 'stderr' ? classes.stderr : undefined}>
                {`${text}\n`}
              </span>
            ))}
      </pre>
    </div>
  );
}
