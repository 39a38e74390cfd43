import type { BareLoop } from './bare.ts';
import type { BatchFigures } from './batches.ts';
import type { Cell } from './grid.ts';
import type { Sample } from './measure.ts';
import type { MemoryFigures } from './memory.ts';
import type { PictureName } from './pictures.ts';
import type { Cost } from './profile.ts';
import type { ScalingPoint } from './scaling.ts';
import { median } from './statistics.ts';

/** All that one run measured; what it left out is null. */
export interface Results {
  machine: readonly string[];
  /** How it was run: the command's options in words. */
  method: string;
  /** Contenders in the order of the tables. */
  contenders: readonly { name: string; title: string }[];
  pictures: Record<PictureName, { title: string; bytes: number }>;
  cells: readonly Cell[];
  bareLoop: BareLoop | null;
  batches: BatchFigures | null;
  scaling: readonly ScalingPoint[] | null;
  costs: readonly Cost[] | null;
  memory: MemoryFigures | null;
  /** Of the api under a batch of large pictures. */
  batchMemory: { apiPeakMb: number; pictureBytes: number } | null;
  /** Milliseconds. */
  firstAnswer: readonly number[] | null;
}

export function findCell(results: Results, picture: PictureName, connections: number, contender: string) {
  return results.cells.find(
    (cell) => cell.picture === picture && cell.connections === connections && cell.contender === contender,
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
