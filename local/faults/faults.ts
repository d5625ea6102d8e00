import type { ServiceName } from '../service.ts';

/** Which of the matching calls or events are meant: all of them, unless it says otherwise. */
interface Turns {
  /** So many of them in a row, from the first that is meant; 1 where a first is named. */
  readonly times?: number;
  /** Each of them with this chance, 0 to 1, drawn from the world's seed. */
  readonly share?: number;
}

interface FaultyCall extends Turns {
  readonly service: ServiceName;
  /** AWS's own name of the operation. An unknown one is refused at once. */
  readonly operation: string;
  /** The n-th valid and allowed call of this operation, counted from 1. */
  readonly call?: number;
  /** Only calls of this role, by its name or ARN; `*` and `?` stand for characters. Calls of people never fail. */
  readonly by?: string;
  /** Only calls on this resource, by its ARN; `*` and `?` stand for characters. */
  readonly on?: string;
}

/** What goes wrong with a call. Data, so that a search can list, shrink and replay schedules of faults. */
export type CallFault = FaultyCall &
  (
    | {
        readonly kind: 'error';
        readonly code: string;
        readonly message?: string;
        readonly statusCode?: number;
      }
    /** Refused with the service's own word for too many requests. */
    | { readonly kind: 'throttle' }
    /** Reaches the service so many seconds of the world's time later. */
    | { readonly kind: 'slow'; readonly seconds: number }
    /** The service acts, but its answer is lost: the caller sees a time-out of the connection. */
    | { readonly kind: 'lose-answer' }
    /** The service acts twice; the caller sees the first answer. */
    | { readonly kind: 'twice' }
  );

interface FaultyEvent extends Turns {
  /** An event pattern, as a rule has it; every event matches when it is left out. */
  readonly pattern?: object;
  /** The n-th matching event, counted from 1. */
  readonly event?: number;
}

/** What becomes of an event on its way from a service to EventBridge. */
export type EventFault = FaultyEvent &
  (
    | { readonly kind: 'drop' }
    /** The service tells it twice, under two ids. */
    | { readonly kind: 'double' }
    | { readonly kind: 'delay'; readonly seconds: number }
    /** Comes after the next matching event; alone after so many seconds (60) when there is none. */
    | { readonly kind: 'reorder'; readonly seconds?: number }
  );
