import { AwsError, LostAnswer } from '../aws-error.ts';
import type { Call } from '../door.ts';
import type { World } from '../world.ts';
import type { CallFault } from './faults.ts';
import { throttled } from './throttling.ts';

/**
 * Lets a fault befall a call, and tells it.
 *
 * @param act does what was called for
 * @throws AwsError as the caller sees the fault
 */
export const suffer = async (
  world: World,
  fault: CallFault,
  call: Call,
  act: () => Promise<unknown>,
): Promise<unknown> => {
  const tell = (what: string): void => {
    world.journal.write(`door/${call.service}/${call.operation}`, `fault: ${what}`);
  };
  switch (fault.kind) {
    case 'error': {
      const { code, message = 'The scenario says so.', statusCode } = fault;
      tell(`fails with ${code}: ${message}`);
      throw new AwsError(code, message, statusCode);
    }
    case 'throttle': {
      const error = throttled(call.service);
      tell(`is throttled with ${error.code}`);
      throw error;
    }
    case 'slow':
      // While a function runs, virtual time stands still: waiting would be for ever.
      if (call.caller.via === 'function' && world.clock.kind === 'virtual') {
        tell(`would be slow by ${fault.seconds} s, but no time passes while a function runs`);
        return act();
      }
      tell(`is slow by ${fault.seconds} s`);
      await world.clock.sleep(fault.seconds * 1000);
      return act();
    case 'lose-answer':
      tell(`loses its answer (${described(await settled(act))})`);
      throw new LostAnswer();
    case 'twice': {
      const first = await settled(act);
      tell(`is delivered twice (second: ${described(await settled(act))})`);
      if ('error' in first) throw first.error;
      return first.answer;
    }
  }
};

type Settled = { readonly answer: unknown } | { readonly error: AwsError };

const settled = async (act: () => Promise<unknown>): Promise<Settled> => {
  try {
    return { answer: await act() };
  } catch (error) {
    if (error instanceof AwsError) return { error };
    throw error;
  }
};

const described = (outcome: Settled): string =>
  'error' in outcome ? `${outcome.error.code}: ${outcome.error.message}` : 'it was a success';
