export interface Due {
  readonly dueMs: number;
  readonly order: number;
  readonly background: boolean;
  readonly action: () => void;
  cancelled: boolean;
}

const comesFirst = (a: Due, b: Due): boolean => (a.dueMs !== b.dueMs ? a.dueMs < b.dueMs : a.order < b.order);

/** A binary heap of due moments: earliest first, ties by who asked first. */
export class DueQueue {
  readonly #heap: Due[] = [];
  #foreground = 0;

  /** How many due moments keep the clock going. */
  get foregroundCount(): number {
    return this.#foreground;
  }

  push(due: Due): void {
    if (!due.background) this.#foreground += 1;
    const heap = this.#heap;
    let index = heap.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!comesFirst(due, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = due;
  }

  /** Marks as cancelled; the entry leaves the heap when its time comes. */
  cancel(due: Due): void {
    if (due.cancelled) return;
    due.cancelled = true;
    if (!due.background) this.#foreground -= 1;
  }

  peek(): Due | undefined {
    while (this.#heap.length > 0 && this.#heap[0]!.cancelled) this.#removeFirst();
    return this.#heap[0];
  }

  pop(): Due | undefined {
    const first = this.peek();
    if (first === undefined) return undefined;
    this.#removeFirst();
    if (!first.background) this.#foreground -= 1;
    // A later cancel of what has already run must not be counted again.
    first.cancelled = true;
    return first;
  }

  clear(): void {
    this.#heap.length = 0;
    this.#foreground = 0;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    const length = heap.length;
    if (length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= length) break;
      if (child + 1 < length && comesFirst(heap[child + 1]!, heap[child]!)) child += 1;
      if (!comesFirst(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}
