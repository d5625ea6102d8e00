/** Sees every call and event of a world, and says what nothing may ever do. */
import type { Call } from '../../local/door.ts';
import type { World } from '../../local/world.ts';
import { isTrial, ownConfig } from '../../play/roles.ts';

/** Calls that change an endpoint. */
const CHANGES = /^((Create|Update|Delete)Endpoint|UpdateEndpointWeightsAndCapacities)$/;

interface Described {
  readonly EndpointStatus: string;
  readonly EndpointConfigName: string;
  readonly ProductionVariants?: readonly object[];
  readonly ShadowProductionVariants?: readonly object[];
}

type Text = Readonly<Record<string, string>>;

export class Watcher {
  readonly violations: string[] = [];
  /** Every config that the endpoint was in service with. */
  readonly served = new Set<string>();
  /** How each release ended. */
  readonly outcomes: string[] = [];
  readonly #world: World;
  readonly #endpoint: string;

  constructor(world: World, endpoint: string) {
    this.#world = world;
    this.#endpoint = endpoint;
  }

  /** Whoever changes the endpoint holds its turn at that moment; a deployment is newer than all that is live. */
  seeCall({ service, operation, input, caller }: Call): void {
    if (service !== 'sagemaker' || !CHANGES.test(operation)) return;
    const turn = this.item('turn', `endpoint/${this.#endpoint}`);
    const family = this.#ancestry(caller.sourceArn);
    const what = `${operation} ${(input as Text).EndpointConfigName ?? ''} by ${caller.sourceArn}`;
    if (!family.includes(turn.holder ?? ''))
      this.#tell(`${what}, but ${turn.holder ?? 'nobody'} holds the turn`);
    if (operation === 'DeleteEndpoint' || !/-(deploy|weights|shadow|trial):/.test(caller.sourceArn ?? ''))
      return;
    const { rank, name } = this.#input(caller.sourceArn!);
    const { EndpointConfigName = '' } = input as Text;
    if (ownConfig(EndpointConfigName) === name && (turn.liveRank ?? '') >= rank!) {
      this.#tell(`${what} of ${rank}, but ${turn.liveRank} is live`);
    }
  }

  seeEvent(detailType: string, detail: unknown): void {
    const { EndpointName, EndpointStatus, EndpointConfigName } = detail as Text;
    if (detailType !== 'SageMaker Endpoint State Change' || EndpointName !== this.#endpoint) return;
    if (EndpointStatus === 'IN_SERVICE') this.served.add(EndpointConfigName!);
  }

  /** When everything has come to rest: everybody has a true outcome, every turn is free, and what is live serves. */
  async seeEnd(): Promise<void> {
    const { stepfunctions } = this.#world;
    for (const { facts, status } of stepfunctions.known.values()) {
      if (status === 'RUNNING') this.#tell(`${facts.arn} still runs`);
    }
    for (const turn of await this.#query('turn')) {
      for (const left of ['holder', 'next', 'waiters']) {
        if (turn[left] !== undefined) this.#tell(`turn ${turn.sk} still has ${left} ${turn[left]}`);
      }
      if (turn.shifting !== undefined && !this.#isPersonCalled()) {
        this.#tell(`turn ${turn.sk} is marked as shifting to ${turn.shifting}, and nobody was told`);
      }
    }
    for (const { sk } of await this.#query('running')) this.#tell(`${sk} is still listed as running`);
    await this.#seeOutcomes();
    await this.#seeEndpoint();
    await this.#seeKept();
  }

  async #seeOutcomes(): Promise<void> {
    const records = await this.#query(`pipeline/${this.#endpoint}`);
    const live = await this.#query(`live/${this.#endpoint}`);
    for (const { facts } of this.#world.stepfunctions.known.values()) {
      if (!facts.machineName.endsWith('-release')) continue;
      const record = records.find(({ executionArn }) => executionArn === facts.arn);
      const outcome = record?.outcome ?? 'nothing';
      this.outcomes.push(outcome);
      if (!/^(LIVE|DELIVERED|REJECTED|ROLLED_BACK|SUPERSEDED|FAILED|DUPLICATE)$/.test(outcome)) {
        this.#tell(`${facts.arn} ended with ${outcome}`);
      }
      if (!/^(nothing|RUNNING|DUPLICATE)$/.test(outcome) && !this.#isTold(facts.arn)) {
        this.#tell(`${outcome} of ${facts.arn} was told nobody`);
      }
      const rows = live.filter(({ release }) => `release/${release}` === record?.sk);
      const wasServed = rows.some(({ config }) => this.served.has(config!));
      if ((outcome === 'LIVE') !== wasServed) {
        this.#tell(`${record?.sk} was told ${outcome}, but ${wasServed ? 'was' : 'never was'} live`);
      }
    }
  }

  async #seeEndpoint(): Promise<void> {
    const { live } = this.item('turn', `endpoint/${this.#endpoint}`);
    const endpoint = await this.described();
    if (endpoint === undefined) {
      if (live !== undefined) this.#tell(`${live} is live, but there is no endpoint`);
      return;
    }
    const serves = `${endpoint.EndpointStatus} with ${endpoint.EndpointConfigName}`;
    if (serves !== `InService with ${live}` && !this.#isPersonCalled()) {
      this.#tell(`${live} is live, but the endpoint is ${serves}, and nobody was told`);
    }
    const { ProductionVariants: variants, ShadowProductionVariants: shadows } = endpoint;
    if ((variants?.length !== 1 || (shadows?.length ?? 0) > 0) && !this.#isPersonCalled()) {
      this.#tell(`${serves} has ${variants?.length} variants and ${shadows?.length ?? 0} shadows`);
    }
  }

  /** Whatever the history says somebody can go back to is there, and what went live answered without errors. */
  async #seeKept(): Promise<void> {
    const configs = await this.#names('ListEndpointConfigs', 'EndpointConfigs', 'EndpointConfigName');
    const models = await this.#names('ListModels', 'Models', 'ModelName');
    const history = await this.#query(`live/${this.#endpoint}`);
    for (const { config, removed } of history) {
      if (removed !== undefined) continue;
      if (!configs.has(config!)) this.#tell(`${config} can be gone back to, but its config is gone`);
      if (!models.has(config!)) this.#tell(`${config} can be gone back to, but its model is gone`);
    }
    const proven = new Set(history.map(({ config }) => config));
    for (const { fleet, variant, errors } of this.#world.sagemaker.endpoints.traffic(this.#endpoint)) {
      const isChampion = proven.has(fleet) || (isTrial(fleet) && variant === 'main');
      if (errors > 0 && isChampion) this.#tell(`${errors} requests to the champion ${fleet} failed`);
    }
  }

  /** What nobody needs any more and nobody took away: it costs nothing but order. */
  async seeLeft(): Promise<string[]> {
    const configs = await this.#names('ListEndpointConfigs', 'EndpointConfigs', 'EndpointConfigName');
    const models = await this.#names('ListModels', 'Models', 'ModelName');
    const history = (await this.#query(`live/${this.#endpoint}`)).filter(({ removed }) => !removed);
    const kept = new Set(history.map(({ config }) => config!));
    const watched = (await this.#query('watch')).map(({ sk }) => sk!);
    const alarms = [...this.#world.cloudwatch.alarms.keys()].filter((name) => name.includes('-release-'));
    const isOfKept = (name: string): boolean => [...kept].some((config) => name.includes(config));
    const left = (kind: string, names: Iterable<string>): string[] =>
      [...names]
        .filter((name) => name.includes('-trial') || !isOfKept(name))
        .map((name) => `${kind} ${name}`);
    return [
      ...left('config', configs),
      ...left('model', models),
      ...left('alarm', alarms),
      ...left('watch', watched),
    ];
  }

  async #names(operation: string, list: string, name: string): Promise<Set<string>> {
    const { door, person: caller } = this.#world;
    const input = { MaxResults: 100 };
    const answer = await door.call({ service: 'sagemaker', operation, input, caller });
    return new Set((answer as Record<string, readonly Text[]>)[list]!.map((item) => item[name]!));
  }

  #isTold(arn: string): boolean {
    return this.#world.sns.published.some(({ message }) => message.includes(arn));
  }

  /** Every config that was proven and can be gone back to, oldest first. */
  history(): string[] {
    return this.#world.dynamodb
      .table(this.#world.outputs.LedgerTableName!)
      .partition({ pk: { S: `live/${this.#endpoint}` }, sk: { S: '' } })
      .map((item) => textOf(item).config!);
  }

  /** As SageMaker tells it; undefined where there is no endpoint. */
  async described(): Promise<Described | undefined> {
    const { door, person: caller, sagemaker } = this.#world;
    if (sagemaker.endpoints.router(this.#endpoint) === undefined) return undefined;
    const input = { EndpointName: this.#endpoint };
    return (await door.call({
      service: 'sagemaker',
      operation: 'DescribeEndpoint',
      input,
      caller,
    })) as Described;
  }

  /** Where what served could not be brought back, a person has to look; until then the mark of the shift stays. */
  #isPersonCalled(): boolean {
    return this.#world.sns.published.some(({ message }) => message.includes('On call, now'));
  }

  /** An item's attributes as text; none when it is not there. */
  item(pk: string, sk: string): Text {
    const table = this.#world.dynamodb.table(this.#world.outputs.LedgerTableName!);
    return textOf(table.get({ pk: { S: pk }, sk: { S: sk } }) ?? {});
  }

  async #query(pk: string): Promise<Text[]> {
    const { Items } = (await this.#world.door.call({
      service: 'dynamodb',
      operation: 'Query',
      input: {
        TableName: this.#world.outputs.LedgerTableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      },
      caller: this.#world.person,
    })) as { Items: object[] };
    return Items.map(textOf);
  }

  /** An execution and those on whose behalf it runs. */
  #ancestry(arn: string | undefined): string[] {
    if (arn === undefined) return [];
    return [arn, ...this.#ancestry(this.#world.stepfunctions.parents.get(arn))];
  }

  #input(arn: string): Text {
    return JSON.parse(this.#world.stepfunctions.execution(arn).input);
  }

  #tell(violation: string): void {
    this.violations.push(`${new Date(this.#world.clock.now()).toISOString()} ${violation}`);
  }
}

const textOf = (item: object): Text =>
  Object.fromEntries(
    Object.entries(item).map(([name, typed]) => [name, String(Object.values(typed as object)[0])]),
  );
