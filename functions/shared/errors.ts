import { type Fault, faultText } from './faults.ts';

/**
 * The errors that Signalbox's own functions and state machines name. State
 * machines match these names, so they are spelled out: a bundler may rename a
 * class. Who can act on each is told by `actorOf`.
 *
 * A repetition with the same input ends the same way.
 */
abstract class WillNotSucceed extends Error {}

/** Tells everything that is wrong at once, each fault with its place. */
abstract class Faulty extends WillNotSucceed {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], start = '') {
    super(start + faultText(faults));
    this.faults = faults;
  }
}

/** The release request, or the pipeline with its overrides, is wrong. */
export class RequestRefusedError extends Faulty {
  override readonly name = 'RequestRefusedError';
}

/** No pipeline of that name was packaged. */
export class UnknownPipelineError extends WillNotSucceed {
  override readonly name = 'UnknownPipelineError';
}

/** What was asked cannot be done as asked: AWS would refuse it, or do something else in silence. */
export class PlanRefusedError extends Faulty {
  override readonly name = 'PlanRefusedError';
}

/** Nothing lies where the pipeline's data should. */
export class DataMissingError extends WillNotSucceed {
  override readonly name = 'DataMissingError';
}

/** An object that a release is about was overwritten or deleted before it was read, or while. */
export class InputChangedError extends WillNotSucceed {
  override readonly name = 'InputChangedError';
}

/** More objects than can be listed for one release. */
export class TooManyObjectsError extends WillNotSucceed {
  override readonly name = 'TooManyObjectsError';
}

/** A metrics.json is not what the contract says, or lacks a metric that a gate speaks of. */
export class MetricsRefusedError extends Faulty {
  override readonly name = 'MetricsRefusedError';
}

/** A message on the event queue is not an event. */
export class EventRefusedError extends WillNotSucceed {
  override readonly name = 'EventRefusedError';
}

/** A function was called with something else than its contract says: a fault of Signalbox itself. */
export class ContractError extends Faulty {
  override readonly name = 'ContractError';

  constructor(which: string, faults: readonly Fault[]) {
    super(faults, `${which}: `);
  }
}

/** Who can act on an error, by its name; for notices. */
export const actorOf: Readonly<Record<string, string>> = {
  RequestRefusedError: 'Whoever started the release: correct the request and start again.',
  UnknownPipelineError: 'Whoever started the release: name a pipeline that is packaged with this stack.',
  PlanRefusedError: 'The author of the pipeline: change the field that is named and deploy the stack.',
  DataMissingError: 'Whoever delivers the data: upload it under data.prefix, then start again.',
  InputChangedError:
    'Whoever delivers the data: objects of a release must stay as they are until it has read them. An upload that replaced one has asked for a release of its own.',
  TooManyObjectsError: 'Whoever delivers the data: pack it into fewer and larger objects.',
  MetricsRefusedError: 'Whoever wrote the evaluation container: correct metrics.json and start again.',
  ContractError:
    'Whoever maintains Signalbox: a state handed a function something its contract does not allow.',
  TrainingFailedError: 'Whoever wrote the training container; its log is in /aws/sagemaker/TrainingJobs.',
  TrainingStoppedError: 'Whoever stopped the job; start the release again when it should go on.',
  NoTrainingCapacityError:
    'The account owner: raise the quota, wait, or allow On-Demand in train.spot.fallback.',
  CompilationFailedError:
    'The author of the pipeline: see whether Neo takes this model, input and target, or let the uncompiled model go on with compile.onFailure; the log is in /aws/sagemaker/CompilationJobs.',
  CompilationStoppedError: 'Whoever stopped the job; start the release again when it should go on.',
  ProcessingFailedError:
    'Whoever wrote the processing container or delivered its data; its log is in /aws/sagemaker/ProcessingJobs.',
  EvaluationFailedError:
    'Whoever wrote the evaluation container; its log is in /aws/sagemaker/ProcessingJobs.',
  ProcessingStoppedError: 'Whoever stopped the job; start the release again when it should go on.',
  EvaluationStoppedError: 'Whoever stopped the job; start the release again when it should go on.',
  EndpointChangedError:
    'Whoever moved the endpoint past Signalbox: put back what serves, or start this release again to go on from there.',
  TooFewInstancesError: 'The endpoint owner: scale out, or choose all-at-once for this release.',
  AlarmsNotQuietError: 'The endpoint owner: see why the alarms do not become OK, then start again.',
  EndpointFailedError: 'Whoever wrote the serving container; its log is in /aws/sagemaker/Endpoints.',
  EndpointBrokenError: 'On call, now: the endpoint does not serve as it should.',
  EndpointStuckError: 'On call: look at the endpoint; SageMaker has not finished the change.',
  ImageMissingError:
    'Whoever builds the image: push it under the tag that the pipeline names, then start again. If the name is wrong, the author of the pipeline.',
  BuildFailedError: 'Whoever pushed the commit: mend the build and push again.',
  TurnTimedOutError:
    'On call: see with `signalbox status` which release holds the turn, and why it does not end.',
  TurnLostError:
    'Whoever maintains Signalbox: a deployment that still ran was taken for dead. Start it again.',
  ReleaseFailedError:
    'On call: the execution ended without a word. Redrive it, or ask for the release again.',
  ReleaseAbortedError: 'Whoever stopped it: redrive the execution, or ask for the release again.',
  ReleaseTimedOutError: 'On call: see in which state it stood; then redrive the execution, or ask again.',
  'SageMaker.ResourceLimitExceededException':
    'The account owner: raise the quota for the instance type, or choose another.',
};

/** A job that failed has no error of its own: it is named after the state that ran it. */
export const errorOfJob: Readonly<Record<string, string>> = {
  'Build the image': 'BuildFailedError',
  'Process the data': 'ProcessingFailedError',
  'Evaluate the candidates': 'EvaluationFailedError',
};
