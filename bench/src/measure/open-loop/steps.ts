import type { Image, ImageName } from '../../load/images.ts';
import type { OpenLoopGenerator } from '../../load/open-loop.ts';
import { alone, type StartedContender, uploadTo } from '../contenders.ts';
import { observe } from '../sample.ts';
import { describeStep, isDisturbed, LIMIT_MS, type OpenLoopSample, stepSeconds, whyNot } from './step.ts';

/** A contender under one image. */
export interface OpenLoopTarget {
  service: StartedContender;
  name: ImageName;
  image: Image;
  path: string;
}

interface Load {
  /** Requests a second. */
  rate: number;
  /** Each repeat has arrivals of its own, the same for every contender. */
  repeat: number;
}

const SEED = 1_000_003;

/** @param options.seconds length of a step at all but low rates */
export function createOpenLoopSteps(options: {
  openLoop: OpenLoopGenerator;
  seconds: number;
  progress: (line: string) => void;
}) {
  const { openLoop, seconds, progress } = options;

  function run(target: OpenLoopTarget, load: Load & { limitMs: number | null }): Promise<OpenLoopSample> {
    const { service, name, image, path } = target;
    const { rate, repeat, limitMs } = load;
    const { groups, url } = service.running;
    return alone(service, async () => {
      const { result, foreign } = await observe({ groups, idleShare: service.idleShare }, () =>
        openLoop.run({
          ...{ url: url + path, upload: uploadTo(service, image) },
          ...{ rate, limitMs, seed: SEED * (repeat + 1) },
          seconds: stepSeconds({ rate, seconds }),
        }),
      );
      const sample = { ...result, rate, foreign };
      progress(`${name} open: ${service.name} ${describeStep(sample)}`);
      return sample;
    });
  }

  return {
    /** Latencies at a rate, whatever they are. */
    measure: (target: OpenLoopTarget, load: Load) => run(target, { ...load, limitMs: null }),
    /**
     * Whether a rate holds. A step that does not, and was disturbed, is tried once more; where that is disturbed too, it is
     * doubtful whether the service is to blame.
     */
    async holds(target: OpenLoopTarget, load: Load): Promise<{ holds: boolean; isDoubtful: boolean }> {
      const attempt = () => run(target, { ...load, limitMs: LIMIT_MS });
      let step = await attempt();
      if (whyNot(step) !== null && isDisturbed(step)) step = await attempt();
      const holds = whyNot(step) === null;
      return { holds, isDoubtful: !holds && isDisturbed(step) };
    },
  };
}
