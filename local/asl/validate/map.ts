import { PROCESSOR_FIELDS } from './fields.ts';
import { checkBatcher, checkReader, checkWriter } from './map-fields.ts';
import { checkShape, isObject, type Json } from './shape.ts';
import { checkStates, tooLong } from './states.ts';
import type { Checks } from './validate.ts';

const LABEL_LIMIT = 40;
/** What may not be in a label (developer guide, "Map state in Distributed mode"). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
const LABEL_FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** A Map's own fields, its processor and, in distributed mode, what goes with that. */
export function checkMap(state: Json, location: string, checks: Checks): void {
  const { report } = checks;
  checkLabel(state.Label, `${location}/Label`, checks);
  checkReader(state.ItemReader, `${location}/ItemReader`, report);
  checkBatcher(state.ItemBatcher, `${location}/ItemBatcher`, report);
  checkWriter(state.ResultWriter, `${location}/ResultWriter`, report);
  if (state.Iterator !== undefined)
    report.notModelled("The field 'Iterator', an older name of 'ItemProcessor',", location);
  if (!isObject(state.ItemProcessor)) return;
  const at = `${location}/ItemProcessor`;
  if (!checkShape(state.ItemProcessor, PROCESSOR_FIELDS, at, report)) return;
  const childType = checkProcessorConfig(
    state.ItemProcessor.ProcessorConfig,
    `${at}/ProcessorConfig`,
    checks,
  );
  checkStates(state.ItemProcessor, at, { ...checks, type: childType });
}

/** @returns the type of the executions that run the processor's states */
function checkProcessorConfig(config: unknown, location: string, { type, report }: Checks): Checks['type'] {
  if (config === undefined) return type;
  const isDistributed = isObject(config) && config.Mode === 'DISTRIBUTED';
  const kinds = {
    Mode: { values: ['INLINE', 'DISTRIBUTED'] },
    ...(isDistributed && { ExecutionType: { values: ['STANDARD', 'EXPRESS'] } }),
  };
  checkShape(config, { required: isDistributed ? ['ExecutionType'] : [], kinds }, location, report);
  if (!isDistributed) return type;
  if (type === 'EXPRESS') {
    report.schema(
      "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
      `${location}/Mode`,
    );
  }
  return config.ExecutionType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
}

/** AWS's words for a label that is too long or there twice; those for its characters are not known. */
function checkLabel(label: unknown, location: string, { report, labels }: Checks): void {
  if (typeof label !== 'string') return;
  if (label.length > LABEL_LIMIT) {
    report.add('INVALID_LABEL_NAME', tooLong('Label', label, LABEL_LIMIT), location);
  } else if (label === '' || LABEL_FORBIDDEN.test(label)) {
    report.add('INVALID_LABEL_NAME', `Invalid Label name: '${label}'`, location);
  } else if (labels.has(label)) {
    report.add('DUPLICATE_LABEL_NAME', `Duplicate Label name: ${label}`, location);
  }
  labels.add(label);
}
