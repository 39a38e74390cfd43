/** The keys that the page knows. */
export const help = {
  open: 'Keyboard',
  heading: 'By keyboard',
  or: 'or',
  keys: { space: 'Space', arrows: 'Arrow keys' },
  page: 'Everywhere',
  sheet: 'On the sheet',
  number: 'On the digits of a number',
  batch: 'Among many pictures',
  actions: {
    help: 'Show these keys',
    paste: 'Read the picture that was copied',
    move: 'Move the pen by a square',
    pen: 'Put the pen down, and lift it',
    giveUp: 'Give the stroke up',
    eraser: 'Change between pen and eraser',
    choose: 'Look at the next or the previous digit',
    go: 'Go to the next or the previous picture',
    ends: 'Go to the first or the last picture',
    setRight: 'Set right what was read of the open picture',
  },
};
