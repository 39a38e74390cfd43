export interface Store<State, Action> {
  state: () => State;
  dispatch: (action: Action) => void;
  /** Calls `listener` after each change; returns the function that ends it. */
  subscribe: (listener: () => void) => () => void;
}

/** Holds the state outside of React, so that what arrives from the network needs no component to be heard. */
export function createStore<State, Action>(
  first: State,
  next: (state: State, action: Action) => State,
): Store<State, Action> {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    dispatch(action) {
      const before = state;
      state = next(state, action);
      if (state !== before) for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
