import { AwsError } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { batchGetBuilds } from './batch-get-builds.ts';
import { batchGetProjects } from './batch-get-projects.ts';
import { type Build, buildDescription } from './build.ts';
import { createProject } from './create-project.ts';
import { deleteProject } from './delete-project.ts';
import { listBuildsForProject } from './list-builds-for-project.ts';
import { listProjects } from './list-projects.ts';
import type { Project, ProjectInput } from './project.ts';
import { type StartBuildInput, startBuild } from './start-build.ts';
import { stopBuild } from './stop-build.ts';

/** A start that may be asked for again with the same token. */
interface Started {
  readonly build: Build;
  readonly asked: string;
}

/** CodeBuild: projects, and builds of which the scenario tells how long they take and what comes of them. */
export class CodeBuild implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly projects = new Map<string, Project>();
  /** By id. */
  readonly builds = new Map<string, Build>();
  readonly started = new Map<string, Started>();
  readonly world: World;
  readonly ids: Random;

  constructor(world: World) {
    this.world = world;
    this.ids = world.random.stream('codebuild/builds');
    this.operations = {
      BatchGetBuilds: (input) => batchGetBuilds(this, input),
      BatchGetProjects: (input) => batchGetProjects(this, input),
      CreateProject: (input) => createProject(this, input),
      DeleteProject: (input) => deleteProject(this, input),
      ListBuildsForProject: (input) => listBuildsForProject(this, input),
      ListProjects: (input) => listProjects(this, input),
      StartBuild: (input: StartBuildInput, caller) => startBuild(this, input, caller),
      StopBuild: (input) => stopBuild(this, input),
    };
  }

  addProject(input: ProjectInput): Project {
    const { region, accountId, clock } = this.world;
    const arn = `arn:aws:codebuild:${region}:${accountId}:project/${input.name}`;
    const project = { arn, input, createdMs: clock.now(), buildCount: 0 };
    this.projects.set(input.name, project);
    return project;
  }

  /** @param nameOrArn of a project @throws AwsError ResourceNotFoundException */
  project(nameOrArn: string): Project {
    const project = this.projects.get(nameOrArn.split(':project/').at(-1)!);
    if (project === undefined) {
      throw new AwsError('ResourceNotFoundException', `Project cannot be found: ${nameOrArn}`);
    }
    return project;
  }

  /** @param idOrArn of a build */
  findBuild(idOrArn: string): Build | undefined {
    return this.builds.get(idOrArn.split(':build/').at(-1)!);
  }

  /** A build's description once it has ended. */
  async untilEnded(id: string): Promise<Record<string, unknown>> {
    const build = this.builds.get(id)!;
    await build.ended;
    return buildDescription(build, this.world.region);
  }
}
