/** The parts we read of a `service-2.json` as botocore publishes it. */
export interface ServiceModel {
  readonly metadata: {
    readonly apiVersion: string;
    readonly endpointPrefix: string;
    readonly protocol: string;
    readonly serviceId: string;
    readonly targetPrefix?: string;
    readonly xmlNamespace?: string;
    readonly awsQueryCompatible?: object;
  };
  readonly operations: Readonly<Record<string, OperationSource>>;
  readonly shapes: Readonly<Record<string, ShapeSource>>;
}

export interface OperationSource {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: ShapeReference;
  readonly output?: ShapeReference;
  readonly errors?: readonly ShapeReference[];
  readonly endpoint?: { readonly hostPrefix?: string };
}

export interface ShapeReference {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly locationName?: string;
  readonly flattened?: boolean;
  readonly timestampFormat?: string;
}

export interface ShapeSource extends Omit<ShapeReference, 'shape' | 'location'> {
  readonly type: string;
  readonly members?: Readonly<Record<string, ShapeReference>>;
  readonly required?: readonly string[];
  readonly union?: boolean;
  readonly sensitive?: boolean;
  readonly member?: ShapeReference;
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly payload?: string;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
}

/** The names of all shapes that inputs and outputs of these operations reach, in order of their names. */
export const shapesOf = ({ operations, shapes }: ServiceModel, names: readonly string[]): string[] => {
  const found = new Set<string>();
  const visit = (reference: ShapeReference | undefined): void => {
    if (reference === undefined || found.has(reference.shape)) return;
    found.add(reference.shape);
    const { members = {}, member, key, value } = shapes[reference.shape]!;
    for (const inner of [...Object.values(members), member, key, value]) visit(inner);
  };
  for (const name of names) {
    visit(operations[name]?.input);
    visit(operations[name]?.output);
  }
  return [...found].sort();
};
