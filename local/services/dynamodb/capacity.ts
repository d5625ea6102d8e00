import { type Item, itemSize } from './attribute-value.ts';

const READ_UNIT_BYTES = 4_096;
const WRITE_UNIT_BYTES = 1_024;

interface Asked {
  readonly TableName: string;
  readonly ReturnConsumedCapacity?: 'INDEXES' | 'TOTAL' | 'NONE';
}

/** `ConsumedCapacity` for who asked for it. Source: developer guide, "Capacity unit consumption". */
export const consumed = (
  { TableName, ReturnConsumedCapacity = 'NONE' }: Asked,
  units: () => number,
): { ConsumedCapacity?: object } => {
  if (ReturnConsumedCapacity === 'NONE') return {};
  const CapacityUnits = units();
  return {
    ConsumedCapacity: {
      TableName,
      CapacityUnits,
      ...(ReturnConsumedCapacity === 'INDEXES' && { Table: { CapacityUnits } }),
    },
  };
};

export const readUnits = (bytes: number, isConsistent = false): number =>
  Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (isConsistent ? 1 : 0.5);

/** The larger of what was and what is now counts. */
export const writeUnits = (...items: readonly (Item | undefined)[]): number =>
  Math.max(1, ...items.map((item) => Math.ceil((item ? itemSize(item) : 0) / WRITE_UNIT_BYTES)));
