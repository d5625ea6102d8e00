import type jsonata from 'jsonata';
import { type Node, partsOf } from './ast.ts';
import { ExpressionFault, STACK_OVERFLOW } from './engine-fault.ts';
import { surroundingsOf } from './functions.ts';

/**
 * Engine steps after which an expression is told to have run too long. AWS ends
 * one after a second, about as many steps here; a count gives the same answer on every machine.
 */
const MOST_STEPS = 300_000;
/** Steps open at once after which a recursion is told to be without end. */
const MOST_OPEN_STEPS = 20_000;

interface Frame {
  readonly timestamp: Date;
  lookup(name: string): unknown;
}

/**
 * Ends expressions that would never end, and gives the world's time to the
 * date functions. The engine calls these hooks around each node and waits for
 * them, so only expressions that can need them get them.
 */
export function addLimits(engine: jsonata.Expression, ast: Node): void {
  const uses = new Set<string>();
  collectUses(ast, uses);
  if (!uses.has('lambda') && !uses.has('$toMillis')) return;

  // Each evaluation has a time stamp object of its own, shared by all its frames.
  const evaluations = new WeakMap<Date, { steps: number; open: number }>();
  const entry = (_node: unknown, _input: unknown, frame: Frame): void => {
    const { timestamp } = frame;
    let counts = evaluations.get(timestamp);
    if (counts === undefined) {
      timestamp.setTime(surroundingsOf(frame).clock.now());
      counts = { steps: 0, open: 0 };
      evaluations.set(timestamp, counts);
    }
    counts.steps += 1;
    counts.open += 1;
    if (counts.steps > MOST_STEPS) {
      throw new ExpressionFault('Expression evaluation timeout: Check for infinite loop');
    }
    if (counts.open > MOST_OPEN_STEPS) {
      throw new ExpressionFault(STACK_OVERFLOW);
    }
  };
  const exit = (_node: unknown, _input: unknown, { timestamp }: Frame): void => {
    const counts = evaluations.get(timestamp);
    if (counts !== undefined) counts.open -= 1;
  };
  assign(engine, Symbol.for('jsonata.__evaluate_entry'), entry);
  assign(engine, Symbol.for('jsonata.__evaluate_exit'), exit);
}

/** The engine binds symbols too; its types know only of texts. */
const assign = (engine: jsonata.Expression, name: symbol, value: unknown): void =>
  engine.assign(name as unknown as string, value);

function collectUses(node: Node, uses: Set<string>): void {
  uses.add(node.type === 'variable' ? `$${node.value}` : node.type);
  for (const { part } of partsOf(node)) collectUses(part, uses);
}
