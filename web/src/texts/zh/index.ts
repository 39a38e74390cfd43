import type { LanguageTexts } from '../texts.ts';
import { activity } from './activity.ts';
import { answer } from './answer.ts';
import { batch } from './batch.ts';
import {
  batchFailures,
  failures,
  keptHere,
  otherFailure,
  otherResultFailure,
  resultFailures,
  resultMayBeThere,
  serviceWords,
} from './failures.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { images } from './images.ts';
import { model } from './model.ts';
import { program } from './program.ts';
import { queue } from './queue.ts';
import { result } from './result.ts';
import { sheet } from './sheet.ts';
import { shell } from './shell.ts';
import { why } from './why.ts';

export const zh: LanguageTexts = {
  ...shell,
  ...sheet,
  ...images,
  ...answer,
  activity,
  help,
  batchPlace: batch,
  history,
  queue,
  model,
  program,
  result,
  why,
  batchFailures,
  failures,
  keptHere,
  otherFailure,
  otherResultFailure,
  resultFailures,
  resultMayBeThere,
  serviceWords,
};
