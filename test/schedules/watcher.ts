/** Sees every call and event of a world, and says what nothing may ever do. */
import type { Call } from '../../local/door.ts';
import type { World } from '../../local/world.ts';

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
    if (service !== 'sagemaker' || !/^(Create|Update|Delete)Endpoint$/.test(operation)) return;
    const turn = this.item('turn', `endpoint/${this.#endpoint}`);
    const family = this.#ancestry(caller.sourceArn);
    const what = `${operation} ${(input as Text).EndpointConfigName ?? ''} by ${caller.sourceArn}`;
    if (!family.includes(turn.holder ?? ''))
      this.#tell(`${what}, but ${turn.holder ?? 'nobody'} holds the turn`);
    if (operation === 'DeleteEndpoint' || !caller.sourceArn?.includes('-deploy:')) return;
    const { rank, name } = this.#input(caller.sourceArn);
    if (name === (input as Text).EndpointConfigName && (turn.liveRank ?? '') >= rank!) {
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
      const rows = live.filter(({ release }) => `release/${release}` === record?.sk);
      const wasServed = rows.some(({ config }) => this.served.has(config!));
      if ((outcome === 'LIVE') !== wasServed) {
        this.#tell(`${record?.sk} was told ${outcome}, but ${wasServed ? 'was' : 'never was'} live`);
      }
    }
  }

  async #seeEndpoint(): Promise<void> {
    const { live } = this.item('turn', `endpoint/${this.#endpoint}`);
    const router = this.#world.sagemaker.endpoints.router(this.#endpoint);
    if (router === undefined) {
      if (live !== undefined) this.#tell(`${live} is live, but there is no endpoint`);
      return;
    }
    const { door, person: caller } = this.#world;
    const input = { EndpointName: this.#endpoint };
    const endpoint = (await door.call({
      service: 'sagemaker',
      operation: 'DescribeEndpoint',
      input,
      caller,
    })) as Text;
    const serves = `${endpoint.EndpointStatus} with ${endpoint.EndpointConfigName}`;
    if (serves !== `InService with ${live}` && !this.#isPersonCalled()) {
      this.#tell(`${live} is live, but the endpoint is ${serves}, and nobody was told`);
    }
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
