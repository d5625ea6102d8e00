import type { MetricDefinition } from '../../services/sagemaker/jobs/requests.ts';

/** Reads a job's metrics from what it prints: the last match of each definition counts. */
export class MetricReader {
  readonly #expressions: { readonly name: string; readonly expression: RegExp }[] = [];
  readonly #values = new Map<string, number>();

  constructor(definitions: readonly MetricDefinition[]) {
    for (const { Name, Regex } of definitions) {
      try {
        this.#expressions.push({ name: Name, expression: new RegExp(Regex, 'g') });
      } catch {
        // AWS's expressions are Python's; one that JavaScript does not know finds nothing here.
      }
    }
  }

  read(line: string): void {
    for (const { name, expression } of this.#expressions) {
      for (const match of line.matchAll(expression)) {
        const value = Number.parseFloat(match[1] ?? '');
        if (Number.isFinite(value)) this.#values.set(name, value);
      }
    }
  }

  /** In the order of their definitions; a metric that was never printed is left out. */
  values(): Record<string, number> {
    return Object.fromEntries(
      this.#expressions.flatMap(({ name }) =>
        this.#values.has(name) ? [[name, this.#values.get(name)!]] : [],
      ),
    );
  }
}
