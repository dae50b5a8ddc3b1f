import type { ISignal } from '@lumino/signaling';
import { useCallback, useSyncExternalStore } from 'react';

/**
 * The part of a model that a component shows: draws again when the model tells of a change and the part is another one.
 * While not `active` the model is not listened to: a hidden panel costs nothing.
 */
export function useModel<M extends { readonly changed: ISignal<M, unknown> }, T>(
  model: M,
  part: (model: M) => T,
  active: boolean
): T {
  const subscribe = useCallback(
    (notify: () => void) => {
      if (!active) {
        return () => undefined;
      }
      model.changed.connect(notify);
      return () => {
        model.changed.disconnect(notify);
      };
    },
    [model, active]
  );
  return useSyncExternalStore(subscribe, () => part(model));
}
