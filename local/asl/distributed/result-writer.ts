import { type Data, dataOf, joinData } from '../data.ts';
import type { Frame } from '../frame.ts';
import { redrivability } from '../redrivability.ts';
import type { Child } from './children.ts';
import type { ResultWriter } from './definition.ts';
import { resultWriterFailed } from './errors.ts';
import { type MapRun, outputsOf } from './map-run.ts';
import { callS3 } from './storage.ts';

/** Where a result writer's evaluated `Arguments` point. */
export interface Destination {
  readonly Bucket: string;
  readonly Prefix?: string;
}

/** A Map's result where nothing is exported. */
export function resultOf(mapRun: MapRun, writer: ResultWriter | undefined): Data {
  switch (writer?.transformation) {
    case 'NONE':
      return dataOf(mapRun.children.map((child) => recordOf(child, mapRun)));
    case 'FLATTEN':
      return joinData(flattened(outputsOf(mapRun)));
    default:
      return joinData(outputsOf(mapRun));
  }
}

/**
 * Exports the results: one file for each fate of the children, and a manifest
 * that names them (developer guide, "ResultWriter").
 *
 * @returns the Map's result
 * @throws StateError `States.ResultWriterFailed`
 */
export async function writeResults(
  frame: Frame,
  mapRun: MapRun,
  writer: ResultWriter,
  destination: Destination,
): Promise<Data> {
  const { Bucket, Prefix = '' } = destination;
  const folder = `${Prefix === '' || Prefix.endsWith('/') ? Prefix : `${Prefix}/`}${mapRun.id}`;
  const put = async (name: string, body: string): Promise<{ Key: string; Size: number }> => {
    const Key = `${folder}/${name}`;
    const Body = Buffer.from(body);
    await callS3(frame, 'PutObject', { ...destination, Prefix: undefined, Key, Body }, resultWriterFailed);
    return { Key, Size: Body.length };
  };
  const files: Record<string, { Key: string; Size: number }[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const [fate, children] of byFate(mapRun)) {
    const lines =
      fate === 'SUCCEEDED' ? successLines(children, mapRun, writer) : recordLines(children, mapRun);
    const [text, ending] =
      writer.outputType === 'JSONL' ? [lines.join('\n'), 'jsonl'] : [`[${lines.join(',')}]`, 'json'];
    files[fate] = [await put(`${fate}_0.${ending}`, text)];
  }
  const manifest = { DestinationBucket: Bucket, MapRunArn: mapRun.arn, ResultFiles: files };
  const { Key } = await put('manifest.json', JSON.stringify(manifest));
  mapRun.resultsWritten = true;
  return dataOf({ MapRunArn: mapRun.arn, ResultWriterDetails: { Bucket, Key } });
}

function byFate({ children }: MapRun): Map<string, Child[]> {
  const fates = new Map<string, Child[]>();
  for (const child of children) {
    const status = child.execution?.status ?? 'PENDING';
    const fate = status === 'SUCCEEDED' || status === 'PENDING' ? status : 'FAILED';
    fates.set(fate, [...(fates.get(fate) ?? []), child]);
  }
  return fates;
}

function successLines(children: readonly Child[], mapRun: MapRun, writer: ResultWriter): string[] {
  if (writer.transformation === 'NONE') return recordLines(children, mapRun);
  const outputs = outputsOf(mapRun);
  return (writer.transformation === 'FLATTEN' ? flattened(outputs) : outputs).map(({ text }) => text);
}

const recordLines = (children: readonly Child[], mapRun: MapRun): string[] =>
  children.map((child) => JSON.stringify(recordOf(child, mapRun)));

const flattened = (outputs: readonly Data[]): Data[] =>
  outputs.flatMap((output) => (Array.isArray(output.value) ? output.value.map(dataOf) : [output]));

/** What a file tells of a child: what DescribeExecution would, in capitals and in this order. */
function recordOf({ execution, input }: Child, { stateMachineArn }: MapRun): object {
  if (execution === undefined) {
    return { Input: input.text, InputDetails: INCLUDED, StateMachineArn: stateMachineArn, Status: 'PENDING' };
  }
  const { facts, status, output, error, cause, stopMs } = execution;
  const redrive = redrivability(execution);
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: facts.arn,
    Input: execution.input.text,
    InputDetails: INCLUDED,
    Name: facts.name,
    ...(output !== undefined && { Output: output }),
    OutputDetails: INCLUDED,
    RedriveCount: facts.redriveCount,
    RedriveStatus: redrive.status,
    ...(redrive.reason !== undefined && { RedriveStatusReason: redrive.reason }),
    StartDate: new Date(facts.startMs).toISOString(),
    StateMachineArn: stateMachineArn,
    Status: status,
    ...(stopMs !== undefined && { StopDate: new Date(stopMs).toISOString() }),
  };
}

const INCLUDED = { Included: true };
