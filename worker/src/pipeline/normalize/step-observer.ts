import type { Grid } from './raster/grid.ts';

/** Is given each step's result, for people to look at. Values lie in 0…`full`; the grid dies with the call. */
export type StepObserver = (step: string, grid: Grid, full: number) => void;
