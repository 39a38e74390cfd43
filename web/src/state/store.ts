/** Holds the state outside of React, so that events from the network need no mounted component. */
export function createStore<State, Action>(first: State, next: (state: State, action: Action) => State) {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    dispatch(action: Action): void {
      const before = state;
      state = next(state, action);
      if (state !== before) for (const listener of listeners) listener();
    },
    /** Calls `listener` after each change; returns the function that ends the calls. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
export type Store<State, Action> = ReturnType<typeof createStore<State, Action>>;
