import { createHash } from 'node:crypto';
import { check } from '#shared/check.ts';
import { RequestRefusedError, UnknownPipelineError } from '#shared/errors.ts';
import { nearest } from '#shared/faults.ts';
import type {
  Build,
  CheckedRequest,
  CheckRequest,
  ImageLookup,
  ReleaseRequest,
  Trigger,
} from '#shared/generated/contracts.ts';
import requestContract from '#shared/generated/schemas/release-request.json' with { type: 'json' };
import { homeOf, imageReferences, parseImage } from '#shared/image.ts';
import { mergeOver, type ResolvedPipeline, resolvePipeline } from '#shared/pipeline.ts';
import { intentOf } from './intent.ts';
import { triggerFaults } from './trigger-faults.ts';

/** Pipelines by name, as they were packaged. */
export type Pipelines = Readonly<Record<string, unknown>>;

/**
 * Turns what was asked into a named release with a complete pipeline, and says
 * what must be looked up before it can be planned.
 *
 * @throws RequestRefusedError with every fault of the request, or of the pipeline after its overrides
 * @throws UnknownPipelineError with the names that are known
 */
export function checkRequest(
  { request, executionArn, startedAt }: CheckRequest,
  pipelines: Pipelines,
): CheckedRequest & { pipeline: ResolvedPipeline } {
  const asked = wellFormed(request);
  const written = pipelineNamed(asked.pipeline, pipelines);
  const pipeline = withOverrides(asked, written);
  const trigger: Trigger = asked.trigger ?? { kind: 'manual', detail: 'started by hand' };
  const faults = triggerFaults(trigger, pipeline);
  if (faults.length > 0) throw new RequestRefusedError(faults);
  const build = buildOf(pipeline, trigger);
  const { key, rank } = intentOf(pipeline.name, trigger, { ...asked, executionArn, startedAt });
  return {
    release: {
      id: releaseId(pipeline.name, startedAt, executionArn),
      pipeline: pipeline.name,
      trigger,
      executionArn,
      startedAt,
      failUnlessLive: asked.failUnlessLive ?? false,
      intent: key,
      rank,
      fresh: asked.fresh ?? false,
      policy: pipeline.policy,
      ...(trigger.commit !== undefined && { commit: trigger.commit }),
      ...(trigger.kind === 'approval' && { packageArn: trigger.packageArn }),
    },
    pipeline,
    lookups: {
      endpoint: pipeline.deploy.endpoint,
      build,
      images: trigger.kind === 'approval' ? [] : imageLookups(pipeline, trigger, build, executionArn),
    },
  };
}

function wellFormed(request: unknown): ReleaseRequest {
  const asked = structuredClone(request);
  if (typeof asked === 'object' && asked !== null) {
    // Step Functions' own link to the execution that started this one.
    delete (asked as Record<string, unknown>).AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID;
  }
  const faults = check(requestContract, asked);
  if (faults.length > 0) throw new RequestRefusedError(faults);
  return asked as ReleaseRequest;
}

function pipelineNamed(name: string, pipelines: Pipelines): unknown {
  if (Object.hasOwn(pipelines, name)) return pipelines[name];
  const known = Object.keys(pipelines).sort();
  const near = nearest(name, known);
  throw new UnknownPipelineError(
    `$.pipeline is ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : '.'} Known pipelines: ${known.join(', ') || 'none'}.`,
  );
}

function withOverrides(asked: ReleaseRequest, written: unknown): ResolvedPipeline {
  if (asked.overrides === undefined) return resolvePipeline(written);
  try {
    const pipeline = resolvePipeline(mergeOver(withoutImageTrigger(written), asked.overrides));
    if (pipeline.name !== asked.pipeline) {
      throw new RequestRefusedError([
        { path: '$.name', message: 'cannot be overridden; it says which pipeline this is' },
      ]);
    }
    return pipeline;
  } catch (error) {
    if (!(error instanceof RequestRefusedError)) throw error;
    // The faults are the overrides': the pipeline alone was checked when it was packaged.
    throw new RequestRefusedError(
      error.faults.map(({ path, message }) => ({ path: path.replace('$', '$.overrides'), message })),
    );
  }
}

/** For one release another image may run than the one whose pushes are watched. */
function withoutImageTrigger(written: unknown): unknown {
  const { triggers, ...rest } = written as { triggers?: Record<string, unknown> };
  const { image: _watched, ...others } = triggers ?? {};
  return triggers === undefined ? rest : { ...rest, triggers: others };
}

/**
 * Short enough that every name made from it stays within SageMaker's 63
 * characters, sortable by time, and as good as never the same for two executions.
 */
export function releaseId(pipeline: string, startedAt: string, executionArn: string): string {
  const minute = new Date(startedAt).toISOString().replace(/\D/g, '').slice(2, 12);
  const hash = createHash('sha256').update(executionArn).digest('hex').slice(0, 8);
  return `${pipeline.slice(0, 20).replace(/-$/, '')}-${minute}-${hash}`;
}

/** A push comes before its image. Whoever names a build or a pipeline execution has built it already. */
function buildOf({ triggers }: ResolvedPipeline, { kind, commit, buildId }: Trigger): Build | null {
  const project = triggers.code?.build;
  if (kind !== 'code' || buildId !== undefined || project === undefined || commit === undefined) return null;
  return { project, commit };
}

function imageLookups(
  pipeline: ResolvedPipeline,
  trigger: Trigger,
  build: Build | null,
  executionArn: string,
): ImageLookup[] {
  const home = homeOf(executionArn);
  return imageReferences(pipeline).map((reference) => {
    const { registryId, host, repository, tag, digest } = parseImage(reference, home);
    if (registryId !== home.accountId || host.split('.')[3] !== home.region) {
      throw new RequestRefusedError([
        {
          path: '$.image',
          message: `is ${reference}; jobs may pull only from this account's registry in ${home.region}`,
        },
      ]);
    }
    // The push that asked for this release is what it tests, even if the tag has moved on.
    const pushed = trigger.kind === 'image' && trigger.repository === repository && trigger.tag === tag;
    const pin = digest ?? (pushed ? trigger.digest : undefined);
    // What the release builds first carries the commit as its tag.
    const built = build !== null && reference === pipeline.image ? build.commit : tag!;
    const imageId = pin === undefined ? { ImageTag: built } : { ImageDigest: pin };
    return { reference, registryId, repository, imageId };
  });
}
