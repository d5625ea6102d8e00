import type { Frame } from '../frame.ts';
import type { MapState } from '../machine.ts';
import type { StateRun } from '../state-run.ts';
import type { InputType, ItemReader, ReaderConfig } from './definition.ts';
import { itemReaderFailed } from './errors.ts';
import { type Item, inventoryItems, inventoryOf, itemsOfText, textOf } from './items.ts';
import { numberOf } from './settings.ts';
import { callS3 } from './storage.ts';

/** An item reader whose expressions have been evaluated. */
export interface Reading {
  readonly operation: ItemReader['operation'];
  readonly input: { readonly Bucket: string; readonly Key: string; readonly Prefix?: string };
  readonly config: ReaderConfig;
  readonly maxItems: number | undefined;
  readonly pointer: string | undefined;
}

export async function readingOf(run: StateRun<MapState>, reader: ItemReader): Promise<Reading> {
  const { operation, config } = reader;
  const environment = run.environment();
  const input = await run.evaluate(reader.arguments, environment, 'ItemReader/Arguments');
  const maxItems = await numberOf(run, config.maxItems, 'ItemReader/ReaderConfig/MaxItems');
  const pointer =
    config.itemsPointer &&
    (await run.evaluate(config.itemsPointer, environment, 'ItemReader/ReaderConfig/ItemsPointer'));
  return {
    operation,
    config,
    maxItems,
    input: input as Reading['input'],
    pointer: pointer as string | undefined,
  };
}

/**
 * Reads a data set from S3 in the machine's role.
 *
 * @throws StateError `States.ItemReaderFailed`
 */
export async function readItems(frame: Frame, reading: Reading): Promise<Item[]> {
  const { maxItems = 0 } = reading;
  // Recorded by AWS; a maximum of 0 means all.
  if (maxItems < 0) throw itemReaderFailed('field MaxItems must be positive');
  const most = maxItems === 0 ? Number.POSITIVE_INFINITY : maxItems;
  const items = await (reading.operation === 'listObjectsV2'
    ? listed(frame, reading, most)
    : filed(frame, reading, most));
  return items.length > most ? items.slice(0, most) : items;
}

interface Listed {
  Key: string;
  ETag: string;
  LastModified: Date;
  Size: number;
  StorageClass: string;
}

async function listed(frame: Frame, reading: Reading, most: number): Promise<Item[]> {
  const { config, input } = reading;
  const flattens = config.transformation === 'LOAD_AND_FLATTEN';
  const items: Item[] = [];
  let next: object = {};
  do {
    const page = await callS3<{ Contents?: Listed[]; NextContinuationToken?: string }>(
      frame,
      'ListObjectsV2',
      { ...input, ...next },
      itemReaderFailed,
    );
    for (const object of page.Contents ?? []) {
      if (flattens) items.push(...(await fileItems(frame, reading, input.Bucket, object.Key)));
      else items.push({ value: listedItem(object), source: `S3://${input.Bucket}` });
    }
    next = { ContinuationToken: page.NextContinuationToken };
    if (page.NextContinuationToken === undefined) break;
  } while (items.length < most);
  return items;
}

/** Recorded by AWS, the spelling of `Etag` too; the time is in epoch seconds (developer guide, "ItemReader"). */
const listedItem = ({ ETag, LastModified, Key, Size, StorageClass }: Listed): object => ({
  Etag: ETag,
  LastModified: Math.floor(LastModified.getTime() / 1000),
  Key,
  Size,
  StorageClass,
});

async function filed(frame: Frame, reading: Reading, most: number): Promise<Item[]> {
  const { Bucket, Key } = reading.input;
  switch (reading.config.manifestType) {
    case undefined:
      return fileItems(frame, reading, Bucket, Key);
    case 'S3_INVENTORY': {
      const { columns, keys } = inventoryOf(await fileText(frame, reading.input));
      return together(keys, most, async (key) =>
        inventoryItems(await fileText(frame, { Bucket, Key: key }), columns, `S3://${Bucket}/${key}`),
      );
    }
    case 'ATHENA_DATA': {
      const text = await fileText(frame, reading.input);
      const uris = text.split('\n').filter((line) => line.trim() !== '');
      return together(uris, most, (uri) => {
        const [, bucket, key] = /^"?s3:\/\/([^/]+)\/(.+?)"?\s*$/i.exec(uri) ?? [];
        if (bucket === undefined || key === undefined)
          throw itemReaderFailed(`The manifest names no S3 object: ${uri}`);
        return fileItems(frame, reading, bucket, key);
      });
    }
  }
}

async function together(
  files: readonly string[],
  most: number,
  read: (file: string) => Promise<Item[]>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (const file of files) {
    if (items.length >= most) break;
    items.push(...(await read(file)));
  }
  return items;
}

async function fileItems(
  frame: Frame,
  { config, pointer, input }: Reading,
  bucket: string,
  key: string,
): Promise<Item[]> {
  const object = bucket === input.Bucket && key === input.Key ? input : { Bucket: bucket, Key: key };
  const type: InputType = config.inputType ?? 'JSON';
  return itemsOfText(await fileText(frame, object), type, config, `S3://${bucket}/${key}`, pointer);
}

async function fileText(frame: Frame, input: { Bucket: string; Key: string }): Promise<string> {
  const { Body } = await callS3<{ Body: Uint8Array }>(frame, 'GetObject', input, itemReaderFailed);
  return textOf(Body, input.Key);
}
