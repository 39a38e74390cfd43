import type { ImageName } from '../load/images.ts';
import type { BareLoop } from '../measure/bare.ts';
import type { BatchFigures } from '../measure/batches.ts';
import type { Cost } from '../measure/costs/profile.ts';
import type { Cell } from '../measure/grid.ts';
import type { MemoryFigures } from '../measure/memory.ts';
import type { OpenLoopCell } from '../measure/open-loop/open-loop.ts';
import type { ProcessPoint } from '../measure/processes.ts';
import type { Sample } from '../measure/sample.ts';
import type { ScalingPoint } from '../measure/scaling.ts';
import { median } from '../measure/statistics.ts';
import type { RedisPoint } from '../redis/alone.ts';

/** What was measured of several contenders, in the order of the tables. */
interface Compared<C> {
  contenders: readonly { name: string; title: string }[];
  cells: readonly C[];
}

/** Contenders under loads. */
export type Comparison = Compared<Cell>;

/** Everything that one run measured; parts that it left out are null. */
export interface Results {
  machine: readonly string[];
  /** How it was run: the command's options in words. */
  method: string;
  images: Record<ImageName, { title: string; bytes: number }>;
  grid: Comparison;
  openLoop: Compared<OpenLoopCell> | null;
  /** More workers than cores; `leftOut` says in words which of them were not measured, and why. */
  replicas: (Comparison & { leftOut: string | null }) | null;
  bareLoop: BareLoop | null;
  batches: BatchFigures | null;
  scaling: readonly ScalingPoint[] | null;
  costs: readonly Cost[] | null;
  processes: readonly ProcessPoint[] | null;
  redis: readonly RedisPoint[] | null;
  memory: MemoryFigures | null;
  /** Of the api under a batch of large images. */
  batchMemory: { apiPeakMb: number; imageBytes: number } | null;
  /** Milliseconds. */
  firstResult: readonly number[] | null;
}

export function findCell({ cells }: Comparison, image: ImageName, connections: number, contender: string) {
  return cells.find(
    (cell) => cell.image === image && cell.connections === connections && cell.contender === contender,
  );
}

/** Median over the repeats of a cell. */
export function medianOf(cell: Cell, figure: (sample: Sample) => number): number {
  return median(cell.samples.map(figure));
}

/** Median over the repeats of one cell's rate ÷ another's, each pair measured one right after the other. */
export function rateRatio(cell: Cell, other: Cell): number {
  return median(cell.samples.map(({ rate }, i) => rate / (other.samples[i]?.rate ?? Number.NaN)));
}
